"""How long the demonstration takes to build, and how many queries each of its pages costs in a small company and in a larger one.

Every page that the people of the sign-in page reach by following links is read, in both companies. QUICK=1 builds the small one only.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IS_QUICK = os.environ.get("QUICK") == "1"
SIZES = (200,) if IS_QUICK else (300, 900)
BUILT_WITHIN = 60  # seconds, for 300 people
SAME_VIEW, MOST_PAGES = (1 if IS_QUICK else 3), 400  # addresses of one view that one person reads, and pages in all
LINK = re.compile(r'href="(/[^"#]*)')


def build(people):
    """Build a company; the seconds it took from an empty database, migrations apart."""
    from django.core.management import call_command

    from rse.demo.build import build

    call_command("compile_translations", verbosity=0)
    call_command("migrate", verbosity=0)
    began = time.monotonic()
    build(people=people)
    return {"seconds": time.monotonic() - began}


def crawl():
    """The most queries that each view cost, over all people of the sign-in page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import Resolver404, resolve

    from rse.core.web import stepup
    from rse.demo.personas import personas

    found = defaultdict(int)
    for persona in personas():
        browser = Client()
        browser.force_login(persona.person)
        session = browser.session
        stepup.prove(session, persona.person)
        session.save()
        seen, waiting, read = set(), ["/"], defaultdict(int)
        while waiting and len(seen) < MOST_PAGES:
            address = waiting.pop(0)
            try:
                view = resolve(address.partition("?")[0]).view_name
            except Resolver404:
                continue
            if address in seen or read[view] >= SAME_VIEW:
                continue
            seen.add(address)
            read[view] += 1
            connection.queries_log.clear()  # it keeps so many, and would count no more
            with CaptureQueriesContext(connection) as queries:
                answer = browser.get(address)
            if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
                found[view] = max(found[view], len(queries))
                waiting += [one.replace("&amp;", "&") for one in LINK.findall(answer.text)]
    return dict(found)


def run(folder, name, *arguments):
    """What the function ``name`` says, run in another process on a company of its own."""
    settings = {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/pages.sqlite3",
        "SECRET_KEY": "only-for-measuring-" + "0123456789abcdef" * 3,
        "NOTES_KEY": "only-for-measuring-" + "fedcba9876543210" * 3,
        "DJANGO_SETTINGS_MODULE": "rse.settings.demonstration",
        "ENV_FILE": os.devnull,
        "LOG_LEVEL": "ERROR",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(ROOT),
    }
    own = {name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "PYTHONDONTWRITEBYTECODE"}}
    command = [sys.executable, __file__, name, *map(str, arguments)]
    ended = subprocess.run(command, env=own | settings, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ended.stdout.splitlines()[-1])


def main():
    built, queries = {}, {}
    for people in SIZES:
        with tempfile.TemporaryDirectory(prefix="pages-") as folder:
            built[people] = run(folder, "build", people)["seconds"]
            queries[people] = run(folder, "crawl")
    views = sorted(set().union(*queries.values()))
    print(f"{'view':<40}" + "".join(f"{f'{people} people':>14}" for people in SIZES))
    for view in views:
        print(f"{view:<40}" + "".join(f"{queries[people].get(view, '-'):>14}" for people in SIZES))
    everywhere = [view for view in views if all(view in found for found in queries.values())]
    grown = [view for view in everywhere if queries[SIZES[-1]][view] > queries[SIZES[0]][view]]
    print(f"{len(views)} views read; more queries in the larger company: {', '.join(grown) or 'none'}")
    verdict = "not judged" if IS_QUICK else "reached" if built[SIZES[0]] <= BUILT_WITHIN else "NOT REACHED"
    for people, seconds in built.items():
        print(f"demonstration of {people} people built in {seconds:.1f} s, {1000 * seconds / people:.0f} ms a person")
    print(f"demo build of {SIZES[0]} people: {built[SIZES[0]]:.1f} s, target {BUILT_WITHIN} s for 300: {verdict}")
    print(json.dumps({"built": built, "queries": queries, "grown": grown}))
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import django
        from django.conf import settings

        settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        django.setup()
        print(json.dumps(globals()[sys.argv[1]](*map(int, sys.argv[2:]))))
    else:
        sys.exit(main())
