"""Texts of people stand in the direction they are written in, wherever they are shown and wherever they are typed."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from rse.core.web.forms import Text
from rse.feed import services
from tests.architecture.page_rules import TAG
from tests.architecture.tree import Tree
from tests.core.shown_texts import SHOWN
from tests.every_form import form_classes
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory
from tests.talent.conftest import good_turns

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
CLOSED = re.compile(r"</([a-zA-Z][\w-]*)\s*>")
BY_PEOPLE = re.compile(r"\|present_names\b")
IN_SENTENCE = re.compile(r"{%\s*blocktranslate\b.*?%}.*?{%\s*endblocktranslate\s*%}", re.DOTALL)
HEBREW = "שלום לכולם"


def is_directed(name, attributes):
    return name == "bdi" or 'dir="auto"' in attributes


def undirected(source):
    """Yield every place of a template that shows a text of people outside an element with a direction of its own; attributes have none."""
    tags, sentences = list(TAG.finditer(source)), list(IN_SENTENCE.finditer(source))
    for shown in BY_PEOPLE.finditer(source):
        at = shown.start()
        if any(tag.start() < at < tag.end() for tag in tags):
            continue
        sentence = next((one[0] for one in sentences if one.start() < at < one.end()), None)
        if sentence:
            variable = re.search(r"(\w+)=[^\s%]*$", source[:at])[1]
            is_fine = f"<bdi>{{{{ {variable} }}}}</bdi>" in sentence
        else:
            is_fine = any(is_directed(*one) for one in elements_around(at, source, tags))
        if not is_fine:
            yield source[at - 40 : shown.end()]


def elements_around(at, source, tags):
    """Return the elements of a template that are open at a place, with their attributes."""
    opened = []
    for mark in sorted([*tags, *CLOSED.finditer(source)], key=lambda one: one.start()):
        if mark.start() > at:
            break
        if mark.re is CLOSED:
            while opened and opened.pop()[0] != mark[1]:
                pass
        elif mark["name"] not in VOID:
            opened.append((mark["name"], mark["attributes"]))
    return opened


@pytest.mark.parametrize(
    ("source", "is_fine"),
    [
        ("<p>{{ one.words|present_names }}</p>", False),
        ('<p dir="auto">{{ one.words|present_names }}</p>', True),
        ('<div class="prose" dir="auto">{% if x %}<p>{{ one.words|present_names|excerpt:20 }}</p>{% endif %}</div>', True),
        ('<p dir="auto">{{ title }}</p><p>{{ one.words|present_names }}</p>', False),
        ("<p>{% translate 'Why:' %} <bdi>{{ one.words|present_names }}</bdi></p>", True),
        ('<img alt="{{ one.alt|present_names }}">', True),
        ("<p>{% blocktranslate with words=one.words|present_names %}Why: {{ words }}{% endblocktranslate %}</p>", False),
        ("<p>{% blocktranslate with words=one.words|present_names %}Why: <bdi>{{ words }}</bdi>{% endblocktranslate %}</p>", True),
    ],
)
def test_checker_sees_what_has_no_direction(source, is_fine):
    assert (not list(undirected(source))) == is_fine


def test_every_template_gives_texts_of_people_their_direction():
    found = [f"{page.place}: {words}" for page in Tree().templates if page.name.endswith(".html") for words in undirected(page.spoken)]
    assert not found
    assert sum(len(BY_PEOPLE.findall(page.spoken)) for page in Tree().templates) > 40


def test_every_control_that_people_write_in_has_the_direction_of_what_they_write():
    for form in form_classes():
        for name, field in form.base_fields.items():
            if isinstance(field, Text) and not field.widget.is_hidden:
                assert field.widget.attrs.get("dir") == "auto", f"{form.__name__}.{name}"
    for page in Tree().templates:
        for tag in TAG.finditer(page.spoken):
            kind = re.search(r"\btype=\"([^\"]*)\"", tag["attributes"])
            is_text = tag["name"] == "textarea" or (tag["name"] == "input" and (kind[1] if kind else "text") in {"text", "search"})
            assert not is_text or is_directed("", tag["attributes"]), f"{page.place}: {tag[0][:120]}"


class Directions(HTMLParser):
    """The places of a page where some words stand: whether an element around them has a direction of its own."""

    def __init__(self, words):
        super().__init__()
        self.words, self.opened, self.found = words, [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.opened.append((tag, dict(attrs).get("dir") == "auto" or tag == "bdi"))

    def handle_endtag(self, tag):
        while self.opened and self.opened.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.words in data and not any(tag in {"title", "script", "option"} for tag, _is in self.opened):
            self.found.append((any(is_directed for _tag, is_directed in self.opened), self.get_starttag_text()))


def directions(page, words):
    parser = Directions(words)
    parser.feed(page)
    assert parser.found, "the words stand nowhere"
    return [where for is_directed, where in parser.found if not is_directed]


@pytest.fixture(autouse=True)
def _turns(monkeypatch):
    with good_turns(monkeypatch):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("field", sorted(set(SHOWN) - {"feed.Picture.alt"}))
def test_every_text_has_its_direction_where_others_read_it(field, signed_in):
    reader, address = SHOWN[field]()
    browser = signed_in(reader)
    assert directions(browser.get(address).text, "moi@ailleurs.example") == []


@pytest.mark.django_db
def test_texts_of_the_feed_have_their_direction(signed_in):
    person = PersonFactory()
    community = CommunityFactory(name=HEBREW, hosts=[person])
    post = PostFactory(audience=community.audience, author=person, question=True, title=HEBREW, body=HEBREW)
    comment = CommentFactory(post=post, body=HEBREW)
    services.accept_answer(actor=person, comment=comment)
    services.mark_useful(person=person, thing=comment, reason=HEBREW)
    services.edit_post(editor=person, post=post, version=post.text_version, title=f"{HEBREW} 2", body=f"{HEBREW} 2")
    browser = signed_in(person)

    history = reverse("feed:post_history", args=[post.public_id])
    for address in ("/feed/", post.get_absolute_url(), history, community.get_absolute_url(), reverse("communities:list")):
        response = browser.get(address)
        assert response.status_code == 200
        assert directions(response.text, HEBREW) == [], address
