import datetime

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from rse.core import clock
from rse.core.enums import Role
from rse.demo.phone import code_now
from rse.hris.models import ImportBatch
from rse.identity.models import Invitation
from rse.identity.reauthentication import needs_step_up, prove, stepped_up
from tests.factories import PersonFactory

from .doors import come_in, give_second_factor

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2027, 1, 4, 12, 0, tzinfo=datetime.UTC)


@needs_step_up()
def guarded(request):
    return HttpResponse("sensitive")


def request_of(person, method="get", **extra):
    request = getattr(RequestFactory(), method)("/plans/?a=b", extra.pop("data", None), **extra)
    request.session, request.user = SessionStore(), person or AnonymousUser()
    if person:
        request.session[SESSION_KEY] = str(person.pk)
    return request


@pytest.mark.parametrize(("minutes", "is_fresh"), [(0, True), (14, True), (15, False), (600, False)])
def test_proof_is_fresh_for_a_quarter_of_an_hour(minutes, is_fresh):
    request = request_of(PersonFactory())
    with clock.moved_to(NOON):
        prove(request.session, request.user)
    with clock.moved_to(NOON + datetime.timedelta(minutes=minutes)):
        assert stepped_up(request) is is_fresh
        assert stepped_up(request.session) is is_fresh
        assert stepped_up(dict(request.session.items())) is is_fresh
        assert (guarded(request).content == b"sensitive") is is_fresh


def test_l16_session_without_proof_is_not_stepped_up():
    assert not stepped_up(request_of(PersonFactory()))
    assert not stepped_up(request_of(None))
    assert not stepped_up({})


def test_l67_proof_of_somebody_else_is_none():
    request, other = request_of(PersonFactory()), PersonFactory()
    prove(request.session, other)
    assert not stepped_up(request)


def test_page_is_sent_to_the_code_and_back():
    response = guarded(request_of(PersonFactory()))
    assert (response.status_code, response["Location"]) == (302, "/account/code/again/?next=%2Fplans%2F%3Fa%3Db")


def test_swap_opens_the_page_of_the_code():
    response = guarded(request_of(PersonFactory(), HTTP_HX_REQUEST="true"))
    assert response["HX-Redirect"] == "/account/code/again/?next=%2Fplans%2F%3Fa%3Db"


def test_form_is_refused():
    response = guarded(request_of(PersonFactory(), "post", data={"note": "a sentence that took a while to write"}))
    assert response.status_code == 403


def test_code_again_opens_what_asked_for_it(client):
    person, subject = PersonFactory(role=Role.ADMINISTRATOR), PersonFactory()
    give_second_factor(person)
    with clock.moved_to(NOON):
        come_in(client, person)
    address = reverse("identity:deactivate", args=[subject.handle])
    with clock.moved_to(NOON + datetime.timedelta(minutes=16)):
        asked = client.get(address)
        assert asked["Location"].startswith("/account/code/again/?next=")
        assert client.post(address).status_code == 403
        page = client.get(asked["Location"])
        assert page.status_code == 200
        cache.clear()  # the phone knows nothing of our clock: it still shows the code that was used
        back = client.post(reverse("mfa_reauthenticate"), {"code": code_now(person), "next": address})
        assert back["Location"] == address
        assert client.get(address).status_code == 200


def test_l84_code_again_never_leads_off_the_site(client):
    person = PersonFactory(role=Role.ADMINISTRATOR)
    give_second_factor(person)
    come_in(client, person)
    back = client.post(reverse("mfa_reauthenticate"), {"code": code_now(person), "next": "//evil.example"})
    assert back["Location"] == "/"


def test_without_a_second_factor_the_page_of_the_code_sets_one_up(signed_in):
    response = signed_in(PersonFactory()).get(reverse("mfa_reauthenticate"), {"next": "/people/"})
    assert response["Location"] == "/account/second-factor/set-up/?next=%2Fpeople%2F"


STALE = [
    ("identity:invite", lambda person: [person.handle]),
    ("identity:invitations_chosen", lambda person: []),
    ("identity:hand_over", lambda person: [person.handle]),
    ("identity:deactivate", lambda person: [person.handle]),
    ("identity:give_access_back", lambda person: [person.handle]),
    ("identity:reopen", lambda person: [person.handle]),
    ("imports:list", lambda person: []),
    ("imports:detail", lambda person: [ImportBatch.objects.create(file_name="p.csv", kind="delta", state="previewed").public_id]),
    ("identity:address_change", lambda person: ["none-such"]),
    ("identity:address_move", lambda person: ["none-such"]),
]


@pytest.mark.parametrize(("name", "arguments"), STALE, ids=[name for name, _arguments in STALE])
def test_l107_who_lets_people_in_shows_a_code_first(signed_in, name, arguments):
    subject = PersonFactory(password=False)
    address = reverse(name, args=arguments(subject))
    with clock.moved_to(NOON):
        browser = signed_in(PersonFactory(role=Role.ADMINISTRATOR))
    with clock.moved_to(NOON + datetime.timedelta(minutes=16)):
        refused = browser.post(address, {"do": "apply"}, headers={"Referer": "http://testserver/people/?q=a"})
    assert refused.status_code == 403
    assert "/account/code/again/?next=%2Fpeople%2F%3Fq%3Da" in refused.text
    assert not Invitation.objects.exists()
    assert not ImportBatch.objects.exclude(state="previewed").exists()


@pytest.mark.parametrize("referer", ["http://evil.example/x/", "http://testserver//evil.example/", "javascript:alert(1)", ""])
def test_way_back_after_a_code_is_one_of_ours(signed_in, referer):
    with clock.moved_to(NOON):
        browser = signed_in(PersonFactory(role=Role.ADMINISTRATOR))
    with clock.moved_to(NOON + datetime.timedelta(minutes=16)):
        refused = browser.post(reverse("identity:invitations_chosen"), headers={"Referer": referer})
    assert 'href="/account/code/again/?next=%2F"' in refused.text


@pytest.mark.parametrize("name", ["imports:list", "identity:invitations", "identity:waiting"])
def test_page_asks_for_the_code_before_anything_is_typed(signed_in, name):
    with clock.moved_to(NOON):
        browser = signed_in(PersonFactory(role=Role.HR))
    with clock.moved_to(NOON + datetime.timedelta(minutes=16)):
        assert browser.get(reverse(name)).url.startswith("/account/code/again/?next=")
        swap = browser.get(reverse(name), headers={"HX-Request": "true"})
        assert swap["HX-Redirect"].startswith("/account/code/again/?next=")


def test_recruiter_needs_a_second_factor(client):
    person = PersonFactory(role=Role.RECRUITER)
    come_in(client, person)
    assert client.get("/people/").url.startswith("/account/second-factor/set-up/")
