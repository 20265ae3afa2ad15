"""The home feed and a thread, signed in, beside a view that says hello and beside the feed as it is written at first.

One daphne on one core, the readers on the other, PostgreSQL; rounds alternate. QUICK=1 takes 2,000 posts and does not judge;
``POSTS=1000000`` takes another number. DATABASE_URL names the server, on which a database of its own is made; without it one is started.
"""

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
IS_QUICK = os.environ.get("QUICK") == "1"
POSTS = int(os.environ.get("POSTS") or (2_000 if IS_QUICK else 200_000))
PEOPLE, AUDIENCES, MEMBERSHIPS = (60, 20, 8) if IS_QUICK else (1_000, 200, 20)
READERS, AT_ONCE, PORT = 40, 4, 18131
ROUNDS, SECONDS = (2, 1.0) if IS_QUICK else (5, 4.0)
PAGES = {"trivial": "/bench/trivial/", "home feed": "/", "thread": "/posts/{thread}/", "naive feed": "/bench/naive/"}
WORDS = "atelier four sable moule coulée pièce contrôle mesure réglage équipe nuit matin essai lot client plan outil".split()


# The server


def make_company(folder):
    """People with a session each, communities, posts and answers, straight into the tables."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.core.management import call_command
    from django.db import connection

    from communities.models import Community
    from rse.core.models import Audience, AudienceMember, Person
    from rse.feed.models import Comment, Post

    call_command("migrate", verbosity=0)
    call_command("compile_translations", verbosity=0)
    chance, start = random.Random(7), datetime(2026, 1, 5, 7, tzinfo=UTC)
    people = Person.objects.bulk_create(
        Person(handle=f"p{n}", email=f"p{n}@company.example", first_name="P", last_name=str(n), password=f"!{n}") for n in range(PEOPLE)
    )
    audiences = Audience.objects.bulk_create(
        Audience(kind="community", label=f"Communauté {n}", address=f"/communities/c{n}/", is_open=True) for n in range(AUDIENCES)
    )
    Community.objects.bulk_create(
        Community(name=one.label, purpose="Demander.", slug=f"c{n}", kind="open", audience=one) for n, one in enumerate(audiences)
    )
    AudienceMember.objects.bulk_create(
        AudienceMember(audience=one, person=person) for person in people for one in chance.sample(audiences, MEMBERSHIPS)
    )
    for first in range(0, POSTS, 5000):
        Post.objects.bulk_create(
            Post(
                author_id=chance.choice(people).pk,
                audience_id=audiences[int(AUDIENCES * chance.random() ** 2.2)].pk,
                body=" ".join(chance.choices(WORDS, k=45)),
                published_at=start + timedelta(seconds=60 * n),
            )
            for n in range(first, min(first + 5000, POSTS))
        )
    thread = Post.objects.newest_first()[0]
    Comment.objects.bulk_create(
        Comment(
            post=thread,
            audience_id=thread.audience_id,
            author=chance.choice(people),
            body=" ".join(chance.choices(WORDS, k=20)),
            published_at=thread.published_at + timedelta(minutes=n),
        )
        for n in range(20)
    )
    Post.objects.filter(pk=thread.pk).update(comment_count=20)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = []
    for person in people[:READERS]:
        session = store(f"{person.pk:032}")
        session._session_key = f"{person.pk:032}"
        values = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        rows.append(session.create_model_instance(values))
    store.get_model_class().objects.bulk_create(rows)
    (Path(folder) / "company.json").write_text(json.dumps({"keys": [row.session_key for row in rows], "thread": thread.public_id}))


def serve(port):
    from rse.core.management.commands.serve import Command

    Command()._serve("127.0.0.1", port, [])


# The readers


async def read_once(reader, writer, address, key):
    """One page by a connection that stays open: its status and its size."""
    writer.write(f"GET {address} HTTP/1.1\r\nHost: localhost:{PORT}\r\nAccept-Language: fr\r\nCookie: sessionid={key}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    if b"transfer-encoding: chunked" in head:
        size = 0
        while length := int((await reader.readline()).strip(), 16):
            size += len(await reader.readexactly(length + 2))
        await reader.readline()
        return status, size
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"content-length"))
    return status, len(await reader.readexactly(length))


async def read_for(seconds, address, keys):
    """Pages a second, while a few connections ask for ``address`` without a pause; each is somebody else's."""
    until, count = time.perf_counter() + seconds, 0

    async def one(offset):
        nonlocal count
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        number = offset
        while time.perf_counter() < until:
            status, size = await read_once(reader, writer, address, keys[number % len(keys)])
            if status != 200 or not size:
                raise SystemExit(f"{address} answered {status} with {size} bytes")
            number += AT_ONCE
            count += 1
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one(offset) for offset in range(AT_ONCE)))
    return count / (time.perf_counter() - began), count


