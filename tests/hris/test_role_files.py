import datetime
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RecordedEvent, RoleApproval, RoleGrant, RoleRequest
from rse.core.people.services.roles import AlreadyAsked, approve_role, ask_role
from rse.hris.files import storage
from rse.hris.files.headers import folded
from rse.hris.files.problems import FileRefused
from rse.hris.files.role_lines import UnknownColumns, role_words
from rse.hris.services import role_files
from rse.hris.services.role_files import MOST_BY_ONE_YES, FileGone, PlanMoved, name_by_file, plan_of, preview_roles
from tests.factories import PersonFactory, RoleGrantFactory, UnitFactory

pytestmark = pytest.mark.django_db
PAGE = "imports:roles"
HEADERS = "matricule;rôle;unité;du;jusqu'au"


@pytest.fixture
def administrator():
    return PersonFactory(role=Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def csv(*lines, headers=HEADERS):
    return SimpleUploadedFile("roles.csv", "\n".join([headers, *lines]).encode())


def planned(actor, *lines, headers=HEADERS):
    return preview_roles(actor=actor, upload=csv(*lines, headers=headers))


def fates(plan):
    return [(one.line.number, one.code) for one in plan.lines]


def fate(actor, line, headers=HEADERS):
    [one] = planned(actor, line, headers=headers)[1].lines
    return one


def no_trace():
    return not (RoleRequest.objects.exists() or RecordedEvent.objects.exists() or RoleApproval.objects.exists())


def test_file_is_shown_first_then_asks_as_the_page_of_roles_does(signed_in, administrator):
    head, unit = PersonFactory(role=Role.HR_HEAD), UnitFactory(code="ATL", name="Atelier")
    editor, hr, already = PersonFactory(), PersonFactory(), PersonFactory(role=Role.EDITOR)
    browser = signed_in(administrator)
    held = RoleGrant.objects.count()
    upload = csv(
        f"{editor.employee_number};rédacteur;;;",
        f"{hr.employee_number};RH;atl;;31/12/2099",
        f"{already.employee_number};editor;;;",
        "E-nobody;RH;;;",
    )

    page = browser.post(reverse(PAGE), {"file": upload})

    assert (page.status_code, no_trace(), RoleGrant.objects.count()) == (200, True, held)
    said = re.findall(r'data-label="What happens">([^<]*)<', page.text)
    assert said == [
        "“E-nobody” is nobody who works here and whom you may see.",
        "Named now",
        "Waits for a yes: Head of HR",
        "Held already: nothing is asked",
    ]
    assert re.findall(r'data-label="Line">(\d+)<', page.text) == ["5", "2", "3", "4"]
    sealed = re.search(r'name="plan" value="([\w-]+)"', page.text)[1]
    answer = browser.post(reverse(PAGE), {"plan": sealed}, follow=True)

    assert "2 roles were asked for" in answer.text
    assert RoleGrant.objects.get(person=editor).granted_by == administrator
    assert not RoleGrant.objects.filter(person=hr).exists()
    waiting = RoleRequest.objects.get(person=hr)
    assert (waiting.unit, waiting.asked_by, waiting.closed_at) == (unit, administrator, None)
    assert clock.date_of(waiting.ends_at) == datetime.date(2100, 1, 1)
    assert "Waits for a yes: Head of HR" in answer.text
    with pytest.raises(PermissionDenied):
        approve_role(approver=administrator, request=waiting, function=Role.HR_HEAD)
    approve_role(approver=head, request=waiting, function=Role.HR_HEAD)
    assert RoleGrant.objects.filter(person=hr, unit=unit, role=Role.HR).exists()
    again = browser.post(reverse(PAGE), {"plan": sealed})
    assert (again.status_code, "was used already" in again.text) == (409, True)
    assert RoleRequest.objects.count() == 2
    assert list(storage.folder().iterdir()) == []


def test_file_asks_the_same_as_the_page_would(administrator):
    one, other = PersonFactory(), PersonFactory()
    with clock.moved_to(clock.now()):
        name, plan = planned(administrator, f"{one.employee_number};recruteuse;;;")
        name_by_file(actor=administrator, name=name, seen=plan.fingerprint)
        ask_role(asker=administrator, person=other, role=Role.RECRUITER, unit=None, starts_at=clock.now(), ends_at=None)
    facts = ("role", "unit", "starts_at", "ends_at", "asked_by", "closed_at")
    assert RoleRequest.objects.filter(person=one).values(*facts).get() == RoleRequest.objects.filter(person=other).values(*facts).get()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";RH;;;", "nobody_said"),
        ("E-nobody;RH;;;", "unknown_person"),
        ("{number};;;;", "no_role"),
        ("{number};magicien;;;", "unknown_role"),
        ("{number};hr_succession;;;", "not_yours"),
        ("{number};RH;Nowhere;;", "unknown_unit"),
        ("{number};RH;Twice;;", "several_units"),
        ("{number};RH;;31/02/2099;", "bad_day"),
        ("{number};RH;;01/01/2020;", "past"),
        ("{number};RH;;;01/01/2020", "past"),
        ("{number};RH;;02/01/2099;01/01/2099", "order"),
        ("{mine};RH;;;", "oneself"),
        ("{left};RH;;;", "unknown_person"),
        ("{expected};RH;;;", "unknown_person"),
    ],
)
def test_line_is_refused_and_says_why(administrator, line, code):
    UnitFactory(name="Twice")
    UnitFactory(name="Twice")
    numbers = {
        "number": PersonFactory().employee_number,
        "mine": administrator.employee_number,
        "left": PersonFactory(left=True).employee_number,
        "expected": PersonFactory(expected=True).employee_number,
    }
    name, plan = planned(administrator, line.format(**numbers))
    assert fates(plan) == [(2, code)]
    with pytest.raises(PlanMoved):
        name_by_file(actor=administrator, name=name, seen=plan.fingerprint)
    assert no_trace()


