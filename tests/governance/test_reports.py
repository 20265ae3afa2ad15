import datetime
import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.enums import Role
from rse.core.models import AudienceMember, RecordedEvent, RoleGrant, RowGrant
from rse.core.ops import retention
from rse.core.people.services.roles import end_role, name_first_holder
from rse.core.web.limits import TooOften
from rse.governance.enums import Outcome, ReportCategory, ReportState
from rse.governance.models import Moderation, Report, Reporter
from rse.governance.services.moderation import ReasonMissing, settle_all_grants
from rse.governance.services.reports import (
    AlreadyDecided,
    AlreadyReported,
    decide_report,
    is_handled_by_somebody,
    remind_handlers,
    report_thing,
)
from tests.factories import AudienceFactory, PersonFactory
from tests.factories.core import put_under
from tests.factories.governance import ReportFactory

pytestmark = pytest.mark.django_db


def events(name):
    return [one.facets for one in RecordedEvent.objects.filter(name=f"governance.{name}").order_by("pk")]


def seen_by(person):
    return list(Report.objects.visible_to(type(person).objects.get(pk=person.pk)))


@pytest.fixture
def space(board):
    """A space with two hosts, a member who wrote its notice, one who reads it, and a handler outside."""

    class Space:
        author, reader, handler = PersonFactory(), PersonFactory(), PersonFactory(role=Role.HANDLER)
        host, other_host = PersonFactory(), PersonFactory()

    Space.audience = AudienceFactory(secret=True, members=[Space.author, Space.reader], hosts=[Space.host, Space.other_host])
    board.authors[Space.audience.pk] = Space.author.pk
    Space.board = board

    def report(by=Space.reader, category=ReportCategory.CONTENT, words="Lisez cela."):
        return report_thing(reporter=by, kind="notice", row_id=Space.audience.pk, category=category, words=words)

    Space.report = staticmethod(report)
    return Space


def test_report_tells_those_who_may_handle_it_and_not_who_reported(space):
    made = space.report()

    assert set(readers_of(made.report)) == {space.handler, space.host, space.other_host}
    assert events("report_received") == [
        {"subject": ["report", made.report.pk], "recipient_ids": sorted([space.handler.pk, space.host.pk, space.other_host.pk])}
    ]
    assert RecordedEvent.objects.get(name="governance.report_received").is_confidential
    assert len(made.report.public_id) >= 20


@pytest.mark.parametrize("category", [ReportCategory.HARASSMENT, ReportCategory.DISCRIMINATION, ReportCategory.DANGER])
def test_r09_protected_report_is_read_by_handlers_only(space, category):
    report = space.report(category=category).report

    assert set(readers_of(report)) == {space.handler}
    assert seen_by(space.host) == []


def test_a18_fifty_reports_of_one_thing_are_one_case(space):
    members = PersonFactory.create_batch(50)
    AudienceMember.objects.bulk_create(AudienceMember(audience=space.audience, person=person) for person in members)

    for person in members:
        space.report(by=person)

    assert Report.objects.count() == 1
    assert Reporter.objects.count() == 50
    assert len(events("report_received")) == 1


def test_content_and_harassment_about_one_thing_are_two_cases(space):
    other = PersonFactory()
    AudienceMember.objects.create(audience=space.audience, person=other)

    first, second = space.report().report, space.report(by=other, category=ReportCategory.HARASSMENT).report

    assert first != second
    assert seen_by(space.host) == [first]


def test_reporting_twice_is_reporting_once(space):
    first = space.report()

    with pytest.raises(AlreadyReported) as again:
        space.report()

    assert again.value.reporter == first


def test_reported_again_after_a_decision_is_a_new_case(space):
    report = space.report().report
    decide_report(decider=space.host, report=report, outcome=Outcome.NO_BREACH)

    assert space.report().report != report


def test_what_one_does_not_read_cannot_be_reported(space):
    with pytest.raises(PermissionDenied):
        space.report(by=PersonFactory())

    assert not Report.objects.exists()


def test_own_words_and_reports_themselves_cannot_be_reported(space):
    report = space.report().report

    for person, kind, row in ((space.author, "notice", space.audience.pk), (space.handler, "report", report.pk)):
        with pytest.raises(PermissionDenied):
            report_thing(reporter=person, kind=kind, row_id=row, category="content")
    assert Report.objects.count() == 1


