"""Handles in plain words: each text that people write, where others read it."""

import csv
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from communities.services import create_community
from mobility.services.openings import create_opening
from onboarding.services.templates import add_step, start_draft
from rse.core.access import kinds
from rse.core.enums import Role
from rse.core.models import Person
from rse.core.people import handles
from rse.core.people.services import addresses
from search.documents import documents_of
from tests.core.shown_texts import ELSEWHERE, SHOWN, TEXT
from tests.factories import PersonFactory, SiteFactory, UnitFactory
from tests.factories.communities import CommunityFactory, JoinRequestFactory
from tests.factories.mentoring import ask, goal_in, note_in, pair_of, session_in
from tests.factories.mobility import ApplicationFactory, OpeningFactory, told
from tests.factories.onboarding import JourneyFactory
from tests.factories.talent import LedgerLineFactory
from tests.talent.conftest import good_turns

pytestmark = pytest.mark.django_db

FIELDS = dict(list(csv.reader(Path(__file__).with_name("texts.csv").read_text().splitlines()))[1:])


@pytest.fixture
def named():
    """Somebody who is called otherwise today, somebody who left, somebody whom few may see, somebody who let a name be forgotten."""
    marie = PersonFactory(first_name="Marie", last_name="Dupont", handle="old-name")
    other = PersonFactory(first_name="Léa", last_name="Roy", handle="left-behind")
    for person in (marie, other):
        Person.objects.filter(pk=person.pk).update(last_name="Martin")
        addresses.follow_names(person_ids=[person.pk])
        person.refresh_from_db()
    addresses.forget_former_name(person=other)
    PersonFactory(left=True, first_name="Gone", last_name="Away", handle="gone-away")
    PersonFactory(expected=True, first_name="Hidden", last_name="One", handle="hidden-one")
    return marie


def said(marie, reader):
    """What ``reader`` finds in the place of ``TEXT``."""
    sees_newcomer = Person.objects.visible_to(reader).filter(handle="hidden-one").exists()
    hidden = "@hidden-one" if sees_newcomer else "somebody"
    return (
        f"Avec @{marie.handle}, /people/{marie.handle}/, a former colleague, {hidden}, somebody- et @nobody-at-all ou moi@ailleurs.example"
    )


@pytest.mark.parametrize("field", SHOWN)
def test_words_say_whom_a_handle_means_today(field, named, signed_in, monkeypatch):
    with good_turns(monkeypatch):
        reader, address = SHOWN[field]()
        page = signed_in(reader).get(address).text

    assert said(named, reader) in page
    assert not re.search(r"[@/](?:old-name|left-behind|gone-away)|[\ue000\ue001]", page, re.IGNORECASE)


def test_every_text_of_people_is_shown_by_one_mechanism():
    texts = {field for field, what in FIELDS.items() if what != "machine"}
    assert sorted([*SHOWN, *(field for fields in ELSEWHERE.values() for field in fields)]) == sorted(texts)


def test_names_and_titles_hold_no_handle(signed_in):
    owner, hr = PersonFactory(), PersonFactory(role=Role.HR)
    version = start_draft(editor=hr)
    step = {"kind": "do", "actor": "newcomer", "day": 1, "text_fr": "", "text_en": ""}
    for bad in ("Amis de @old-name", "/people/old-name/"):
        with pytest.raises(ValidationError) as refused:
            create_community(owner=owner, name=bad, purpose="Rire.", kind="open")
        assert [*refused.value.message_dict] == ["name"]
        with pytest.raises(ValidationError) as refused:
            create_opening(author=PersonFactory(role=Role.RECRUITER), **told(title=bad, unit=UnitFactory(), site=SiteFactory()))
        assert [*refused.value.message_dict] == ["title"]
        with pytest.raises(PermissionDenied):
            add_step(editor=hr, draft=version, title_fr="Lire", title_en=bad, **step)
        page = signed_in(hr).post(reverse("template:step_add"), step | {"title_fr": bad, "title_en": "Read"})
        assert page.status_code == 422
        assert page.context["form"].has_error("title_fr", "handle")
    assert create_community(owner=owner, name="Visages @ Lyon, Women@Work", purpose="Rire.", kind="open")


