"""What reaches people when the delivery comes after the commit, on another connection: it asks the readers again, once, in any order."""

import datetime
import itertools

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from communities.services import remove_member
from mobility.services.applications import Content, send_application
from mobility.services.handling import tell_of_yesterday
from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries
from rse.core.models import Delivery, RecordedEvent
from rse.core.people.services.roles import end_role
from rse.feed import services as feed
from rse.feed.models import Post
from rse.governance.services.reports import report_thing
from rse.notify.models import Notification
from search.models import SearchDocument
from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory
from tests.factories.core import RoleGrantFactory, put_under
from tests.factories.feed import joined
from tests.factories.mobility import OpeningFactory

from .conftest import apart, in_a_thread

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
both = pytest.mark.parametrize("work", [in_a_thread, apart], indirect=True, ids=["in a thread", "in a process"])
LETTER = Content(letter="x", availability="now", site_answer="talk")


def told(event):
    return set(Notification.objects.filter(event=event).values_list("recipient", flat=True))


@pytest.fixture
def place():
    """A closed community: its owner, and two members."""
    owner, author, member = PersonFactory(), PersonFactory(), PersonFactory()
    community = CommunityFactory(closed=True, owners=[owner], members=[author, member])
    return {"owner": owner, "author": author, "member": member, "community": community, "audience": community.audience}


def test_nothing_is_told_before_the_work_is_done_and_everything_after(work, place):
    post = feed.publish_post(author=place["author"], audience=place["audience"], body="Une question")
    feed.publish_comment(author=place["member"], post=post, body="Une réponse")
    assert not Notification.objects.exists()
    assert not SearchDocument.objects.filter(kind="post").exists()

    work()

    assert told("feed.comment_published") == {place["author"].pk}
    assert SearchDocument.objects.filter(kind="post", object_id=post.pk).exists()


def test_a_change_that_is_undone_leaves_nothing_to_do(work, place):
    with transaction.atomic():
        feed.publish_post(author=place["author"], audience=place["audience"], body=f"@{place['member'].handle}")
        transaction.set_rollback(True)

    work()

    assert [model for model in (Post, RecordedEvent, Delivery, DBTaskResult, Notification) if model.objects.exists()] == []


@both
def test_t01_who_was_removed_between_the_act_and_its_delivery_is_not_told(work, place):
    other = joined(place["audience"], PersonFactory())
    body = f"@{place['member'].handle} @{other.handle}"
    feed.publish_post(author=place["author"], audience=place["audience"], body=body)
    remove_member(actor=place["owner"], community=place["community"], person=place["member"])

    work()

    assert told("feed.post_published") == {other.pk}


@both
def test_x01_handler_who_comes_into_the_line_before_the_delivery_is_not_told(work):
    applicant, recruiter = PersonFactory(), PersonFactory(role=Role.RECRUITER)
    RoleGrantFactory(role=Role.HR_HEAD)
    with clock.moved_to(clock.now() - datetime.timedelta(days=1)):
        row = send_application(applicant=applicant, opening=OpeningFactory(team=[recruiter]), version=0, content=LETTER)
    assert row.handler_id == recruiter.pk
    tell_of_yesterday()
    put_under(applicant, recruiter)

    work()

    assert recruiter.pk not in told("mobility.day_of_applications")


def test_whoever_handles_an_application_is_told_once_the_next_morning(work):
    applicant, recruiter = PersonFactory(), PersonFactory(role=Role.RECRUITER)
    with clock.moved_to(clock.now() - datetime.timedelta(days=1)):
        send_application(applicant=applicant, opening=OpeningFactory(team=[recruiter]), version=0, content=LETTER)

    work()
    assert told("mobility.day_of_applications") == set()
    tell_of_yesterday()
    work()

    assert told("mobility.day_of_applications") == {recruiter.pk}


@both
def test_handler_of_reports_whose_role_ends_before_the_delivery_is_not_told(work):
    staying, going, administrator = (PersonFactory() for _ in range(3))
    grants = [RoleGrantFactory(person=person, role=Role.HANDLER) for person in (staying, going)]
    RoleGrantFactory(person=administrator, role=Role.ADMINISTRATOR)
    report_thing(reporter=PersonFactory(), kind="person", row_id=PersonFactory().pk, category="content")
    end_role(ender=administrator, grant=grants[1])

    work()

    names = set(RecordedEvent.objects.filter(facets__subject__0="report").values_list("name", flat=True))
    assert {one for name in names for one in told(name)} == {staying.pk}


def everything():
    """What deliveries have written."""
    notices = Notification.objects.values_list("event", "recipient", "kind", "row_id")
    documents = SearchDocument.objects.values_list("kind", "object_id", "seal")
    return sorted(notices), sorted(documents)


def test_what_is_delivered_again_is_told_once(work, place):
    post = feed.publish_post(author=place["author"], audience=place["audience"], body=f"@{place['member'].handle}")
    feed.publish_comment(author=place["member"], post=post, body="Une réponse")
    work()
    before = everything()

    Delivery.objects.update(state="pending", attempts=0)
    deliveries.drain()

    assert before[0]
    assert everything() == before
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


def test_the_order_of_deliveries_changes_nothing(transactional_db, place):
    with deliveries.held():
        post = feed.publish_post(author=place["author"], audience=place["audience"], body=f"@{place['member'].handle}")
        comment = feed.publish_comment(author=place["member"], post=post, body="Une réponse")
        feed.edit_comment(editor=place["member"], comment=comment, version=comment.version, body=f"Autre @{place['owner'].handle}")
        gone = feed.publish_comment(author=place["owner"], post=post, body="Reprise")
        feed.delete_comment(actor=place["owner"], comment=gone)
    rows = list(Delivery.objects.order_by("pk").values_list("pk", flat=True))
    ends = []
    for order in (rows, rows[::-1], rows[1::2] + rows[::2]):
        Notification.objects.all().delete()
        SearchDocument.objects.all().delete()
        Delivery.objects.update(state="pending", attempts=0)
        assert all(deliveries.attempt(pk) for pk in order)
        ends.append(everything())

    assert ends[0][0]
    assert ends[0][1]
    assert [one for one, _same in itertools.groupby(ends)] == ends[:1]
    assert told("feed.comment_published") == {place["author"].pk}