def test_people_are_meant_by_number_by_e_mail_or_by_a_name_that_one_person_has(administrator):
    one, other = PersonFactory(first_name="Zoé", last_name="Unique"), PersonFactory()
    PersonFactory.create_batch(2, first_name="Twin", last_name="Name")
    assert fate(administrator, f"{one.email.upper()};editor", headers="E-mail;Role").person == one
    assert fate(administrator, "unique zoe;editor", headers="Nom;Rôle").person == one
    assert fate(administrator, f"{one.email};editor", headers="Personne;Rôle").person == one
    assert fate(administrator, "Twin Name;editor", headers="Name;Role").code == "several_people"
    assert fate(administrator, "No One;editor", headers="Name;Role").code == "unknown_person"
    assert fate(administrator, f"{administrator.name};editor", headers="Name;Role").code == "oneself"
    assert fate(administrator, f"{one.employee_number};{other.email};editor", headers="matricule;courriel;rôle").code == "two_people"
    assert fate(administrator, f"{one.employee_number};Twin Name;editor", headers="matricule;nom;rôle").person == one


def test_roles_are_known_by_code_and_by_label_in_both_languages():
    for role, said in {
        "hr": ["RH", "HR", "hr", "Ressources humaines"],
        "hr_head": ["DRH", "Head of HR", "HR_HEAD"],
        "dpo": ["DPO", "Délégué à la protection des données", "data protection officer"],
        "editor": ["Rédaction des pages", "Editor of pages"],
        "administrator": ["Administration technique", "administrator", "Administratrice"],
    }.items():
        assert {role_words().get(folded(word)) for word in said} == {role}


def test_what_waits_says_for_whom_and_what_begins_later_says_when(administrator):
    person = PersonFactory()
    assert fate(administrator, f"{person.employee_number};administrator;;;").code == "tomorrow"
    RoleGrantFactory(role=Role.DPO)
    one = fate(administrator, f"{person.employee_number};administrator;;;")
    assert (one.code, one.params) == ("waits", {"roles": [["administrator", "dpo", "hr_head"]]})
    one = fate(administrator, f"{person.employee_number};editor;;01/01/2099;")
    assert (one.code, one.starts_on) == ("later", datetime.date(2099, 1, 1))
    reader = PersonFactory(role=Role.HR_SUCCESSION)
    one = fate(reader, f"{person.employee_number};RH, plans de relève;;;")
    assert (one.code, one.params) == ("waits", {"roles": [["hr_succession"], ["dpo"]]})
    assert fate(reader, f"{person.employee_number};editor;;;").code == "not_yours"
    RoleGrantFactory.create_batch(9, role=Role.HR_SUCCESSION)
    assert fate(reader, f"{person.employee_number};hr_succession;;;").code == "too_many"


