"""From a profile to its person: each way stands there only for whom it leads somewhere."""

import html
import re

import pytest
from django.urls import reverse

from rse.core.people.services.people import deactivate
from rse.core.phones import dialled
from rse.feed.models import Post
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.core import put_under
from tests.factories.feed import everyone
from tests.factories.mentoring import offer_of

pytestmark = pytest.mark.django_db
PHONE = "+33 (0)2 61 91 00 77"


def links_of(browser, subject):
    """Where the links of the profile of ``subject`` lead that reach them or somebody near them."""
    page = browser.get(subject.get_absolute_url())
    assert page.status_code == 200
    return [html.unescape(link) for link in re.findall(r'href="([^"]+)"', page.text.partition("<main")[2])]


def ways(browser, subject, manager):
    wanted = {
        "mail": f"mailto:{subject.email}",
        "help": f"mailto:{subject.email}?subject=May%20I%20help%20you%3F",
        "phone": "tel:+33261910077",
        "manager": manager.get_absolute_url(),
        "team": f"{reverse('people:list')}?unit={subject.unit_id}",
        "question": f"{reverse('feed:compose')}?ask={subject.handle}",
    }
    found = links_of(browser, subject)
    return {name for name, link in wanted.items() if link in found}


@pytest.fixture
def subject():
    return PersonFactory(work_phone=PHONE, email="odile@company.example")


@pytest.fixture
def manager(subject):
    manager = PersonFactory(unit=subject.unit)
    put_under(subject, manager)
    return manager


EVERY_WAY = {"mail", "help", "phone", "manager", "team", "question"}


def test_colleague_reaches_somebody_in_every_way(signed_in, subject, manager):
    everyone()
    assert ways(signed_in(PersonFactory()), subject, manager) == EVERY_WAY
    assert ways(signed_in(subject), subject, manager) == EVERY_WAY - {"question", "help"}


@pytest.mark.parametrize("who", ["colleague", "hr"])
def test_whoever_left_is_reached_in_no_way(signed_in, subject, manager, who):
    everyone()
    reader = PersonFactory(role="hr") if who == "hr" else PersonFactory()
    deactivate(person_ids=[subject.pk])
    if who == "colleague":
        assert signed_in(reader).get(subject.get_absolute_url()).status_code == 404
        return
    assert ways(signed_in(reader), subject, manager) == set()
    assert PHONE not in signed_in(reader).get(subject.get_absolute_url()).text


def test_whoever_is_expected_reads_no_address_of_a_colleague(signed_in):
    newcomer, other = PersonFactory(expected=True), PersonFactory(expected=True)
    AudienceFactory(kind="cohort", members=[newcomer, other])
    page = signed_in(newcomer).get(other.get_absolute_url())
    assert page.status_code == 200
    assert "mailto:" not in page.text


def test_manager_whom_the_reader_may_not_see_is_not_named(signed_in, subject, manager):
    deactivate(person_ids=[manager.pk])
    page = signed_in(PersonFactory()).get(subject.get_absolute_url())
    assert manager.get_absolute_url() not in page.text
    assert manager.name not in page.text


def test_profile_seen_as_another_shows_what_that_one_reaches(signed_in, subject, manager):
    page = signed_in(subject).get(f"{subject.get_absolute_url()}?as=employee")
    assert f"mailto:{subject.email}" in page.text
    assert manager.get_absolute_url() in page.text


def test_question_is_asked_where_both_read(signed_in, subject):
    reader = PersonFactory()
    both = AudienceFactory(label="Atelier", members=[reader, subject])
    AudienceFactory(label="Bureau", members=[reader])
    AudienceFactory(label="Secret", members=[reader, subject], is_secret=True)
    AudienceFactory(label="Syndicat", members=[reader, subject], is_protected=True)
    browser = signed_in(reader)

    page = browser.get(reverse("feed:compose"), {"ask": subject.handle})

    assert [both.title in page.text, *(one in page.text for one in ("Bureau", "Secret", "Syndicat"))] == [True, False, False, False]
    assert f"@{subject.handle} </textarea>" in page.text.replace("\n", "")
    assert re.search(r'value="question"\s+checked', page.text)
    sent = {"audience": both.public_id, "kind": "question", "its_title": "Quel outil ?", "body": f"@{subject.handle} Lequel ?"}
    assert browser.post(reverse("feed:publish"), sent).status_code == 302
    assert Post.objects.get().audience == both


