"""Who reads an application and an opening, on random companies and in each corner that a company has."""

import datetime
import random
from pathlib import Path

import pytest

import mobility
from mobility import queries
from mobility.enums import DECIDED, LIVE, SENT, ApplicationState, OpeningState, Relation
from mobility.models import Application, Opening, OpeningMember
from mobility.models.applications import CAPACITIES
from mobility.services.assignment import settle
from mobility.visible_fields import fields_for
from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.access.who_sees import who_never_reads, who_reads
from rse.core.enums import Role
from rse.core.models import Person, ReportingLine, RoleGrant
from tests.core.companies import random_company
from tests.factories import PersonFactory, RoleGrantFactory, SiteFactory, UnitFactory
from tests.factories.core import put_under
from tests.factories.mobility import LETTER, ApplicationFactory, BookmarkFactory, OpeningFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ROOM = Path(mobility.__file__).parent


def fresh(person):
    return Person.objects.get(pk=person.pk)


def opens(person, thing):
    return type(thing).objects.visible_to(fresh(person)).filter(pk=thing.pk).exists()


def random_openings(chance, people, units):
    """Openings in every state, teams dated in every way, applications in every state, managers told rightly and wrongly."""
    now, site = clock.now(), SiteFactory()
    for _ in range(chance.randint(1, 5)):
        traits = chance.choice([{}, {}, {"draft": True}, {"closed": True}, {"is_hidden": True}])
        opening = OpeningFactory(unit=chance.choice(units), site=site, **traits)
        for person in chance.sample(people, min(len(people), chance.randint(0, 3))):
            starts_at = now + DAY * chance.choice([-3, -1, 1])
            OpeningMember.objects.create(
                opening=opening,
                person=person,
                role="hiring",
                starts_at=starts_at,
                ends_at=chance.choice([None, None, starts_at + DAY / 2, starts_at + 9 * DAY]),
            )
        for person in chance.sample(people, min(len(people), chance.randint(0, 4))):
            state = chance.choice([*ApplicationState.values, "submitted", "interview"])
            told = chance.choice([None, *people]) if state != "withdrawn" else None
            above = list(ReportingLine.objects.filter(person=person, depth=1).order_by("pk").values_list("manager", flat=True))
            if told and above and chance.random() < 0.5:
                told = Person.objects.get(pk=above[0])
            ApplicationFactory(
                opening=opening, applicant=person, state=state, handler=chance.choice([None, *people]), informed_manager=told
            )
        BookmarkFactory(opening=opening, person=chance.choice(people))
    nothing = dict.fromkeys(("letter", "availability", "site_answer", "reason", "alternatives"), "")
    ApplicationFactory(opening=opening, applicant=None, state="refused", erased_at=now, **nothing)


@pytest.mark.parametrize("seed", range(40))
def test_visible_to_and_readers_of_say_the_same_and_x01_holds(seed):
    chance, people, units = random_company(seed)
    random_openings(random.Random(seed), people, units)
    del chance

    seen = {person: set(Application.objects.visible_to(person)) for person in map(fresh, people)}
    openings = {person: set(Opening.objects.visible_to(person)) for person in map(fresh, people)}
    above = set(ReportingLine.objects.values_list("person", "manager"))
    direct = set(ReportingLine.objects.filter(depth=1).values_list("person", "manager"))
    for row in Application.objects.order_by("pk"):
        assert set(readers_of(row)) == {person for person in seen if row in seen[person]}, row.pk
        for person, rows in seen.items():
            if row not in rows:
                assert fields_for(person, row) == {}
            elif (row.applicant_id, person.pk) in above:
                assert row.informed_manager_id == person.pk
                assert (row.applicant_id, person.pk) in direct
                assert row.state in SENT
                assert set(fields_for(person, row)) == {"name", "status", "date"}
            elif row.state not in SENT or row.erased_at:
                assert person.pk == row.applicant_id
    for opening in Opening.objects.order_by("pk"):
        assert set(readers_of(opening)) == {person for person in openings if opening in openings[person]}, opening.pk


