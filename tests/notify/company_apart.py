"""Acts in the database of a server under test, from a process of its own: ``python -m tests.notify.company_apart prepare``."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rse.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from rse.core.models import Person  # noqa: E402
from rse.core.people.services.people import deactivate  # noqa: E402
from rse.core.people.services.roles import name_first_holder  # noqa: E402
from rse.notify import live  # noqa: E402

PASSWORD = "correct horse battery staple"


def prepare():
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    person = Person(handle="ada", email="ada@company.example", first_name="Ada", last_name="Martin", employee_number="1", has_account=True)
    person.set_password(PASSWORD)
    person.save()
    return {"id": person.pk, "email": person.email, "password": PASSWORD}


def promote():
    name_first_holder(person=Person.objects.get(handle="ada"), role="editor")


def leave():
    deactivate(person_ids=[Person.objects.get(handle="ada").pk])


def poke():
    live.poke("user", Person.objects.get(handle="ada").pk, 5)


if __name__ == "__main__":
    print(json.dumps({"prepare": prepare, "promote": promote, "deactivate": leave, "poke": poke}[sys.argv[1]]()))