def test_what_is_asked_or_said_twice_is_asked_once(administrator):
    person = PersonFactory()
    ask_role(asker=administrator, person=person, role=Role.HR, unit=None, starts_at=clock.now(), ends_at=None)
    _name, plan = planned(administrator, *[f"{person.employee_number};{role};;;" for role in ("RH", "editor", "rédaction")])
    assert fates(plan) == [(2, "asked"), (3, "now"), (4, "again")]
    assert plan.lines[2].params == {"line": 3}


@pytest.mark.parametrize("moves", ["held", "rights", "person"])
def test_nothing_is_asked_when_the_lines_would_do_something_else_meanwhile(signed_in, administrator, moves):
    first, second = PersonFactory(), PersonFactory()
    browser = signed_in(administrator)
    page = browser.post(reverse(PAGE), {"file": csv(f"{first.employee_number};editor;;;", f"{second.employee_number};editor;;;")})
    sealed = re.search(r'name="plan" value="([\w-]+)"', page.text)[1]
    if moves == "held":
        RoleGrantFactory(person=second, role=Role.EDITOR)
    elif moves == "person":
        type(second).objects.filter(pk=second.pk).update(state="left")
    else:
        RoleGrant.objects.filter(person=administrator).delete()
    answer = browser.post(reverse(PAGE), {"plan": sealed})
    assert answer.status_code == (403 if moves == "rights" else 409)
    assert no_trace()
    if moves != "rights":
        sealed = re.search(r'name="plan" value="([\w-]+)"', answer.text)[1]
        assert browser.post(reverse(PAGE), {"plan": sealed}).status_code == 302
        assert list(RoleRequest.objects.values_list("person", flat=True)) == [first.pk]


def test_long_file_takes_several_yeses_and_the_rest_is_shown_again(signed_in, administrator):
    people = PersonFactory.create_batch(MOST_BY_ONE_YES + 2)
    browser = signed_in(administrator)
    answer = browser.post(reverse(PAGE), {"file": csv(*[f"{one.employee_number};RH;;;" for one in people])})
    for expected in (MOST_BY_ONE_YES, MOST_BY_ONE_YES + 2):
        sealed = re.search(r'name="plan" value="([\w-]+)"', answer.text)[1]
        answer = browser.post(reverse(PAGE), {"plan": sealed})
        assert RoleRequest.objects.count() == expected
    assert (answer.status_code, list(storage.folder().iterdir())) == (302, [])


def sealed_for(browser, *people):
    page = browser.post(reverse(PAGE), {"file": csv(*[f"{one.employee_number};editor;;;" for one in people])})
    return re.search(r'name="plan" value="([\w-]+)"', page.text)[1]


def copy_vanishes():
    for path in storage.folder().iterdir():
        path.unlink()


@pytest.mark.parametrize("refuses", [AlreadyAsked, FileRefused("damaged")])
def test_second_window_learns_that_the_first_had_everything_asked(signed_in, administrator, monkeypatch, refuses):
    browser = signed_in(administrator)
    sealed = sealed_for(browser, PersonFactory())

    def first_window_is_faster(*args):
        copy_vanishes()
        raise refuses

    with monkeypatch.context() as patch:
        patch.setattr(role_files, "_ask" if refuses is AlreadyAsked else "lines_of", first_window_is_faster)
        answer = browser.post(reverse(PAGE), {"plan": sealed})
    assert (answer.status_code, "was used already" in answer.text) == (409, True)
    assert no_trace()


@pytest.mark.parametrize("most", [1, 2])
def test_copy_that_vanishes_while_its_lines_are_asked_fails_nothing(signed_in, administrator, monkeypatch, most):
    browser, asks = signed_in(administrator), role_files._ask
    sealed = sealed_for(browser, PersonFactory(), PersonFactory())

    def ask(actor, one):
        copy_vanishes()
        asks(actor, one)

    monkeypatch.setattr(role_files, "_ask", ask)
    monkeypatch.setattr(role_files, "MOST_BY_ONE_YES", most)
    answer = browser.post(reverse(PAGE), {"plan": sealed}, follow=True)
    assert answer.redirect_chain == [(reverse("roles:list"), 302)]
    assert re.search(f"{most} roles? w(as|ere) asked for", answer.text)
    assert "Nothing was asked" not in answer.text
    assert RoleRequest.objects.count() == most