def test_a18_eleventh_report_of_a_day_is_refused_until_tomorrow():
    person = PersonFactory()
    subjects = PersonFactory.create_batch(11)

    with clock.moved_to(datetime.datetime(2026, 3, 2, 20, 0, tzinfo=datetime.UTC)):
        for subject in subjects[:10]:
            report_thing(reporter=person, kind="person", row_id=subject.pk, category="content")
        with pytest.raises(TooOften) as refused:
            report_thing(reporter=person, kind="person", row_id=subjects[10].pk, category="content")
    assert (refused.value.limit, refused.value.retry_after) == (10, 3 * 3600)
    assert Report.objects.count() == 10

    with clock.moved_to(datetime.datetime(2026, 3, 3, 20, 0, tzinfo=datetime.UTC)):
        report_thing(reporter=person, kind="person", row_id=subjects[10].pk, category="content")


def test_a18_database_refuses_an_eleventh_report():
    report, person = ReportFactory(), PersonFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Reporter.objects.create(report=report, person=person, category="content", day=clock.today(), number=11)


# Who, by their relation to the report, reads it: content about a text of the space, and harassment.
RELATIONS = {
    "handler": ("handler", True, True),
    "handler who is accused": ("accused", False, False),
    "handler above the accused": ("above accused", False, False),
    "handler two levels above the accused": ("high above accused", False, False),
    "handler who reported": ("reporter", False, False),
    "handler above who reported": ("above reporter", False, False),
    "handler of yesterday": ("former", False, False),
    "host": ("host", True, False),
    "host above the accused": ("host above", False, False),
    "member": ("member", False, False),
    "HR": ("hr", False, False),
    "administrator": ("administrator", False, False),
    "data protection officer": ("dpo", False, False),
    "succession": ("hr_succession", False, False),
}


def stand_in(space, relation):
    """A person who stands in ``relation`` to the author and to the reader of the space, and who will report."""
    person = PersonFactory()
    roles = {"former": Role.HANDLER} | {role.value: role for role in Role}
    if role := Role.HANDLER if relation in HANDLERS else roles.get(relation):
        ends_at = clock.now() if relation == "former" else None
        RoleGrant.objects.create(person=person, role=role, starts_at=clock.now() - datetime.timedelta(days=2), ends_at=ends_at)
    if relation in {"host", "host above", "member", "reporter"}:
        AudienceMember.objects.create(audience=space.audience, person=person, role="host" if "host" in relation else "member")
    if relation == "accused":
        space.board.authors[space.audience.pk] = person.pk
    chains = {
        "above accused": [space.author],
        "host above": [space.author],
        "high above accused": [space.author, PersonFactory()],
        "above reporter": [space.reader],
    }
    chain = [*chains.get(relation, []), person]
    for below, above in itertools.pairwise(chain):
        put_under(below, above)
    return person, person if relation == "reporter" else space.reader


HANDLERS = {"handler", "accused", "above accused", "high above accused", "reporter", "above reporter"}


@pytest.mark.parametrize(("relation", "reads_content", "reads_harassment"), RELATIONS.values(), ids=RELATIONS)
@pytest.mark.parametrize("category", [ReportCategory.CONTENT, ReportCategory.HARASSMENT])
def test_x03_r10_no_party_reads_a_report(space, relation, reads_content, reads_harassment, category):
    person, reporter = stand_in(space, relation)
    reads = reads_content if category == ReportCategory.CONTENT else reads_harassment

    report = space.report(by=reporter, category=category).report

    assert (report in seen_by(person)) is reads
    assert (person.pk in events("report_received")[0]["recipient_ids"]) is reads
    assert RowGrant.objects.filter(person=person).exists() is (relation == "handler")
    if not reads:
        with pytest.raises(PermissionDenied):
            decide_report(decider=type(person).objects.get(pk=person.pk), report=report, outcome=Outcome.NO_BREACH)


def test_t12_handler_who_becomes_a_party_reads_it_no_longer(space):
    report = space.report(category=ReportCategory.HARASSMENT).report
    assert seen_by(space.handler) == [report]
    assert RowGrant.objects.not_over().filter(person=space.handler).exists()

    put_under(space.author, space.handler)

    assert seen_by(space.handler) == []
    settle_all_grants()
    assert not RowGrant.objects.not_over().filter(person=space.handler).exists()


def test_handler_opens_the_reported_row_silently_until_it_is_decided(space):
    report = space.report().report
    grant = RowGrant.objects.get()
    assert (grant.person, grant.kind, grant.row_id) == (space.handler, "notice", space.audience.pk)

    decide_report(decider=space.handler, report=report, outcome=Outcome.NO_BREACH)

    grant.refresh_from_db()
    assert grant.ends_at is not None


