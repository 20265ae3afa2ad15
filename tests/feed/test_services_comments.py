"""Comments: each service works, refuses, and leaves no trace when it refuses; who is told."""

import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from rse.core.access.readers import readers_of
from rse.core.models import AudienceMember, RecordedEvent
from rse.feed import services
from rse.feed.enums import LONGEST_POST
from rse.feed.mentions import handles_in
from rse.feed.models import Acceptance, Comment, EditedVersion, Post
from rse.feed.queries import not_told
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory(question=True)


def facets(name):
    return [event.facets for event in RecordedEvent.objects.filter(name=name).order_by("pk")]


def test_publish_comment_counts_and_tells_who_asked(post):
    author = joined(post.audience, PersonFactory())

    comment = services.publish_comment(author=author, post=post, body="Oui.")

    assert facets("feed.comment_published") == [
        {
            "actor_id": author.pk,
            "subject": ["comment", comment.pk],
            "post_id": post.pk,
            "recipient_ids": [post.author_id],
            "document": ["comment", comment.pk],
        }
    ]
    post.refresh_from_db()
    assert (post.comment_count, post.version) == (1, 2)


def test_l23_recipients_are_the_asker_and_the_readers_named_on_random_threads(post):
    chance = random.Random(23)
    members = [joined(post.audience, PersonFactory()) for _ in range(6)]
    outside = [PersonFactory() for _ in range(3)]
    for _ in range(120):
        author = chance.choice([*members, post.author])
        named = chance.sample([*members, *outside, post.author], chance.randint(0, 5))
        body = "Voir " + " ".join(f"@{person.handle}" for person in named)

        comment = services.publish_comment(author=author, post=post, body=body)

        expected = {post.author_id, *(person.pk for person in named if person in set(readers_of(comment)))} - {author.pk}
        event = RecordedEvent.objects.filter(name="feed.comment_published").order_by("-pk").first()
        assert set(event.facets.get("recipient_ids", ())) == expected


def test_l24_a_name_that_cannot_read_is_not_told_and_its_author_hears_so(post):
    author, stranger, reader = joined(post.audience, PersonFactory()), PersonFactory(), joined(post.audience, PersonFactory())
    unseen = PersonFactory(expected=True)  # the author may not open their card: their name is a word like another

    comment = services.publish_comment(
        author=author, post=post, body=f"@{stranger.handle} @{reader.handle} @{unseen.handle} @{author.handle} @nobody-at-all"
    )

    assert set(facets("feed.comment_published")[0]["recipient_ids"]) == {post.author_id, reader.pk}
    assert not_told(comment, author) == [{"person": stranger, "may_read": False}]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("@a-b, @c. (@d) @a-b", ["a-b", "c", "d"]),
        ("mail@host.example http://x/@y @@z @w@x", []),
        ("`@code` and\n```\n@block\n```\n@said", ["said"]),
        ("@Jean-Paul!", ["jean-paul"]),
    ],
)
def test_handles_in_finds_names_and_nothing_else(text, handles):
    assert handles_in(text) == handles


@pytest.mark.parametrize("case", ["stranger", "open reader", "frozen", "hidden", "deleted"])
def test_publish_comment_refuses_and_leaves_no_trace(case):
    author = PersonFactory()
    members = [] if case in ("stranger", "open reader") else [author]
    audience = AudienceFactory(open=case == "open reader", is_frozen=case == "frozen", members=members)
    post = PostFactory(audience=audience, hidden=case == "hidden", deleted=case == "deleted")

    with pytest.raises(PermissionDenied):
        services.publish_comment(author=author, post=post, body="Oui.")

    assert not Comment.objects.exists()
    assert not RecordedEvent.objects.exists()
    assert Post.objects.get().comment_count == 0