@pytest.mark.parametrize("on_the_way", [{"add": "preview"}, {"add": "picture"}, {"body": ""}])
def test_question_stays_a_question_to_them_until_it_is_sent(signed_in, subject, on_the_way):
    """Whatever is pressed before, it keeps its places and the draft of its own: never those of another post."""
    reader = PersonFactory()
    both = AudienceFactory(label="Atelier", members=[reader, subject])
    AudienceFactory(label="Bureau", members=[reader])
    browser = signed_in(reader)
    begun = browser.get(reverse("feed:compose"), {"ask": subject.handle}).text
    said = {"audience": both.public_id, "kind": "question", "its_title": "Quel outil ?", "body": "Lequel ?", "ask": subject.handle}

    page = browser.post(reverse("feed:publish"), said | on_the_way).text

    assert not Post.objects.exists()
    assert "Bureau" not in page
    assert f"A question for {subject.name}" in page
    kept = re.search(r'id="composer".*?data-keep="([^"]+)"', begun, re.DOTALL)[1]
    assert f'data-keep="{kept}"' in page


@pytest.mark.parametrize("handle", ["\0", "nobody\0"])
def test_what_no_row_holds_is_absent_and_loses_no_text(signed_in, handle):
    person = PersonFactory()
    browser, audience = signed_in(person), AudienceFactory(members=[person])
    said = {"audience": audience.public_id, "kind": "message", "body": "Bonjour.", "ask": handle}

    assert browser.get(reverse("feed:compose"), {"ask": handle}).status_code == 404
    assert browser.post(reverse("feed:publish"), said).status_code == 302
    assert Post.objects.get().body == "Bonjour."


def test_question_is_offered_to_nobody_where_no_place_is_shared(signed_in, subject):
    reader = PersonFactory()
    AudienceFactory(label="Bureau", members=[reader])
    AudienceFactory(label="Secret", members=[reader, subject], is_secret=True)
    assert not any("ask=" in link for link in links_of(signed_in(reader), subject))
    assert "Secret" not in signed_in(reader).get(reverse("feed:compose"), {"ask": subject.handle}).text


def test_question_to_somebody_who_is_hidden_is_as_to_nobody(signed_in):
    browser = signed_in(PersonFactory())
    hidden = PersonFactory(expected=True)
    codes = [browser.get(reverse("feed:compose"), {"ask": handle}).status_code for handle in (hidden.handle, "nobody")]
    assert codes == [404, 404]


def test_help_is_asked_of_whoever_offers_it_and_may_be_asked(signed_in, subject, manager):
    offer = offer_of(subject)
    address = reverse("mentoring:ask", args=[offer.public_id])
    assert address in links_of(signed_in(PersonFactory()), subject)
    assert address not in links_of(signed_in(manager), subject)  # nobody asks within their own line
    assert address not in links_of(signed_in(subject), subject)
    assert not any("/ask/" in link for link in links_of(signed_in(PersonFactory()), manager))


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("+33 (0)2 61 91 00 77", "+33261910077"),
        ("0033 (0)2.61.91.00.77", "0033261910077"),
        ("02 61 91 00 77", "0261910077"),
        ("(02) 61-91-00/77", "0261910077"),
        ("+1 (415) 555-0100", "+14155550100"),
        ("4012", "4012"),
    ],
)
def test_telephone_is_kept_as_written_and_dialled_as_a_number(signed_in, said, number):
    person = PersonFactory()
    form = {"about": "", "about_for": "everyone", "work_phone_for": "everyone", "languages_for": "everyone", "version": 1}

    assert signed_in(person).post("/people/me/edit/", form | {"work_phone": said}).status_code == 302

    page = signed_in(PersonFactory()).get(person.get_absolute_url()).text
    assert (f'href="tel:{number}"' in page, f">{said}<" in page) == (True, True)
    assert dialled(said) == number
    assert signed_in(person).post("/people/me/edit/", form | {"work_phone": "", "version": 2}).status_code == 302
    assert "tel:" not in signed_in(person).get(person.get_absolute_url()).text


@pytest.mark.parametrize("said", ["poste 12", "12", "+", "1" * 16, "02+61", "+33\u00a02;61"])
def test_telephone_that_cannot_be_dialled_is_refused_and_stays_typed(signed_in, said):
    form = {"about": "", "about_for": "everyone", "work_phone_for": "everyone", "languages_for": "everyone", "version": 1}
    page = signed_in(PersonFactory()).post("/people/me/edit/", form | {"work_phone": said})
    assert (page.status_code, said in page.text, "A phone number is made of" in page.text) == (422, True, True)
