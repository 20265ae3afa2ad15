"""What an applicant does: each works, refuses, and leaves no trace when it refuses."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from mobility import queries
from mobility.enums import ApplicationState
from mobility.models import Application, ApplicationLine, ApplicationSkill, Opening, OpeningMember, StageChange
from mobility.services import applications
from mobility.services.applications import Content
from mobility.services.assignment import settle
from mobility.services.handling import tell_of_yesterday
from mobility.services.invariants import without_handler
from rse.core import clock
from rse.core.enums import Role
from rse.core.models import Person, RecordedEvent
from rse.core.versions import EditedMeanwhile
from rse.notify.models import Notification
from tests.factories import PersonFactory
from tests.factories.core import put_under
from tests.factories.mobility import LETTER, ApplicationFactory, OpeningFactory
from tests.factories.talent import DeclaredSkillFactory, LedgerLineFactory
from tests.secrecy.crawling import PER_REQUEST, undone

pytestmark = pytest.mark.django_db
SAID = Content(letter=LETTER, availability="now", site_answer="move")


def send(applicant, opening, content=SAID, version=0):
    return applications.send_application(applicant=applicant, opening=opening, version=version, content=content)


def nothing_was_written():
    return not (Application.objects.exists() or StageChange.objects.exists() or RecordedEvent.objects.exists())


def test_sent_once_with_its_handler_its_first_step_and_no_notice_at_that_moment(applicant, opening, recruiter):
    application = send(applicant, opening)

    assert (application.state, application.handler, application.unit) == (ApplicationState.SUBMITTED, recruiter, opening.unit)
    assert list(StageChange.objects.values_list("state", "by")) == [("submitted", applicant.pk)]
    assert not Notification.objects.exists()


def test_draft_is_kept_changed_and_sent(applicant, opening):
    first = applications.save_draft(applicant=applicant, opening=opening, version=0, content=Content(letter="Un"))
    again = applications.save_draft(applicant=applicant, opening=opening, version=0, content=Content(letter="Un"))
    second = applications.save_draft(applicant=applicant, opening=opening, version=1, content=Content(letter="Deux"))

    assert (first, again.version, second.version, second.letter) == (second, 1, 2, "Deux")
    assert send(applicant, opening, version=2) == first
    assert Application.objects.count() == 1


def test_two_windows_on_a_draft_the_second_is_told(applicant, opening):
    applications.save_draft(applicant=applicant, opening=opening, version=0, content=Content(letter="Un"))
    applications.save_draft(applicant=applicant, opening=opening, version=1, content=Content(letter="Deux"))

    with pytest.raises(EditedMeanwhile) as told:
        applications.save_draft(applicant=applicant, opening=opening, version=1, content=Content(letter="Trois"))
    assert told.value.current.letter == "Deux"
    assert Application.objects.get().letter == "Deux"


def test_only_what_is_ones_own_is_attached(applicant, opening):
    mine, proposed, other = LedgerLineFactory(person=applicant), LedgerLineFactory(person=applicant, is_kept=False), LedgerLineFactory()
    skill, of_another = DeclaredSkillFactory(person=applicant).skill, DeclaredSkillFactory().skill

    send(
        applicant,
        opening,
        Content(
            letter="x",
            availability="now",
            site_answer="talk",
            line_ids=[mine.pk, proposed.pk, other.pk],
            skill_ids=[skill.pk, of_another.pk],
        ),
    )

    assert list(ApplicationLine.objects.values_list("line", flat=True)) == [mine.pk]
    assert list(ApplicationSkill.objects.values_list("skill", flat=True)) == [skill.pk]


@pytest.mark.parametrize(
    "content",
    [
        Content(availability="now", site_answer="move"),
        Content(letter="x", site_answer="move"),
        Content(letter="x", availability="tomorrow", site_answer="move"),
        Content(letter="x" * 5001, availability="now", site_answer="move"),
        Content(letter="x", letter_for="everybody", availability="now", site_answer="move"),
    ],
)
def test_what_is_not_complete_is_not_sent(applicant, opening, content):
    with pytest.raises(ValidationError):
        send(applicant, opening, content)
    assert nothing_was_written()


def test_nobody_applies_for_what_is_closed_over_hidden_or_theirs_to_fill(applicant, recruiter):
    yesterday = clock.today() - datetime.timedelta(days=1)
    openings = [
        OpeningFactory(draft=True),
        OpeningFactory(closed=True),
        OpeningFactory(is_hidden=True),
        OpeningFactory(closes_on=yesterday),
    ]

    for opening in openings:
        with pytest.raises(PermissionDenied):
            send(applicant, opening)
    with pytest.raises(PermissionDenied):
        send(recruiter, OpeningFactory(team=[recruiter]))
    with pytest.raises(PermissionDenied):
        send(PersonFactory(expected=True), OpeningFactory(team=[recruiter]))
    assert nothing_was_written()


def test_x01_handler_is_never_of_the_line(opening, recruiter):
    hr = PersonFactory(role=Role.HR)
    application = send(PersonFactory(manager=recruiter), opening)

    assert application.handler == hr


def test_x01_head_of_hr_when_nobody_nearer_is_outside(opening, recruiter):
    head = PersonFactory(role=Role.HR_HEAD)

    assert send(PersonFactory(manager=recruiter), opening).handler == head


def test_x01_refused_without_a_word_when_nobody_is_outside(opening, recruiter):
    with pytest.raises(applications.NobodyOutsideTheLine):
        send(PersonFactory(manager=recruiter), opening)
    assert nothing_was_written()
    assert not Notification.objects.exists()


# Who stands outside the applicant's line, one of whom applies too: what the applicant meets is the same as if they did not.
OUTSIDE = {
    "hr": {"rival": Role.HR, "others": []},
    "hr_below_the_head": {"rival": Role.HR, "others": [Role.HR_HEAD], "is_below": True},
    "hr_and_head": {"rival": Role.HR, "others": [Role.HR_HEAD]},
    "head": {"rival": Role.HR_HEAD, "others": []},
    "two_heads": {"rival": Role.HR_HEAD, "others": [Role.HR_HEAD]},
}


def what_is_met(applicant, opening, signed_in):
    """The page before sending, the answer, the rows it made, and who the application says knows."""
    with undone():
        before = signed_in(applicant).get(f"/jobs/{opening.public_id}/apply/").text
        sent = send(applicant, opening)
        rows = [StageChange.objects.filter(application=sent).count(), RecordedEvent.objects.count(), Notification.objects.count()]
        knows = [(one.person.name, one.relation) for one in queries.who_knows(sent)]
        return PER_REQUEST.sub("", before), sent.state, rows, knows


@pytest.mark.parametrize("case", OUTSIDE)
def test_l106_x01_nothing_that_an_applicant_meets_tells_that_those_who_would_handle_it_apply_too(case, recruiter, signed_in):
    said = OUTSIDE[case]
    rival = PersonFactory(role=said["rival"])
    others = [PersonFactory(role=role) for role in said["others"]]
    if said.get("is_below"):
        put_under(rival, others[0])
    applicant, opening = PersonFactory(manager=recruiter), OpeningFactory(team=[recruiter])
    without = what_is_met(applicant, opening, signed_in)

    ApplicationFactory(opening=opening, applicant=rival)

    assert what_is_met(applicant, opening, signed_in) == without
    with undone():
        sent = send(applicant, opening)
        assert not Application.objects.visible_to(Person.objects.get(pk=rival.pk)).filter(pk=sent.pk).exists()
        assert sent.handler_id not in (None, recruiter.pk, applicant.pk)


@pytest.mark.parametrize("since", ["still above", "above when it began", "never above"])
def test_l106_head_of_hr_above_somebody_who_applies_is_given_the_same_with_and_without_that_application(since, signed_in):
    """Whoever stood above when the application of HR began learns no more of it than who stands above today."""
    head, hr, boss = PersonFactory(role=Role.HR_HEAD), PersonFactory(role=Role.HR), PersonFactory()
    subject = PersonFactory(manager=boss)
    put_under(hr, boss if since == "never above" else head)
    opening = OpeningFactory(team=[boss], author=boss)
    given = []
    for is_rival in (False, True):
        with undone():
            if is_rival:
                send(Person.objects.get(pk=hr.pk), opening)
            if since == "above when it began":
                put_under(hr, PersonFactory())
            row = send(Person.objects.get(pk=subject.pk), opening)
            page = signed_in(Person.objects.get(pk=head.pk)).get(row.get_absolute_url())
            given.append((row.handler, Application.objects.visible_to(head).filter(pk=row.pk).exists(), page.status_code))

    assert given[0] == (hr, False, 404)
    assert given[1] == ((head, True, 200) if since == "never above" else given[0])


def test_head_of_hr_who_comes_to_stand_above_somebody_who_applies_sees_nothing_move():
    head, hr, boss = PersonFactory(role=Role.HR_HEAD), PersonFactory(role=Role.HR), PersonFactory()
    opening = OpeningFactory(team=[boss], author=boss)
    put_under(hr, boss)
    send(Person.objects.get(pk=hr.pk), opening)
    row = send(PersonFactory(manager=boss), opening)
    assert row.handler == head

    put_under(hr, head)
    settle()

    row.refresh_from_db()
    assert row.handler == head
    assert Application.objects.visible_to(Person.objects.get(pk=head.pk)).filter(pk=row.pk).exists()


def test_l106_who_applies_too_reads_what_was_given_to_them_once_their_own_has_ended(recruiter):
    rival, applicant, opening = PersonFactory(role=Role.HR), PersonFactory(manager=recruiter), OpeningFactory(team=[recruiter])
    own = ApplicationFactory(opening=opening, applicant=rival, handler=recruiter)
    sent = send(applicant, opening)
    assert (sent.handler, without_handler()) == (rival, 0)

    applications.withdraw_application(applicant=rival, application=own)

    assert Application.objects.visible_to(Person.objects.get(pk=rival.pk)).filter(pk=sent.pk).exists()


def test_l101_second_send_says_that_it_was_sent(applicant, opening):
    application = send(applicant, opening)

    with pytest.raises(applications.AlreadyApplied) as already:
        send(applicant, opening)
    assert already.value.application == application
    assert StageChange.objects.count() == 1


def test_r32_database_refuses_a_second_row(applicant, opening):
    ApplicationFactory(opening=opening, applicant=applicant)

    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(opening=opening, applicant=applicant)


def test_a19_the_twenty_first_that_waits_is_refused(applicant, recruiter):
    for _ in range(20):
        last = send(applicant, OpeningFactory(team=[recruiter]))

    with pytest.raises(applications.TooManyWait):
        send(applicant, OpeningFactory(team=[recruiter]))
    applications.withdraw_application(applicant=applicant, application=last)
    assert send(applicant, OpeningFactory(team=[recruiter])).place == 20
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(place=20).update(place=21)


def test_new_version_takes_the_place_of_the_other_until_it_is_read(applicant, opening, recruiter):
    application = send(applicant, opening)
    said = Content(letter="Mieux", availability="later", site_answer="talk")

    renewed = applications.renew_application(applicant=applicant, application=application, version=application.version, content=said)

    assert (renewed.letter, renewed.state) == ("Mieux", "submitted")
    with pytest.raises(EditedMeanwhile):
        applications.renew_application(applicant=applicant, application=application, version=application.version, content=SAID)
    Application.objects.update(state="in_review")
    for person in (applicant, recruiter):
        with pytest.raises(PermissionDenied):
            applications.renew_application(applicant=person, application=application, version=renewed.version, content=SAID)
    assert Application.objects.get().letter == "Mieux"


def test_r32_withdrawn_has_no_content_at_once(applicant, opening):
    manager = PersonFactory()
    ApplicationFactory(applicant=applicant, opening=opening, informed_manager=manager, handler=manager, may_contact=True)
    application = Application.objects.get()
    ApplicationLine.objects.create(application=application, line=LedgerLineFactory(person=applicant))
    ApplicationSkill.objects.create(application=application, skill=DeclaredSkillFactory(person=applicant).skill)

    applications.withdraw_application(applicant=applicant, application=application)
    applications.withdraw_application(applicant=applicant, application=application)

    row = Application.objects.get()
    assert (row.state, row.letter, row.availability, row.site_answer, row.may_contact) == ("withdrawn", "", "", "", False)
    assert (row.informed_manager, row.place, row.applicant) == (None, None, applicant)
    assert not ApplicationLine.objects.exists()
    assert not ApplicationSkill.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.update(letter="encore")


def test_withdrawn_may_begin_again_on_the_same_row(applicant, opening):
    first = send(applicant, opening)
    applications.withdraw_application(applicant=applicant, application=first)

    again = send(applicant, opening)

    assert (again, again.state, again.letter, again.erased_at) == (first, "submitted", LETTER, None)


def test_draft_that_is_withdrawn_is_gone(applicant, opening):
    draft = applications.save_draft(applicant=applicant, opening=opening, version=0, content=SAID)

    applications.withdraw_application(applicant=applicant, application=draft)

    assert not Application.objects.exists()


@pytest.mark.parametrize("state", ["accepted", "refused"])
def test_what_has_come_to_its_end_is_not_withdrawn(applicant, opening, state):
    application = ApplicationFactory(applicant=applicant, opening=opening, state=state)

    with pytest.raises(PermissionDenied):
        applications.withdraw_application(applicant=applicant, application=application)


def test_only_its_applicant_withdraws_informs_and_answers(opening, recruiter):
    application = ApplicationFactory(opening=opening, state="offer")
    for person in (recruiter, PersonFactory(role=Role.HR), PersonFactory()):
        with pytest.raises(PermissionDenied):
            applications.withdraw_application(applicant=person, application=application)
        with pytest.raises(PermissionDenied):
            applications.accept_offer(applicant=person, application=application)
        with pytest.raises(PermissionDenied):
            applications.inform_manager(applicant=person, application=application, manager=recruiter)
    assert Application.objects.get().state == "offer"


def test_one_direct_manager_is_told_and_nobody_else(opening, recruiter):
    above, higher = PersonFactory.create_batch(2)
    applicant = PersonFactory(manager=above)
    application = send(applicant, opening)
    Notification.objects.all().delete()

    for person in (higher, recruiter, applicant):
        with pytest.raises(applications.NotTheManager):
            applications.inform_manager(applicant=applicant, application=application, manager=person)
    applications.inform_manager(applicant=applicant, application=application, manager=above)

    assert Application.objects.get().informed_manager == above
    assert list(Notification.objects.values_list("recipient", "event")) == [(above.pk, "mobility.manager_informed")]
    with pytest.raises(PermissionDenied):
        applications.inform_manager(applicant=applicant, application=application, manager=above)


def test_offer_is_accepted_once_by_who_has_it(applicant, opening, recruiter):
    application = ApplicationFactory(applicant=applicant, opening=opening, state="offer", handler=recruiter)

    applications.accept_offer(applicant=applicant, application=application)
    applications.accept_offer(applicant=applicant, application=application)

    assert Application.objects.get().state == "accepted"
    assert not Notification.objects.exists()
    with clock.moved_to(clock.now() + datetime.timedelta(days=1)):
        tell_of_yesterday()
    assert list(Notification.objects.values_list("recipient", "event")) == [(recruiter.pk, "mobility.day_of_applications")]
    with pytest.raises(PermissionDenied):
        applications.accept_offer(applicant=applicant, application=ApplicationFactory(applicant=applicant))


def test_who_is_named_in_the_team_loses_their_draft_and_not_what_they_sent(applicant, recruiter):
    from mobility.services.openings import add_member

    drafted, sent = OpeningFactory(team=[recruiter], author=recruiter), OpeningFactory(team=[recruiter], author=recruiter)
    applications.save_draft(applicant=applicant, opening=drafted, version=0, content=SAID)
    send(applicant, sent)

    for opening in (drafted, sent):
        add_member(actor=recruiter, opening=opening, person=applicant, role="hiring")

    assert list(Application.objects.values_list("opening", flat=True)) == [sent.pk]
    assert OpeningMember.objects.filter(person=applicant).count() == Opening.objects.count() == 2
