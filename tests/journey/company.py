"""A demonstration company on a database of its own, served by ``manage.py serve`` as a new user would have it."""

import csv
import datetime
import io
import os
import sys
import urllib.request
from pathlib import Path

from rse.demo.company import Company, write_csv
from tests.services.process import ServerProcess

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 200
NEWCOMER = {"employee_number": "90001", "first_name": "Camille", "last_name": "Aubert", "email": "camille.aubert@estuaire.example"}


def environment(folder):
    own = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}}
    return own | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/journey.sqlite3",
        "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 3,
        "NOTES_KEY": "only-for-tests-" + "fedcba9876543210" * 3,
        "DJANGO_SETTINGS_MODULE": "rse.settings.demonstration",
        "PYTHONPATH": str(ROOT),
        "ENV_FILE": os.devnull,
    }


class Demonstration(ServerProcess):
    """The company of the demonstration, built and served."""

    name = "journey"

    def prepare(self):
        self.run(sys.executable, "-m", "tests.journey.company", **environment(self.folder))

    def command(self):
        settings = [f"{name}={value}" for name, value in environment(self.folder).items()] + [f"SITE_URL={self.url}"]
        return ["/usr/bin/env", "-i", *settings, sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(self.port)]

    def answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    @property
    def url(self):
        return f"http://localhost:{self.port}"


def newcomer_file(today):
    """What HR's software sends when somebody joins the team of Inès today: the bytes of a file with one row."""
    company = Company(seed=1, size=PEOPLE, today=today)
    *_, last = company.snapshots()
    row = next(one for one in last.rows if one.get("employee_number") == company.cast["ines"])
    text = io.StringIO(newline="")
    write_csv([dict(row, **NEWCOMER, position="DON-CAMILLE", hired_on=today, trial_ends_on=None, work_phone="")], text)
    assert len(list(csv.reader(io.StringIO(text.getvalue()), delimiter=";"))) == 2
    return text.getvalue().encode("utf-8-sig")


def build():
    import django

    django.setup()
    from django.core.management import call_command

    from rse.demo.build import build as build_company

    call_command("compile_translations", verbosity=0)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    build_company(people=PEOPLE)


def today():
    return datetime.datetime.now(tz=datetime.UTC).date()


if __name__ == "__main__":
    build()
