"""Accepted answers and useful marks: what they are, who may, and what a credit may stand on."""

import contextlib
import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.models import RecordedEvent
from rse.feed import services
from rse.feed.models import Acceptance, Comment, Post, UsefulMark
from rse.governance.services.moderation import AlreadyHidden
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return PostFactory(question=True)


@pytest.fixture
def answer(question):
    return CommentFactory(post=question)


def last(name):
    return RecordedEvent.objects.filter(name=name).order_by("-pk").first().facets


def test_accept_answer_is_a_contribution_to_who_asked(question, answer):
    kept = services.accept_answer(actor=question.author, comment=answer)

    assert last("feed.answer_accepted") == {
        "actor_id": question.author_id,
        "subject": ["acceptance", kept.pk],
        "post_id": question.pk,
        "comment_id": answer.pk,
        "recipient_ids": [answer.author_id],
        "document": ["post", question.pk],
        "contribution": {
            "person_id": answer.author_id,
            "kind": "answer_accepted",
            "act": ["acceptance", kept.pk],
            "audience_id": question.audience_id,
            "on": clock.today().isoformat(),
            "helped_ids": [question.author_id],
            "skills": [],
            "is_proposed": False,
        },
    }


def test_a_host_accepts_and_the_asker_hears_it_too(question, answer):
    host = joined(question.audience, PersonFactory(), "host")

    services.accept_answer(actor=host, comment=answer)

    assert set(last("feed.answer_accepted")["recipient_ids"]) == {answer.author_id, question.author_id}


@pytest.mark.parametrize("case", ["own question", "host for themselves", "protected"])
def test_no_credit_for_oneself_nor_from_a_protected_place(case):
    audience = AudienceFactory(is_protected=case == "protected")
    question = PostFactory(question=True, audience=audience)
    author = question.author if case == "own question" else PersonFactory()
    answer = CommentFactory(post=question, author=author)
    actor = joined(audience, author, "host") if case == "host for themselves" else question.author

    services.accept_answer(actor=actor, comment=answer)

    assert "contribution" not in last("feed.answer_accepted")


def test_accepting_twice_is_once_and_another_takes_its_place(question, answer):
    other = CommentFactory(post=question)

    first = services.accept_answer(actor=question.author, comment=answer)
    assert services.accept_answer(actor=question.author, comment=answer) == first
    second = services.accept_answer(actor=question.author, comment=other)

    assert list(Acceptance.objects.all()) == [second]
    assert last("feed.answer_unaccepted")["subject"] == ["acceptance", first.pk]
    assert RecordedEvent.objects.filter(name="feed.answer_accepted").count() == 2


def test_unaccept_answer_leaves_none(question, answer):
    services.accept_answer(actor=question.author, comment=answer)

    services.unaccept_answer(actor=question.author, comment=answer)
    services.unaccept_answer(actor=question.author, comment=answer)

    assert not Acceptance.objects.exists()
    assert RecordedEvent.objects.filter(name="feed.answer_unaccepted").count() == 1


@pytest.mark.parametrize("case", ["member", "answerer", "stranger", "message", "hidden", "frozen"])
def test_accept_answer_refuses_and_leaves_no_trace(case):
    question = PostFactory(question=case != "message", audience=AudienceFactory(is_frozen=case == "frozen"))
    answer = CommentFactory(post=question, is_hidden=case == "hidden", is_visible=case != "hidden")
    actor = {
        "member": lambda: joined(question.audience, PersonFactory()),
        "answerer": lambda: answer.author,
        "stranger": PersonFactory,
    }.get(case, lambda: question.author)()

    with pytest.raises(PermissionDenied):
        services.accept_answer(actor=actor, comment=answer)

    assert not Acceptance.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_only_one_acceptance_stands_in_the_database(question, answer):
    services.accept_answer(actor=question.author, comment=answer)

    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.create(post=question, comment=answer, audience=question.audience, accepted_by=question.author)


def test_mark_useful_with_a_reason_is_a_contribution_once(question, answer):
    person = joined(question.audience, PersonFactory())

    mark = services.mark_useful(person=person, thing=answer)
    assert "contribution" not in last("feed.marked_useful")
    again = services.mark_useful(person=person, thing=answer, reason=" finir \n plus tôt ")
    assert last("feed.marked_useful")["contribution"] == {
        "person_id": answer.author_id,
        "kind": "useful_mark",
        "act": ["useful_mark", mark.pk],
        "audience_id": question.audience_id,
        "on": clock.today().isoformat(),
        "helped_ids": [person.pk],
        "skills": [],
        "is_proposed": False,
    }
    services.mark_useful(person=person, thing=answer, reason="autre chose")
    assert "contribution" not in last("feed.marked_useful")

    assert (again.pk, again.reason) == (mark.pk, "finir plus tôt")
    assert Comment.objects.get().useful_count == UsefulMark.objects.count() == 1


