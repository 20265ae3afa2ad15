"""Posts: each service works, refuses, and leaves no trace when it refuses."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from rse.core import clock
from rse.core.models import AudienceMember, RecordedEvent, RowGrant
from rse.core.ops import retention
from rse.core.versions import EditedMeanwhile
from rse.feed import services
from rse.feed.models import Comment, EditedVersion, Post, ReadPointer
from rse.governance.charter import CharterRequired
from rse.governance.models import Charter
from rse.governance.services.charter import accept_charter
from rse.governance.services.moderation import AlreadyHidden, ReasonMissing
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, everyone, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return PersonFactory()


@pytest.fixture
def audience(member):
    return AudienceFactory(members=[member])


def events(name):
    return [event.facets for event in RecordedEvent.objects.filter(name=name).order_by("pk")]


def test_publish_post_keeps_the_words_and_tells_of_ids_only(member, audience):
    post = services.publish_post(author=member, audience=audience, body="  Bonjour à tous, la réunion est à 9 h.\r\n ")

    assert (post.body, post.language, post.is_visible, post.version) == ("Bonjour à tous, la réunion est à 9 h.", "fr", True, 1)
    assert events("feed.post_published") == [{"actor_id": member.pk, "subject": ["post", post.pk], "document": ["post", post.pk]}]


def test_publish_post_tells_the_readers_it_names_and_nobody_else(member, audience):
    reader, stranger = joined(audience, PersonFactory()), PersonFactory()

    services.publish_post(author=member, audience=audience, body=f"@{reader.handle} @{stranger.handle} @{member.handle} @nobody")

    assert events("feed.post_published")[0]["recipient_ids"] == [reader.pk]


def test_a09_publish_post_tells_twenty_people_at_most(member, audience):
    people = [joined(audience, PersonFactory()) for _ in range(22)]

    services.publish_post(author=member, audience=audience, body=" ".join(f"@{person.handle}" for person in people))

    assert events("feed.post_published")[0]["recipient_ids"] == [person.pk for person in people[:20]]


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("a stranger to a closed place", lambda member, audience: (PersonFactory(), audience)),
        ("a reader of an open place", lambda member, audience: (PersonFactory(), AudienceFactory(open=True))),
        ("somebody who left", lambda member, audience: (PersonFactory(left=True), everyone())),
        ("somebody who left and is still a member", lambda member, audience: (joined(audience, PersonFactory(left=True)), audience)),
        ("somebody expected, to everyone", lambda member, audience: (PersonFactory(expected=True), everyone())),
        ("a member of a frozen place", lambda member, audience: (member, AudienceFactory(members=[member], is_frozen=True))),
    ],
)
def test_publish_post_refuses_and_leaves_no_trace(member, audience, name, build):
    author, place = build(member, audience)

    with pytest.raises(PermissionDenied):
        services.publish_post(author=author, audience=place, body="Bonjour")

    assert not Post.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_publish_post_waits_for_the_charter(member, audience):
    Charter.objects.create(version=1, body_fr="Charte", body_en="Charter")

    with pytest.raises(CharterRequired):
        services.publish_post(author=member, audience=audience, body="Bonjour")
    assert not Post.objects.exists()

    accept_charter(person=member, version=1)
    services.publish_post(author=member, audience=audience, body="Bonjour")
    assert Post.objects.count() == 1


def test_somebody_expected_writes_in_their_cohort(audience):
    newcomer = joined(audience, PersonFactory(expected=True))

    assert services.publish_post(author=newcomer, audience=audience, body="Bonjour").author == newcomer


def test_everybody_present_writes_to_everyone():
    assert services.publish_post(author=PersonFactory(), audience=everyone(), body="Bonjour").is_visible


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"body": "   "}, "required"),
        ({"body": "x" * 20_001}, "too_long"),
        ({"body": "a\x00b"}, "control"),
        ({"body": "http://a.example " * 51}, "too_many_links"),
        ({"body": "x", "title": "t" * 161}, "too_long"),
        ({"body": "x", "kind": "question"}, "title"),
        ({"body": "x", "kind": "poll"}, "kind"),
    ],
)
def test_a04_publish_post_refuses_words_beyond_the_limits(member, audience, values, code):
    with pytest.raises(ValidationError) as refused:
        services.publish_post(author=member, audience=audience, **values)

    assert refused.value.code == code
    assert not Post.objects.exists()


def test_a04_publish_post_takes_words_at_the_limits(member, audience):
    post = services.publish_post(author=member, audience=audience, body="x" * 20_000, kind="question", title="t" * 160)

    assert len(post.body) == 20_000


def test_the_same_form_sent_twice_posts_once(member, audience):
    first = services.publish_post(author=member, audience=audience, body="Bonjour", key="form-1")
    second = services.publish_post(author=member, audience=audience, body="Bonjour", key="form-1")
    other = services.publish_post(author=member, audience=audience, body="Autre chose", key="form-1")

    assert first == second
    assert other != first
    assert len(events("feed.post_published")) == 2


def test_edit_post_keeps_what_it_said_and_tells_only_those_newly_named(member, audience):
    before, after = joined(audience, PersonFactory()), joined(audience, PersonFactory())
    post = services.publish_post(author=member, audience=audience, body=f"Merci @{before.handle}")

    edited = services.edit_post(editor=member, post=post, version=post.text_version, body=f"Merci @{before.handle} @{after.handle}")

    assert (edited.edited_at, edited.version) == (None, 2)
    assert events("feed.post_edited")[0]["recipient_ids"] == [after.pk]
    assert [(one.body, one.author) for one in EditedVersion.objects.all()] == [(f"Merci @{before.handle}", member)]


def test_edit_post_says_so_after_a_day(member, audience):
    post = services.publish_post(author=member, audience=audience, body="Un")

    with clock.moved_to(clock.now() + datetime.timedelta(hours=25)):
        edited = services.edit_post(editor=member, post=post, version=post.text_version, body="Deux")

    assert edited.edited_at is not None


def test_l54_edit_post_is_authorised_like_a_new_post(member, audience):
    post = services.publish_post(author=member, audience=audience, body="Un")
    host, other = joined(audience, PersonFactory(), "host"), joined(audience, PersonFactory())

    for person in (host, other, PersonFactory()):
        with pytest.raises(PermissionDenied):
            services.edit_post(editor=person, post=post, version=post.text_version, body="Deux")
    AudienceMember.objects.filter(person=member).delete()
    with pytest.raises(PermissionDenied):
        services.edit_post(editor=member, post=post, version=post.text_version, body="Deux")

    assert Post.objects.get().body == "Un"
    assert not EditedVersion.objects.exists()


def test_edit_post_in_two_windows_shows_both(member, audience):
    post = services.publish_post(author=member, audience=audience, body="Un")
    read = post.text_version
    services.edit_post(editor=member, post=post, version=read, body="Deux")

    with pytest.raises(EditedMeanwhile) as meanwhile:
        services.edit_post(editor=member, post=post, version=read, body="Trois")

    assert (meanwhile.value.current.body, meanwhile.value.current.text_version) == ("Deux", read + 1)
    assert Post.objects.get().body == "Deux"
    assert list(EditedVersion.objects.values_list("body", flat=True)) == ["Un"]


def test_post_of_a_release_that_knows_no_version_of_texts_is_edited_like_any_other(member, audience):
    columns = ", ".join(f'"{one.column}"' for one in Post._meta.fields if one.name not in ("id", "public_id", "text_version"))
    PostFactory(author=member, audience=audience)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO feed_post (public_id, {columns}) SELECT 'beside', {columns} FROM feed_post")

    edited = services.edit_post(editor=member, post=Post.objects.get(public_id="beside"), version=1, body="Deux")

    assert (edited.body, edited.text_version) == ("Deux", 2)


def test_what_others_do_to_a_text_takes_no_edit_away_from_its_author(member, audience):
    post, host = PostFactory(author=member, audience=audience), joined(audience, PersonFactory(), "host")
    comment = CommentFactory(post=post, author=member)
    for thing in (post, comment):
        services.mark_useful(person=host, thing=thing, reason="finir")
    services.publish_comment(author=host, post=post, body="Merci.")
    services.hide_comment(actor=host, comment=comment, article="insult", reason="Non")
    services.hide_post(actor=host, post=post, article="insult", reason="Non")
    other = joined(audience, PersonFactory(), "host")
    services.show_post(actor=other, post=post)
    services.show_comment(actor=other, comment=comment)

    services.edit_post(editor=member, post=post, version=post.text_version, body="Deux")
    services.edit_comment(editor=member, comment=comment, version=comment.version, body="Deux")

    assert Post.objects.get().body == Comment.objects.get(pk=comment.pk).body == "Deux"


def test_delete_post_takes_everything_along_and_only_the_author_may(member, audience):
    host = joined(audience, PersonFactory(), "host")
    post = PostFactory(author=member, audience=audience)
    comment = CommentFactory(post=post)

    for person in (host, comment.author):
        with pytest.raises(PermissionDenied):
            services.delete_post(actor=person, post=post)
    assert Post.objects.get().is_visible

    services.delete_post(actor=member, post=post)

    assert not Post.objects.visible_to(member).exists()
    assert not Comment.objects.visible_to(comment.author).exists()
    assert list(Post.objects.visible_to(host)) == [post]
    with pytest.raises(PermissionDenied):
        services.delete_post(actor=member, post=post)


def test_delete_post_works_in_a_frozen_place_and_without_the_charter(member, audience):
    post = PostFactory(author=member, audience=audience)
    audience.is_frozen = True
    audience.save()
    Charter.objects.create(version=1, body_fr="Charte", body_en="Charter")

    services.delete_post(actor=member, post=post)

    assert Post.objects.get().is_deleted


def test_hide_post_is_for_hosts_with_a_reason_and_its_author_is_told(member, audience):
    host, other = joined(audience, PersonFactory(), "host"), joined(audience, PersonFactory())
    post = PostFactory(author=member, audience=audience)

    with pytest.raises(ReasonMissing):
        services.hide_post(actor=host, post=post, article="insult", reason=" ")
    for person in (other, member, PersonFactory()):
        with pytest.raises(PermissionDenied):
            services.hide_post(actor=person, post=post, article="insult", reason="Non")
    assert Post.objects.get().is_visible

    services.hide_post(actor=host, post=post, article="insult", reason="Ce mot blesse.")

    assert not Post.objects.visible_to(other).exists()
    assert list(Post.objects.visible_to(member)) == list(Post.objects.visible_to(host)) == [post]
    assert events("governance.content_hidden")[0]["recipient_ids"] == [member.pk]
    with pytest.raises(AlreadyHidden):
        services.hide_post(actor=host, post=post, article="insult", reason="Encore")


def test_show_post_shows_what_was_not_hidden_by_itself(member, audience):
    host = joined(audience, PersonFactory(), "host")
    post = PostFactory(author=member, audience=audience)
    stays, comes_back = CommentFactory(post=post), CommentFactory(post=post)
    services.hide_comment(actor=host, comment=stays, article="insult", reason="Ce mot blesse.")
    services.hide_post(actor=host, post=post, article="insult", reason="Ce mot blesse.")

    with pytest.raises(PermissionDenied):
        services.show_post(actor=member, post=post)
    services.show_post(actor=host, post=post)

    assert Post.objects.get().is_visible
    assert list(Comment.objects.visible_to(member)) == [comes_back]


def test_move_pointer_goes_forward_only_and_keeps_no_time(member, audience):
    services.move_pointer(person=member, audience=audience, post_id=7)
    services.move_pointer(person=member, audience=audience, post_id=3)

    assert [pointer.position for pointer in ReadPointer.objects.all()] == [7]
    assert {field.name for field in ReadPointer._meta.concrete_fields} == {"id", "person", "audience", "position"}
    with pytest.raises(PermissionDenied):
        services.move_pointer(person=PersonFactory(), audience=audience, post_id=9)


def test_forget_deleted_erases_after_thirty_days_unless_somebody_handles_it(member, audience):
    gone, handled, recent = (PostFactory(author=member, audience=audience) for _ in range(3))
    for post in (gone, handled):
        services.delete_post(actor=member, post=post)
    RowGrant.objects.create(person=PersonFactory(), kind="post", row_id=handled.pk)

    with clock.moved_to(clock.now() + datetime.timedelta(days=31)):
        services.delete_post(actor=member, post=recent)
        assert retention.forget("feed.Post", "feed.Comment") == 1

    assert set(Post.objects.all()) == {handled, recent}
