"""Signing in by employee number: as it is written, as it is typed, and never in the place of somebody else."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rse.core.models import Person
from rse.identity.queries import login_of, person_for, person_numbered
from tests.factories import PersonFactory
from tests.guards import HouseClient

from .doors import person_of, type_password
from .test_signing_in import without_secrets

pytestmark = pytest.mark.django_db


def of_number(number, **columns):
    return PersonFactory(employee_number=number, **{"email": None, "private_email": ""} | columns)


@pytest.mark.parametrize("typed", ["00A42", " 00A42 ", "00a42", "A42", "a42", "0 0a 42", "0A42", "００Ａ４２"])
def test_number_signs_in_however_it_is_typed(typed):
    person = of_number("00A42")
    browser = HouseClient()
    assert type_password(browser, typed).status_code == 302
    assert person_of(browser) == str(person.pk)


@pytest.mark.parametrize("typed", ["A4", "42", "00A421", "", "0", "A-42", "%", "00A42\t00A42"])
def test_what_is_no_number_of_anybody_signs_nobody_in(typed):
    of_number("00A42")
    assert person_for(typed) is None


def test_number_typed_otherwise_is_found_while_one_person_here_has_it():
    first = of_number("0042")
    assert person_for("42") == first
    second = of_number("00042")
    assert (person_for("42"), person_for("0042"), person_for("00042")) == (None, first, second)
    Person.objects.filter(pk=second.pk).update(state="left")
    assert person_for("42") == first


def test_number_as_it_is_written_wins_over_those_that_are_like_it():
    plain, _zeros = of_number("42"), of_number("0042")
    lower, upper = of_number("b7"), of_number("B7")
    assert [person_for(typed) for typed in ("42", "b7", "B7", "07")] == [plain, lower, upper, None]


def test_spelling_with_the_same_zeros_wins_over_one_without():
    written, _other = of_number("0a5"), of_number("00A5")
    assert person_for("0A5") == written


def test_number_never_shadows_an_email():
    owner = PersonFactory(email="x@company.example")
    of_number("x@company.example")
    assert person_for("x@company.example") == owner


def test_somebody_with_an_email_signs_in_by_number_too_and_is_told_their_email():
    person = PersonFactory(email="lea@company.example", employee_number="77")
    browser = HouseClient()
    type_password(browser, "077")
    assert person_of(browser) == str(person.pk)
    assert login_of(person) == "lea@company.example"
    assert login_of(of_number("0042")) == "0042"


def test_every_failure_by_number_says_the_same_for_the_same_number_of_queries():
    of_number("1001")
    of_number("1002", left=True)
    of_number("1003", password=False)
    of_number("01004")
    of_number("001004")
    PersonFactory(email="lea@company.example", employee_number="1005")
    HouseClient().get(reverse("account_login"))  # what is read once per process is read
    seen = []
    for login in ("1001", "1002", "1003", "1004", "1005", "9999", "lea@company.example", "nobody@company.example"):
        with CaptureQueriesContext(connection) as queries:
            response = type_password(HouseClient(), login, "wrong horse battery staple")
        assert response.status_code == 422
        seen.append((without_secrets(response).replace(login.encode(), b""), len(queries), sorted(response.headers)))
    assert len({one[0] for one in seen}) == 1
    assert [one[1:] for one in seen] == [seen[0][1:]] * len(seen)


@pytest.mark.parametrize("bare", ["77", "78"])
def test_spellings_of_one_number_are_counted_together_whether_or_not_anybody_has_it(bare):
    PersonFactory(email="lea@company.example", employee_number="0077")
    ways = (f"00{bare}", bare, f"0{bare}", f" 0 0{bare}", f"００{bare}", f"000{bare}")
    answers = [type_password(HouseClient(), ways[time % len(ways)], "wrong").status_code for time in range(8)]
    assert answers == [422] * 5 + [429] * 3


@pytest.mark.parametrize("number", ["0077", "0078"])
def test_refusal_of_a_number_does_not_tell_whose_email_goes_with_it(number):
    PersonFactory(email="lea@company.example", employee_number="0077")
    assert [type_password(HouseClient(), number, "wrong").status_code for _time in range(6)] == [422] * 5 + [429]
    assert type_password(HouseClient(), "lea@company.example", "wrong").status_code == 422


def test_browser_that_came_in_by_email_is_known_by_number(settings):
    person, own = PersonFactory(employee_number="0077"), HouseClient()
    type_password(own, person.email)
    own.post(reverse("account_logout"))
    for number in range(40):
        type_password(HouseClient(), "77", "wrong", REMOTE_ADDR=f"198.51.100.{number}")
    assert type_password(HouseClient(), "77", REMOTE_ADDR="192.0.2.7").status_code == 429
    assert type_password(own, "77", REMOTE_ADDR="192.0.2.7").status_code == 302


def ask_reset(login):
    with CaptureQueriesContext(connection) as queries:
        response = HouseClient().post(reverse("account_reset_password"), {"email": login})
    return response.status_code, response.url, len(queries)


def test_reset_by_number_answers_alike_and_writes_to_those_who_have_a_mailbox():
    PersonFactory(email="lea@company.example", employee_number="77")
    of_number("0042")
    HouseClient().get(reverse("account_reset_password"))
    assert ask_reset("77")[:2] == ask_reset("0042")[:2] == ask_reset("9999")[:2] == (302, reverse("account_reset_password_done"))
    assert [message.to for message in mail.outbox] == [["lea@company.example"]]


def test_reset_by_number_never_goes_to_a_mailbox_that_two_people_share():
    for number in ("81", "82"):
        of_number(number, private_email="Both@home.example")
    ask_reset("81")
    assert mail.outbox == []


def test_page_after_a_reset_says_to_everybody_what_those_without_an_email_do(client):
    page = client.get(reverse("account_reset_password_done"), headers={"Accept-Language": "en"})
    assert "asks HR for a new card" in page.text


def test_worker_without_an_email_signs_in_again_and_the_second_factor_is_labelled_by_the_number(signed_in):
    browser = signed_in(of_number("0042"))
    assert "0042" in browser.get(reverse("identity:security")).text
    assert "0042" in browser.get(reverse("mfa_activate_totp")).text or browser.get(reverse("mfa_activate_totp")).status_code == 302


def test_password_is_asked_again_of_somebody_without_an_email(client):
    person = of_number("0042")
    type_password(client, "42")
    answer = client.post(reverse("account_reauthenticate"), {"password": "correct horse battery staple"})
    assert answer.status_code == 302
    assert person_of(client) == str(person.pk)


def test_finding_a_number_is_one_query(django_assert_num_queries):
    of_number("0042")
    with django_assert_num_queries(1):
        person_numbered("42")
    with django_assert_num_queries(1):
        person_numbered("none")