def test_grants_of_a_handler_end_with_the_role(space):
    space.report()
    grant = RoleGrant.objects.get(person=space.handler)

    end_role(ender=PersonFactory(role=Role.ADMINISTRATOR), grant=grant)

    assert not RowGrant.objects.not_over().exists()


def test_new_handler_is_let_in_with_the_role(space):
    space.report()
    late = PersonFactory()

    name_first_holder(person=late, role=Role.HANDLER)

    assert RowGrant.objects.not_over().filter(person=late).exists()


def test_handler_hides_before_anything_was_opened_to_them(space):
    report = space.report().report
    late = PersonFactory(role=Role.HANDLER)
    assert not RowGrant.objects.filter(person=late).exists()

    decide_report(decider=late, report=report, outcome=Outcome.HIDDEN, article="insult", reason="Un mot de trop.")

    assert space.board.hidden == {space.audience.pk}
    assert not RowGrant.objects.filter(person=late).exists()


def test_report_that_nobody_may_open_asks_for_a_handler(space):
    boss = PersonFactory(role=Role.HR_HEAD)
    above = PersonFactory(role=Role.HR_HEAD)
    put_under(space.author, above)
    put_under(space.reader, space.handler)

    report = space.report(category=ReportCategory.HARASSMENT).report

    assert not is_handled_by_somebody(report)
    assert events("handler_missing") == [{"subject": ["person", boss.pk], "recipient_ids": [boss.pk]}]
    assert events("report_received") == []


def test_deciding_hides_tells_the_author_and_closes(space):
    report = space.report().report

    decided = decide_report(decider=space.host, report=report, outcome=Outcome.HIDDEN, article="insult", reason="Un mot de trop.")

    moderation = Moderation.objects.get()
    assert space.audience.pk in space.board.hidden
    assert (decided.state, decided.outcome, decided.decided_by) == (ReportState.DECIDED, Outcome.HIDDEN, space.host)
    assert (moderation.author, moderation.article, moderation.reason, moderation.by) == (
        space.author,
        "insult",
        "Un mot de trop.",
        space.host,
    )
    assert [facets["recipient_ids"] for facets in events("content_hidden")] == [[space.author.pk]]
    assert events("report_decided") == [{"subject": ["report_made", Reporter.objects.get().pk], "recipient_ids": [space.reader.pk]}]


@pytest.mark.parametrize(("article", "reason"), [("", "Un mot."), ("insult", "  "), ("criticism", "Il critique.")])
def test_r03_r16_hiding_needs_an_article_of_the_list_and_a_reason(space, article, reason):
    report = space.report().report

    with pytest.raises(ReasonMissing):
        decide_report(decider=space.host, report=report, outcome=Outcome.HIDDEN, article=article, reason=reason)

    report.refresh_from_db()
    assert report.is_open
    assert not space.board.hidden
    assert not Moderation.objects.exists()


def test_second_decision_is_refused(space):
    report = space.report().report
    decide_report(decider=space.host, report=report, outcome=Outcome.NO_BREACH)

    with pytest.raises(AlreadyDecided):
        decide_report(decider=space.handler, report=report, outcome=Outcome.HIDDEN, article="insult", reason="x")
    assert not Moderation.objects.exists()


def test_reminders_come_after_48_hours_and_seven_days_and_not_again(space):
    now = clock.now()
    report = space.report().report

    sent = []
    for hours in (47, 49, 60, 7 * 24 + 1, 30 * 24):
        with clock.moved_to(now + datetime.timedelta(hours=hours)):
            sent.append(remind_handlers())

    assert sent == [0, 1, 0, 1, 0]
    assert [facets["subject"] for facets in events("report_reminded")] == [["report", report.pk]] * 2


@pytest.mark.parametrize(
    ("traits", "outcome", "days", "stays"),
    [
        ({}, Outcome.HIDDEN, 364, True),
        ({}, Outcome.HIDDEN, 366, False),
        ({"harassment": True}, Outcome.NO_BREACH, 60, True),
        ({"harassment": True}, Outcome.NO_BREACH, 62, False),
        ({"harassment": True}, Outcome.DEALT_WITH, 2185, True),
        *((traits, outcome, 2195, False) for traits in ({}, {"harassment": True}) for outcome in Outcome),
    ],
)
def test_reports_are_kept_as_long_as_declared(traits, outcome, days, stays):
    ReportFactory(
        **traits, state=ReportState.DECIDED, outcome=outcome, decided_at=clock.now() - datetime.timedelta(days), reporters=[PersonFactory()]
    )

    retention.forget("governance.Report")

    assert Report.objects.exists() is stays
    assert Reporter.objects.exists() is stays
