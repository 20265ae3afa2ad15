"""The last import is undone as one act: what it changed is as before, and what was done since stays."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import AudienceMember, Holding, Person, RecordedEvent, ReportingLine
from rse.core.people.services.leavers import forget_people
from rse.core.people.services.people import deactivate
from rse.core.people.services.unlisted import shut_out
from rse.hris.models import BeforeImport, ImportBatch, UnlistedPerson
from rse.hris.services.background import NotTheLast, take_out, undo_import
from rse.hris.services.corrections import correct
from rse.hris.services.undoing import look, undo
from rse.identity.models import AddressChange, Session
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.core import PositionFactory
from tests.hris.team import BOSS, NOON, TEAM, events, person, state, with_
from tests.hris.test_import_screens import HEADERS, row
from tests.hris.test_older_files import through

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
FIRST = [*TEAM[:7], person("E8", hired_on="01/12/2026"), *TEAM[8:]]


@pytest.fixture
def written(imported):
    """Imports rows as a file of its own, and gives its row."""

    def run(rows, headers=None, **options):
        batch = ImportBatch.objects.create(file_name="people.csv", kind="full")
        imported(rows, headers, batch=batch, **options)
        ImportBatch.objects.filter(pk=batch.pk).update(state="applied", applied_at=clock.now())
        batch.refresh_from_db()
        return batch

    return run


def columns(*but):
    """Every column of every person and place, by keys."""
    hidden = {"version", "found_by", "sorts_as", "handle", *but}
    people = [{name: value for name, value in one.items() if name not in hidden} for one in Person.objects.order_by("pk").values()]
    places = list(
        Holding.objects.order_by("person", "position", "starts_on").values_list("person", "position", "starts_on", "ends_on", "seat")
    )
    return people, places, state() | {"events": None}


CHANGES = {
    "names, titles and dates": with_(with_(FIRST, "E2", last_name="Durand", position_title="Cheffe"), "E3", hired_on="07/01/2020"),
    "a move": with_(FIRST, "E4", unit="S2", unit_name="Compta", manager_number="E2"),
    "another position": with_(FIRST, "E5", position="P-New", position_title="Contrôleuse"),
    "a first day put off": with_(FIRST, "E8", hired_on="01/03/2027"),
    "an arrival": with_(FIRST, "E8", hired_on="01/11/2026"),
    "a departure": with_(FIRST, "E6", leaves_on="10/11/2026"),
    "a last day to come": with_(FIRST, "E6", leaves_on="31/12/2026"),
    "somebody absent": [one for one in FIRST if one["employee_number"] != "E9"],
    "another address": with_(FIRST, "E10", email="lea.autre@exemple.fr"),
    "a unit renamed": [one | {"unit_name": "Le siège"} for one in FIRST],
    "places that swap": with_(with_(FIRST, "E11", position="P-E12"), "E12", position="P-E11"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_file_changed_is_as_before(written, change):
    written(FIRST)
    before = columns()
    batch = written(CHANGES[change], allow_departures=True)
    assert not look(batch).is_empty or columns() != before

    undo(batch)

    people, places, company = columns()
    assert people == before[0]
    assert places == before[1]
    new = {"positions": None, "places": None, "units": None, "closure": None, "sites": None, "families": None}
    assert company | new == before[2] | new
    assert not BeforeImport.objects.filter(batch=batch).exists()
    assert events()["hris.people_imported"] == 3


def test_newcomers_of_the_file_leave_unless_they_came_in(written):
    written(FIRST)
    batch = written([*FIRST, person("E40"), person("E41"), person("E42", hired_on="01/12/2026")])
    Person.objects.filter(employee_number="E41").update(has_account=True, password="pbkdf2$theirs")

    found = undo(batch)

    states = dict(Person.objects.filter(employee_number__in=["E40", "E41", "E42"]).values_list("employee_number", "state"))
    assert states == {"E40": PersonState.LEFT, "E41": PersonState.ACTIVE, "E42": PersonState.LEFT}
    assert (len(found.go), len(found.stay)) == (2, 1)
    assert Holding.objects.get(person__employee_number="E41").ends_on is None

    written([*FIRST, person("E40"), person("E41"), person("E42", hired_on="01/12/2026")])
    assert Person.objects.filter(employee_number="E40").get().state == PersonState.ACTIVE
    assert Person.objects.count() == len(FIRST) + 3


def test_what_somebody_changed_since_stays(written):
    written(FIRST)
    batch = written(with_(FIRST, "E2", last_name="Durand", position_title="Cheffe"))
    Person.objects.filter(employee_number="E2").update(title="Directrice")

    found = undo(batch)

    one = Person.objects.get(employee_number="E2")
    assert (one.last_name, one.title, found.since) == ("Martin E2", "Directrice", 1)


def open_places(number):
    return list(Holding.objects.filter(person__employee_number=number, ends_on=None).values_list("position__code", flat=True))


def test_whoever_left_or_got_another_place_since_gets_none_back(written):
    written(FIRST)
    batch = written(with_(with_(FIRST, "E4", position="P-New"), "E5", position="P-Other"))
    deactivate(person_ids=[Person.objects.get(employee_number="E4").pk])
    theirs = Holding.objects.get(person__employee_number="E5", ends_on=None)
    Holding.objects.filter(pk=theirs.pk).update(ends_on=theirs.starts_on)
    other = PositionFactory(code="P-ByHand")
    Holding.objects.create(person_id=theirs.person_id, position=other, starts_on=clock.today(), seat=1)
    assert look(batch).since >= 2

    undo(batch)

    assert (open_places("E4"), open_places("E5")) == ([], ["P-ByHand"])
    rows = [one for one in FIRST if one["employee_number"] not in ("E4", "E5")]
    written(with_(rows, "E2", position="P-E4"), allow_departures=True)  # the place is free for somebody else
    assert open_places("E2") == ["P-E4"]


def test_nothing_is_undone_when_another_file_was_written_between_the_click_and_the_work(written, monkeypatch):
    written(FIRST)
    batch = written(with_(FIRST, "E2", last_name="Durand"))
    monkeypatch.setattr("rse.core.events.tasks.enqueue", lambda *_args, **_said: None)
    undo_import(actor=PersonFactory(role=Role.HR), batch=batch)
    with clock.moved_to(clock.now() + datetime.timedelta(minutes=1)):
        written(with_(FIRST, "E2", last_name="Durand", position_title="Cheffe"))
        monkeypatch.undo()
        take_out.call(batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.refusal, batch.undone_at) == ("applied", "not_the_last", None)
    assert Person.objects.get(employee_number="E2").last_name == "Durand"


def test_whoever_came_back_by_a_wrong_file_is_gone_again_though_they_once_had_an_account(written):
    written(FIRST)
    Person.objects.filter(employee_number="E6").update(password="pbkdf2$theirs", has_account=True)
    written(with_(FIRST, "E6", leaves_on="10/11/2026"))
    batch = written(FIRST)
    assert Person.objects.get(employee_number="E6").state == PersonState.ACTIVE

    assert len(undo(batch).gone_again) == 1

    assert Person.objects.get(employee_number="E6").state == PersonState.LEFT


def test_whoever_got_a_role_since_is_put_out_by_nobody_who_undoes(written):
    written(FIRST)
    batch = written([*FIRST, person("E40"), person("E41")])
    RoleGrantFactory(person=Person.objects.get(employee_number="E40"), role=Role.DPO)

    found = undo(batch)

    states = dict(Person.objects.filter(employee_number__in=["E40", "E41"]).values_list("employee_number", "state"))
    assert (states, len(found.stay)) == ({"E40": PersonState.ACTIVE, "E41": PersonState.LEFT}, 1)


@pytest.mark.parametrize("has_role", [True, False])
def test_whoever_was_shut_out_before_the_file_is_shut_out_again_by_the_one_way(written, has_role):
    written(FIRST)
    written([one for one in FIRST if one["employee_number"] != "E9"])
    who = Person.objects.get(employee_number="E9")
    shut_out([who.pk])
    UnlistedPerson.objects.filter(person=who).update(shut_out_on=clock.today())
    batch = written(FIRST)
    if has_role:
        RoleGrantFactory(person=who, role=Role.DPO)
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=clock.now() + DAY, person=who)

    undo(batch)

    who.refresh_from_db()
    assert (who.state == PersonState.LEFT, Session.objects.filter(person=who).exists()) == (not has_role, has_role)


def test_whoever_is_erased_stays_erased(written):
    written(FIRST)
    pk = Person.objects.get(employee_number="E6").pk
    batch = written(with_(FIRST, "E6", leaves_on="01/09/2026"))
    forget_people([pk])
    assert look(batch).back == []
    undo(batch)
    assert Person.objects.get(pk=pk).state == PersonState.LEFT


def test_what_hr_corrected_of_places_since_stays(written):
    written(FIRST)
    batch = written(with_(FIRST, "E2", manager_number="E3"))
    correct(
        actor=PersonFactory(role=Role.HR, employee_number=None),
        person=Person.objects.get(employee_number="E2"),
        reason="mistake",
        said={},
        superior=Person.objects.get(employee_number="E4"),
    )
    found = look(batch)
    assert (found.places, found.since, found.is_empty) == (0, 1, True)

    undo(batch)

    lines = ReportingLine.objects.filter(person__employee_number="E2", depth=1)
    assert list(lines.values_list("manager__employee_number", flat=True)) == ["E4"]


def test_whoever_left_by_the_file_is_back_with_place_and_password_and_without_what_ended(written):
    written(FIRST)
    who = Person.objects.get(employee_number="E6")
    Person.objects.filter(pk=who.pk).update(password="pbkdf2$theirs", has_account=True)
    community = CommunityFactory(members=[who])
    batch = written(with_(FIRST, "E6", leaves_on="10/11/2026"))

    undo(batch)

    back = Person.objects.get(pk=who.pk)
    assert (back.state, back.leaves_on, back.password) == (PersonState.ACTIVE, None, "pbkdf2$theirs")
    assert not AudienceMember.objects.filter(audience=community.audience, person=who).exists()
    assert RecordedEvent.objects.filter(name="core.people_taken_back").exists()


def test_whoever_was_cut_by_hand_since_stays_out(written):
    written(FIRST)
    batch = written(with_(FIRST, "E6", leaves_on="10/11/2026"))
    Person.objects.filter(employee_number="E6").update(is_cut=True)
    assert look(batch).back == []
    undo(batch)
    assert Person.objects.get(employee_number="E6").state == PersonState.LEFT


def test_whoever_came_back_by_the_file_leaves_again(written):
    written(FIRST)
    deactivate(person_ids=[Person.objects.get(employee_number="E6").pk], on=NOON.date() - 5 * DAY)
    before = Person.objects.get(employee_number="E6")
    batch = written(FIRST)
    assert Person.objects.get(employee_number="E6").state == PersonState.ACTIVE

    undo(batch)

    after = Person.objects.get(employee_number="E6")
    assert (after.state, after.leaves_on) == (PersonState.LEFT, before.leaves_on)


def test_addresses_that_wait_for_a_yes_wait_no_more(written):
    written(FIRST)
    Person.objects.filter(employee_number="E10").update(has_account=True)
    batch = written(with_(FIRST, "E10", email="lea.autre@exemple.fr"))
    assert AddressChange.objects.waiting().count() == 1

    undo(batch)

    assert not AddressChange.objects.waiting().exists()
    assert Person.objects.get(employee_number="E10").email == "e10@exemple.fr"


def test_questions_that_the_file_had_answered_are_asked_again(written):
    written(FIRST)
    written([one for one in FIRST if one["employee_number"] != "E9"])
    asked = UnlistedPerson.objects.get()
    batch = written(FIRST)
    asked.refresh_from_db()
    assert asked.closed_as == "listed"

    undo(batch)

    asked.refresh_from_db()
    assert (asked.closed_at, asked.closed_as) == (None, "")


@pytest.mark.parametrize("why", ["another since", "too long ago", "undone already"])
def test_only_the_last_import_of_seven_days_is_undone_and_once(written, why):
    hr = PersonFactory(role=Role.HR, employee_number=None)
    batch = written([BOSS])
    if why == "another since":
        written([BOSS, person("E2")])
    if why == "undone already":
        ImportBatch.objects.filter(pk=batch.pk).update(undone_at=clock.now())
    with clock.moved_to(NOON + 8 * DAY) if why == "too long ago" else clock.moved_to(NOON + DAY), pytest.raises(NotTheLast):
        undo_import(actor=hr, batch=ImportBatch.objects.get(pk=batch.pk))


def test_only_hr_of_the_whole_company_undoes(written):
    batch = written([BOSS])
    before = columns()[:2]
    for role in (role for role in Role if role != Role.HR):
        with pytest.raises(PermissionDenied):
            undo_import(actor=PersonFactory(role=role, employee_number=None), batch=batch)
    assert columns()[1] == before[1]
    assert columns()[0][:1] == before[0]


def test_import_is_undone_on_the_page_after_a_look(signed_in, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    hr = signed_in(PersonFactory(role=Role.HR, employee_number=None))
    through(hr, HEADERS + row("E1"), "a.csv")
    batch = through(hr, HEADERS + row("E1", title="Cheffe") + row("E2", name="Le Goff"), "b.csv")
    address = f"/imports/{batch.public_id}/undo/"

    page = hr.get(address).text
    assert "came by this file and never came in: they leave again" in page
    assert "Ève Le Goff" in page
    assert Person.objects.get(employee_number="E1").title == "Cheffe"

    assert hr.post(address).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.undone_by_id is not None, batch.undone_at is not None) == ("applied", True, True)
    assert Person.objects.get(employee_number="E1").title == "Fondeuse"
    assert "This import was undone on" in hr.get(f"/imports/{batch.public_id}/").text
    assert hr.post(address).status_code == 409
