import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from rse.core.enums import Role
from rse.core.models import RecordedEvent
from rse.governance.charter import ACCEPTED, CharterRequired, charter_due, charter_required, require_charter
from rse.governance.differences import differences
from rse.governance.models import Charter, CharterAcceptance
from rse.governance.services.charter import NotTheCharterInForce, TextMissing, accept_charter, publish_charter
from tests.factories import PersonFactory
from tests.factories.governance import CharterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(settings):
    """What a publishing view was sent: ``sent(person, fields)`` posts to it and answers the response; ``sent.received`` is what it got."""

    class Sent:
        received = []

        def __call__(self, person, fields=None, *, method="post", **options):
            @charter_required
            def publish(request):
                self.received.append(request.POST.dict())
                return HttpResponseRedirect("/published/")

            request = getattr(RequestFactory(), method)("/somewhere/?to=3", fields or {}, **options)
            request.user, request.htmx, request.resolver_match = person, options.get("htmx", False), None
            return publish(request)

    Sent.received = []
    return Sent()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR, Role.HR, Role.HR_HEAD])
def test_publish_gives_the_next_version(role):
    publisher = PersonFactory(role=role)

    first = publish_charter(publisher=publisher, body_fr="Un", body_en="One")
    second = publish_charter(publisher=publisher, body_fr="Deux", body_en="Two")

    assert (first.version, second.version) == (1, 2)
    assert RecordedEvent.objects.filter(name="governance.charter_published").count() == 2


@pytest.mark.parametrize("role", [None, Role.RECRUITER, Role.HR_SUCCESSION, Role.HANDLER, Role.DPO])
def test_publish_refuses_others_and_leaves_nothing(role):
    with pytest.raises(PermissionDenied):
        publish_charter(publisher=PersonFactory(role=role), body_fr="Un", body_en="One")

    assert not Charter.objects.exists()


@pytest.mark.parametrize(("body_fr", "body_en"), [("", "One"), ("Un", " \n"), ("a" * 100_001, "One")])
def test_publish_asks_for_both_languages(body_fr, body_en):
    with pytest.raises(TextMissing):
        publish_charter(publisher=PersonFactory(role=Role.EDITOR), body_fr=body_fr, body_en=body_en)

    assert not Charter.objects.exists()


def test_accepting_twice_is_accepting_once():
    person, charter = PersonFactory(), CharterFactory()

    first = accept_charter(person=person, version=charter.version)
    second = accept_charter(person=person, version=charter.version)

    assert first == second
    assert RecordedEvent.objects.filter(name="governance.charter_accepted").count() == 1


def test_only_the_version_in_force_can_be_accepted():
    person, earlier = PersonFactory(), CharterFactory()
    CharterFactory()

    for version in (earlier.version, 99):
        with pytest.raises(NotTheCharterInForce):
            accept_charter(person=person, version=version)
    assert not CharterAcceptance.objects.exists()


def test_nothing_is_due_without_a_charter():
    assert charter_due(PersonFactory()) is None


def test_r01_new_version_asks_again(django_assert_num_queries):
    person, first = PersonFactory(), CharterFactory()
    assert charter_due(person) == first

    accept_charter(person=person, version=first.version)
    assert charter_due(person) is None

    second = CharterFactory()
    again = type(person).objects.get(pk=person.pk)
    with django_assert_num_queries(1):
        assert charter_due(again) == second
        assert charter_due(again) == second
    with pytest.raises(CharterRequired):
        require_charter(again)


def test_r01_publishing_answers_409_and_keeps_what_was_typed(sent):
    person, charter = PersonFactory(), CharterFactory()

    with translation.override("fr"):
        response = sent(person, {"body": 'Bonjour\r\n"à" <tous>', "picture": ["a", "b"], "csrfmiddlewaretoken": "a-token-of-before"})

    page = response.content.decode()
    assert response.status_code == 409
    assert sent.received == []
    assert 'action="/somewhere/?to=3"' in page
    assert '<input type="hidden" name="body" value="Bonjour\r\n&quot;à&quot; &lt;tous&gt;">' in page
    assert page.count('name="picture"') == 2
    assert "Parler comme en face." in page
    assert f'name="{ACCEPTED}" value="{charter.version}"' in page
    assert page.count('name="csrfmiddlewaretoken"') == 1
    assert "a-token-of-before" not in page


def test_r01_accepting_on_that_page_publishes_what_was_typed(sent):
    person, charter = PersonFactory(), CharterFactory()

    response = sent(person, {"body": "Bonjour", ACCEPTED: charter.version})

    assert response.status_code == 302
    assert [one["body"] for one in sent.received] == ["Bonjour"]
    assert CharterAcceptance.objects.get().person == person


def test_version_that_changed_meanwhile_is_asked_again(sent):
    person, earlier = PersonFactory(), CharterFactory()
    CharterFactory()

    response = sent(person, {"body": "Bonjour", ACCEPTED: earlier.version})

    assert response.status_code == 409
    assert sent.received == []
    assert not CharterAcceptance.objects.exists()