def cpu_of(server):
    """Milliseconds of processor time of a process and of its threads, those that ended too."""
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


async def measure(server, company):
    for _ in range(600):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            break
    addresses = {name: address.format(thread=company["thread"]) for name, address in PAGES.items()}
    for address in addresses.values():
        await read_for(1.0, address, company["keys"])
    rates, cpus = {name: [] for name in PAGES}, {name: [] for name in PAGES}
    for _round in range(ROUNDS):
        for name, address in addresses.items():
            used = cpu_of(server)
            rate, count = await read_for(SECONDS, address, company["keys"])
            rates[name].append(rate)
            cpus[name].append((cpu_of(server) - used) / max(count, 1))
    return rates, cpus


# The run


def start(folder, *arguments):
    settings = {
        "DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-measuring-" + "0123456789abcdef" * 3,
        "NOTES_KEY": "only-for-measuring-" + "fedcba9876543210" * 3,
        "DJANGO_SETTINGS_MODULE": "rse.settings",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(ROOT),
    }
    own = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "PYTHONDONTWRITEBYTECODE"}}
    return subprocess.Popen([sys.executable, __file__, *map(str, arguments)], env=own | settings, cwd=folder)


def line(number, subject, value, floor, target):
    ratio = value / floor
    verdict = "not judged" if IS_QUICK else "reached" if ratio >= target else "NOT REACHED"
    print(f"{number}  {subject:<50} {value:8.1f} /s  floor {floor:8.1f} /s  ratio {ratio:5.2f}  target ≥ {target:g}  {verdict}", flush=True)
    return {"number": number, "what": subject, "value": value, "floor": floor, "ratio": ratio, "target": target, "verdict": verdict}


def own_database():
    """A database of its own on the server that DATABASE_URL names; its name."""
    import psycopg

    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_feed_{os.getpid()}"
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return parts._replace(path=f"/{name}").geturl(), name, parts._replace(path="/postgres").geturl()


def main():
    import psycopg

    url, name, above = own_database()
    os.environ["DATABASE_URL"] = url
    cores = sorted(os.sched_getaffinity(0))
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="feed-") as folder:
            if start(folder, "--company", folder).wait():
                raise SystemExit("the company of the benchmark was not made")
            print(f"{POSTS} posts, {PEOPLE} people, {AUDIENCES} communities made in {time.monotonic() - began:.0f} s", flush=True)
            company = json.loads((Path(folder) / "company.json").read_text())
            server = start(folder, "--serve", PORT)
            try:
                os.sched_setaffinity(server.pid, {cores[0]})
                os.sched_setaffinity(0, {cores[-1]})
                rates, cpus = asyncio.run(measure(server, company))
            finally:
                server.kill()
                server.wait()
    finally:
        with psycopg.connect(above, autocommit=True) as postgres:
            postgres.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    best = {page: statistics.median(found) for page, found in rates.items()}
    spread = max(rates["trivial"]) / min(rates["trivial"])
    print(f"one daphne, {AT_ONCE} connections, {ROUNDS} rounds of {SECONDS:g} s; spread of the floor {spread:.2f}")
    print("processor time a page, ms: " + ", ".join(f"{page} {statistics.median(found):.1f}" for page, found in cpus.items()))
    found = [
        line("P1", "home feed beside a trivial signed-in view", best["home feed"], best["trivial"], 0.4),
        line("P1", "a thread of 20 answers beside the same", best["thread"], best["trivial"], 0.4),
        line("P2", "home feed beside the feed as written at first", best["home feed"], best["naive feed"], 8),
    ]
    print(json.dumps({"posts": POSTS, "people": PEOPLE, "rounds": ROUNDS, "spread": round(spread, 2), "lines": found}))
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import django
        from django.conf import settings

        settings.ROOT_URLCONF = "tests.benchmarks._addresses"
        settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
        django.setup()
        make_company(sys.argv[2]) if sys.argv[1] == "--company" else serve(int(sys.argv[2]))
    elif not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        with_server = [sys.executable, "-m", "tests.services", "postgres", "--", sys.executable, __file__]
        sys.exit(subprocess.run(with_server, cwd=ROOT, check=False).returncode)
    else:
        sys.exit(main())