def test_sealed_words_say_it_on_the_page_and_in_the_file(named, signed_in):
    pair = pair_of()
    goal_in(pair, words=TEXT)
    session_in(pair, words=TEXT)
    note = note_in(pair, words=TEXT)
    request = ask(message=TEXT)
    browser = signed_in(pair.mentee)

    page = browser.get(pair.get_absolute_url()).text
    file = browser.get(reverse("mentoring:piece_download", args=[pair.public_id, note.public_id]))

    assert page.count(said(named, pair.mentee)) >= 3
    assert said(named, pair.mentee) in file.text
    assert said(named, request.mentor) in signed_in(request.mentor).get(request.get_absolute_url()).text
    assert "old-name" not in page + file.text


def test_files_say_it_too(named, signed_in, monkeypatch):
    with good_turns(monkeypatch):
        line = LedgerLineFactory(comment=TEXT)
        lines = signed_in(line.person).get(reverse("contributions:export")).json()["contributions"]
    assert lines[0]["comment"] == said(named, line.person)
    journey = JourneyFactory(buddy=PersonFactory())
    journey.buddy_requests.filter(state="accepted").update(thanks=TEXT)
    file = signed_in(journey.newcomer).get(reverse("journeys:export", args=[journey.public_id])).json()
    assert file["journey"]["thanks"] == said(named, journey.newcomer)
    application = ApplicationFactory(letter=TEXT)
    table = signed_in(application.applicant).get(reverse("applications:export", args=[application.public_id])).text
    assert said(named, application.applicant) in table
    assert "old-name" not in table


def test_form_shows_it_and_what_was_typed_stands_as_typed(named, signed_in):
    person = PersonFactory(about=TEXT)
    browser = signed_in(person)

    form = browser.get(reverse("people:edit"))
    assert said(named, person) in form.text
    assert "old-name" not in form.text
    again = browser.post(reverse("people:edit"), {"about": f"{TEXT} grossesse", "version": person.version})
    assert again.status_code == 422
    assert f"{TEXT} grossesse" in again.text


def test_search_keeps_no_handle_of_anybody(named):
    for kind, row in (
        ("person", PersonFactory(about=TEXT)),
        ("community", CommunityFactory(purpose=TEXT)),
        ("opening", OpeningFactory(summary=TEXT)),
    ):
        document = documents_of(kinds.get(kind), [row])[row.pk]
        assert not re.search("old-name|gone-away|left-behind|hidden-one", document.body, re.IGNORECASE), kind
        assert kind == "person" or "Avec …, /people/-/, …, …, …- et @nobody-at-all" in document.body


@pytest.mark.parametrize(
    "text", ["**@old-name**", "[@old-name](/people/old-name/)", "`@old-name` https://here.example/people/old-name/?x=1"]
)
def test_markdown_holds_no_former_handle(text, named, signed_in):
    page = signed_in(PersonFactory()).get(OpeningFactory(description=text).get_absolute_url()).text

    assert f"@{named.handle}" in page
    assert not re.search("old-name|%EE|\ue000", page)


def test_handle_that_is_cut_says_nothing(named):
    cut = handles.held("Avec @old-name")[:-4]

    assert handles.filled(cut, PersonFactory()) == "Avec …"


def test_whoever_reads_without_an_account_is_told_of_nobody(named):
    with translation.override("en"):
        assert handles.filled(handles.held("@old-name @gone-away"), AnonymousUser()) == "somebody a former colleague"


def test_french_says_it_in_french(named):
    with translation.override("fr"):
        shown = handles.filled(handles.held("@gone-away et @hidden-one"), PersonFactory())
    assert "gone" not in shown
    assert "somebody" not in shown
    assert "colleague" not in shown


def test_page_asks_as_often_for_three_texts_as_for_one(named, signed_in):
    host, counts = PersonFactory(), []
    for number in (1, 3):
        where = CommunityFactory(closed=True, hosts=[host])
        for one in range(number):
            other = PersonFactory(handle=f"of-{number}-{one}")
            JoinRequestFactory(community=where, words=f"Avec @{other.handle}, @old-name et /people/{other.handle}/")
        browser, address = signed_in(host), reverse("communities:waiting", args=[where.slug])
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(address).text
        assert page.count(f"@{named.handle}") == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_page_without_a_handle_asks_nothing_for_it(django_assert_num_queries, named):
    with django_assert_num_queries(0):
        assert handles.filled(handles.held("me@old-name.example"), named) == "me@old-name.example"
    assert named.current_grants == set()
    with django_assert_num_queries(2):
        handles.filled(handles.held("@old-name @gone-away /people/hidden-one/ @nobody-at-all"), named)