def test_file_is_named_as_lost(sent):
    from django.core.files.uploadedfile import SimpleUploadedFile

    CharterFactory()

    page = sent(PersonFactory(), {"body": "x", "picture": SimpleUploadedFile("plan.png", b"1")}).content.decode()

    assert "plan.png" in page
    assert 'name="picture"' not in page


def test_program_gets_the_contract_in_both_languages(sent):
    charter = CharterFactory()

    response = sent(PersonFactory(), {"body": "x"}, headers={"accept": "application/json"})

    said = json.loads(response.content)
    assert response.status_code == 409
    assert (said["code"], said["version"], said["url"]) == ("charter_required", charter.version, "/charter/")
    assert said["message_en"] == f"Accept the charter, version {charter.version}, before you publish."


def test_piece_of_a_page_gets_the_charter_in_place_of_the_content():
    CharterFactory()
    request = RequestFactory().post("/somewhere/", {"body": "x"})
    request.user, request.htmx, request.resolver_match = PersonFactory(), True, None

    response = charter_required(lambda request: HttpResponse())(request)

    assert (response.status_code, response["HX-Retarget"]) == (409, "#content")
    assert "<!doctype" not in response.content.decode()
    assert '<input type="hidden" name="body" value="x">' in response.content.decode()


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_is_never_stopped(sent, method):
    CharterFactory()

    assert sent(PersonFactory(), method=method).status_code == 302


def test_page_shows_the_version_in_force_and_my_acceptance(signed_in):
    person, _first, second = PersonFactory(language="en"), CharterFactory(), CharterFactory(body_en="# Rules\n\nTwo.")
    browser = signed_in(person)

    page = browser.get("/charter/")
    assert f"Version {second.version}, in force since" in page.text
    assert "<h2>Rules</h2>" in page.text
    assert "You have not accepted this version yet" in page.text

    assert browser.post("/charter/accept/", {"version": second.version}).url == "/charter/"
    assert "Accepted on" in browser.get("/charter/").text


def test_accepting_an_earlier_version_answers_409(signed_in):
    earlier = CharterFactory()
    CharterFactory()

    response = signed_in(PersonFactory()).post("/charter/accept/", {"version": earlier.version})

    assert response.status_code == 409
    assert not CharterAcceptance.objects.exists()


def test_page_without_a_charter_says_so(signed_in):
    page = signed_in(PersonFactory(language="en")).get("/charter/")

    assert "There is no charter yet" in page.text


def test_earlier_version_and_absent_version(signed_in):
    first = CharterFactory(body_fr="Ancienne.")
    CharterFactory()
    browser = signed_in(PersonFactory(language="fr"))

    assert "Ancienne." in browser.get(f"/charter/{first.version}/").text
    assert browser.get("/charter/99/").status_code == 404
    assert browser.get(f"/charter/{first.version}/{first.version}/").status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_cost_does_not_grow_with_versions(signed_in, django_assert_num_queries, item_count):
    CharterFactory.create_batch(item_count)
    browser = signed_in(PersonFactory())
    without = count_queries(browser, "/people/me/edit/")

    assert count_queries(browser, "/charter/") == without + CHARTER_QUERIES


# the version in force, my acceptance of it, whether one is due, all versions, the page of the handbook where it is written
CHARTER_QUERIES = 5


def count_queries(browser, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    return len(queries) - (1 if address.endswith("edit/") else 0)  # the profile itself


def test_changes_are_shown_by_paragraph(signed_in):
    first = CharterFactory(body_en="# Rules\n\nStays.\n\nOld words.\n\nGoes.")
    second = CharterFactory(body_en="# Rules\n\nStays.\n\nNew words.\n\nComes.\n\nToo.")

    page = signed_in(PersonFactory(language="en")).get(f"/charter/{first.version}/{second.version}/").text

    assert "Old words." in page
    assert "New words." in page
    assert "1 change" in page


@pytest.mark.parametrize(
    ("before", "after", "states"),
    [
        ("a\n\nb", "a\n\nb", ["same"]),
        ("a\n\nb", "a\n\nb\n\nc", ["same", "added"]),
        ("a\r\n\r\nb", "b", ["removed", "same"]),
        ("a\n\nb", "a\n\nc", ["same", "changed"]),
        ("", "a", ["added"]),
    ],
)
def test_differences_by_paragraph(before, after, states):
    assert [change.state for change in differences(before, after)] == states


def test_home_asks_who_has_not_accepted_and_nobody_else(signed_in):
    person, charter = PersonFactory(language="en"), CharterFactory()
    browser = signed_in(person)
    assert "Read the charter" in browser.get("/").text

    accept_charter(person=person, version=charter.version)
    assert "Read the charter" not in browser.get("/").text


def test_report_link_leads_to_the_form():
    assert 'href="/report/person/7/"' in render_to_string("governance/_report_link.html", {"kind": "person", "id": 7})
