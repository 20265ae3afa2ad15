from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from rse.core.access import kinds
from rse.core.models import Person, RecordedEvent
from rse.core.people.services import addresses
from rse.core.people.services.people import deactivate
from rse.feed import services
from rse.feed.card_rendering import key_of
from rse.feed.models import EditedVersion, Mention, UsefulMark
from rse.notify.models import Notification
from rse.notify.queries import lines_for
from search.documents import indexed
from tests.core.test_former_addresses import renamed
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, everyone, joined
from tests.feed.test_cards import card_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    """A space with its author and a host; Marie Dupont, of whom they write, is in it."""
    audience = AudienceFactory(kind="community")
    marie = joined(audience, PersonFactory(first_name="Marie", last_name="Dupont", handle="marie-dupont"))
    return audience, joined(audience, PersonFactory()), joined(audience, PersonFactory(), role="host"), marie


def asked(author, audience, **values):
    said = {"kind": "question", "title": "Où est @marie-dupont ?", "body": "Demandez à @Marie-Dupont-, là."} | values
    return services.publish_post(author=author, audience=audience, **said)


def address(post, name="feed:post", *more):
    return reverse(name, args=[*more, post.public_id])


def test_mention_shows_the_present_name_and_leads_to_the_present_address(space, signed_in):
    audience, author, host, marie = space
    post = asked(author, audience, body="Demandez à @marie-dupont. " + "Et encore. " * 90 + "\n\nFin, @marie-dupont")
    comment = services.publish_comment(author=author, post=post, body="C'est à @marie-dupont de dire")
    services.accept_answer(actor=author, comment=comment)
    browser = signed_in(host)
    assert "@Marie Dupont</a>" in browser.get(address(post)).text  # drawn and kept under the former name

    renamed(marie)

    for where in (address(post), "/", address(post, "feed:post_useful")):
        page = browser.get(where).text
        assert "upont" not in page, where
        assert "@Marie Martin" in page, where
    assert page_of(browser, post).count(f'<a class="mention" href="/people/{marie.handle}/">@Marie Martin</a>') == 3


def page_of(browser, post):
    return browser.get(address(post)).text


def test_name_of_who_wrote_the_accepted_answer_is_the_present_one(space, signed_in):
    audience, author, host, marie = space
    post = asked(author, audience, title="Qui sait ?", body="Dites")
    services.accept_answer(actor=author, comment=services.publish_comment(author=marie, post=post, body="Moi"))
    browser = signed_in(host)
    assert "Marie Dupont" in browser.get("/").text

    renamed(marie)

    assert "upont" not in browser.get("/").text


def test_text_in_code_and_words_around_a_mention_stand_as_they_were_written(space, signed_in):
    audience, author, host, _marie = space
    post = asked(author, audience, body="À @Marie-Dupont-, `@autre`, @nobody-at-all, x@marie-dupont.example")

    page = page_of(signed_in(host), post)

    assert 'À <a class="mention" href="/people/marie-dupont/">@Marie Dupont</a>-, <code>@autre</code>, @nobody-at-all, ' in page
    assert "x@marie-dupont.example" in page


@pytest.mark.parametrize(("language", "words"), [("en", "a former colleague"), ("fr", "une personne qui a quitté l’entreprise")])
def test_who_left_is_a_former_colleague_for_everybody(space, signed_in, language, words):
    audience, author, _host, marie = space
    post = asked(author, audience, body="Merci @marie-dupont")
    comment = services.publish_comment(author=author, post=post, body="Oui, @marie-dupont !")
    readers = [joined(audience, PersonFactory(language=language, **more)) for more in ({}, {"role": "hr"}, {"role": "administrator"})]

    deactivate(person_ids=[marie.pk])

    for reader in readers:
        page = page_of(signed_in(reader), post)
        assert page.count(words) >= 3
        assert "upont" not in page
    with translation.override(language):
        assert kinds.get("post").title(type(post).objects.get(pk=post.pk)) == f"Où est {words} ?"
        assert kinds.get("comment").title(type(comment).objects.get(pk=comment.pk)) == f"Où est {words} ?"


