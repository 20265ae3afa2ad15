"""On random companies with rows of every room: whoever may read is said the same from both sides, and as it is written by hand."""

import datetime

import pytest

from mentoring.models import Goal, MentoringPair, MentoringRequest, Note, Seal, Session
from mobility.models import Application
from rse.core.access.readers import When, readers_of
from rse.core.access.who_sees import in_words, who_never_reads, who_reads
from rse.core.enums import Role
from rse.core.models import LineAtStart, Person, ReportingLine, RoleGrant
from rse.governance.models import AccessLogEntry, AccessLogSubject, Moderation, Report, Reporter
from talent.models import Wish
from talent.succession.models import KeyPosition, Nomination, Plan
from tests.factories import PersonFactory

from .companies import Company, models_with_readers
from .oracle import ORACLES, visible
from .rows import World

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
ROWS_ASKED = 4  # per model and company: whom a row is open to is asked row by row, which is slow


def test_every_model_with_readers_is_in_the_table():
    assert sorted(ORACLES) == [model._meta.label for model in models_with_readers()]


@pytest.mark.parametrize("seed", range(40))
def test_visible_to_readers_of_and_the_table_say_the_same(seed):
    company = Company(seed)
    world = World()

    for model in models_with_readers():
        rows = list(model.objects.order_by("pk"))
        assert rows, f"{model._meta.label} has no row in the random companies: give it some"
        seen = {person: set(model.objects.visible_to(person).values_list("pk", flat=True)) for person in company.people}
        assert seen == {person: visible(world, model, person) for person in company.people}, model
        for thing in company.chance.sample(rows, min(len(rows), ROWS_ASKED)):
            readers = set(readers_of(thing))
            assert readers == {person for person in company.people if thing.pk in seen[person]}, (model, thing.pk)
        assert set(readers_of(thing, told=True)) <= readers


@pytest.mark.parametrize("seed", range(5))
def test_who_will_see_this_names_whoever_reads_and_nobody_else(seed):
    """The parts whose words a form shows are those that open the row: put together, they are its readers."""
    company = Company(seed)

    for model in models_with_readers():
        rows = list(model.objects.order_by("pk"))
        for thing in company.chance.sample(rows, min(len(rows), ROWS_ASKED)):
            opening = [part.part if isinstance(part, When) else part for part in who_reads(thing)]
            named = {person.pk for part in opening for person in part.people(thing)}
            never = {person.pk for part in who_never_reads(thing) for person in part.people(thing)}
            readers = set(readers_of(thing).values_list("pk", flat=True))
            assert set(Person.objects.filter(pk__in=named - never).exclude(state="left").values_list("pk", flat=True)) == readers, model
            closed = [part for part in thing.readers.alternatives() if not part.holds(thing)]
            assert not [part for part in closed if part.people(thing).exists()], model


@pytest.mark.parametrize("model", models_with_readers(), ids=lambda model: model._meta.label)
def test_every_part_has_words(model):
    parts = [*model.readers.alternatives(), *(model.denied.alternatives() if model.denied else ())]

    assert [part for part in parts if not in_words([part], model).strip()] == []


@pytest.mark.parametrize("seed", range(10))
def test_x01_x02_x03_deny_whatever_else_a_person_is(seed):
    """Asked of the rows alone, after everybody was given every role; an outsider with the same roles reads all of it."""
    seen, outsider = _seen_with_every_role(Company(seed), (Application, Wish, Plan, KeyPosition, Report, Moderation, AccessLogEntry))
    above = set(ReportingLine.objects.values_list("person", "manager"))
    stood = set(LineAtStart.objects.values_list("kind", "row_id", "person"))
    direct = set(ReportingLine.objects.filter(depth=1).values_list("person", "manager"))

    for row in Application.objects.order_by("pk"):
        readers = {person for pk, person in seen[Application] if pk == row.pk}
        line = {one for one in readers if (row.applicant_id, one) in above or ("application", row.pk, one) in stood}
        assert line <= {row.informed_manager_id}
        assert {(row.applicant_id, one) for one in line} <= direct
    wishes = dict(Wish.objects.values_list("pk", "person"))
    assert not [pair for pair in seen[Wish] if (wishes[pair[0]], pair[1]) in above or ("wish", *pair) in stood]
    assert not seen[Plan] & set(Nomination.objects.values_list("plan__key_position__plans", "person"))
    assert not seen[KeyPosition] & set(Nomination.objects.values_list("plan__key_position", "person"))
    reporters = set(Reporter.objects.values_list("report", "person"))
    parties = reporters | set(Report.objects.values_list("pk", "about"))
    lines = {(report, manager) for report, person in parties for below, manager in above if below == person}
    at_start = {(row_id, person) for kind, row_id, person in stood if kind == "report"}
    assert not seen[Report] & (parties | lines | at_start)
    decided = {row.pk: row for row in Moderation.objects.all()}
    for pk, person in seen[Moderation]:
        kept_out = {(decided[pk].report_id, person)} & (reporters | at_start) or {(decided[pk].author_id, person)} & above
        assert decided[pk].author_id == person or not kept_out
    about = AccessLogSubject.objects.filter(entry__kind__in=("application", "wish")).values_list("entry", "person")
    secret = {(entry, manager) for entry, person in about for below, manager in above if below == person}
    opened = AccessLogEntry.objects.filter(kind__in=("application", "wish"))
    secret |= {(one.pk, person) for one in opened for kind, row_id, person in stood if (kind, row_id) == (one.kind, one.row_id)}
    assert not seen[AccessLogEntry] & secret
    for model in (Plan, KeyPosition, Report, AccessLogEntry):
        assert {pk for pk, person in seen[model] if person == outsider.pk} == set(model.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(10))
def test_l108_who_is_under_seal_reads_no_word_of_their_pairs_whatever_else_they_are(seed):
    seen, _outsider = _seen_with_every_role(Company(seed), (MentoringPair, MentoringRequest, Goal, Session, Note, Seal))
    sealed = set(Seal.objects.values_list("person", flat=True))
    words = (MentoringPair, MentoringRequest, Goal, Session, Note)

    assert not [model for model in words for _pk, person in seen[model] if person in sealed]
    pairs = MentoringPair.objects.filter(mentor__in=sealed).exclude(mentee__in=sealed).exclude(mentee__state="left")
    assert {(pair.pk, pair.mentee_id) for pair in pairs} <= seen[MentoringPair]  # it closes nothing to the other of the two
    above = set(ReportingLine.objects.values_list("person", "manager"))
    whose = dict(Seal.objects.values_list("pk", "person"))
    assert not [pk for pk, person in seen[Seal] if (whose[pk], person) in above]


def _seen_with_every_role(company, models):
    """What each reads of ``models``, as pairs of keys, once everybody has every role, an outsider too."""
    outsider, now = PersonFactory(), company.now - HOUR
    everybody = [*company.people, outsider]
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role, starts_at=now) for person in everybody for role in Role.values)
    people = Person.objects.exclude(state="left").order_by("pk")
    seen = {
        model: {(row, person.pk) for person in people for row in model.objects.visible_to(person).values_list("pk", flat=True)}
        for model in models
    }
    return seen, outsider
