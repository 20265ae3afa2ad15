"""From a poke to the last screen, on as many sockets as one process holds here, beside a server that only writes bytes.

One server of each sort, pinned to one core, the sockets on the other; rounds alternate. QUICK=1 takes 200 sockets and does not judge.
``SOCKETS=2000`` takes another number.
"""

import asyncio
import base64
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IS_QUICK = os.environ.get("QUICK") == "1"
SOCKETS = int(os.environ.get("SOCKETS") or (200 if IS_QUICK else 5000))
ROUNDS = 3 if IS_QUICK else 12
PROBED_FOR = 1.5 if IS_QUICK else 6.0  # seconds
GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


# The servers, each in a process of its own


def serve_company(folder, count):
    """Make ``count`` people with a session each, and print their keys."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from rse.core.models import Person

    Person.objects.bulk_create(
        Person(handle=f"p{n}", email=f"p{n}@company.example", first_name="P", last_name=str(n), password=f"!{n}") for n in range(count)
    )
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = []
    for person in Person.objects.order_by("pk"):
        session = store(f"{person.pk:032}")
        data = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        session._session_key = f"{person.pk:032}"
        rows.append(session.create_model_instance(data))
    store.get_model_class().objects.bulk_create(rows, batch_size=500)
    (Path(folder) / "keys").write_text("\n".join(row.session_key for row in rows))


def serve_product(port):
    """The product's sockets; a line on standard input is a poke of the topic it names."""
    from rse.core.management.commands.serve import Command
    from rse.core.models import Person
    from rse.notify import live, topics

    def readers(row_id, people):
        return set(Person.objects.filter(pk__in=people, state="active").values_list("pk", flat=True))

    topics.register("bench", readable=lambda person, ids: ids, readers=readers)

    def pokes():
        for line in sys.stdin:
            topic, _dot, row_id = line.strip().partition(".")
            name = topics.name_of(topic, row_id or None)
            live._on_commit({"type": "live.poke", "topic": name, "version": time.monotonic_ns()})

    threading.Thread(target=pokes, daemon=True).start()
    Command()._serve("127.0.0.1", port, [])


def serve_bytes(port):
    """The floor: a handshake by hand, then one ready-made frame written to every transport."""
    links = set()

    class Link(asyncio.Protocol):
        buffer, is_up = b"", False

        def connection_made(self, transport):
            self.transport = transport

        def connection_lost(self, error):
            links.discard(self.transport)

        def data_received(self, data):
            self.buffer += data
            if self.is_up or b"\r\n\r\n" not in self.buffer:
                return
            named = (line.partition(b":") for line in self.buffer.split(b"\r\n"))
            key = next(value.strip() for name, _colon, value in named if name.lower() == b"sec-websocket-key")
            accept = base64.b64encode(hashlib.sha1(key + GUID.encode()).digest())  # noqa: S324 - what the protocol asks
            head = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            self.transport.write(head + accept + b"\r\n\r\n")
            self.is_up = True
            links.add(self.transport)

    async def main():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Link, "127.0.0.1", port, backlog=4096)

        def fire():
            if not sys.stdin.readline():
                return
            poke = {"topic": "system", "id": None, "version": time.monotonic_ns()}
            text = json.dumps(poke, separators=(",", ":")).encode()
            frame = bytes((0x81, len(text))) + text
            for link in links:
                link.write(frame)

        loop.add_reader(sys.stdin, fire)
        await server.serve_forever()

    asyncio.run(main())


# The clients


