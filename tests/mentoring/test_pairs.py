import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from mentoring import queries, rules
from mentoring.models import Goal, MentoringOffer, MentoringPair, MentoringRequest, Note, NotesKey, Session
from mentoring.services import pairs, writing
from mentoring.services.closing import end_running
from rse.core import clock
from rse.core.enums import Role
from rse.core.events import deliveries
from rse.core.events.bus import publish
from rse.core.events.happenings import PeopleArrived, PeopleLeft, PeopleMoved
from rse.core.models import Person, RecordedEvent
from rse.core.ops import retention
from rse.core.organisation.services.reporting import rebuild_reporting_lines
from rse.core.people.services.people import deactivate
from rse.core.people.services.roles import end_role
from rse.hris.events import PeopleImported
from rse.notify.models import Notification
from talent.models import HelpConfirmation, LedgerLine
from talent.services.ledger import keep_line
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import place_of, put_under
from tests.factories.mentoring import CANARY, ask, goal_in, note_in, pair_of, session_in
from tests.factories.talent import SkillFactory

pytestmark = pytest.mark.django_db


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def told(name):
    return [event.facets["recipient_ids"] for event in RecordedEvent.objects.filter(name=f"mentoring.{name}").order_by("pk")]


def lift(person):
    """Nobody stands above ``person`` any more."""
    position = place_of(person)
    position.reports_to = None
    position.save()
    rebuild_reporting_lines()


# The end


def test_pair_that_changed_since_it_was_read_goes_on_counting_its_versions():
    pair = pair_of()
    MentoringPair.objects.filter(pk=pair.pk).update(version=7)

    end_running(pair, told=[pair.mentor_id])

    assert fresh(pair).version == 8


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_either_side_ends_it_and_the_other_is_told_without_a_name(side):
    pair = pair_of()
    actor = getattr(pair, side)

    pairs.end_pair(actor=actor, pair=pair)
    pairs.end_pair(actor=actor, pair=pair)

    pair = fresh(pair)
    assert (pair.state, pair.seat, pair.ended_on) == ("ended", None, clock.today())
    assert told("pair_ended") == [[pair.other_than(actor).pk]]
    (notice,) = Notification.objects.filter(event="mentoring.pair_ended")
    assert (notice.actor, notice.recipient) == (None, pair.other_than(actor))


