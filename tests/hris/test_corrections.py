"""HR of a unit corrects the facts of one person by hand; the person is told, and the next file asks before it writes something else."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries
from rse.core.models import Person, ReportingLine, Unit
from rse.core.ops import retention
from rse.hris.files.columns import ColumnMapping
from rse.hris.models import Correction, ImportBatch
from rse.hris.services.application import SomebodyElse, apply, preview
from rse.hris.services.corrections import NothingNew, NotWritten, correct, facts_of
from rse.hris.services.undoing import is_last, undo
from rse.identity.models import AddressChange
from rse.notify.models import Notification
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import UnitFactory
from tests.hris.team import NOON, OURS, TEAM, person, with_

pytestmark = pytest.mark.django_db
SAME = {"reason": "mistake"}


@pytest.fixture
def company(imported):
    imported([*TEAM, person("E40", unit="S2", unit_name="Compta")])
    ImportBatch.objects.update(state="applied", applied_at=clock.now())


@pytest.fixture
def hr(company):
    return PersonFactory(role=Role.HR, employee_number=None)


def who(number="E2"):
    return Person.objects.select_related("unit", "site").get(employee_number=number)


def test_facts_are_corrected_and_the_person_is_told(hr):
    said = facts_of(who()) | {"last_name": "Durand", "unit": "S2", "position_title": "Cheffe", "hired_on": "2020-02-03"}

    row = correct(actor=hr, person=who(), said=said, **SAME)

    found = who()
    assert (found.last_name, found.unit.code, found.title, found.hired_on) == ("Durand", "S2", "Cheffe", datetime.date(2020, 2, 3))
    assert row.values == {"last_name": "Durand", "unit": "S2", "title": "Cheffe", "hired_on": "2020-02-03"}
    deliveries.drain()
    assert Notification.objects.filter(recipient=found, kind="person", row_id=found.pk).count() == 1
    assert list(Correction.objects.visible_to(found)) == [row]


def test_superior_and_number_are_corrected(hr):
    correct(actor=hr, person=who(), said={}, superior=who("E3"), **SAME)
    assert ReportingLine.objects.filter(person=who(), manager=who("E3"), depth=1).exists()

    pk = who().pk
    correct(actor=hr, person=who(), said={"employee_number": "N2", "last_name": "Nouveau"}, **SAME)
    assert Person.objects.get(employee_number="N2").pk == pk
    assert Person.objects.filter(employee_number="E2").count() == 0


def test_last_day_that_has_passed_ends_the_access(hr):
    correct(actor=hr, person=who(), said={"leaves_on": (clock.today() - datetime.timedelta(days=2)).isoformat()}, **SAME)
    assert not who().is_present


def test_another_address_waits_where_somebody_has_an_account(hr):
    Person.objects.filter(employee_number="E2").update(has_account=True)
    correct(actor=hr, person=who(), said={"email": "autre@exemple.fr"}, **SAME)
    assert who().email == "e2@exemple.fr"
    assert AddressChange.objects.waiting().get().new_address == "autre@exemple.fr"


def test_what_cannot_be_so_is_refused_and_leaves_no_trace(hr):
    before = list(Person.objects.order_by("pk").values())
    for said, problem in (
        ({"employee_number": "E3"}, None),
        ({"email": "e3@exemple.fr"}, "email_taken"),
        ({"leaves_on": "2019-01-01"}, "hire_after_leave"),
    ):
        with pytest.raises((NotWritten, NothingNew)) as refused:
            correct(actor=hr, person=who(), said=said, **SAME)
        if problem:
            assert [one.code for one in refused.value.problems] == [problem]
    with pytest.raises(NothingNew):
        correct(actor=hr, person=who(), said=facts_of(who()), **SAME)
    assert list(Person.objects.order_by("pk").values()) == before
    assert not Correction.objects.exists()
    assert not ImportBatch.objects.filter(is_by_hand=True).exists()


def test_x01_nobody_corrects_themselves_nor_their_line_nor_other_units(hr):
    boss, below = who("E1"), who("E2")
    RoleGrantFactory(person=boss, role=Role.HR)
    RoleGrantFactory(person=below, role=Role.HR)
    elsewhere, former = PersonFactory(), PersonFactory()
    RoleGrantFactory(person=elsewhere, role=Role.HR, unit=UnitFactory())
    day = datetime.timedelta(days=1)
    RoleGrantFactory(person=former, role=Role.HR, starts_at=clock.now() - 3 * day, ends_at=clock.now() - day)
    others = [PersonFactory(role=role) for role in Role if role != Role.HR]
    tried = [(boss, below), (below, boss), (hr, hr), *((one, who("E3")) for one in (elsewhere, former, *others))]
    for actor, about in tried:
        with pytest.raises(PermissionDenied):
            correct(actor=Person.objects.get(pk=actor.pk), person=about, said={"last_name": "Durand"}, **SAME)
    of_unit = PersonFactory()
    RoleGrantFactory(person=of_unit, role=Role.HR, unit=Unit.objects.get(code="S2"))
    assert correct(actor=of_unit, person=who("E40"), said={"last_name": "Durand"}, **SAME)
    assert not Correction.objects.exclude(person=who("E40")).exists()


@pytest.fixture
def file_says(table):
    def run(rows, *, writes=True, corrected=None):
        opened = table(rows)
        mapping = ColumnMapping({name: name for name in OURS}, corrected=corrected or {})
        if not writes:
            return preview(opened, mapping, is_full=True)
        batch = ImportBatch.objects.create(file_name="f.csv", kind="full")
        return apply(opened, mapping, is_full=True, batch_id=batch.pk)

    return run


ROWS = [*TEAM, person("E40", unit="S2", unit_name="Compta")]


def test_next_file_asks_before_it_overwrites(hr, file_says):
    correct(actor=hr, person=who(), said={"last_name": "Durand", "position_title": "Cheffe"}, **SAME)

    outcome = file_says(ROWS)
    assert sorted({problem.code for problem in outcome.problems.kept}) == ["corrected_by_hand"]
    assert (who().last_name, who().title) == ("Durand", "Cheffe")
    assert outcome.is_empty

    file_says(ROWS, corrected={"E2": "file"})
    assert (who().last_name, who().title) == ("Martin E2", "Comptable")
    assert not Correction.objects.standing().exists()


def test_correction_that_a_file_confirms_asks_no_more(hr, file_says):
    correct(actor=hr, person=who(), said={"last_name": "Durand"}, **SAME)
    file_says(with_(ROWS, "E2", last_name="Durand"))
    assert not Correction.objects.standing().exists()
    file_says(with_(ROWS, "E2", last_name="Dupond"))
    assert who().last_name == "Dupond"


def test_superior_by_hand_stays_until_the_file_is_right(hr, file_says):
    correct(actor=hr, person=who(), said={}, superior=who("E3"), **SAME)
    file_says(ROWS)
    assert ReportingLine.objects.filter(person=who(), manager=who("E3")).exists()
    file_says(ROWS, corrected={"E2": "file"})
    assert not ReportingLine.objects.filter(person=who(), manager=who("E3")).exists()


def test_second_correction_keeps_the_first(hr):
    correct(actor=hr, person=who(), said={"last_name": "Durand"}, **SAME)
    correct(actor=hr, person=who(), said={"position_title": "Cheffe"}, **SAME)
    assert Correction.objects.standing().get().values == {"last_name": "Durand", "title": "Cheffe"}


def test_correction_holds_no_file_back_and_can_be_undone(hr):
    before = who().last_name
    row = correct(actor=hr, person=who(), said={"last_name": "Durand"}, **SAME)
    file = ImportBatch.objects.filter(is_by_hand=False).latest("pk")
    with clock.moved_to(NOON):
        ImportBatch.objects.filter(pk=file.pk).update(applied_at=clock.now())
        file.refresh_from_db()
        assert is_last(file)
        undo(row.batch)
    assert who().last_name == before


def test_correction_that_is_undone_stands_no_more_and_those_that_it_closed_do_again(hr, file_says):
    first = correct(actor=hr, person=who(), said={"last_name": "Durand"}, **SAME)
    second = correct(actor=hr, person=who(), said={"position_title": "Cheffe"}, **SAME)
    assert list(Correction.objects.standing()) == [second]

    undo(second.batch)

    assert list(Correction.objects.standing()) == [first]
    outcome = file_says(with_(ROWS, "E2", last_name="Durand"))
    assert (outcome.problems.counts["corrected_by_hand"], who().title) == (0, "Comptable")
    assert not Correction.objects.standing().exists()


def test_line_that_takes_two_people_says_so_even_beside_a_remark(signed_in, hr):
    PersonFactory(role=Role.ADMINISTRATOR)
    RoleGrantFactory(person=who(), role=Role.ADMINISTRATOR)
    Person.objects.filter(pk=who().pk).update(has_account=True, password="pbkdf2$theirs")
    browser, address = signed_in(hr), f"/imports/people/{who().handle}/"
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"reason": "late", "hired_on": "2020-01-06", "superior": ["", ""]}

    answer = browser.post(address, sent | {"leaves_on": "2026-11-10", "email": "autre@exemple.fr"})

    assert (answer.status_code, "take two people" in answer.text) == (422, True)


@pytest.fixture
def line_of(company):
    def run(number):
        lines = ReportingLine.objects.filter(person__employee_number=number).order_by("depth")
        return list(lines.values_list("manager__employee_number", flat=True))

    return run


def of_s2(number=None):
    one = who(number) if number else PersonFactory(employee_number=None)
    RoleGrantFactory(person=one, role=Role.HR, unit=Unit.objects.get(code="S2"))
    return Person.objects.get(pk=one.pk)


@pytest.mark.parametrize("number", ["E2", "E40", "e2"])
def test_number_of_somebody_else_is_refused_and_they_stay_as_they_were(company, number):
    actor = of_s2("E40" if number == "E40" else None)
    newcomer = PersonFactory(employee_number="X1", email=None, unit=Unit.objects.get(code="S2"))
    before = [facts_of(one) for one in Person.objects.select_related("unit").order_by("pk")]
    said = facts_of(newcomer) | {"employee_number": number, "last_name": "Autre", "position_title": "Directrice", "leaves_on": "2026-11-10"}

    with pytest.raises(NotWritten) as refused:
        correct(actor=actor, person=newcomer, said=said, **SAME)

    assert [problem.code for problem in refused.value.problems] == ["number_taken"]
    assert [facts_of(one) for one in Person.objects.select_related("unit").order_by("pk")] == before


def test_line_that_reaches_somebody_else_all_the_same_is_written_nowhere(company, monkeypatch):
    monkeypatch.setattr("rse.hris.services.corrections._check", lambda *_said: None)
    newcomer = PersonFactory(employee_number="X1", email=None, unit=Unit.objects.get(code="S2"))
    with pytest.raises(SomebodyElse):
        correct(actor=of_s2(), person=newcomer, said={"employee_number": "E2", "last_name": "Autre"}, **SAME)
    assert who().last_name == "Martin E2"


@pytest.mark.parametrize("said", [{"position_title": "Cheffe"}, {"unit": "S1"}, {"superior": "E5"}])
def test_x01_place_of_several_is_corrected_in_the_file_only(hr, file_says, line_of, said):
    shared = {"position": "SH", "position_shared": "oui"}
    file_says([*TEAM, *(person(number, unit="S2", unit_name="Compta", **shared) for number in ("E40", "E41", "E42"))])
    before = line_of("E41"), line_of("E42"), who("E41").unit, who("E41").title
    superior = who(said["superior"]) if "superior" in said else None

    with pytest.raises(NotWritten) as refused:
        correct(actor=of_s2("E42"), person=who("E40"), said=said, superior=superior, **SAME)

    assert [problem.code for problem in refused.value.problems] == ["position_of_several"]
    assert (line_of("E41"), line_of("E42"), who("E41").unit, who("E41").title) == before
    correct(actor=hr, person=who("E40"), said={"last_name": "Durand"}, **SAME)
    assert who("E40").last_name == "Durand"


def test_nobody_is_put_under_whoever_has_no_place_or_stands_below_the_writer(company, file_says, line_of):
    file_says(with_(ROWS, "E3", manager_number="E2"))
    RoleGrantFactory(person=who("E2"), role=Role.HR)
    actor, before = Person.objects.get(pk=who("E2").pk), line_of("E9")
    for superior in (who("E3"), PersonFactory(employee_number=None), PersonFactory(employee_number="N1"), actor):
        with pytest.raises(NotWritten) as refused:
            correct(actor=actor, person=who("E9"), said={}, superior=superior, **SAME)
        assert [problem.code for problem in refused.value.problems] == ["not_above"]
    assert line_of("E9") == before


def test_nothing_of_a_correction_stays_of_somebody_who_was_erased(hr):
    gone = who("E6")
    row = correct(actor=hr, person=gone, said={"last_name": "Durand"}, **SAME)
    assert gone.handle not in row.batch.file_name
    Person.objects.filter(pk=gone.pk).update(state="left", leaves_on=clock.today())
    with clock.moved_to(clock.now() + datetime.timedelta(days=29)):
        retention.forget()
        assert Correction.objects.exists()
    with clock.moved_to(clock.now() + datetime.timedelta(days=32)):
        retention.forget()
    assert not Correction.objects.exists()


def test_page_writes_a_correction_and_keeps_what_was_typed(signed_in, hr):
    browser, address = signed_in(hr), f"/imports/people/{who().handle}/"
    page = browser.get(address)
    assert 'value="Martin E2"' in page.text
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"reason": "late", "hired_on": "2020-01-06", "leaves_on": ""}
    assert "This is what stands already" in browser.post(address, sent).text
    assert browser.post(address, sent | {"employee_number": "", "last_name": "Durand"}).status_code == 422
    answer = browser.post(address, sent | {"email": "e3@exemple.fr", "last_name": "Durand"})
    assert answer.status_code == 422
    assert 'value="Durand"' in answer.text
    assert browser.post(address, sent | {"last_name": "Durand", "superior": ["", ""]}).status_code == 302
    assert who().last_name == "Durand"
    assert "/imports/people/" in browser.get(who().get_absolute_url()).text
