"""Each step by a person of the team or of HR, a decision never without its reason, and a mission confirmed once it is over."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from mobility.enums import LONGEST_REASON, OUTCOMES, STEPS, ApplicationState
from mobility.models import Application, ApplicationLine, OpeningMember, StageChange
from mobility.services import handling
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person
from rse.core.people.private_words import PrivateWord
from rse.core.versions import EditedMeanwhile
from rse.notify.models import Notification
from talent.models import HelpConfirmation, LedgerLine
from talent.queries import proposed_lines
from tests.factories import PersonFactory
from tests.factories.mobility import ApplicationFactory, OpeningFactory
from tests.factories.talent import LedgerLineFactory, SkillFactory

pytestmark = pytest.mark.django_db
WHY = {"reason": "Une autre expérience du terrain.", "alternatives": "Une formation, puis la prochaine offre."}


def in_state(opening, state, **values):
    return ApplicationFactory(opening=opening, state=state, **values)


def move(actor, application, state, **said):
    return handling.move_application(actor=actor, application=application, version=application.version, state=state, **said)


def decide(actor, application, outcome="refused", **said):
    return handling.decide_application(actor=actor, application=application, version=application.version, outcome=outcome, **(WHY | said))


@pytest.mark.parametrize("state", ApplicationState.values)
@pytest.mark.parametrize("wanted", ApplicationState.values)
def test_r25_there_is_no_step_but_those_of_the_table(opening, recruiter, state, wanted):
    application = in_state(opening, state)

    if wanted in STEPS.get(state, ()):
        assert move(recruiter, application, wanted).state == wanted
    else:
        with pytest.raises(PermissionDenied):
            move(recruiter, application, wanted)
        assert Application.objects.get().state == state


@pytest.mark.parametrize("text", ["reason", "alternatives"])
def test_words_of_a_decision_are_short_whoever_calls(opening, recruiter, text):
    application = in_state(opening, "in_review")

    with pytest.raises(ValidationError) as wrong:
        decide(recruiter, application, **{text: "é" * (LONGEST_REASON + 1)})

    assert list(wrong.value.message_dict) == [text]
    assert Application.objects.get().state == "in_review"
    assert decide(recruiter, application, **{text: "é" * LONGEST_REASON}).state == "refused"


@pytest.mark.parametrize("state", ApplicationState.values)
@pytest.mark.parametrize("wanted", ApplicationState.values)
def test_r25_there_is_no_decision_but_those_of_the_table(opening, recruiter, state, wanted):
    application = in_state(opening, state)

    if wanted in OUTCOMES.get(state, ()):
        assert decide(recruiter, application, wanted).state == wanted
    else:
        with pytest.raises(PermissionDenied):
            decide(recruiter, application, wanted)
        assert (Application.objects.get().state, Application.objects.get().reason) == (state, application.reason)


def test_step_is_noted_and_the_applicant_told(opening, recruiter):
    application = in_state(opening, "in_review")
    day = clock.today() + datetime.timedelta(days=6)

    move(recruiter, application, "interview", due_on=day)

    assert list(StageChange.objects.filter(state="interview").values_list("by", "due_on")) == [(recruiter.pk, day)]
    assert list(Notification.objects.values_list("recipient", "event")) == [(application.applicant_id, "mobility.application_moved")]


def test_only_those_who_handle_it_move_and_decide(opening):
    above = PersonFactory(role=Role.HR)
    OpeningMember.objects.create(opening=opening, person=above, role="hiring")
    applicant = PersonFactory(manager=above)
    application = in_state(opening, "submitted", applicant=applicant, informed_manager=above)
    rival = in_state(opening, "submitted", applicant=PersonFactory(role=Role.HR)).applicant
    strangers = [applicant, above, rival, PersonFactory(), PersonFactory(role=Role.RECRUITER), PersonFactory(role=Role.HR_HEAD)]

    for person in (Person.objects.get(pk=one.pk) for one in strangers):
        with pytest.raises(PermissionDenied):
            move(person, application, "in_review")
        with pytest.raises(PermissionDenied):
            decide(person, application)
    assert Application.objects.get(pk=application.pk).state == "submitted"
    assert not Notification.objects.exists()
    assert move(PersonFactory(role=Role.HR), application, "in_review").state == "in_review"


@pytest.mark.parametrize("missing", ["reason", "alternatives"])
def test_r25_no_refusal_without_its_record(opening, recruiter, missing):
    application = in_state(opening, "in_review")

    with pytest.raises(handling.ReasonMissing):
        decide(recruiter, application, **{missing: "  "})
    assert Application.objects.get().state == "in_review"
    assert not Notification.objects.exists()
    for state in ("refused", "offer", "accepted"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.update(state=state)


def test_r25_record_says_who_why_on_what_and_what_else(opening, recruiter):
    application = in_state(opening, "interview")
    lines = LedgerLineFactory.create_batch(2, person=application.applicant)
    ApplicationLine.objects.bulk_create(ApplicationLine(application=application, line=line) for line in lines)

    decide(recruiter, application, line_ids=[lines[0].pk, 999])

    row = Application.objects.get()
    assert (row.state, row.decided_by, row.reason, row.alternatives) == ("refused", recruiter, *WHY.values())
    assert list(ApplicationLine.objects.filter(is_considered=True).values_list("line", flat=True)) == [lines[0].pk]


def test_reason_does_not_speak_of_private_life(opening, recruiter):
    with pytest.raises(PrivateWord):
        decide(recruiter, in_state(opening, "in_review"), reason="Elle est enceinte.")
    assert Application.objects.get().state == "in_review"


def test_two_who_move_at_once_the_second_is_told(opening, recruiter):
    application = in_state(opening, "submitted")
    read_before = Application.objects.get()
    move(recruiter, application, "in_review")

    with pytest.raises(EditedMeanwhile):
        move(recruiter, read_before, "in_review")
    with pytest.raises(EditedMeanwhile):
        decide(recruiter, read_before)
    assert StageChange.objects.filter(state="in_review").count() == 1


def over():
    return clock.today() - datetime.timedelta(weeks=9)


def test_mission_that_is_over_is_confirmed_once_and_proposed(recruiter):
    skill = SkillFactory()
    opening = OpeningFactory(mission=True, team=[recruiter], starts_on=over(), needed=[skill])
    application = in_state(opening, "accepted")

    for _ in range(2):
        handling.confirm_mission(actor=recruiter, application=application)

    assert list(HelpConfirmation.objects.values_list("kind", "source_kind", "source_id")) == [("mission", "opening", opening.pk)]
    line = LedgerLine.objects.get()
    assert (line.person, line.kind, line.is_kept) == (application.applicant, "mission", False)
    assert [shown.skills for shown in proposed_lines(application.applicant)] == [(skill,)]


@pytest.mark.parametrize(
    ("opening_values", "state"),
    [
        ({"mission": True, "starts_on": clock.today()}, "accepted"),
        ({"mission": True, "starts_on": over()}, "offer"),
        ({"starts_on": over()}, "accepted"),
    ],
)
def test_mission_that_is_not_over_or_not_accepted_is_not_confirmed(recruiter, opening_values, state):
    application = in_state(OpeningFactory(team=[recruiter], **opening_values), state)

    with pytest.raises(PermissionDenied):
        handling.confirm_mission(actor=recruiter, application=application)
    assert not HelpConfirmation.objects.exists()


def test_mission_is_not_confirmed_by_who_carried_it_out_nor_their_line(recruiter):
    opening = OpeningFactory(mission=True, team=[recruiter], starts_on=over())
    applicant = PersonFactory(manager=recruiter)
    application = in_state(opening, "accepted", applicant=applicant)

    for person in (applicant, recruiter):
        with pytest.raises(PermissionDenied):
            handling.confirm_mission(actor=person, application=application)
