"""What ends: rights with whoever leaves, handlers with every change of the line, content with time."""

import datetime

import pytest

from mobility.models import Application, ApplicationLine, ApplicationSkill, Bookmark, OpeningMember, OpeningSkill, StageChange
from mobility.services.assignment import settle
from mobility.services.endings import follow_merged_skill
from mobility.services.openings import remove_member
from rse.core import clock
from rse.core.enums import Role
from rse.core.events import schedule
from rse.core.events.bus import publish
from rse.core.events.happenings import PeopleMoved
from rse.core.models import RoleGrant
from rse.core.ops import retention
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import end_role
from rse.hris.events import PeopleImported
from rse.notify.models import Notification
from talent.services.skills import merge_skills
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mobility import LETTER, ApplicationFactory, BookmarkFactory, OpeningFactory
from tests.factories.talent import LedgerLineFactory, SkillFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return PersonFactory(role=Role.HR)


def test_who_leaves_applies_and_recruits_no_longer(opening, recruiter, hr):
    draft = ApplicationFactory(applicant=recruiter, state="draft")
    sent, ended = ApplicationFactory(applicant=recruiter, handler=hr), ApplicationFactory(applicant=recruiter, state="refused")
    handled = ApplicationFactory(opening=opening, handler=recruiter)
    BookmarkFactory(person=recruiter)

    deactivate(person_ids=[recruiter.pk])

    assert set(Application.objects.filter(applicant=recruiter).values_list("pk", "state")) == {
        (sent.pk, "withdrawn"),
        (ended.pk, "refused"),
    }
    assert Application.objects.get(pk=sent.pk).letter == ""
    assert draft.pk not in set(Application.objects.values_list("pk", flat=True))
    assert Application.objects.get(pk=handled.pk).handler == hr
    assert not OpeningMember.objects.current().filter(person=recruiter).exists()
    assert not Bookmark.objects.exists()


def test_who_loses_a_role_or_a_team_hands_over_what_they_handled_and_keeps_what_they_sent(opening, recruiter, hr):
    other = PersonFactory(role=Role.HR)
    handled, own = ApplicationFactory(opening=opening, handler=hr), ApplicationFactory(applicant=hr)

    end_role(ender=PersonFactory(role=Role.ADMINISTRATOR), grant=RoleGrant.objects.get(person=hr))
    assert Application.objects.get(pk=handled.pk).handler == recruiter
    remove_member(actor=other, opening=opening, person=recruiter)

    assert Application.objects.get(pk=handled.pk).handler == other
    assert Application.objects.get(pk=own.pk).state == "submitted"


@pytest.mark.parametrize("way", ["file", "moved", "hour"])
def test_x10_line_that_changes_moves_the_handler_and_forgets_the_manager_without_a_word(opening, recruiter, hr, way):
    manager = PersonFactory()
    applicant = PersonFactory(manager=manager)
    row = ApplicationFactory(opening=opening, applicant=applicant, handler=recruiter, informed_manager=manager)

    put_under(applicant, recruiter)
    if way == "file":
        publish(PeopleImported(batch_id=1))
    elif way == "moved":
        publish(PeopleMoved(person_ids=(applicant.pk,)))
    else:
        schedule.JOBS["settle who handles applications"].run()

    row.refresh_from_db()
    assert (row.handler, row.informed_manager) == (hr, None)
    assert not Notification.objects.exists()


def test_nothing_moves_while_the_handler_stands_outside(opening, recruiter, hr):
    ApplicationFactory(opening=opening, handler=recruiter)

    assert settle() == 0
    assert Application.objects.get().handler == recruiter


def test_settling_costs_the_same_for_one_and_for_three(opening, recruiter, django_assert_num_queries):
    ApplicationFactory(opening=opening, handler=recruiter)
    with django_assert_num_queries(6):
        settle()
    ApplicationFactory.create_batch(2, opening=opening, handler=recruiter)
    with django_assert_num_queries(6):
        settle()


def year_ago(days):
    today = clock.today()
    day = today.replace(year=today.year - 1) - datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)


@pytest.mark.parametrize("state", ["submitted", "interview", "refused", "withdrawn"])
def test_retention_content_goes_a_day_after_twelve_months_and_the_row_is_nobodys(opening, state):
    rows = [ApplicationFactory(opening=opening, state=state, stage_at=year_ago(days)) for days in (-1, 0, 1)]
    for row in rows:
        ApplicationLine.objects.create(application=row, line=LedgerLineFactory(person=row.applicant))
        ApplicationSkill.objects.create(application=row, skill=SkillFactory())

    assert retention.forget("mobility.Application") == 1

    gone = Application.objects.get(pk=rows[2].pk)
    assert (gone.applicant, gone.handler, gone.letter, gone.reason, gone.state) == (None, None, "", "", state)
    assert not gone.lines.exists()
    assert not gone.skills.exists()
    assert not StageChange.objects.filter(application=gone).exists()
    letter = "" if state == "withdrawn" else LETTER
    assert set(Application.objects.exclude(applicant=None).values_list("pk", "letter")) == {(row.pk, letter) for row in rows[:2]}
    assert retention.forget("mobility.Application") == 0


def test_retention_draft_goes_and_what_was_accepted_stays_until_twenty_four_months(opening):
    ApplicationFactory(opening=opening, state="draft", stage_at=year_ago(1))
    accepted = ApplicationFactory(opening=opening, state="accepted", stage_at=year_ago(1))
    ApplicationFactory(opening=opening, state="accepted", stage_at=year_ago(370))
    ApplicationFactory(opening=opening, state="refused", stage_at=year_ago(370))

    retention.forget("mobility.Application")

    assert list(Application.objects.values_list("pk", "letter")) == [(accepted.pk, LETTER)]


def test_erased_row_is_read_by_nobody(opening, recruiter, hr):
    ApplicationFactory(opening=opening, state="refused", stage_at=year_ago(1))
    retention.forget("mobility.Application")

    assert not any(Application.objects.visible_to(person).exists() for person in (recruiter, hr))


def test_merged_skill_is_followed_once(opening):
    source, into = SkillFactory.create_batch(2)
    other = OpeningFactory(needed=[source, into])
    OpeningSkill.objects.create(opening=opening, skill=source)
    application = ApplicationFactory(opening=opening)
    ApplicationSkill.objects.create(application=application, skill=source)

    merge_skills(actor=PersonFactory(role=Role.HR), source=source, into=into)
    follow_merged_skill(source_id=source.pk, into_id=into.pk)

    assert set(OpeningSkill.objects.values_list("opening", "skill")) == {(opening.pk, into.pk), (other.pk, into.pk)}
    assert list(ApplicationSkill.objects.values_list("skill", flat=True)) == [into.pk]
