"""Recovery codes of those whom no mail reaches: one sets another password, and none opens what asks for more."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rse.core import clock
from rse.core.access import leaving, reopening
from rse.core.enums import Role
from rse.core.models import Person
from rse.core.people.services.people import cut_access, deactivate, no_password
from rse.core.people.services.unlisted import shut_out, take_back
from rse.identity.enums import Way
from rse.identity.models import RecoveryCode, Session
from rse.identity.services.invitations import issue
from rse.identity.services.recovery import CodeOver, make_codes, open_code, reset_by_code
from rse.notify.models import Notification
from tests.factories import PersonFactory, RoleGrantFactory
from tests.guards import HouseClient
from tests.races import answers_of

from .doors import give_second_factor, person_of, type_code, type_password
from .papers import again, codes_shown, worker

pytestmark = pytest.mark.django_db
ANOTHER = "eight loud lighthouses hum"


@pytest.fixture
def awa():
    return PersonFactory(email=None, private_email="", employee_number="0042")


def type_recovery(number, code, browser=None, password="", **extra):
    form = {"number": number, "code": code} | ({"password1": password, "password2": password} if password else {})
    return (browser or HouseClient()).post(reverse("identity:reset_by_code"), form, **extra)


def test_number_and_one_code_set_another_password(awa, signed_in):
    codes = make_codes(person=awa)
    signed_in(awa)
    sealed, browser = [], HouseClient()
    reopening._hooks["of this test"] = sealed.extend
    try:
        assert type_recovery("42", codes[3].lower(), browser).status_code == 200
        answer = type_recovery("42", codes[3].lower(), browser, ANOTHER)
    finally:
        del reopening._hooks["of this test"]
    assert (answer.status_code, person_of(browser)) == (302, str(awa.pk))
    assert sealed == [awa.pk]
    assert Session.objects.filter(person=awa).count() == 1
    assert Notification.objects.filter(recipient=awa, event="identity.password_replaced").count() == 1
    assert type_password(HouseClient(), "0042", ANOTHER).status_code == 302
    assert type_password(HouseClient(), "0042").status_code == 422


def test_code_works_once_and_the_others_go_on(awa):
    codes = make_codes(person=awa)
    type_recovery("42", codes[0], password=ANOTHER)
    assert type_recovery("42", codes[0], password=ANOTHER).status_code == 422
    assert RecoveryCode.objects.filter(person=awa, used_at=None).count() == 9
    assert open_code(number="42", code=codes[1]) is not None


def test_new_codes_end_the_old_ones(awa):
    first, second = make_codes(person=awa), make_codes(person=awa)
    assert open_code(number="42", code=first[0]) is None
    assert open_code(number="42", code=second[0]) is not None
    assert RecoveryCode.objects.count() == 10


CHANGES = {
    "a second factor": give_second_factor,
    "a work e-mail": lambda person: Person.objects.filter(pk=person.pk).update(email="awa@company.example"),
    "a private e-mail": lambda person: Person.objects.filter(pk=person.pk).update(private_email="awa@home.example"),
    "a role": lambda person: RoleGrantFactory(person=person, role=Role.RECRUITER),
    "the end": lambda person: deactivate(person_ids=[person.pk]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_codes_open_nothing_alone_where_more_is_asked_or_mail_goes(awa, change):
    codes = make_codes(person=awa)
    kept = open_code(number="42", code=codes[0])
    CHANGES[change](awa)
    assert open_code(number="42", code=codes[0]) is None
    with pytest.raises(CodeOver):
        reset_by_code(kept=kept, password=ANOTHER)
    assert type_recovery("42", codes[0], password=ANOTHER).status_code == 422
    assert again(awa).check_password(ANOTHER) is False


@pytest.mark.parametrize("leave", [lambda person: deactivate(person_ids=[person.pk]), cut_access])
def test_codes_of_before_open_nothing_once_somebody_is_here_again(awa, leave):
    codes = make_codes(person=awa)
    leave(awa)
    assert not RecoveryCode.objects.exists()
    Person.objects.filter(pk=awa.pk).update(state="active", is_cut=False)
    assert type_recovery("42", codes[0], password=ANOTHER).status_code == 422


def test_codes_open_no_account_that_is_shut(awa):
    codes = make_codes(person=awa)
    Person.objects.filter(pk=awa.pk).update(password=no_password())
    assert open_code(number="42", code=codes[0]) is None
    with pytest.raises(PermissionDenied):
        make_codes(person=again(awa))


def test_whoever_a_file_does_not_name_has_the_codes_again_with_everything_else(awa):
    codes = make_codes(person=awa)
    shut_out(person_ids=[awa.pk])
    assert open_code(number="42", code=codes[0]) is None
    leaving.run([awa.pk])
    take_back(person_ids=[awa.pk])
    assert open_code(number="42", code=codes[0]) is not None


def test_code_of_these_is_no_second_factor(awa):
    codes = make_codes(person=awa)
    give_second_factor(awa)
    browser = HouseClient()
    type_password(browser, "42")
    assert type_code(browser, codes[0]).status_code == 422
    assert person_of(browser) is None


def test_code_of_one_with_the_number_of_another_opens_nothing(awa):
    other = PersonFactory(email=None, employee_number="0099")
    mine, theirs = make_codes(person=awa), make_codes(person=other)
    assert type_recovery("99", mine[0]).status_code == type_recovery("42", theirs[0]).status_code == 422


def test_wrong_codes_are_answered_alike_and_limited(awa):
    make_codes(person=awa)
    PersonFactory(email="lea@company.example", employee_number="7")
    told = set()
    for number in ("42", "7", "9999"):
        page = type_recovery(number, "2222-2222-2222-2222").text
        told.add(page[page.index("error-summary") :].split("</div>")[0])
    assert len(told) == 1
    with clock.moved_to(clock.now()):
        answers = [type_recovery("42", "2222-2222-2222-2222").status_code for _try in range(7)]
    assert answers[-2:] == [429, 429]


def test_page_makes_ten_codes_after_the_password_was_shown(awa, client):
    type_password(client, "42")
    page = client.post(reverse("identity:way_back"))
    codes = codes_shown(page)
    assert (len(codes), "no-store" in page["Cache-Control"]) == (10, True)
    assert not any(code in client.get(reverse("identity:way_back")).text for code in codes)
    assert not any(code.replace("-", "") in str(list(RecoveryCode.objects.values())) for code in codes)
    assert reverse("identity:way_back") in client.get(reverse("identity:security")).text


@pytest.mark.parametrize("columns", [{"email": "lea@company.example"}, {"private_email": "lea@home.example"}, {"role": Role.RECRUITER}])
def test_no_codes_for_whoever_comes_back_by_another_way(columns):
    with pytest.raises(PermissionDenied):
        make_codes(person=PersonFactory(**{"email": None, "private_email": ""} | columns))
    assert not RecoveryCode.objects.exists()


def test_page_of_codes_refuses_whoever_has_an_email(client):
    person = PersonFactory()
    type_password(client, person.email)
    assert client.get(reverse("identity:way_back")).status_code == client.post(reverse("identity:way_back")).status_code == 403
    assert reverse("identity:way_back") not in client.get(reverse("identity:security")).text


def test_link_handed_to_somebody_without_an_email_leads_to_the_codes(client):
    person = worker()
    token = issue(person=person, way=Way.HAND)
    answer = client.post(reverse("identity:welcome", args=[token]), {"password1": ANOTHER, "password2": ANOTHER})
    assert (answer.status_code, answer.url) == (302, reverse("identity:way_back"))
    assert client.get(answer.url).status_code == 200
    assert len(codes_shown(client.post(answer.url))) == 10


@pytest.mark.django_db(transaction=True)
def test_one_code_at_once_in_twenty_windows_sets_one_password():
    awa = PersonFactory(email=None, private_email="", employee_number="0042")
    kept = open_code(number="42", code=make_codes(person=awa)[0])
    given, raised = answers_of(20, lambda number: reset_by_code(kept=kept, password=f"{ANOTHER} {number}").pk)
    assert given == [str(awa.pk)]
    assert set(raised) <= {"CodeOver", "OperationalError"}
