"""One act rings once: what it tells by several events is told by the last of them, whatever order they arrive in."""

import datetime

import pytest

from rse.core import clock
from rse.core.enums import DeliveryState
from rse.core.events import acts, deliveries
from rse.core.models import Delivery, RecordedEvent
from rse.feed.services import answers, comments, marks
from rse.identity.services import passwords
from rse.notify.models import Notification
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.feed import PostFactory
from tests.factories.mentoring import ask
from tests.identity.doors import give_second_factor

pytestmark = pytest.mark.django_db


def told_of(person):
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("event", flat=True))


def question_of(asker, answerer, **flags):
    audience = AudienceFactory(members=[asker, answerer], **flags)
    question = PostFactory(author=asker, audience=audience, kind="question", title="Où ?")
    return comments.publish_comment(author=answerer, post=question, body=f"@{asker.handle}, au quai 3.")


@pytest.mark.parametrize("is_late", [False, True])
def test_accepted_answer_that_is_a_contribution_rings_once(is_late):
    asker, answerer = PersonFactory.create_batch(2)
    comment = question_of(asker, answerer)
    assert told_of(asker) == ["feed.comment_published"]  # an answer that names the asker too
    with deliveries.held():
        answers.accept_answer(actor=asker, comment=comment)
        if is_late:  # what is told of the acceptance comes after what followed from it
            late = Delivery.objects.filter(subscriber="notify.tell", state=DeliveryState.PENDING)
            late.update(due_at=clock.now() + datetime.timedelta(hours=1))
        deliveries.drain()
    with clock.moved_to(clock.now() + datetime.timedelta(hours=2)):
        deliveries.drain()
    assert told_of(answerer) == ["talent.line_added"]
    assert not Delivery.objects.exclude(state=DeliveryState.DONE).exists()


def test_accepted_answer_that_is_no_contribution_rings_once_as_well():
    asker, answerer = PersonFactory.create_batch(2)
    answers.accept_answer(actor=asker, comment=question_of(asker, answerer, is_protected=True))
    assert told_of(answerer) == ["feed.answer_accepted"]


def test_two_acts_ring_twice():
    asker, answerer = PersonFactory.create_batch(2)
    comment = question_of(asker, answerer)
    answers.accept_answer(actor=asker, comment=comment)
    marks.mark_useful(person=asker, thing=comment, reason="Trouver le quai.")
    assert told_of(answerer) == ["talent.line_added", "talent.line_added"]


def test_events_of_one_act_and_one_name_are_several_things():
    member, author = PersonFactory.create_batch(2)
    audience = AudienceFactory(members=[member, author])
    with acts.one_act():
        for post in PostFactory.create_batch(2, author=member, audience=audience):
            comments.publish_comment(author=author, post=post, body="Oui.")
    assert told_of(member) == ["feed.comment_published"] * 2


def test_what_a_job_does_to_many_is_nobodys_act():
    event = RecordedEvent(pk=5, name="x", facets={})
    with acts.one_act(), acts.following(event):
        assert acts.present() is None
    with acts.following(RecordedEvent(pk=6, name="x", facets={"actor_id": 1})):
        assert acts.present().first_id == 6


def renew(person):
    passwords.reset_password(person=person, password="seven quiet lanterns on the hill")


def forget(person):
    passwords.forget_second_factor(person=person)


@pytest.mark.parametrize("act", [renew, forget])
@pytest.mark.parametrize("has_words", [True, False])
def test_account_opened_by_another_way_rings_once(act, has_words):
    person = PersonFactory()
    give_second_factor(person)
    if has_words:
        ask(mentee=person)
    act(person)
    (told,) = told_of(person)
    assert (told == "mentoring.words_sealed") is has_words