def test_no_credit_for_a_mark_in_a_protected_place():
    post = PostFactory(audience=AudienceFactory(is_protected=True))

    services.mark_useful(person=joined(post.audience, PersonFactory()), thing=post, reason="finir")

    assert "contribution" not in last("feed.marked_useful")


def test_unmark_useful_takes_it_back(question):
    person = joined(question.audience, PersonFactory())
    mark = services.mark_useful(person=person, thing=question, reason="finir")

    services.unmark_useful(person=person, thing=question)
    services.unmark_useful(person=person, thing=question)

    assert not UsefulMark.objects.exists()
    assert Post.objects.get().useful_count == 0
    assert last("feed.mark_withdrawn") == {"actor_id": person.pk, "subject": ["useful_mark", mark.pk]}


@pytest.mark.parametrize("case", ["own", "stranger", "open reader", "frozen", "hidden"])
def test_mark_useful_refuses_and_leaves_no_trace(case):
    audience = AudienceFactory(open=case == "open reader", is_frozen=case == "frozen")
    post = PostFactory(audience=audience, hidden=case == "hidden")
    outside = {"own": lambda: post.author, "stranger": PersonFactory, "open reader": PersonFactory}
    person = outside[case]() if case in outside else joined(audience, PersonFactory())

    with pytest.raises(PermissionDenied):
        services.mark_useful(person=person, thing=post, reason="finir")

    assert not UsefulMark.objects.exists()
    assert not RecordedEvent.objects.exists()


def test_a_reason_has_a_limit(question):
    person = joined(question.audience, PersonFactory())

    services.mark_useful(person=person, thing=question, reason="x" * 280)
    with pytest.raises(ValidationError):
        services.mark_useful(person=person, thing=question, reason="x" * 281)


@pytest.mark.parametrize("seed", range(6))
def test_counts_and_what_hangs_on_a_post_stay_true(seed):
    """Whatever happens in whatever order, the counts and the flat columns say what the rows say."""
    chance = random.Random(seed)
    audience = AudienceFactory()
    host = joined(audience, PersonFactory(), "host")
    people = [joined(audience, PersonFactory()) for _ in range(4)]
    for _ in range(70):
        _act_at_random(chance, audience, host, people)
    for post in Post.objects.all():
        comments = Comment.objects.filter(post=post)
        assert post.comment_count == comments.filter(is_hidden=False, deleted_at=None).count()
        assert post.useful_count == UsefulMark.objects.filter(post=post).count()
        assert set(UsefulMark.objects.filter(post=post).values_list("is_visible", flat=True)) <= {post.is_visible}
        for comment in comments:
            is_visible = post.is_visible and not comment.is_hidden and not comment.is_deleted
            assert comment.is_visible == is_visible
            assert comment.useful_count == UsefulMark.objects.filter(comment=comment).count()
            for rows in (UsefulMark, Acceptance):
                assert set(rows.objects.filter(comment=comment).values_list("is_visible", flat=True)) <= {is_visible}


def _act_at_random(chance, audience, host, people):
    person = chance.choice([*people, host])
    posts, comments = list(Post.objects.order_by("pk")), list(Comment.objects.order_by("pk"))
    post, comment = chance.choice(posts or [None]), chance.choice(comments or [None])
    acts = [lambda: services.publish_post(author=person, audience=audience, body="Un", title="Q", kind="question")]
    if post:
        acts += [
            lambda: services.publish_comment(author=person, post=post, body="Deux"),
            lambda: services.mark_useful(person=person, thing=post, reason=chance.choice(["", "finir"])),
            lambda: services.unmark_useful(person=person, thing=post),
            lambda: services.hide_post(actor=host, post=post, article="insult", reason="Non"),
            lambda: services.show_post(actor=host, post=post),
            lambda: services.delete_post(actor=post.author, post=post) if chance.random() < 0.3 else None,
        ]
    if comment:
        acts += [
            lambda: services.mark_useful(person=person, thing=comment),
            lambda: services.unmark_useful(person=person, thing=comment),
            lambda: services.accept_answer(actor=host, comment=comment),
            lambda: services.unaccept_answer(actor=host, comment=comment),
            lambda: services.hide_comment(actor=host, comment=comment, article="insult", reason="Non"),
            lambda: services.show_comment(actor=host, comment=comment),
            lambda: services.delete_comment(actor=comment.author, comment=comment) if chance.random() < 0.4 else None,
        ]
    with contextlib.suppress(PermissionDenied, AlreadyHidden):
        chance.choice(acts)()