def test_a04_publish_comment_refuses_words_beyond_the_limit(post):
    author = joined(post.audience, PersonFactory())

    services.publish_comment(author=author, post=post, body="x" * LONGEST_POST)
    with pytest.raises(ValidationError):
        services.publish_comment(author=author, post=post, body="x" * (LONGEST_POST + 1))

    assert Comment.objects.count() == 1


def test_the_same_form_sent_twice_answers_once(post):
    author = joined(post.audience, PersonFactory())

    first, second = (services.publish_comment(author=author, post=post, body="Oui.", key="k") for _ in range(2))

    assert first == second
    assert Post.objects.get().comment_count == 1


def test_l42_comments_are_edited_and_deleted_by_their_author_only(post):
    comment = CommentFactory(post=post)
    host, elsewhere = joined(post.audience, PersonFactory(), "host"), PersonFactory()

    for person in (host, elsewhere, post.author):
        with pytest.raises(PermissionDenied):
            services.edit_comment(editor=person, comment=comment, version=comment.version, body="Autre")
        with pytest.raises(PermissionDenied):
            services.delete_comment(actor=person, comment=comment)
    AudienceMember.objects.filter(person=comment.author).delete()
    with pytest.raises(PermissionDenied):
        services.edit_comment(editor=comment.author, comment=comment, version=comment.version, body="Autre")

    assert Comment.objects.get().body == comment.body
    assert not EditedVersion.objects.exists()


def test_edit_comment_keeps_what_it_said(post):
    comment = CommentFactory(post=post, body="Avant")

    edited = services.edit_comment(editor=comment.author, comment=comment, version=comment.version, body="Après")

    assert (edited.body, edited.version) == ("Après", 2)
    assert [version.body for version in EditedVersion.objects.all()] == ["Avant"]
    assert Post.objects.get().version == 2


def test_delete_comment_takes_the_acceptance_along(post):
    comment = CommentFactory(post=post)
    services.accept_answer(actor=post.author, comment=comment)

    services.delete_comment(actor=comment.author, comment=comment)

    assert not Acceptance.objects.exists()
    assert Post.objects.get().comment_count == 0
    assert len(facets("feed.answer_unaccepted")) == 1


def test_hide_comment_and_show_it_again(post):
    comment = CommentFactory(post=post)
    host, other = joined(post.audience, PersonFactory(), "host"), joined(post.audience, PersonFactory())
    services.accept_answer(actor=post.author, comment=comment)

    services.hide_comment(actor=host, comment=comment, article="insult", reason="Ce mot blesse.")

    assert list(Comment.objects.visible_to(other)) == []
    assert list(Comment.objects.visible_to(comment.author)) == list(Comment.objects.visible_to(host)) == [comment]
    assert not Acceptance.objects.visible_to(other).exists()
    assert Post.objects.get().comment_count == 0

    services.show_comment(actor=host, comment=comment)

    assert list(Comment.objects.visible_to(other)) == [comment]
    assert Acceptance.objects.visible_to(other).count() == Post.objects.get().comment_count == 1


def test_l14_events_carry_no_words(post):
    host = joined(post.audience, PersonFactory(), "host")
    author = joined(post.audience, PersonFactory())
    secret = "motsecret"
    own = services.publish_post(author=author, audience=post.audience, body=f"{secret} un", title=secret)
    services.edit_post(editor=author, post=own, version=own.text_version, body=f"{secret} deux", title=secret)
    comment = services.publish_comment(author=author, post=post, body=secret)
    services.edit_comment(editor=author, comment=comment, version=comment.version, body=f"{secret} deux")
    services.mark_useful(person=post.author, thing=comment, reason=secret)
    services.hide_comment(actor=host, comment=comment, article="insult", reason=secret)
    services.hide_post(actor=host, post=own, article="insult", reason=secret)
    services.delete_post(actor=author, post=own)

    assert RecordedEvent.objects.count() > 8
    assert secret not in str(list(RecordedEvent.objects.values_list("facets", flat=True)))
