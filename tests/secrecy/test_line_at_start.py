"""Whoever stood in the line when something confidential began stays denied for its life; whoever stands there now is denied too."""

import datetime

import pytest

from mobility import queries
from mobility.models import Application
from mobility.services import applications
from mobility.services.applications import Content
from mobility.services.assignment import settle
from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.core.models import LineAtStart, Person
from rse.core.ops import retention
from rse.core.organisation.services.reporting import rebuild_reporting_lines
from rse.governance.enums import Purpose
from rse.governance.models import AccessLogEntry, Moderation, Report, Reporter
from rse.governance.services.access_log import log_access
from rse.governance.services.reports import decide_report, report_thing
from talent.models import Wish
from talent.queries import would_read_wish
from talent.services.being import remove_wish, save_wish
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.core import put_under
from tests.factories.feed import PostFactory, everyone
from tests.factories.mobility import OpeningFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SAID = Content(letter="Mots-canari", availability="now", site_answer="talk")


@pytest.fixture
def subject():
    return PersonFactory(first_name="Malik")


@pytest.fixture
def former(subject):
    """Two levels above the subject."""
    above, higher = PersonFactory(first_name="Former"), PersonFactory(first_name="Higher")
    put_under(subject, above)
    put_under(above, higher)
    return [above, higher]


def move(subject):
    """The line is another from now on; the new manager."""
    manager = PersonFactory(first_name="Next")
    put_under(subject, manager)
    return manager


def reads(person, thing):
    person = Person.objects.get(pk=person.pk)
    is_read = type(thing).objects.visible_to(person).filter(pk=thing.pk).exists()
    assert is_read == readers_of(thing).filter(pk=person.pk).exists()
    return is_read


def sent(subject, *team):
    opening = OpeningFactory(team=list(team))
    return applications.send_application(applicant=subject, opening=opening, version=0, content=SAID)


@pytest.mark.parametrize("way", ["moved", "moved_and_back"])
def test_x01_application_stays_closed_to_those_who_stood_above_when_it_was_sent(subject, former, way):
    recruiter = PersonFactory()
    RoleGrantFactory(person=former[1], role=Role.HR)
    row = sent(subject, former[0], recruiter)

    manager = move(subject)
    if way == "moved_and_back":
        put_under(subject, former[0])
    settle()

    assert not any(reads(person, row) for person in (*former, manager))
    assert reads(recruiter, row)
    assert not Application.objects.within_reach_of(Person.objects.get(pk=former[0].pk)).exists()
    assert not {knower.person for knower in queries.who_knows(row)} & {*former, manager}


def test_x01_application_is_given_again_to_nobody_who_stood_above(subject, former):
    recruiter, hr = PersonFactory(), PersonFactory(role=Role.HR)
    row = sent(subject, former[0], recruiter)
    move(subject)
    put_under(subject, recruiter)

    settle()

    row.refresh_from_db()
    assert row.handler == hr


def test_x01_promised_readers_of_what_is_sent_again_leave_out_who_stood_above_the_first_time(subject, former):
    recruiter = PersonFactory()
    row = sent(subject, former[0], recruiter)
    applications.withdraw_application(applicant=subject, application=row)
    move(subject)

    assert {one.person for one in queries.future_readers(subject, row.opening)} == {recruiter}
    row.refresh_from_db()
    again = applications.send_application(applicant=subject, opening=row.opening, version=row.version, content=SAID)
    assert not reads(former[0], again)


def test_x01_draft_and_sending_are_both_a_beginning(subject, former):
    opening = OpeningFactory(team=[PersonFactory()])
    applications.save_draft(applicant=subject, opening=opening, version=0, content=SAID)
    manager = move(subject)
    row = applications.send_application(applicant=subject, opening=opening, version=1, content=SAID)

    assert set(LineAtStart.objects.filter(kind="application", row_id=row.pk).values_list("person", flat=True)) == {
        *[one.pk for one in former],
        manager.pk,
    }


def test_x01_former_manager_who_is_told_by_the_applicant_reads_the_status(subject, former):
    row = sent(subject, PersonFactory())
    applications.inform_manager(applicant=subject, application=row, manager=former[0])
    row.refresh_from_db()

    assert reads(former[0], row)
    assert not reads(former[1], row)