def test_handle_typed_of_who_left_is_a_former_colleague_and_of_who_never_came_a_word(space, signed_in):
    audience, author, host, _marie = space
    PersonFactory(left=True, handle="paul-parti")
    PersonFactory(expected=True, handle="ines-attendue")
    deactivate(person_ids=[PersonFactory(expected=True, handle="zoe-annulee").pk])
    post = asked(author, audience, title="Qui ?", body="@paul-parti @ines-attendue @zoe-annulee @nobody")

    page = page_of(signed_in(host), post)

    # Of three handles that mean nobody to the author none tells whether somebody hides behind it.
    assert "<p>a former colleague @ines-attendue @zoe-annulee @nobody</p>" in page
    assert list(Mention.objects.values_list("handle", flat=True)) == ["paul-parti"]


def test_somebody_whom_the_reader_may_not_see_has_no_name(space, signed_in):
    audience, _author, host, _marie = space
    mate, newcomer = PersonFactory(), PersonFactory(expected=True, first_name="Awa", last_name="Diop", handle="awa-diop")
    AudienceFactory(kind="cohort", members=[mate, newcomer])
    post = asked(joined(audience, mate), audience, title="Bientôt @awa-diop ?", body="Voici @awa-diop")

    own, other = page_of(signed_in(mate), post), page_of(signed_in(host), post)

    assert '<a class="mention" href="/people/awa-diop/">@Awa Diop</a>' in own
    assert "wa" + "-diop" not in other
    assert "Awa" not in other
    assert "Bientôt somebody ?" in other


def test_form_shows_the_present_handle_and_saving_it_changes_nothing(space, signed_in):
    audience, author, host, marie = space
    post = asked(author, audience, title="Qui ?", body="Merci @marie-dupont et `@marie-dupont`")
    renamed(marie)
    browser = signed_in(author)

    form = browser.get(address(post, "feed:post_edit")).context["form"]
    assert form["body"].value() == f"Merci @{marie.handle} et `@{marie.handle}`"
    said = {form[name].html_name: form[name].value() for name in ("body", "title", "language", "version")}
    told = RecordedEvent.objects.count()
    assert browser.post(address(post, "feed:post_edit"), said).status_code == 302

    assert not EditedVersion.objects.exists()
    assert RecordedEvent.objects.order_by("-pk").first().facets.get("recipient_ids", []) == []
    assert RecordedEvent.objects.count() == told + 1
    again = said | {"body": f"Encore merci @{marie.handle}", "version": said["version"] + 1}
    assert browser.post(address(post, "feed:post_edit"), again).status_code == 302
    assert RecordedEvent.objects.filter(name="feed.post_edited").order_by("-pk").first().facets.get("recipient_ids", []) == []
    history = signed_in(host).get(address(post, "feed:post_history")).text
    assert "Merci @Marie Martin et <code>@Marie Martin</code>" in history


def test_former_handle_that_leads_still_names_and_one_that_is_forgotten_is_a_word(space, signed_in):
    audience, author, host, marie = space
    before = asked(author, audience, title="Avant", body="Merci @marie-dupont")
    renamed(marie)
    leading = asked(author, audience, title="Entre", body="Salut @marie-dupont")
    addresses.forget_former_name(person=Person.objects.get(pk=marie.pk))
    after = asked(author, audience, title="Après", body="Bonsoir @marie-dupont")
    browser = signed_in(host)

    for post, word in ((before, "Merci"), (leading, "Salut")):
        assert f'{word} <a class="mention" href="/people/{marie.handle}/">@Marie Martin</a>' in page_of(browser, post)
    page = page_of(browser, after)
    assert "<p>Bonsoir @marie-dupont</p>" in page
    assert "Martin" not in page
    assert RecordedEvent.objects.filter(name="feed.post_published").order_by("-pk").first().facets.get("recipient_ids") is None


def test_search_finds_a_mention_by_the_present_name_alone(space, signed_in):
    audience, author, host, marie = space
    post = asked(author, audience)
    browser = signed_in(host)
    assert address(post) in browser.get("/search/", {"q": "dupont"}).text

    renamed(marie)

    for where in ("/search/", "/search/suggestions/"):
        assert address(post) not in browser.get(where, {"q": "dupont"}).text
        assert address(post) in browser.get(where, {"q": "martin"}).text
    deactivate(person_ids=[marie.pk])
    assert address(post) not in browser.get("/search/", {"q": "martin"}).text


def test_documents_say_the_same_in_every_language(space):
    audience, author, _host, marie = space
    post = asked(author, audience)
    deactivate(person_ids=[marie.pk])
    post = type(post).objects.get(pk=post.pk)
    seals = set()
    for language in ("fr", "en"):
        with translation.override(language):
            seals.add(indexed(kinds.get("post").document(post)).seal)

    assert len(seals) == 1