class Screen(asyncio.Protocol):
    """A socket that counts pokes, and answers what a browser would."""

    def __init__(self, crowd, key):
        self.crowd, self.key, self.buffer, self.is_up = crowd, key, b"", False

    def connection_made(self, transport):
        self.transport = transport
        port = self.crowd.port
        transport.write(
            f"GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
            f"Cookie: sessionid={self.key}\r\n\r\n".encode()
        )

    def data_received(self, data):
        self.buffer += data
        if not self.is_up:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            assert b" 101 " in head.split(b"\r\n")[0], head
            self.is_up, self.buffer = True, rest
            self.crowd.opened()
            if self.crowd.topics:
                self.write(0x81, json.dumps({"watch": self.crowd.topics, "after": None}).encode())
        while len(self.buffer) > 1:
            length, start = self.buffer[1] & 127, 2
            if length == 126:
                length, start = int.from_bytes(self.buffer[2:4], "big"), 4
            if len(self.buffer) < start + length:
                return
            opcode, payload, self.buffer = self.buffer[0] & 15, self.buffer[start : start + length], self.buffer[start + length :]
            if opcode == 9:
                self.write(0x8A, payload)
            elif opcode == 1:
                self.crowd.heard(payload)
            assert opcode != 8, payload

    def write(self, first, payload):
        length = bytes((0x80 | len(payload),)) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2, "big")
        self.transport.write(bytes((first,)) + length + b"\0\0\0\0" + payload)


class Crowd:
    """All sockets on one server, and when the last of them heard."""

    def __init__(self, server, port, topics):
        self.server, self.port, self.topics = server, port, topics
        self.up = self.watching = self.got = self.fired_at = 0
        self.done = asyncio.Event()

    def opened(self):
        self.up += 1

    def heard(self, payload):
        if payload.startswith(b'{"topic"'):
            self.got += 1
            self.fired_at = self.fired_at or json.loads(payload)["version"]
            if self.got == SOCKETS:
                self.last = time.monotonic_ns()
                self.done.set()
        elif payload.startswith(b'{"watching"'):
            self.watching += 1

    async def open(self, keys):
        loop, started = asyncio.get_running_loop(), time.monotonic()
        for start in range(0, len(keys), 50):
            await asyncio.gather(
                *(loop.create_connection(lambda key=key: Screen(self, key), "127.0.0.1", self.port) for key in keys[start : start + 50])
            )
            while (self.watching if self.topics else self.up) < start + len(keys[start : start + 50]):  # noqa: ASYNC110 - counted elsewhere
                await asyncio.sleep(0.01)
        return time.monotonic() - started

    async def fire(self, topic="system"):
        """One poke: milliseconds from the poke to the last screen, and how many did not hear."""
        self.got = self.fired_at = 0
        self.done.clear()
        self.say(topic)
        try:
            await asyncio.wait_for(self.done.wait(), 20)
        except TimeoutError:
            return None, SOCKETS - self.got
        return (self.last - self.fired_at) / 1e6, 0

    def say(self, topic):
        self.server.stdin.write(f"{topic}\n".encode())
        self.server.stdin.flush()


def cpu_of(server):
    tasks = Path(f"/proc/{server.pid}/task")
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e6


def memory_of(server):
    return int(Path(f"/proc/{server.pid}/statm").read_text().split()[1]) * resource.getpagesize()


