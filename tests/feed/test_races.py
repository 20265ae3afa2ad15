"""Many at once: what is once stays once, on a database where transactions really run side by side."""

import pytest

from rse.feed import services
from rse.feed.models import Acceptance, Comment, Post, UsefulMark
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, joined
from tests.races import only_where_transactions_meet, side_by_side

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, only_where_transactions_meet]


def test_fifty_marks_of_one_person_are_one():
    post = PostFactory()
    person = joined(post.audience, PersonFactory())

    raised = side_by_side(50, lambda n: services.mark_useful(person=person, thing=post, reason="finir"))

    assert raised == []
    assert UsefulMark.objects.count() == Post.objects.get().useful_count == 1


def test_marks_of_many_are_all_counted():
    post = PostFactory()
    people = [joined(post.audience, PersonFactory()) for _ in range(12)]

    raised = side_by_side(12, lambda n: services.mark_useful(person=people[n], thing=post))

    assert raised == []
    assert UsefulMark.objects.count() == Post.objects.get().useful_count == 12


def test_one_form_sent_from_many_windows_posts_once():
    person = PersonFactory()
    audience = AudienceFactory(members=[person])

    raised = side_by_side(12, lambda n: services.publish_post(author=person, audience=audience, body="Bonjour", key="k"))

    assert raised == []
    assert Post.objects.count() == 1


def test_two_hosts_accept_two_answers_and_one_stands():
    post = PostFactory(question=True)
    answers = [CommentFactory(post=post) for _ in range(8)]

    raised = side_by_side(8, lambda n: services.accept_answer(actor=post.author, comment=answers[n]))

    assert raised == []
    assert Acceptance.objects.count() == 1


def test_what_is_answered_while_the_post_is_deleted_is_not_left_visible():

    post = PostFactory()
    people = [joined(post.audience, PersonFactory()) for _ in range(8)]

    def act(number):
        if number == 4:
            services.delete_post(actor=post.author, post=post)
        else:
            services.publish_comment(author=people[number], post=post, body="Oui.")

    raised = side_by_side(8, act)

    assert set(raised) <= {"PermissionDenied"}
    assert not Comment.objects.filter(is_visible=True).exists()