def test_notice_says_the_present_name(space, signed_in):
    audience, author, _host, marie = space
    asked(author, audience)
    renamed(marie)

    page = signed_in(marie).get("/notices/").text

    assert "Où est @Marie Martin ?" in page
    assert "upont" not in page


def test_link_to_a_profile_holds_no_former_handle(space, signed_in):
    audience, author, host, marie = space
    body = "[Elle](/people/marie-dupont/) [@marie-dupont](https://a.example/) [Là](https://here.example/people/marie-dupont/contributions/?x=1)"
    post = asked(author, audience, title="Qui ?", body=body)
    assert Mention.objects.count() == 1

    renamed(marie)
    page = page_of(signed_in(host), post)

    assert f'href="/people/{marie.handle}/"' in page
    assert f'href="https://here.example/people/{marie.handle}/contributions/?x=1"' in page
    assert ">@Marie Martin</a>" in page
    assert "upont" not in page
    deactivate(person_ids=[marie.pk])
    assert 'href="/people/-/"' in page_of(signed_in(host), post)


def test_pages_ask_as_often_for_four_people_named_as_for_one(space, signed_in):
    audience, author, host, _marie = space
    others = [joined(audience, PersonFactory(handle=f"other-{n}")) for n in range(3)]
    counts = []
    for body, people in (("@marie-dupont", others[:1]), ("@marie-dupont @other-0 @other-1 @other-2", others)):
        post = PostFactory(author=author, audience=audience, body=body)
        for person in people:
            CommentFactory(post=post, author=author, body=f"@{person.handle} et @nobody")
        counts.append(queries_of(signed_in(host), address(post)))

    assert counts[0] == counts[1]


def queries_of(browser, where):
    browser.get(where)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        browser.get(where)
    return len(queries)


def test_what_is_kept_of_a_card_for_everybody_holds_no_handle(space):
    _audience, author, _host, _marie = space
    post = PostFactory(author=author, audience=everyone(), title="À @marie-dupont", body="Merci @marie-dupont")
    card_of(author, post)

    kept = cache.get(key_of(type(post).objects.with_card().get(pk=post.pk), "feed"))

    assert "Merci" in kept
    assert "marie" not in kept.lower()


def test_notices_ask_as_often_for_three_titles_as_for_one(space):
    audience, author, _host, marie = space
    for _number in range(3):
        asked(author, audience)
    notices = list(Notification.objects.filter(recipient=marie).order_by("pk"))
    counts = []
    for some in (notices[:1], notices):
        with CaptureQueriesContext(connection) as queries:
            sentences = [line.sentence for line in lines_for(Person.objects.get(pk=marie.pk), some)]
        assert all("@Marie Dupont" in sentence for sentence in sentences)
        counts.append(len(queries))

    assert len(notices) == 3
    assert counts[0] == counts[1]


def test_file_of_migration_finds_who_is_named_in_texts_that_stand(space):
    audience, author, _host, marie = space
    post = asked(author, audience, title="Qui ?", body="Merci @marie-dupont, `@other` @nobody")
    services.edit_post(editor=author, post=post, version=post.text_version, title="Qui ?", body=f"Merci @{author.handle}")
    comment = CommentFactory(post=post, author=author, body="@MARIE-DUPONT")
    before = set(Mention.objects.values_list("post", "comment", "handle", "person"))
    assert before == {
        (post.pk, None, "marie-dupont", marie.pk),
        (post.pk, None, author.handle, author.pk),
        (None, comment.pk, "marie-dupont", marie.pk),
    }
    Mention.objects.all().delete()

    import_module("rse.feed.migrations.0003_mentions_found_in_texts").find_mentions(apps, None)

    assert set(Mention.objects.values_list("post", "comment", "handle", "person")) == before