def test_nobody_else_ends_it():
    pair = pair_of()
    for person in (PersonFactory(role=Role.HR), PersonFactory(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            pairs.end_pair(actor=person, pair=pair)
    assert fresh(pair).state == "active"


def test_after_the_end_each_reads_what_they_wrote_and_nothing_else():
    pair = pair_of()
    goal_in(pair), session_in(pair)
    notes = {(side, kind): note_in(pair, getattr(pair, side), kind) for side in ("mentor", "mentee") for kind in ("mine", "ours")}
    pairs.end_pair(actor=pair.mentee, pair=pair)

    for side, other in (("mentor", "mentee"), ("mentee", "mentor")):
        reader = fresh(getattr(pair, side))
        assert set(Note.objects.visible_to(reader)) == {notes[side, "mine"], notes[side, "ours"]}
        assert not Goal.objects.visible_to(reader).exists()
        assert not Session.objects.visible_to(reader).exists()
        assert list(MentoringPair.objects.visible_to(reader)) == [pair]
        pieces = queries.pieces_of(reader, fresh(pair))
        assert [one["words"] for one in (*pieces["mine"], *pieces["ours"])] == [CANARY, CANARY]
        assert notes[other, "ours"] not in Note.objects.visible_to(reader)


def test_r33_everything_is_erased_three_months_after_the_end_with_the_key():
    ended, running = pair_of(), pair_of()
    for pair in (ended, running):
        goal_in(pair), session_in(pair), note_in(pair)
    pairs.end_pair(actor=ended.mentor, pair=ended)

    with clock.moved_to(clock.now() + datetime.timedelta(days=88)):
        assert retention.forget("mentoring.MentoringPair", "mentoring.MentoringRequest") == 0
    with clock.moved_to(clock.now() + datetime.timedelta(days=93)):
        assert retention.forget("mentoring.MentoringPair", "mentoring.MentoringRequest") == 1

    left = (MentoringPair, Goal, Session, Note, MentoringRequest, NotesKey)
    assert [model.objects.count() for model in left] == [1] * len(left)
    assert fresh(running).key is not None


def test_closed_request_is_erased_after_thirty_days_with_its_key():
    from mentoring.services.asking import decline_request

    request, waiting = ask(), ask()
    decline_request(mentor=request.mentor, request=request)

    with clock.moved_to(clock.now() + datetime.timedelta(days=31)):
        retention.forget("mentoring.MentoringPair", "mentoring.MentoringRequest")

    assert list(MentoringRequest.objects.all()) == [waiting]
    assert list(NotesKey.objects.all()) == [waiting.key]


# The line


@pytest.mark.parametrize("above", ["mentor", "mentee"])
def test_x04_pair_is_frozen_while_one_stands_above_the_other_and_goes_on_afterwards(above):
    pair = pair_of()
    below = pair.other_than(getattr(pair, above))
    assert pairs.settle_lines() == (0, 0)

    put_under(below, getattr(pair, above))
    assert pairs.settle_lines() == (1, 0)
    assert pairs.settle_lines() == (0, 0)
    assert (fresh(pair).state, fresh(pair).seat) == ("frozen", 1)

    lift(below)
    assert pairs.settle_lines() == (0, 1)
    assert fresh(pair).state == "active"
    both = [pair.mentor_id, pair.mentee_id]
    assert (told("pair_frozen"), told("pair_resumed")) == ([both], [both])


def test_x04_nothing_is_written_even_before_the_clock_s_job_has_run():
    pair = pair_of()
    goal, note = goal_in(pair), note_in(pair)
    put_under(pair.mentee, pair.mentor)
    pair = fresh(pair)

    for act in (
        lambda: writing.write_goal(author=pair.mentee, pair=pair, words="Un but"),
        lambda: writing.plan_session(author=pair.mentor, pair=pair, on=clock.today(), words="Un sujet"),
        lambda: writing.write_note(author=pair.mentee, pair=pair, kind="mine", words="Une note"),
        lambda: writing.tick_goal(actor=pair.mentee, goal=fresh(goal), is_done=True),
        lambda: writing.rewrite(actor=pair.mentee, piece=fresh(note), version=1, words="Autre chose"),
        lambda: writing.erase(actor=pair.mentee, piece=fresh(goal)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (Goal.objects.count(), Session.objects.count(), Note.objects.count(), fresh(goal).is_done) == (1, 0, 1, False)
    writing.erase(actor=pair.mentee, piece=fresh(note))  # one's own words are one's own
    assert not Note.objects.exists()


def test_frozen_pair_is_read_by_both():
    pair = pair_of()
    goal, note = goal_in(pair), note_in(pair, kind="ours")
    put_under(pair.mentee, pair.mentor)
    pairs.settle_lines()

    for reader in (pair.mentor, pair.mentee):
        assert (list(Goal.objects.visible_to(fresh(reader))), list(Note.objects.visible_to(fresh(reader)))) == ([goal], [note])
    assert not rules.can_write_in(pair.mentor, fresh(pair))


@pytest.mark.parametrize("happened", [PeopleImported(batch_id=1), PeopleArrived(), PeopleLeft(), PeopleMoved()])
def test_whatever_moves_the_lines_freezes_the_pair(happened):
    pair = pair_of()
    put_under(pair.mentee, pair.mentor)

    with transaction.atomic():
        publish(happened)
    deliveries.drain()
    assert fresh(pair).state == "frozen"


# Leaving


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_who_leaves_ends_the_pair_in_the_same_transaction(side):
    pair = pair_of()
    gone = getattr(pair, side)
    waiting = ask(mentor=gone) if side == "mentor" else ask(gone)

    deactivate(person_ids=[gone.pk])

    assert (fresh(pair).state, told("pair_ended")) == ("ended", [[pair.other_than(gone).pk]])
    assert fresh(waiting).state == ("closed" if side == "mentor" else "withdrawn")
    assert MentoringOffer.objects.get(mentor=pair.mentor).is_open is (side == "mentee")


def test_losing_a_role_ends_nothing():
    pair = pair_of()
    grant = RoleGrantFactory(person=pair.mentor, role=Role.EDITOR)

    end_role(ender=PersonFactory(role=Role.ADMINISTRATOR), grant=grant)

    assert fresh(pair).state == "active"
    assert MentoringOffer.objects.get().is_open


# The credit


def test_mentee_s_word_is_the_mentor_s_alone_until_kept_and_names_nobody():
    pair, skill, colleague = pair_of(days=14), SkillFactory(), PersonFactory()

    pairs.confirm_mentor(mentee=pair.mentee, pair=pair, skills=[skill])
    pairs.confirm_mentor(mentee=pair.mentee, pair=pair, skills=[])

    line = LedgerLine.objects.get()
    assert (line.person, line.kind, line.is_kept, list(line.skills.all())) == (pair.mentor, "mentoring", False, [skill])
    assert not line.helped.exists()
    assert not LedgerLine.objects.visible_to(colleague).exists()
    keep_line(person=pair.mentor, line=line)
    assert list(LedgerLine.objects.visible_to(colleague)) == [line]


def test_mentee_takes_it_back_and_the_line_falls():
    from talent.queries import lines_for

    pair = pair_of(days=14)
    pairs.confirm_mentor(mentee=pair.mentee, pair=pair)
    keep_line(person=pair.mentor, line=LedgerLine.objects.get())
    assert len(lines_for(PersonFactory(), pair.mentor)) == 1

    pairs.withdraw_confirmation(mentee=pair.mentee, pair=pair)
    pairs.withdraw_confirmation(mentee=pair.mentee, pair=pair)

    assert not HelpConfirmation.objects.exists()
    assert lines_for(PersonFactory(), pair.mentor) == []


def test_mentor_does_not_confirm_themselves_nor_does_anybody_else():
    pair = pair_of(days=14)
    ended = pair_of(ended=True, days=14)
    for person, one in ((pair.mentor, pair), (PersonFactory(role=Role.HR), pair), (ended.mentee, ended)):
        with pytest.raises(PermissionDenied):
            pairs.confirm_mentor(mentee=person, pair=one)
    with pytest.raises(PermissionDenied):
        pairs.withdraw_confirmation(mentee=pair.mentor, pair=pair)
    assert not HelpConfirmation.objects.exists()


@pytest.mark.parametrize(
    ("days", "session", "may"),
    [(0, None, False), (0, 0, False), (13, None, False), (13, 3, False), (1, -1, True), (5, -9, False), (14, None, True)],
)
def test_help_is_confirmed_once_it_can_have_been_given(days, session, may):
    """From the day after a session of this pair, or two weeks after its beginning; a day to come or before the pair is no session."""
    pair = pair_of(days=days)
    if session is not None:
        session_in(pair, author=pair.mentee, days=session)

    if may:
        assert pairs.confirm_mentor(mentee=pair.mentee, pair=pair).person == pair.mentor
    else:
        with pytest.raises(PermissionDenied):
            pairs.confirm_mentor(mentee=pair.mentee, pair=pair)


# What HR counts


def test_figures_of_hr_select_no_name_and_no_word():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pair = pair_of()
    goal_in(pair), note_in(pair), session_in(pair)
    hr = Person.objects.get(pk=PersonFactory(role=Role.HR).pk)

    with CaptureQueriesContext(connection) as asked:
        queries.pairs_counted(hr)

    said = " ".join(one["sql"] for one in asked.captured_queries)
    words = ("mentoring_goal", "mentoring_note", "mentoring_mentoringrequest", '"words"', "last_name")
    assert [word for word in words if word in said] == []