async def probe(port, seconds):
    """The slowest hundredth of requests to the same process, in milliseconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        started = time.perf_counter()
        writer.write(f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n")[0]
        length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await reader.readexactly(length)
        times.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(max(0, 0.01 - (time.perf_counter() - started)))
    writer.close()
    return sorted(times)[int(len(times) * 0.99)]


# The run


def start(folder, *arguments):
    settings = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "SECRET_KEY": "only-for-measuring-" + "0123456789abcdef" * 3,
        "NOTES_KEY": "only-for-notes-" + "fedcba9876543210" * 3,
        "DJANGO_SETTINGS_MODULE": "rse.settings",
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(ROOT),
    }
    own = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "PYTHONDONTWRITEBYTECODE"}}
    return subprocess.Popen([sys.executable, __file__, *map(str, arguments)], env=own | settings, stdin=subprocess.PIPE, cwd=folder)


async def listening(port):
    for _ in range(600):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise SystemExit("a server of the benchmark did not start")


async def measure(floor, subject, keys):
    await listening(floor.port)
    await listening(subject.port)
    await probe(subject.port, 0.5)
    before = memory_of(subject.server)
    await floor.open(keys)
    opened_in = await subject.open(keys)
    await asyncio.sleep(1)
    per_socket = (memory_of(subject.server) - before) / SOCKETS / 1024
    walls, cpus, lost = {floor: [], subject: []}, {floor: [], subject: []}, 0
    for number in range(ROUNDS + 1):
        for crowd in (floor, subject):
            used = cpu_of(crowd.server)
            wall, missing = await crowd.fire()
            await asyncio.sleep(0.05)
            used = cpu_of(crowd.server) - used
            await asyncio.sleep(1.05)  # a topic is poked once a second
            lost += missing
            if number and wall is not None:  # the first warms up
                walls[crowd].append(wall)
                cpus[crowd].append(used)
    idle = await probe(subject.port, PROBED_FOR)

    async def two_a_second():
        while True:
            subject.say("system")
            await asyncio.sleep(0.5)
            subject.say("bench.1")
            await asyncio.sleep(0.5)

    posting = asyncio.create_task(two_a_second())
    busy = await probe(subject.port, PROBED_FOR)
    posting.cancel()
    return walls, cpus, lost, idle, busy, per_socket, opened_in


def line(number, subject, value, floor, target, unit="ms"):
    ratio = value / floor if floor else value
    verdict = "not judged" if IS_QUICK else "reached" if ratio <= target else "NOT REACHED"
    beside = f"floor {floor:.1f} {unit}  ratio {ratio:.2f}" if floor else ""
    print(f"{number}  {subject:<58} {value:8.1f} {unit}  {beside:<34} target ≤ {target:g}  {verdict}", flush=True)
    return {"number": number, "what": subject, "value": value, "floor": floor, "ratio": ratio, "target": target, "verdict": verdict}


def main():
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    global SOCKETS  # noqa: PLW0603 - said once, before anything is opened
    SOCKETS = min(SOCKETS, hard // 3)
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="sockets-") as folder:
        if start(folder, "--company", folder, SOCKETS).wait():
            raise SystemExit("the company of the benchmark was not made")
        keys = (Path(folder) / "keys").read_text().split()
        ports = [18121, 18122]
        servers = [start(folder, kind, port) for kind, port in zip(("--bytes", "--product"), ports, strict=True)]
        try:
            for server in servers:
                os.sched_setaffinity(server.pid, {cores[0]})
            os.sched_setaffinity(0, {cores[-1]})

            async def run():
                floor, subject = Crowd(servers[0], ports[0], []), Crowd(servers[1], ports[1], ["system", "bench.1"])
                return floor, subject, await measure(floor, subject, keys)

            floor, subject, (walls, cpus, lost, idle, busy, per_socket, opened_in) = asyncio.run(run())
        finally:
            for server in servers:
                server.kill()
                server.wait()
    median = statistics.median
    print(f"{SOCKETS} sockets on one daphne process, {ROUNDS} rounds, opened in {opened_in:.1f} s, lost {lost}")
    spread = max(walls[floor]) / min(walls[floor])
    print(f"floor best {min(walls[floor]):.1f} ms, spread {spread:.1f}; subject best {min(walls[subject]):.1f} ms")
    found = [
        line("P3", "one poke to the last screen", median(walls[subject]), median(walls[floor]), 6),
        line("P3", "the same, processor time of the server", median(cpus[subject]), median(cpus[floor]), 6),
        line("P5", "HTTP p99 during 2 pokes a second, beside itself idle", busy, idle, 10),
        line("P6", "memory of an idle socket", per_socket, 0, 40, "KiB"),
    ]
    print(json.dumps({"sockets": SOCKETS, "rounds": ROUNDS, "lost": lost, "opened_s": round(opened_in, 1), "lines": found}))
    return 1 if lost else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        if sys.argv[1] == "--bytes":
            serve_bytes(int(sys.argv[2]))
        else:
            import django

            django.setup()
            serve_company(sys.argv[2], int(sys.argv[3])) if sys.argv[1] == "--company" else serve_product(int(sys.argv[2]))
    else:
        sys.exit(main())