@pytest.mark.parametrize("seed", range(20))
def test_x01_handler_is_outside_the_line_after_any_change(seed):
    _chance, people, units = random_company(seed)
    random_openings(random.Random(seed), people, units)

    settle()

    above = set(ReportingLine.objects.values_list("person", "manager"))
    for row in Application.objects.filter(state__in=LIVE, erased_at=None).order_by("pk"):
        assert (row.applicant_id, row.handler_id) not in above
        assert row.handler_id != row.applicant_id
        if row.handler_id:
            assert opens(row.handler, row) or Application.objects.live().filter(opening=row.opening, applicant=row.handler).exists()
        else:
            assert queries.find_handler(row) is None
        if row.informed_manager_id:
            assert ReportingLine.objects.filter(person=row.applicant_id, manager=row.informed_manager_id, depth=1).exists()


def test_r30_line_reads_nothing_whatever_else_they_are(opening):
    applicant, above, higher, highest = PersonFactory.create_batch(4)
    put_under(applicant, above)
    put_under(above, higher)
    put_under(higher, highest)
    for person in (above, higher, highest):
        OpeningMember.objects.create(opening=opening, person=person, role="hiring")
        for role in Role.values:
            RoleGrantFactory(person=person, role=role)
    application = ApplicationFactory(opening=opening, applicant=applicant, handler=above)

    for person in (above, higher, highest):
        assert not opens(person, application)
        assert queries.handled_counts(fresh(person), [opening]) == {}
        assert person not in readers_of(application)


def test_readers_are_the_team_hr_of_the_unit_and_nobody_else(opening, recruiter):
    hr_of_the_company = PersonFactory(role=Role.HR)
    hr_of_another = PersonFactory()
    RoleGrantFactory(person=hr_of_another, role=Role.HR, unit=UnitFactory())
    application = ApplicationFactory(opening=opening)
    others = [PersonFactory(role=role) for role in Role.values if role != Role.HR]

    assert set(readers_of(application)) == {application.applicant, recruiter, hr_of_the_company}
    assert not any(opens(person, application) for person in [hr_of_another, *others, PersonFactory()])


def test_head_of_hr_reads_what_was_given_to_them_and_only_while_they_are_head():
    head = PersonFactory()
    grant = RoleGrantFactory(person=head, role=Role.HR_HEAD)
    given, other = ApplicationFactory(handler=head), ApplicationFactory()

    assert opens(head, given)
    assert queries.relation_to(fresh(head), given) == Relation.HEAD
    assert not opens(head, other)
    RoleGrant.objects.filter(pk=grant.pk).update(ends_at=clock.now())
    assert not opens(head, given)


def test_x10_team_and_informed_manager_end_at_that_second(opening, recruiter):
    manager, next_manager = PersonFactory.create_batch(2)
    applicant = PersonFactory(manager=manager)
    application = ApplicationFactory(opening=opening, applicant=applicant, informed_manager=manager)
    assert opens(manager, application)
    assert opens(recruiter, application)

    OpeningMember.objects.update(ends_at=clock.now())
    put_under(applicant, next_manager)

    assert not opens(recruiter, application)
    assert not opens(manager, application)
    assert not opens(next_manager, application)


def test_who_applies_too_reads_nobody_they_compete_with(opening):
    hr = PersonFactory(role=Role.HR)
    rival, own = ApplicationFactory(opening=opening), ApplicationFactory(opening=opening, applicant=hr)

    assert not opens(hr, rival)
    assert opens(hr, own)
    Application.objects.filter(pk=own.pk).update(state="withdrawn", letter="", availability="", site_answer="")
    assert opens(hr, rival)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_draft_and_withdrawn_are_the_applicants_alone(opening, recruiter, state):
    application = ApplicationFactory(opening=opening, state=state)

    assert set(readers_of(application)) == {application.applicant}


def test_fields_are_cut_for_each_capacity(opening, recruiter):
    manager = PersonFactory()
    applicant = PersonFactory(manager=manager, work_phone="01 02")
    hr = fresh(PersonFactory(role=Role.HR))
    application = ApplicationFactory(opening=opening, applicant=applicant, informed_manager=manager)

    assert set(fields_for(manager, application)) == {"name", "status", "date"}
    team = fields_for(recruiter, application)
    assert team["availability"]
    assert not {"letter", "e_mail", "phone", "reason"} & set(team)
    assert fields_for(hr, application)["letter"] == LETTER
    assert "phone" not in fields_for(hr, application)
    assert fields_for(applicant, application)["letter"] == LETTER

    Application.objects.filter(pk=application.pk).update(may_contact=True, letter_for="team")
    application.refresh_from_db()
    team = fields_for(recruiter, application)
    assert (team["letter"], team["e_mail"], team["phone"]) == (LETTER, applicant.email, "01 02")
    assert fields_for(PersonFactory(), application) == {}


