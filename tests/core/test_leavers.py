"""Thirty days after a leaving nothing of the person is left, and what others rely on stands under no name."""

import datetime

import pytest
from django.db.models import CharField, JSONField, TextField

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.events import deliveries
from rse.core.models import GivenAddress, Person, RecordedEvent
from rse.core.ops import retention
from rse.core.people.services.people import deactivate
from rse.feed.models import Acceptance, Comment, Post
from rse.feed.services import accept_answer
from rse.governance.models import AccessLogEntry
from rse.governance.services.access_log import log_access, verify_chain
from talent.models import LedgerLine
from tests.factories import PersonFactory
from tests.factories.feed import CommentFactory, PostFactory, everyone
from tests.factories.talent import LedgerLineFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
CANARY = "Canarelle"
FORMER = "Une personne qui a quitté l’entreprise"


def leaver(**values):
    person = PersonFactory(
        first_name=CANARY,
        last_name=CANARY,
        email=f"{CANARY.lower()}@company.example",
        private_email=f"{CANARY}@home.example",
        employee_number=CANARY,
        handle=CANARY.lower(),
        title=CANARY,
        about=CANARY,
        work_phone=CANARY,
        languages=[CANARY],
        hired_on=clock.today() - 400 * DAY,
        **values,
    )
    GivenAddress.objects.create(kind="person", address=person.handle, row_id=person.pk)
    return person


def later(days=32):
    with clock.moved_to(clock.now() + days * DAY):
        retention.forget()


def said_of(person):
    row = Person.objects.get(pk=person.pk)
    columns = [one for one in Person._meta.concrete_fields if isinstance(one, CharField | TextField | JSONField)]
    return " ".join(str(getattr(row, one.attname)) for one in columns).lower()


def test_nothing_of_who_left_is_left_in_their_row():
    person = leaver()
    deactivate(person_ids=[person.pk])
    later(29)
    assert CANARY.lower() in said_of(person)

    later()

    row = Person.objects.get(pk=person.pk)
    assert CANARY.lower() not in said_of(person)
    assert (row.employee_number, row.email, row.unit, row.site, row.family, row.trial_ends_on) == (None,) * 6
    assert (row.hired_on, row.leaves_on) == (clock.today().replace(month=1, day=1),) * 2
    assert row.state == PersonState.LEFT
    assert row.name == FORMER
    assert not row.has_usable_password()
    assert not GivenAddress.objects.filter(address=CANARY.lower()).exists()


def test_nobody_who_is_here_loses_anything():
    person = leaver()
    later(4000)
    assert CANARY.lower() in said_of(person)


def test_row_is_emptied_once_and_tells_the_search(django_assert_num_queries):
    person = leaver()
    deactivate(person_ids=[person.pk])
    later()
    version = Person.objects.get(pk=person.pk).version
    later()
    assert Person.objects.get(pk=person.pk).version == version
    assert RecordedEvent.objects.filter(name="core.people_renamed").count() == 1


def test_answer_and_contribution_of_others_stand_without_the_name(signed_in):
    author, asker = leaver(), PersonFactory()
    post = PostFactory(author=asker, audience=everyone(), kind="question", title="Qui sait ?")
    answer = CommentFactory(author=author, post=post, audience=post.audience, body="Voici comment.")
    accept_answer(actor=asker, comment=answer)
    line = LedgerLineFactory(person=asker, helped=[author.pk])
    own = LedgerLineFactory(person=author)
    deliveries.drain()
    deactivate(person_ids=[author.pk])
    later()
    deliveries.drain()

    assert (Post.objects.count(), Comment.objects.get().body, Acceptance.objects.count()) == (1, "Voici comment.", 1)
    assert LedgerLine.objects.filter(pk=line.pk).exists()
    assert not LedgerLine.objects.filter(pk=own.pk).exists()
    page = signed_in(asker).get(post.get_absolute_url()).content.decode()
    assert "Voici comment." in page
    assert CANARY not in page


def test_cut_by_hand_stays_known_to_the_file_of_hr():
    person = leaver()
    deactivate(person_ids=[person.pk])
    Person.objects.filter(pk=person.pk).update(is_cut=True)
    later()

    row = Person.objects.get(pk=person.pk)
    assert (row.employee_number, row.hired_on, row.leaves_on) == (CANARY, person.hired_on, clock.today())
    assert row.first_name == row.last_name == row.about == ""
    later(1200)
    row = Person.objects.get(pk=person.pk)
    assert (row.employee_number, row.is_cut) == (None, True)


def test_log_of_openings_is_whole_and_shows_no_name_of_who_left():
    reader, subject = leaver(role=Role.HR), PersonFactory()
    log_access(reader=reader, opened={("person", subject.pk): [subject.pk]}, purpose="profile")
    deactivate(person_ids=[reader.pk])
    later()

    assert verify_chain().first_broken is None
    assert AccessLogEntry.objects.get().reader.name == FORMER