def test_x01_wish_stays_closed_to_those_who_stood_above_when_it_was_written(subject, former):
    for person in former:
        RoleGrantFactory(person=person, role=Role.HR)
    other = PersonFactory(role=Role.HR)
    wish = save_wish(person=subject, version=0, horizon="now", text="Partir", visibility="hr")
    manager = move(subject)
    RoleGrantFactory(person=manager, role=Role.HR)

    assert not any(reads(person, wish) for person in (*former, manager))
    assert reads(other, wish)
    assert not set(would_read_wish(subject)) & set(former)
    remove_wish(person=subject)
    assert not Wish.objects.exists()
    retention.forget("core.LineAtStart")
    assert not LineAtStart.objects.exists()


def test_x03_report_stays_closed_to_the_lines_of_who_reported_and_who_is_accused(subject, former):
    accused, above_accused, handler = PersonFactory(), PersonFactory(), PersonFactory(role=Role.HANDLER)
    put_under(accused, above_accused)
    for person in (*former, above_accused):
        RoleGrantFactory(person=person, role=Role.HANDLER)
    post = PostFactory(author=accused, audience=everyone())
    row = report_thing(reporter=subject, kind="post", row_id=post.pk, category="harassment")
    move(subject)
    move(accused)

    assert not any(reads(person, row.report) for person in (*former, above_accused))
    assert reads(handler, row.report)

    decide_report(decider=handler, report=row.report, outcome="hidden", article="harassment", reason="Assez.")
    hidden = Moderation.objects.get()
    assert not any(reads(person, hidden) for person in (*former, above_accused))
    assert reads(handler, hidden)


def test_x03_second_reporter_brings_their_line(subject, former):
    first, post = PersonFactory(), PostFactory(audience=everyone())
    for person in former:
        RoleGrantFactory(person=person, role=Role.HANDLER)
    row = report_thing(reporter=first, kind="post", row_id=post.pk, category="harassment")
    assert reads(former[0], row.report)

    report_thing(reporter=subject, kind="post", row_id=post.pk, category="discrimination")
    move(subject)

    assert Reporter.objects.count() == 2
    assert not any(reads(person, row.report) for person in former)


def test_x01_openings_of_an_application_and_of_a_wish_are_hidden_from_an_officer_who_stood_above(subject, former):
    officer, reader = PersonFactory(role=Role.DPO), PersonFactory(role=Role.HR)
    RoleGrantFactory(person=former[0], role=Role.DPO)
    row = sent(subject, PersonFactory())
    wish = save_wish(person=subject, version=0, horizon="now", text="Partir", visibility="hr")
    log_access(reader=reader, opened={("application", row.pk): [subject.pk]}, purpose=Purpose.APPLICATION)
    log_access(reader=reader, opened={("wish", wish.pk): [subject.pk]}, purpose=Purpose.CAREER)

    def entries(person):
        return AccessLogEntry.objects.visible_to(Person.objects.get(pk=person.pk)).count()

    assert (entries(officer), entries(former[0])) == (2, 0)
    move(subject)
    assert (entries(officer), entries(former[0])) == (2, 0)
    remove_wish(person=subject)
    applications.withdraw_application(applicant=subject, application=row)
    retention.forget("core.LineAtStart")
    assert (entries(officer), entries(former[0])) == (2, 0)


def test_line_at_start_goes_with_what_began(subject, former):
    draft = applications.save_draft(applicant=subject, opening=OpeningFactory(), version=0, content=SAID)
    applications.withdraw_application(applicant=subject, application=draft)
    sent(subject, PersonFactory())
    post = PostFactory(audience=everyone())
    report_thing(reporter=subject, kind="post", row_id=post.pk, category="content")
    handler = PersonFactory(role=Role.HANDLER)
    decide_report(decider=handler, report=Report.objects.get(), outcome="no_breach")
    retention.forget("core.LineAtStart")
    assert LineAtStart.objects.exclude(kind="application", row_id=draft.pk).count() == LineAtStart.objects.count() == 4

    with clock.moved_to(clock.now() + datetime.timedelta(days=800)):
        retention.forget()

    assert not LineAtStart.objects.exists()


def test_x01_file_that_empties_the_line_opens_nothing(subject, former):
    row = sent(subject, former[0], PersonFactory())
    from rse.core.models import Position

    Position.objects.update(reports_to=None)
    rebuild_reporting_lines()

    assert not any(reads(person, row) for person in former)
