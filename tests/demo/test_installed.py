"""The demonstration is installed by ``make run``, and by nothing that a company of its own starts."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from rse.core.ops.installation import describe
from rse.demo.unfinished import MARK, begin_building, is_unfinished
from rse.identity.services.company import found_company
from rse.tooling import start
from tests.architecture.tree import HOUSE
from tests.databases import KEPT, _hash

pytestmark = [pytest.mark.once, pytest.mark.django_db]

# What a process of the product knows of the demonstration, once it has resolved every address and answered a page.
TOLD = """
import json, sys
import django
from django.conf import settings

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
django.setup()
from django.apps import apps
from django.core.management import call_command, get_commands
from django.template.loader import get_template
from django.template import TemplateDoesNotExist
from django.test import Client
from django.urls import get_resolver

if apps.is_installed("rse.demo"):
    call_command("migrate", "demo", interactive=False, verbosity=0)
from rse.core.ops.installation import describe

describe(is_demo=True, demo_secret="told-to-nobody")
def patterns(resolver):
    for one in resolver.url_patterns:
        yield str(one.pattern)
        yield from patterns(one) if hasattr(one, "url_patterns") else ()

def exists(name):
    try:
        return bool(get_template(name))
    except TemplateDoesNotExist:
        return False

addresses = list(patterns(get_resolver()))
client = Client(HTTP_HOST="localhost")
client.cookies.load({"demo": "true", "is_demo": "1", "persona": "1"})
page = client.get("/account/login/?demo=1&persona=1")
print(json.dumps({
    "app": apps.is_installed("rse.demo"),
    "commands": sorted(name for name, app in get_commands().items() if app == "rse.demo"),
    "addresses": [one for one in addresses if "demo" in one or "persona" in one],
    "guessed": [client.get(path).status_code for path in ("/demo/", "/personas/", "/demo/personas/", "/account/personas/")],
    "templates": [name for name in ("demo/_people.html", "demo/_code.html") if exists(name)],
    "page": [page.status_code, [word for word in ("persona-1", "told-to-nobody", "shown-code") if word in page.text]],
    "modules": sorted(name for name in sys.modules if name.startswith("rse.demo")),
    "resolved": len(addresses) > 200,
}))
"""


def told(tmp_path, program, **environment):
    """What a process prints as JSON on its last line, with nothing in its environment but these names and what README asks for."""
    own = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 50, "NOTES_KEY": "n" * 50}
    shutil.copyfile(KEPT / f"sqlite-{_hash()}", tmp_path / "maillage.sqlite3")
    done = subprocess.run(program, cwd=HOUSE, env=own | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_company_of_its_own_has_nothing_of_the_demonstration(tmp_path):
    found = told(tmp_path, [sys.executable, "-c", TOLD], DJANGO_SETTINGS_MODULE="rse.settings")
    assert found == {
        "app": False,
        "commands": [],
        "addresses": [],
        "guessed": [404, 404, 404, 404],
        "templates": [],
        "page": [200, []],
        "modules": [],
        "resolved": True,
    }


def test_no_name_in_the_environment_turns_the_demonstration_on(tmp_path):
    names = {"DEMO": "true", "DEMONSTRATION": "true", "IS_DEMO": "1", "INSTALLED_APPS": "rse.demo", "DEBUG": "true"}
    code = "import json; from django.conf import settings; print(json.dumps([a for a in settings.INSTALLED_APPS if 'demo' in a]))"
    assert told(tmp_path, [sys.executable, "-c", code], DJANGO_SETTINGS_MODULE="rse.settings", **names) == []


def test_command_of_make_run_is_unknown_to_a_company(tmp_path):
    own = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 50, "NOTES_KEY": "n" * 50}
    done = subprocess.run([sys.executable, "manage.py", "up"], cwd=HOUSE, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Unknown command: 'up'" in done.stderr


def test_company_founded_where_a_demonstration_was_interrupted_is_never_begun_again():
    begin_building()
    assert is_unfinished()
    found_company(company="Fonderies de l’Estuaire")
    assert not is_unfinished()
    describe(is_demo=True, demo_secret=MARK)
    assert not is_unfinished()


@pytest.fixture
def started(monkeypatch):
    """What ``make run`` becomes: its command, and the settings it names."""
    became = []
    monkeypatch.setattr(start, "prepare", lambda lock: None)
    monkeypatch.setattr(start, "keep_key", lambda name: None)
    monkeypatch.setattr(start.os, "chdir", lambda folder: None)
    monkeypatch.setattr(start.os, "execv", lambda program, command: became.append((command[1:], os.environ["DJANGO_SETTINGS_MODULE"])))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "rse.settings")
    start.start(["--port", "8100"])
    return became


def test_make_run_installs_the_demonstration_and_offers_its_people(tmp_path, started):
    (command, settings), *others = started
    assert (command, others) == (["manage.py", "up", "--port", "8100"], [])
    people = (
        "from rse.demo.models import ShownPerson; from rse.core.models import Person; "
        "describe(is_demo=True, demo_secret='told-here'); "
        "one = Person.objects.create(first_name='Inès', last_name='Caron', email='i@e.example', handle='ines', employee_number='1', "
        "state='active'); "
        "ShownPerson.objects.create(person=one, position=0, label_fr='a', label_en='b')"
    )
    program = TOLD.replace('describe(is_demo=True, demo_secret="told-to-nobody")', people).replace("told-to-nobody", "told-here")
    found = told(tmp_path, [sys.executable, "-c", program], DJANGO_SETTINGS_MODULE=settings)
    assert (found["app"], found["commands"]) == (True, ["up"])
    assert found["page"] == [200, ["persona-1", "told-here"]]
    assert found["addresses"] == []
