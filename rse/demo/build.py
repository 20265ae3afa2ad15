"""Builds the demonstration company through the doors that a customer uses: the files of HR are imported, month after month, on a moved clock."""

import datetime
import secrets
import tempfile
from pathlib import Path

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Max

from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries
from rse.core.models import Person
from rse.core.ops.installation import describe
from rse.core.people.services.people import turn_the_day
from rse.core.people.services.roles import name_first_holder
from rse.hris.files.columns import ColumnMapping
from rse.hris.files.formats import open_table
from rse.hris.models import ImportBatch
from rse.hris.services import unlisted
from rse.hris.services.application import apply
from rse.identity.services.passwords import keep_password
from rse.notify.models import Notification
from rse.notify.services import see_notices

from .acts import ACTS
from .company import Company, write_csv
from .life import Life
from .models import ShownPerson
from .plans import prepare
from .unfinished import begin_building

SEED = 1
SILENCE = (10, 26)  # days after a file: access has ended, then everything has
ROLES = {
    "recruiter": Role.RECRUITER,
    "hr": Role.HR,
    "hr_succession": Role.HR_SUCCESSION,
    "hr_succession_second": Role.HR_SUCCESSION,
    "hr_head": Role.HR_HEAD,
    "dpo": Role.DPO,
    "administrator": Role.ADMINISTRATOR,
}


def build(*, people, move=lambda done, total: None):
    """Build a company of ``people`` people up to today in an empty database; call ``move(done, total)`` after each month and at the end."""
    company = Company(seed=SEED, size=people, today=clock.today())
    begin_building()
    months, life, now = list(company.snapshots()), Life(company, seed=SEED), clock.now()
    acts = [act(company, life) for act in ACTS]
    with deliveries.held(), deliveries.gathered(), tempfile.TemporaryDirectory() as folder:
        for done, month in enumerate(months, start=1):
            with clock.moved_to(min(now, datetime.datetime.combine(month.on, datetime.time(5, 0), tzinfo=datetime.UTC))):
                import_month(month, Path(folder))
                turn_the_day()
                if done == 1:
                    name_roles(company)
                    for act in (life, *acts):
                        act.begin()
                deliveries.drain()
            for act in (life, *acts):
                act.live(month.on)
            settle_absences(month.on, now)
            deliveries.drain()
            move(done, len(months) + 1)
        turn_the_day()
        for act in (life, *acts):
            act.end()
        prepare(company)
        deliveries.drain()
        look_at_notices(company)
        open_the_doors(company)  # the company is whole: what is left to deliver, any worker delivers
        deliveries.drain()
    move(len(months) + 1, len(months) + 1)


def import_month(month, folder):
    """Import the file of one month as HR would: written as their system writes it, read back, applied whole."""
    path = folder / f"personnel-{month.on:%Y-%m}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(month.rows, file)
    table = open_table(path)
    mapping = ColumnMapping.guess(table.headers)
    with transaction.atomic():
        batch = ImportBatch.objects.create(file_name=path.name, kind=ImportBatch.Kind.FULL, mapping=mapping.as_json(), dated_on=month.on)
        outcome = apply(table, mapping, is_full=True, batch_id=batch.pk, allow_departures=True)
        batch.counts, batch.state, batch.applied_at = outcome.counts_as_json(), ImportBatch.State.APPLIED, clock.now()
        batch.save()


def settle_absences(day, now):
    """Let the days go by on which nobody of HR says a word about those whom the file of a month did not name."""
    for days in SILENCE:
        moment = datetime.datetime.combine(day, datetime.time(5, 0), tzinfo=datetime.UTC) + datetime.timedelta(days=days)
        if moment < now:
            with clock.moved_to(moment):
                unlisted.settle()


@transaction.atomic
def name_roles(company):
    """Name the first holders of roles, as the command of the server does."""
    for persona in company.personas():
        if role := ROLES.get(persona.role):
            name_first_holder(person=Person.objects.get(employee_number=persona.employee_number), role=role)


def look_at_notices(company):
    """Mark as seen the notices, older than seven days, of the people of the sign-in page; those that came since stay new."""
    week = clock.now() - datetime.timedelta(days=7)
    for persona in company.personas():
        person = Person.objects.get(employee_number=persona.employee_number)
        seen = Notification.objects.filter(recipient=person, created_at__lt=week).aggregate(last=Max("pk"))["last"]
        if seen:
            see_notices(person=person, position=seen)


@transaction.atomic
def open_the_doors(company):
    """Give the people of the sign-in page a password that only this installation knows, and the second factor that goes with it."""
    password = secrets.token_urlsafe(12)
    encoded = make_password(password)  # slow on purpose, and the same for everybody here
    describe(is_demo=True, company=company.name, demo_secret=password)
    for position, persona in enumerate(company.personas()):
        person = Person.objects.get(employee_number=persona.employee_number)
        keep_password(person=person, encoded=encoded)
        if persona.role in ROLES:
            TOTP.activate(person, generate_totp_secret())
            RecoveryCodes.activate(person)
        ShownPerson.objects.create(person=person, position=position, label_fr=persona.label_fr, label_en=persona.label_en)