def test_plan_of_somebody_else_asks_for_nothing(signed_in, administrator):
    page = signed_in(administrator).post(reverse(PAGE), {"file": csv(f"{PersonFactory().employee_number};editor;;;")})
    sealed = re.search(r'name="plan" value="([\w-]+)"', page.text)[1]
    other = signed_in(PersonFactory(role=Role.ADMINISTRATOR))
    for plan in (sealed, "nonsense", ""):
        assert other.post(reverse(PAGE), {"plan": plan}).status_code == 409
    assert no_trace()


def test_spreadsheet_is_read_with_its_numbers_and_days(administrator):
    person, book = PersonFactory(employee_number="4711"), Workbook()
    book.active.append(["Employee number", "Role", "Unit", "From", "Until"])
    book.active.append([4711, "HR", person.unit.name, datetime.date(2099, 1, 1), datetime.date(2099, 12, 31)])
    content = io.BytesIO()
    book.save(content)
    _name, plan = preview_roles(actor=administrator, upload=SimpleUploadedFile("roles.xlsx", content.getvalue()))
    [one] = plan.lines
    assert (one.person, one.unit, one.code) == (person, person.unit, "waits")
    assert (one.starts_on, one.ends_on) == (datetime.date(2099, 1, 1), datetime.date(2099, 12, 31))


def test_file_too_large_too_long_or_of_something_else_is_refused_and_not_kept(signed_in, administrator):
    with pytest.raises(UnknownColumns):
        planned(administrator, "a;b", headers="qui;quoi")
    with pytest.raises(FileRefused):
        planned(administrator, *["E1;editor;;;"] * 5001)
    with pytest.raises(PermissionDenied):
        planned(PersonFactory(role=Role.HR), "E1;editor;;;")
    with pytest.raises(PermissionDenied):
        name_by_file(actor=PersonFactory(role=Role.HR), name="x", seen="")
    with pytest.raises(FileGone):
        plan_of(actor=administrator, name="x")
    assert list(storage.folder().iterdir()) == []
    browser = signed_in(administrator)
    page = browser.post(reverse(PAGE), {"file": csv(*["E1;editor;;;"] * 5001)})
    assert (page.status_code, "more than 5000 lines" in page.text) == (422, True)
    page = browser.post(reverse(PAGE), {"file": SimpleUploadedFile("roles.csv", b"x" * (5 * 1024 * 1024 + 1))})
    assert (page.status_code, "larger than 5 MB" in page.text) == (422, True)
    page = browser.post(reverse(PAGE), {"file": csv("a;b", headers="qui;quoi")})
    assert (page.status_code, "No column says which role" in page.text) == (422, True)
    assert browser.post(reverse(PAGE), {}).status_code == 422


@pytest.mark.parametrize("number", [1, 3])
def test_preview_costs_the_same_for_one_line_and_three(signed_in, administrator, django_assert_num_queries, number):
    RoleGrantFactory(role=Role.HR_HEAD)
    people = PersonFactory.create_batch(number)
    browser = signed_in(administrator)
    browser.get(reverse(PAGE))
    upload = csv(*[f"{one.employee_number};{role};;;" for one in people for role in ("RH", "editor", "admin")])
    with django_assert_num_queries(10):
        browser.post(reverse(PAGE), {"file": upload})


@pytest.mark.parametrize("number", [1, 3])
def test_people_meant_by_name_cost_the_same_for_one_and_three(signed_in, administrator, django_assert_num_queries, number):
    people = [PersonFactory(first_name="Zoé", last_name=f"Unique{place}") for place in range(number)]
    PersonFactory.create_batch(3, first_name="Twin", last_name="Name")
    browser = signed_in(administrator)
    browser.get(reverse(PAGE))
    upload = csv(*[f"{one.name};editor" for one in people], "Twin Name;editor", headers="Nom;Rôle")
    with django_assert_num_queries(11):
        page = browser.post(reverse(PAGE), {"file": upload})
    assert [page.text.count(said) for said in ("Named now", "Several people are called")] == [number, 1]


def test_page_of_roles_leads_to_the_file_for_those_who_may_name(signed_in, administrator):
    assert reverse(PAGE) in signed_in(administrator).get("/roles/").text
    assert reverse(PAGE) not in signed_in(PersonFactory(role=Role.HR)).get("/roles/").text
