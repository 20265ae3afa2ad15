"""A file of HR with 100,000 people, imported into an empty company on PostgreSQL, beside ``bulk_create`` of the very rows it leaves.

Import and floor alternate, each in a process of its own and each into empty tables; the least of each counts. The floor writes people,
positions, places held, units and their closure; the import also reads and checks the file, and derives the reporting lines.
DATABASE_URL names the server, on which a database of its own is made; without it one is started. QUICK=1 takes 5,000 people and does not
judge; PEOPLE=20000 takes another number.
"""

import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
IS_QUICK = os.environ.get("QUICK") == "1"
PEOPLE = int(os.environ.get("PEOPLE") or (5_000 if IS_QUICK else 100_000))
ROUNDS = 1 if IS_QUICK else 2
MOST_SECONDS, MOST_MIB, MOST_RATIO = 60, 500, 4


def prepare():
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    from tests import settings

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # as in production, what follows an import runs after it

    django.setup()


def peak():
    """The most memory this process ever held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# What is measured, each in a process of its own


def make_database():
    """A database of its own on the server, with its tables; says its name."""
    from django.db import connection

    return {"name": connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)}


def copy_database(template, name):
    """An empty company: the same tables under another name."""
    _execute(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return {"name": name}


def drop_databases(*names):
    _execute(*(f'DROP DATABASE IF EXISTS "{name}"' for name in names))
    return {}


def _execute(*statements):
    import psycopg
    from django.db import connection

    values = connection.get_connection_params() | {"dbname": "postgres"}
    kept = {name: value for name, value in values.items() if name in {"host", "port", "user", "password", "dbname"}}
    with psycopg.connect(**kept, autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


def check_file(path):
    """Open, read and check the file as for an empty company, without a database."""
    from rse.hris.files.checking import check
    from rse.hris.files.columns import ColumnMapping
    from rse.hris.files.formats import open_table

    before, started = peak(), time.monotonic()
    table = open_table(path)
    company = check(table, ColumnMapping.guess(table.headers), is_full=True)
    return {"seconds": time.monotonic() - started, "peak": peak(), "before": before, "problems": company.problems.errors}


def import_file(path):
    from django.db import connection

    from rse.core.models import ReportingLine
    from rse.hris.files.columns import ColumnMapping
    from rse.hris.files.formats import open_table
    from rse.hris.models import ImportBatch
    from rse.hris.services.application import apply

    connection.ensure_connection()
    before, started = peak(), time.monotonic()
    table = open_table(path)
    batch = ImportBatch.objects.create(file_name=path.name, kind="full")
    outcome = apply(table, ColumnMapping.guess(table.headers), is_full=True, batch_id=batch.pk)
    seconds = time.monotonic() - started
    return {"seconds": seconds, "peak": peak(), "before": before, "counts": outcome.counts, "lines": ReportingLine.objects.count()}


def keep_rows(path):
    """Write every row that the import left, but the reporting lines, to a file as plain values."""
    from rse.core.models import Holding, JobFamily, Person, Position, Site, Unit, UnitClosure

    rows = []
    for model in (Site, JobFamily, Unit, UnitClosure, Position, Person, Holding):
        names = [field.attname for field in model._meta.concrete_fields]
        rows.append((model.__name__, names, list(model.objects.order_by("pk").values_list(*names))))
    Path(path).write_bytes(pickle.dumps(rows))
    return {}


def create_rows(path):
    """The floor: ``bulk_create`` of the same rows from their plain values, in one transaction."""
    from django.db import connection, transaction

    from rse.core import models

    rows = pickle.loads(Path(path).read_bytes())  # noqa: S301 - of the process before
    connection.ensure_connection()
    started = time.monotonic()
    with transaction.atomic():
        for model, names, values in ((getattr(models, name), *rest) for name, *rest in rows):
            for place in range(0, len(values), 2000):
                model.objects.bulk_create([model(**dict(zip(names, one, strict=True))) for one in values[place : place + 2000]])
    return {"seconds": time.monotonic() - started, "rows": sum(len(values) for _model, _names, values in rows)}


# The parent


def run(name, *arguments, database=""):
    """What the function ``name`` says, run in another process on ``database``."""
    environment = dict(os.environ)
    if database:
        environment["DATABASE_URL"] = urlsplit(environment["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    command = [sys.executable, __file__, name, *map(str, arguments)]
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ended.stdout.splitlines()[-1])


def line(name, subject, target, unit):
    verdict = "not judged" if IS_QUICK else "met" if subject <= target else "missed"
    print(f"P14  {name}: {subject:.2f} {unit}, target {target} {unit}: {verdict}")
    return {"name": name, "value": round(subject, 2), "target": target, "unit": unit, "verdict": verdict}


def write_file(path, count):
    from tests.hris.companies import people, write

    with path.open("w", encoding="utf-8", newline="") as file:
        write(people(count), file)


def main():
    prepare()
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path, small, rows = Path(folder) / "people.csv", Path(folder) / "fewer.csv", Path(folder) / "rows"
        write_file(path, PEOPLE)
        write_file(small, PEOPLE // 10)
        checked = run("check_file", path)
        assert not checked["problems"], checked
        template = run("make_database")["name"]
        names = [f"{template}_import", f"{template}_floor"]
        try:
            fewer = run("import_file", small, database=run("copy_database", template, names[0])["name"])
            imports, floors = [], []
            for _round in range(ROUNDS):
                imported = run("copy_database", template, names[0])["name"]
                imports.append(run("import_file", path, database=imported))
                run("keep_rows", rows, database=imported)
                floors.append(run("create_rows", rows, database=run("copy_database", template, names[1])["name"]))
            again = run("import_file", path, database=imported)
        finally:
            run("drop_databases", template, *names)
    assert imports[0]["counts"]["added"] == PEOPLE, imports[0]
    assert again["counts"]["unchanged"] == PEOPLE, again
    took, floor = ([round(one["seconds"], 2) for one in ran] for ran in (imports, floors))
    most = [round(one) for one in (fewer["before"], fewer["peak"], imports[0]["peak"])]
    print(f"{PEOPLE} people, {path.name}; {imports[0]['lines']} reporting lines; {ROUNDS} rounds")
    print(f"read and checked in {checked['seconds']:.1f} s, {checked['peak']:.0f} MiB at most, {checked['before']:.0f} before")
    print(f"imports {took} s; floor of {floors[0]['rows']} rows {floor} s")
    print(f"the same file again, which changes nothing: {again['seconds']:.1f} s, {again['peak']:.0f} MiB at most")
    print(f"most memory before, with {PEOPLE // 10} people and with {PEOPLE}: {most} MiB")
    found = [
        line("import", min(took), MOST_SECONDS, "s"),
        line("most memory", max(one["peak"] for one in imports), MOST_MIB, "MiB"),
        line("import beside bulk_create of the same rows", min(took) / min(floor), MOST_RATIO, "×"),
    ]
    print(json.dumps({"people": PEOPLE, "rounds": ROUNDS, "lines": found}))
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        prepare()
        print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
    elif not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        with_server = [sys.executable, "-m", "tests.services", "postgres", "--", sys.executable, __file__]
        sys.exit(subprocess.run(with_server, cwd=ROOT, check=False).returncode)
    else:
        sys.exit(main())
