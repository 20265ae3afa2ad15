"""Every form that htmx sends: what changed takes the focus, and one sentence says it."""

import json
import re

import pytest
from django.urls import reverse

from rse.feed.services import accept_answer, mark_useful
from talent.services.skills import confirm_skill
from tests.architecture.tree import Tree
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, picture_file
from tests.factories.governance import CharterFactory
from tests.factories.mobility import OpeningFactory
from tests.factories.onboarding import JourneyFactory, step_of
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory, SkillFactory
from tests.talent.conftest import good_turns

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SENT = re.compile(r"hx-post=\"(?:{% url \"([\w:]+)\"|{{ (\w+) }})")
MADE_ELSEWHERE = {"useful_url": {"feed:post_useful", "feed:comment_useful"}}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _turns(monkeypatch):
    with good_turns(monkeypatch):
        yield


def space(person):
    return AudienceFactory(members=[person])


def answer_in(person, **post):
    return CommentFactory(post=PostFactory(audience=space(person), **post))


def accepted(person):
    comment = answer_in(person, author=person, question=True)
    accept_answer(actor=person, comment=comment)
    return [comment.public_id], {}


def marked(person):
    comment = answer_in(person)
    mark_useful(person=person, thing=comment, reason="")
    return [comment.public_id], {}


def step(person, done):
    journey = JourneyFactory(newcomer=person)
    return [journey.public_id, step_of(journey, "newcomer").position], {"done": done}


def declared(person):
    return DeclaredSkillFactory(person=PersonFactory(unit=person.unit)), person


def confirmed(person):
    said, by = declared(person)
    return [confirm_skill(by=by, person=said.person, skill=said.skill).public_id], {}


def line(person, **fields):
    return [LedgerLineFactory(person=person, **fields).public_id]


def proposed(person):
    return line(person, is_kept=False), {}


# A form that is taken: the words of its address, and its fields.
ACTS = [
    ("feed:publish", lambda one: ([], {"audience": space(one).public_id, "kind": "message", "body": "Bonjour à tous."})),
    ("feed:publish", lambda one: ([], {"audience": space(one).public_id, "kind": "message", "body": "", "add": "picture"})),
    ("feed:answer", lambda one: ([PostFactory(audience=space(one)).public_id], {"body": "Une réponse."})),
    ("feed:answer", lambda one: ([PostFactory(audience=space(one)).public_id], {"body": "", "add": "picture"})),
    ("feed:post_useful", lambda one: ([PostFactory(audience=space(one)).public_id], {"on": "1"})),
    ("feed:comment_useful", lambda one: ([answer_in(one).public_id], {"on": "1"})),
    ("feed:comment_useful", marked),
    ("feed:comment_accept", lambda one: ([answer_in(one, author=one, question=True).public_id], {"on": "1"})),
    ("feed:comment_accept", accepted),
    ("people:photo_edit", lambda one: ([], {"file": picture_file()})),
    ("people:photo_remove", lambda one: ([], {})),
    ("communities:join", lambda one: ([CommunityFactory(members=[PersonFactory()]).slug], {})),
    ("jobs:keep", lambda one: ([OpeningFactory().public_id], {"kept": "1"})),
    ("jobs:keep", lambda one: ([OpeningFactory().public_id], {"kept": "0"})),
    ("journeys:tick", lambda one: step(one, "1")),
    ("journeys:tick", lambda one: step(one, "0")),
    ("skills:confirm", lambda one: ([(said := declared(one)[0]).person.handle, said.skill.code], {})),
    ("skills:withdraw", confirmed),
    ("contributions:keep", proposed),
    ("contributions:erase", lambda one: (line(one), {})),
    ("contributions:hide", lambda one: ([], {"line": line(one)})),
    ("contributions:comment", lambda one: (line(one), {"comment": "Avec Malik."})),
    ("contributions:tag", lambda one: (line(one), {"skill": SkillFactory().label})),
    ("contributions:stop", lambda one: ([], {})),
    ("contributions:start", lambda one: ([], {})),
]


# Nobody did anything: the focus stays where it is, and nothing is announced.
SENT_BY_THE_PAGE = {"notices:opened"}
TO_BE_LET_IN = ("ask", "ask", "withdraw_request")


def sent_by_htmx():
    for template in Tree().templates:
        for name, variable in SENT.findall(template.spoken):
            yield from MADE_ELSEWHERE[variable] if variable else {name}


def told(response):
    return json.loads(response["HX-Trigger-After-Settle"])["maillage:swapped"]


def test_every_form_that_htmx_sends_is_tried():
    assert {url for url, _made in ACTS} | SENT_BY_THE_PAGE == set(sent_by_htmx())


@pytest.mark.parametrize(("url", "made"), ACTS, ids=[f"{number} {url}" for number, (url, _made) in enumerate(ACTS)])
def test_swap_says_what_changed_and_where(url, made, signed_in):
    said = {}
    for language in ("en", "fr"):
        person = PersonFactory(language=language)
        args, fields = made(person)
        response = signed_in(person).post(reverse(url, args=args), fields, headers=HTMX)
        assert response.status_code == 200, response.text[:2000]
        said[language] = told(response)
        assert said[language]["said"].endswith(".")
        assert f'id="{said[language]["focus"]}"' in response.text
    assert said["en"]["said"] != said["fr"]["said"]


def test_door_that_does_not_open_at_once_makes_nobody_hear_that_they_are_a_member(signed_in):
    browser, community = signed_in(PersonFactory(language="en")), CommunityFactory(closed=True, owners=[PersonFactory()])
    heard = [told(browser.post(reverse(f"communities:{door}", args=[community.slug]), headers=HTMX))["said"] for door in TO_BE_LET_IN]
    assert heard == ["Your request waits for an answer.", "You have asked already.", "Your request is taken back."]


def test_part_that_asks_for_the_charter_says_so(signed_in):
    CharterFactory()
    response = signed_in(PersonFactory(language="en")).post(reverse("feed:publish"), {"body": "Bonjour"}, headers=HTMX)
    assert response.status_code == 409
    assert told(response) == {"said": "Accept the charter first: what you typed waits on this page.", "focus": "content"}


def test_more_of_a_feed_begins_at_its_first_post(signed_in):
    person = PersonFactory(language="en")
    audience = space(person)
    posts = [PostFactory(audience=audience) for _time in range(25)]
    browser = signed_in(person)
    older = re.search(r'hx-get="([^"]*after=[^"]*)"', browser.get(reverse("feed:list"), headers=HTMX).text)[1].replace("&amp;", "&")
    answer = told(browser.get(older, headers=HTMX))
    assert answer["said"] == "Older posts follow."
    assert answer["focus"] in {f"post-{post.public_id}" for post in posts}
