"""What may never count does not: changing it moves nobody in any list, and changes no line."""

import datetime
import random

import pytest

from rse.core.enums import Role, Visibility
from rse.core.models import AudienceMember, Person
from talent import queries
from talent.services import skills
from tests.factories import AudienceFactory, PersonFactory, SiteFactory
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory, WishFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def company():
    """Forty people with lines, skills, confirmations and wishes."""
    chance, people, table = random.Random(7), [], SkillFactory.create_batch(4)
    for number in range(40):
        person = PersonFactory(unit=people[0].unit if people else PersonFactory().unit)
        for skill in chance.sample(table, 2):
            DeclaredSkillFactory(person=person, skill=skill, level=chance.choice(["beginner", "expert"]))
        for _ in range(chance.randint(0, 2)):
            LedgerLineFactory(person=person, on=datetime.date(2026, 1, 5) + DAY * number, tags=[chance.choice(table)])
        WishFactory(person=person, shared=True)
        people.append(person)
    for person in people[:10]:
        for row in queries.declared_by(person):
            skills.confirm_skill(by=people[-1], person=person, skill=row.skill)
    return people


def everything(people, readers):
    """Every list that this room shows of ``people``, in its order, as each of ``readers`` sees it."""
    shown = []
    for reader in (Person.objects.get(pk=one.pk) for one in readers):
        for person in Person.objects.filter(pk__in=[one.pk for one in people]).order_by("pk"):
            lines = queries.lines_for(reader, person)
            rows = queries.skills_for(reader, person, lines)
            moments = [[one.line.pk for one in moment.lines] for moment in queries.moments_of(lines)]
            shown.append((moments, [(row.skill.pk, len(row.lines), [one.pk for one in row.confirmers]) for row in rows]))
        shown.append([wish.pk for wish in queries.wishes_to_read(reader)])
    return shown


def fields(**values):
    return lambda people: Person.objects.filter(pk__in=[one.pk for one in people]).update(**values)


def names_turned_round(people):
    for number, person in enumerate(people):
        Person.objects.filter(pk=person.pk).update(last_name=f"A{len(people) - number:03}", first_name="Zoé")


def larger_network(people):
    for audience in AudienceFactory.create_batch(3):
        AudienceMember.objects.bulk_create(AudienceMember(audience=audience, person=person) for person in people[::2])


FORBIDDEN = {
    "name": names_turned_round,
    "address": lambda people: fields(site=SiteFactory(name="Ailleurs"))(people[::2]),
    "tenure": lambda people: fields(hired_on=datetime.date(1990, 1, 1))(people[::2]),
    "trial": lambda people: fields(trial_ends_on=datetime.date(2030, 1, 1))(people[::2]),
    "language of the interface": lambda people: fields(language="en")(people[::2]),
    "languages spoken": lambda people: fields(languages=["vi"])(people[::2]),
    "network": larger_network,
    "words about oneself": lambda people: fields(about="Je suis parfait", about_for=Visibility.EVERYONE)(people[::2]),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_r12_what_may_never_count_moves_nobody(company, what):
    readers = [PersonFactory(role=Role.HR), PersonFactory(role=Role.RECRUITER), PersonFactory()]
    before = everything(company, readers)

    FORBIDDEN[what](company)

    assert everything(company, readers) == before


def test_r25_volume_moves_nobody_in_a_list_of_people(company):
    reader = PersonFactory(role=Role.HR)
    before = [wish.pk for wish in queries.wishes_to_read(reader)]

    for _ in range(30):
        LedgerLineFactory(person=company[-1])

    assert [wish.pk for wish in queries.wishes_to_read(reader)] == before


def test_f03_no_field_keeps_a_count_of_a_person():
    from django.apps import apps
    from django.db import models

    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    found = {
        f"{model.__name__}.{field.name}"
        for room in ("talent", "succession")
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, numbers) and not field.primary_key
    }

    plain = {"LedgerLine.act_id", "HelpConfirmation.source_id", "Training.year", "Wish.version"}
    assert {
        name for name in found - plain if any(word in name.casefold() for word in ("count", "score", "rank", "percent", "points"))
    } == set()