def test_code_and_addresses_in_words_show_no_former_handle_and_tell_nobody(space, signed_in):
    audience, author, host, marie = space
    block = "```\nowner: @Marie-Dupont, /people/marie-dupont/\n```"
    body = f"`@marie-dupont`\n\n{block}\n\nVoir https://here.example/people/marie-dupont/ ou `@property`"
    post = asked(author, audience, title="Qui ?", body=body)
    assert RecordedEvent.objects.get(name="feed.post_published").facets.get("recipient_ids") is None

    renamed(marie)

    page = page_of(signed_in(host), post)
    assert "upont" not in page
    assert "<code>@Marie Martin</code>" in page
    assert f"owner: @Marie Martin, /people/{marie.handle}/" in page
    assert "<code>@property</code>" in page
    assert 'class="mention"' not in page
    assert "upont" not in kinds.get("post").document(type(post).objects.get(pk=post.pk)).body
    services.edit_post(editor=author, post=post, version=post.text_version, title="Qui ?", body="Plus rien")
    assert "upont" not in signed_in(host).get(address(post, "feed:post_history")).text
    deactivate(person_ids=[marie.pk])
    history = signed_in(host).get(address(post, "feed:post_history")).text
    assert "<code>a former colleague</code>" in history
    assert "arie" not in history


def test_reason_of_a_useful_mark_shows_the_present_name(space, signed_in):
    audience, author, host, marie = space
    post = asked(author, audience, title="Qui ?", body="Dites")
    comment = services.publish_comment(author=author, post=post, body="Moi")
    for thing in (post, comment):
        services.mark_useful(person=host, thing=thing, reason="Avec @marie-dupont <b> et @nobody, /people/marie-dupont/")
    places = (address(post), address(post, "feed:post_useful"), address(comment, "feed:comment_useful"))

    renamed(marie)

    for where in places:
        page = signed_in(author).get(where).text
        assert "upont" not in page, where
        assert f"Avec @Marie Martin &lt;b&gt; et @nobody, /people/{marie.handle}/" in page, where
    form = signed_in(host).get(places[1]).context["form"]
    assert form["reason"].value() == f"Avec @{marie.handle} <b> et @nobody, /people/{marie.handle}/"
    services.mark_useful(person=host, thing=post, reason=form["reason"].value())
    assert "upont" in UsefulMark.objects.get(post=post).reason  # what was written stands

    deactivate(person_ids=[marie.pk])
    for where in places:
        page = signed_in(author).get(where).text
        assert "Avec a former colleague &lt;b&gt;" in page, where
        assert "artin" not in page, where


def test_form_shows_no_handle_of_who_left_and_saving_it_changes_nothing(space, signed_in):
    audience, author, _host, marie = space
    body = "Merci @marie-dupont, `@marie-dupont` et [elle](/people/marie-dupont/)"
    post = asked(author, audience, title="Qui ?", body=body)
    deactivate(person_ids=[marie.pk])
    browser = signed_in(author)

    form = browser.get(address(post, "feed:post_edit")).context["form"]

    assert form["body"].value() == "Merci a former colleague, `a former colleague` et [elle](/people/-/)"
    said = {form[name].html_name: form[name].value() for name in ("body", "title", "language", "version")}
    assert browser.post(address(post, "feed:post_edit"), said).status_code == 302
    assert not EditedVersion.objects.exists()
    assert type(post).objects.get(pk=post.pk).body == body
    assert "upont" not in browser.get(address(post, "feed:post_edit")).text


def test_form_shows_no_present_handle_of_who_is_no_longer_seen(space, signed_in):
    audience, _author, _host, _marie = space
    mate, newcomer = PersonFactory(), PersonFactory(expected=True, first_name="Awa", last_name="Diop", handle="awa-diop")
    cohort = AudienceFactory(kind="cohort", members=[mate, newcomer])
    post = asked(joined(audience, mate), audience, title="Qui ?", body="Voici @awa-diop")
    cohort.delete()
    renamed(newcomer, first_name="Awa", last_name="Sarr")

    assert signed_in(mate).get(address(post, "feed:post_edit")).context["form"]["body"].value() == "Voici somebody"


def test_file_of_migration_finds_who_is_named_in_code_and_reasons(space):
    audience, author, host, marie = space
    post = asked(author, audience, title="Qui ?", body="Merci `@marie-dupont` @nobody")
    mark = services.mark_useful(person=host, thing=post, reason="Avec @Marie-Dupont")
    before = set(Mention.objects.values_list("post", "useful_mark", "handle", "person"))
    assert before == {(post.pk, None, "marie-dupont", marie.pk), (None, mark.pk, "marie-dupont", marie.pk)}
    Mention.objects.all().delete()
    renamed(marie)

    import_module("rse.feed.migrations.0006_mentions_found_in_code_and_reasons").find_mentions(apps, None)

    assert set(Mention.objects.values_list("post", "useful_mark", "handle", "person")) == before
