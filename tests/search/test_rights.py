"""Nobody finds what they may not open: not in a result, not in a count, not in a suggestion, not in an excerpt."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.services import communities as services_of_communities
from rse.core.access import kinds
from rse.core.access.kinds import Kind
from rse.core.enums import Role, Visibility
from rse.core.events import deliveries
from rse.core.models import Audience, AudienceMember
from rse.feed import services as feed
from search import queries
from search.analysis import parse
from search.models import SearchDocument
from talent.services.skills import declare_skill, undeclare_skill
from tests.access.test_matrix import PRINCIPALS
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.feed import CommentFactory, PostFactory, joined
from tests.factories.talent import SkillFactory

from .conftest import CANARIES, SEARCHED
from .finding import counted, found, fresh, readable_documents, suggested

pytestmark = pytest.mark.django_db
WORD = "zanzibarite"
ROOM = Path(__file__).parents[2] / "search"
READERS = [code for code in PRINCIPALS if code not in {"AN", "DE"}]


def test_every_kind_that_is_searched_has_its_canaries():
    """A kind without them is found by nobody has tried whom: give its room a ``canaries.py``."""
    assert sorted(CANARIES) == SEARCHED


@pytest.mark.parametrize("kind", sorted(CANARIES))
def test_l01_each_principal_finds_what_they_may_open_and_nothing_else(kind, world, index):
    for code in READERS:
        world.principal(code)
    CANARIES[kind](WORD, world)
    index()
    one, wrong, somebody = kinds.get(kind), {}, set()

    for code in READERS:
        person = fresh(world.principal(code))
        expected = {
            (kind, pk) for pk, document in readable_documents(person, kind).items() if WORD in f"{document.title} {document.body}".lower()
        }
        somebody |= expected
        results = found(person, WORD, kind=kind)
        in_titles = {ref for ref in expected if WORD in readable_documents(person, kind)[ref[1]].title.lower()}
        said = {
            "results": set(results) == expected and len(results) == len(expected),
            "counts": counted(person, WORD)[kind] == len(expected),
            "suggestions": suggested(person, WORD) <= in_titles and bool(suggested(person, WORD)) == bool(in_titles),
        }
        if not all(said.values()):
            wrong[code] = said

    assert wrong == {}
    everything = {(kind, pk) for pk in one.model._base_manager.values_list("pk", flat=True)}
    assert set() < somebody < everything, "a canary that everybody finds, or nobody, proves nothing"


def test_anonymous_and_gone_are_asked_to_sign_in(world, client, signed_in):
    for browser in (client, signed_in(world.leave())):
        for address in ("/search/?q=zanzibar", "/search/suggestions/?q=zanzibar"):
            assert browser.get(address).status_code == 302


def test_l03_a_community_turned_secret_is_found_by_no_outsider_whatever_the_index_holds():
    outsider, owner, member = PersonFactory(), PersonFactory(), PersonFactory()
    community = CommunityFactory(name=f"{WORD} club", owners=[owner], members=[member])
    post = PostFactory(audience=community.audience, title=WORD)
    CommentFactory(post=post, body=WORD)
    from search import services

    services.rebuild()
    assert counted(outsider, WORD) == Counter(community=1, post=1, comment=1)

    with deliveries.held():  # nothing reaches the index
        services_of_communities.turn_into(community=community, kind="secret")
        held = SearchDocument.objects.count()
        assert counted(outsider, WORD) == Counter()
        assert suggested(outsider, WORD) == set()
        assert [found(outsider, WORD, kind=kind) for kind in ("community", "post", "comment")] == [[], [], []]
        assert counted(member, WORD) == Counter(community=1, post=1, comment=1)

    assert SearchDocument.objects.count() == held


def test_l55_rights_are_asked_again_of_each_row_that_is_shown(monkeypatch, index):
    """Between the moment a row is found and the moment it is shown, its reader may have lost it."""
    reader = PersonFactory()
    audience = AudienceFactory(members=[reader])
    PostFactory(audience=audience, title=WORD)
    index()
    hits = queries._hits

    def then_let_go(*args, **kwargs):
        answer = hits(*args, **kwargs)
        AudienceMember.objects.filter(person=reader).delete()
        return answer

    monkeypatch.setattr(queries, "_hits", then_let_go)
    one = queries.find(reader, parse(WORD), kind="post")

    assert one.results == []
    assert {count.kind.name: count.number for count in one.counts}["post"] == 0


@pytest.mark.parametrize("size", [1, 500])
def test_l04_moved_posts_are_found_where_they_are_now(size, index):
    before, after = PersonFactory(), PersonFactory()
    here, there = AudienceFactory(members=[before]), AudienceFactory(members=[after])
    author = joined(here, PersonFactory())
    joined(there, author)
    PostFactory.create_batch(size, audience=here, author=author, title=WORD)
    index()
    assert (counted(before, WORD)["post"], counted(after, WORD)["post"]) == (size, 0)

    type(PostFactory.build(author=author, audience=here, membership=False)).objects.filter(audience=here).update(audience=there)

    assert (counted(before, WORD)["post"], counted(after, WORD)["post"]) == (0, size)
    assert suggested(before, WORD) == set()


@pytest.mark.parametrize("act", ["hide", "delete", "archive", "close"])
@pytest.mark.parametrize("address", ["", "&sort=newest", "&kind=post", "&kind=comment", "&kind=post&page=2"])
def test_l05_what_was_taken_away_is_found_by_no_parameter(act, address, signed_in):
    outsider, host, author = PersonFactory(), PersonFactory(), PersonFactory()
    community = CommunityFactory(owners=[host], members=[author])
    post = feed.publish_post(author=author, audience=community.audience, body=f"Words of {WORD}", title=WORD)
    feed.publish_comment(author=author, post=post, body=WORD)
    browser = signed_in(outsider)
    assert WORD.upper() not in browser.get(f"/search/?q={WORD}{address}").text
    assert counted(outsider, WORD) == Counter(post=1, comment=1)

    if act == "hide":
        feed.hide_post(actor=host, post=post, article="insult", reason="Probe")
    elif act == "delete":
        feed.delete_post(actor=author, post=post)
    elif act == "close":
        services_of_communities.turn_into(community=community, kind="closed")
    else:
        services_of_communities.archive(actor=host, community=community)

    stays = act == "archive"  # who may read it reads it still
    assert counted(outsider, WORD)["post"] == counted(outsider, WORD)["comment"] == int(stays)
    assert ("<mark>" in browser.get(f"/search/?q={WORD}{address}").text) == stays or "page=2" in address
    for nobody in (host, author) if act in {"hide", "delete"} else ():
        assert counted(nobody, WORD) == Counter()


def test_l07_excerpts_are_of_the_row_as_it_is_now(signed_in):
    author = PersonFactory()
    audience = AudienceFactory(open=True)
    joined(audience, author)
    post = feed.publish_post(author=author, audience=audience, body=f"{WORD} and a secret recipe")

    with deliveries.held():
        feed.edit_post(editor=author, post=post, version=post.text_version, body=f"{WORD} and nothing else")
        page = signed_in(PersonFactory()).get(f"/search/?q={WORD}").text
        assert "recipe" not in page
        assert "and nothing else" in page
        assert SearchDocument.objects.filter(kind="post", body__contains="recipe").count() == 1  # the index still holds the word
        assert found(author, "recipe", kind="post") == []  # and the row no longer says it
        assert counted(author, "recipe") == Counter()


def test_l34_a_secret_community_is_never_suggested_to_who_is_not_in_it(signed_in, index):
    member, outsider = PersonFactory(), PersonFactory()
    community = CommunityFactory(name=f"{WORD} circle", purpose="Kept apart.", secret=True, members=[member])
    index()

    for text in (WORD, WORD[:3], f"{WORD} circle", "kept apart"):
        page = signed_in(outsider).get("/search/suggestions/", {"q": text}).text
        assert page.count('role="option"') == 1  # the way to all results, and nothing else
        assert community.slug not in page
    assert f"/communities/{community.slug}/" in signed_in(member).get("/search/suggestions/", {"q": WORD}).text


def test_l33_suggested_people_do_not_depend_on_hidden_memberships(signed_in, index):
    reader = PersonFactory()
    people = [PersonFactory(first_name="Zoé", last_name=f"Zanzi{letter}") for letter in "abc"]
    index()
    before = signed_in(reader).get("/search/suggestions/", {"q": "zanzi"}).text

    CommunityFactory(secret=True, members=[people[2]])
    AudienceFactory(members=[people[2], PersonFactory()])

    assert signed_in(reader).get("/search/suggestions/", {"q": "zanzi"}).text == before


HIDDEN = {
    "employee_number": "ZZTOPA",
    "email": "zztopb@company.example",
    "private_email": "zztopc@home.example",
    "about": "zztopd",
    "work_phone": "zztope",
    "languages": ["zztopf"],
    "handle": "zztopg",
}


@pytest.mark.parametrize("level", Visibility.values)
def test_l47_people_are_found_by_their_card_alone(level, index, world):
    """Not by what they chose to show or not, whoever asks: a word must not find what another reader would not see."""
    levels = {f"{field}_for": level for field in ("about", "work_phone", "languages")}
    subject = PersonFactory(first_name="Zélie", title="Fondeuse", **HIDDEN, **levels)
    index()

    for code in READERS:
        person = world.principal(code)
        for word in ("zztopa", "zztopb", "zztopc", "zztopd", "zztope", "zztopf", "zztopg"):
            assert counted(person, word)["person"] == 0, (code, word)
    for word in ("zélie", "fondeuse", subject.unit.name, subject.site.name):
        assert ("person", subject.pk) in found(world.principal("EM"), word, kind="person")


def test_l47_a_parameter_selects_no_field_and_orders_by_none(signed_in, index):
    subject = PersonFactory(last_name=WORD, about="Kept words", about_for=Visibility.HR)
    index()
    browser = signed_in(PersonFactory())
    plain = browser.get(f"/search/?q={WORD}&kind=person")

    names = ("fields", "include", "expand", "ordering", "order_by", "sort", "author", "has", "in")
    for field in subject._meta.get_fields():
        cache.clear()  # and with it the count of what is asked in a minute
        page = browser.get("/search/", {"q": WORD, "kind": "person", **dict.fromkeys(names, field.name)})
        assert [one.thing.pk for one in page.context["found"].results] == [one.thing.pk for one in plain.context["found"].results]
        assert "Kept words" not in page.text


def test_a_declared_skill_finds_its_person_as_long_as_everyone_may_see_it():
    reader, subject, skill = PersonFactory(), PersonFactory(), SkillFactory(label_fr="Soudage à l’arc", label_en="Arc welding")

    declare_skill(person=subject, skill=skill, level="confirmed", is_public=True)
    assert found(reader, "arc welding", kind="person") == found(reader, "soudage", kind="person") == [("person", subject.pk)]
    declare_skill(person=subject, skill=skill, level="confirmed", is_public=False)
    assert found(reader, "soudage", kind="person") == found(subject, "soudage", kind="person") == []
    declare_skill(person=subject, skill=skill, level="confirmed", is_public=True)
    undeclare_skill(person=subject, skill=skill)
    assert counted(reader, "soudage")["person"] == 0


def test_a_skill_that_is_no_longer_shown_is_gone_at_once():
    reader, subject, skill = PersonFactory(), PersonFactory(), SkillFactory(label_fr="Soudage", label_en="Welding")
    declare_skill(person=subject, skill=skill, level="confirmed", is_public=True)

    with deliveries.held():
        declare_skill(person=subject, skill=skill, level="confirmed", is_public=False)
        assert found(reader, "soudage", kind="person") == []


def test_the_language_that_somebody_reads_in_is_in_no_document():
    documents = [kinds.get("person").document(PersonFactory.build(language=language, unit=None, site=None)) for language in ("fr", "en")]

    assert documents[0].language == documents[1].language


def test_l09_one_function_asks_the_engine_for_every_page():
    """Rows are found in one file, which always gives the rights along; views reach no engine, no table and no row."""
    asking = {path.name for path in ROOM.rglob("*.py") for node in ast.walk(ast.parse(path.read_text())) if asks_an_engine(node)}
    assert asking == {"queries.py"}

    views = ast.parse((ROOM / "views.py").read_text())
    imported = {node.module or "" for node in ast.walk(views) if isinstance(node, ast.ImportFrom) and node.level}
    assert imported == {"", "analysis", "documents", "enums", "forms"}
    named = {alias.name for node in ast.walk(views) if isinstance(node, ast.ImportFrom) and not node.module for alias in node.names}
    assert named == {"queries"}


def asks_an_engine(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "find"
        and isinstance(node.func.value, ast.Call)
    )


def test_search_result_never_indexed_kinds_have_no_document():
    confidential = {kind.name for kind in kinds.every() if kind.is_confidential}

    assert {"plan", "wish", "report", "moderation"} <= confidential
    assert confidential & set(SEARCHED) == set()
    assert {"ledger_line", "useful_mark", "acceptance", "help_confirmation", "access_log_verification"} & set(SEARCHED) == set()


def test_search_result_never_indexed_is_refused_where_a_kind_registers(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    secret = Kind("safe", Audience, "Safe", address=str, title=str, is_confidential=True, document=lambda row: None)

    with pytest.raises(ValueError, match="no index"):
        kinds.register(secret)
    assert list(kinds.every()) == []


def test_a_superuser_and_an_administrator_find_no_more(index):
    for reader in (PersonFactory(is_superuser=True), PersonFactory(role=Role.ADMINISTRATOR)):
        PostFactory(audience=AudienceFactory(), title=WORD)
        CommunityFactory(secret=True, name=WORD)
        index()
        assert counted(reader, WORD) == Counter()


def test_as_many_questions_for_a_word_that_secret_places_hold_as_for_one_that_nobody_wrote(index):
    """How long an answer takes, and what it asks, tells nothing of what is kept from its reader."""
    reader = PersonFactory()
    PostFactory(audience=AudienceFactory(secret=True), title=WORD)
    index()
    asked = []
    for word in (WORD, "nobodywrotethis"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            queries.find(fresh(reader), parse(word))
        asked.append(len(captured))

    assert asked[0] == asked[1]