def test_manager_who_recruits_too_reads_the_reduced_fields_and_handles_nothing(opening):
    manager = PersonFactory(role=Role.HR)
    OpeningMember.objects.create(opening=opening, person=manager, role="hiring")
    application = ApplicationFactory(opening=opening, applicant=PersonFactory(manager=manager), informed_manager=manager)

    assert set(fields_for(fresh(manager), application)) == {"name", "status", "date"}
    assert not Application.objects.handled_by(fresh(manager)).exists()


@pytest.mark.parametrize("state", OpeningState.values)
def test_l58_only_a_published_opening_is_for_everybody(state, recruiter):
    hr = PersonFactory(role=Role.HR)
    opening = OpeningFactory(team=[recruiter], state=state)
    others = [PersonFactory(), PersonFactory(role=Role.RECRUITER), PersonFactory(role=Role.ADMINISTRATOR)]
    is_public = state == OpeningState.PUBLISHED

    assert opens(recruiter, opening)
    assert opens(hr, opening)
    assert [opens(person, opening) for person in others] == [is_public] * 3
    assert not opens(PersonFactory(expected=True), opening)
    assert set(readers_of(opening)) == ({*others, recruiter, hr} | set(Person.objects.present()) if is_public else {recruiter, hr})


def test_promised_readers_are_those_who_read_once_it_is_sent(opening, recruiter):
    applicant = PersonFactory(manager=PersonFactory(role=Role.HR))
    PersonFactory(role=Role.HR)
    promised = {one.person for one in queries.future_readers(applicant, opening)}

    application = ApplicationFactory(opening=opening, applicant=applicant)

    assert promised == {one.person for one in queries.who_knows(application)}
    assert len(promised) == 2


def test_x01_who_may_read_names_the_same_people_whether_or_not_hr_applies_too(opening, recruiter):
    applicant, head, hr = PersonFactory(manager=recruiter), PersonFactory(role=Role.HR_HEAD), PersonFactory(role=Role.HR)

    def named():
        begun = queries.future_readers(applicant, opening)
        row = ApplicationFactory(opening=opening, applicant=applicant)
        settle()
        row.refresh_from_db()
        known = queries.who_knows(row)
        row.delete()
        return [[(one.person, one.relation) for one in people] for people in (begun, known)]

    without = named()
    ApplicationFactory(opening=opening, applicant=hr, handler=head)

    assert named() == without
    assert {person for person, _relation in without[0]} == {hr, head}


def test_parts_of_the_rule_are_put_together_in_one_place():
    """Whoever names one of them elsewhere says a second time who reads an application."""
    parts = ("HeadWhoHandles(", "InformedManager(", "AppliesToo(", "StoodInLine(", 'InLineOf("applicant"')
    sources = [path for path in ROOM.rglob("*.py") if "migrations" not in path.parts]
    named = {path.relative_to(ROOM).as_posix() for path in sources for part in parts if part in path.read_text(encoding="utf-8")}

    assert named - {"reader_parts.py"} == {"models/applications.py"}


@pytest.mark.parametrize("seed", range(10))
def test_capacity_is_that_of_one_part_of_the_rule_and_only_readers_have_one(seed):
    _chance, people, units = random_company(seed)
    random_openings(random.Random(seed), people, units)

    for row in Application.objects.order_by("pk"):
        readers = set(readers_of(row))
        for person in map(fresh, people):
            capacity = queries.relation_to(person, row)
            assert bool(capacity) == (person in readers)
            if capacity:
                assert person in CAPACITIES[capacity].people(row)
        named, never = (
            {person.pk for part in parts(row, "reason") for person in part.people(row)} for parts in (who_reads, who_never_reads)
        )
        if row.state in DECIDED:
            told = {person.pk for person in map(fresh, people) if "reason" in fields_for(person, row)}
            assert set(Person.objects.filter(pk__in=named - never).exclude(state="left").values_list("pk", flat=True)) == told
