"""Drafts that a browser keeps: whose they are, for which place, and when they end."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import RequestContext, Template

from rse.core.models import AudienceMember
from rse.core.web import drafts
from tests.architecture.tree import Tree
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory

pytestmark = pytest.mark.django_db
FORM = re.compile(r"<form\b(?:{[%{].*?[%}]}|\"[^\"]*\"|[^>\"])*>", re.DOTALL)
TAG = re.compile(r"{%\s*draft_of\s+\"([\w-]+)\"\s+([^%]+?)\s*%}")


# A password, a code, and files; what is typed to prove who somebody is, all in the room of identity, is kept nowhere either.
NOTHING_TO_KEEP = {
    "mentoring/templates/mentoring/sealed.html",
    "rse/core/templates/core/_mail_test.html",
    "rse/core/templates/core/company.html",
    "rse/core/templates/core/photo.html",
    "rse/hris/templates/hris/list.html",
    "rse/hris/templates/hris/roles.html",
}


def name_in(page):
    found = re.search(r'data-drafts="([^"]*)"', page)
    return found and found[1]


def named_drafts():
    """Return the name of each form that a browser keeps, and fail on one that two templates keep."""
    named = {}
    for template in Tree().templates:
        for form in FORM.findall(template.spoken):
            if "data-keep=" in form or re.search(r"data-keep(?!-)", form):
                pytest.fail(f"{template.place}: a form is kept under a key that the server did not make")
            for name, things in TAG.findall(form):
                assert named.setdefault(name, (template.place, things))[0] == template.place, f"two templates keep a form called {name}"
    return set(named)


def test_l111_every_form_that_is_kept_says_whose_and_where():
    assert {"post", "answer", "journey-note", "note"} <= named_drafts()


def test_every_form_in_which_something_is_typed_or_chosen_is_kept():
    asks = re.compile(r"<textarea|components/(?:form|field)\.html")
    unkept = {
        str(template.place)
        for template in Tree().templates
        for form in re.findall(r"<form\b.*?</form>", template.spoken, re.DOTALL)
        if asks.search(form) and 'method="post"' in form and not TAG.search(form)
    }
    assert {place for place in unkept if not place.startswith("rse/identity/")} == NOTHING_TO_KEEP


def test_l111_two_things_never_share_a_key():
    ines, marc = PersonFactory.create_batch(2)
    first, second = AudienceFactory.create_batch(2)
    post = PostFactory(audience=first)
    keys = [
        drafts.key_of(person, form, things)
        for person in (ines, marc)
        for form in ("post", "answer")
        for things in ([first], [second], [post], [first, "goals"], [first, post], [ines], [marc])
    ]
    assert len(set(keys)) == len(keys)
    assert drafts.key_of(ines, "post", [first]) == drafts.key_of(ines, "post", [first])


def test_l111_key_and_place_say_nothing_readable(rf):
    person, audience = PersonFactory(handle="ines.bachiri"), AudienceFactory(label="Entraide")
    request = rf.get("/")
    request.user = person
    made = Template('{% draft_of "post" audience %}').render(RequestContext(request, {"audience": audience}))
    again = Template('{% draft_of "post" audience %}').render(RequestContext(request, {"audience": audience}))
    assert re.fullmatch(r'data-keep="[\w-]{24}" data-place="[\w=-]{88}"', made)
    assert made == again


def test_l111_draft_without_a_place_is_a_fault(rf):
    request = rf.get("/")
    request.user = PersonFactory()
    for source in ('{% draft_of "post" %}', '{% draft_of "post" "words" %}'):
        with pytest.raises(TypeError):
            Template(source).render(RequestContext(request, {}))


def test_place_that_an_earlier_release_called_otherwise_is_lost(signed_in):
    person = PersonFactory()
    places = [
        drafts.place_of(person, SimpleNamespace(_meta=SimpleNamespace(label=label), pk=1)) for label in ("talent.Plan", "nowhere.Row")
    ]

    assert signed_in(person).get("/drafts/", {"place": places}).json() == {"lost": places}


def test_l111_place_is_lost_with_the_right_to_it(signed_in):
    person, other = PersonFactory.create_batch(2)
    stays, left, frozen = (AudienceFactory(members=[person, other]) for _time in range(3))
    post = PostFactory(audience=left)
    stays_place, left_place, frozen_place, post_place = (drafts.place_of(person, one) for one in (stays, left, frozen, post))
    browser = signed_in(person)
    asked = {"place": [stays_place, left_place, frozen_place, post_place, "nonsense", drafts.place_of(other, stays)]}
    never = ["nonsense", drafts.place_of(other, stays)]

    assert browser.get("/drafts/", asked).json() == {"lost": never}

    AudienceMember.objects.filter(audience=left, person=person).delete()
    type(frozen).objects.filter(pk=frozen.pk).update(is_frozen=True)

    assert browser.get("/drafts/", asked).json() == {"lost": [left_place, frozen_place, post_place, *never]}


def test_l111_drafts_end_at_sign_out_and_with_another_person(client):
    ines, marc = PersonFactory.create_batch(2)
    client.force_login(ines)
    hers = name_in(client.get("/").text)
    assert hers
    assert name_in(client.get("/").text) == hers
    assert client.cookies[drafts.COOKIE]["httponly"]

    client.session.flush()
    del client.cookies[settings.SESSION_COOKIE_NAME]
    assert name_in(client.get("/account/login/").text) == hers
    client.force_login(ines)
    assert name_in(client.get("/").text) == hers

    client.force_login(marc)
    assert name_in(client.get("/").text) not in {hers, ""}

    client.force_login(ines)
    client.post("/account/logout/")
    assert name_in(client.get("/account/login/").text) == ""
    client.force_login(ines)
    assert name_in(client.get("/").text) not in {hers, ""}
