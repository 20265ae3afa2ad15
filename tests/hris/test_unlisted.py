"""Whoever a file of everybody does not name is asked about, shut out by silence alone, and comes back to all that was theirs."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from onboarding.models import Journey
from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.events import deliveries, schedule
from rse.core.models import AudienceMember, Holding, Person, Position, RecordedEvent, ReportingLine, Site
from rse.core.organisation.services.reporting import rebuild_reporting_lines
from rse.core.working_days import working_day_after
from rse.feed.models import Post
from rse.hris.models import ImportBatch, UnlistedPerson
from rse.hris.services import unlisted
from rse.hris.services.unlisted import Answered, NoSuchDay, OwnLine, TakesTwo, close_listed, notice, say_left, say_still_here
from rse.identity.models import Invitation
from rse.identity.models.sessions import Session
from rse.notify.models import Notification
from tests.factories import PersonFactory, RoleGrantFactory
from tests.factories.communities import CommunityFactory
from tests.factories.core import UnitFactory, place_of, put_under
from tests.factories.feed import PostFactory
from tests.factories.mentoring import MentoringOfferFactory, pair_of
from tests.factories.mobility import ApplicationFactory, OpeningFactory
from tests.factories.onboarding import JourneyFactory
from tests.hris.team import BOSS, NOON, TEAM, changed, events, held, person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def hr():
    return PersonFactory(role=Role.HR)


@pytest.fixture
def batch():
    return ImportBatch.objects.create(file_name="people.csv", kind="full")


@pytest.fixture
def asked(batch):
    """Writes that a file does not name these people."""

    def ask(*people):
        notice(person_ids=[one.pk for one in people], batch_id=batch.pk)
        return UnlistedPerson.objects.get(person=people[0], closed_at=None)

    return ask


def in_days(count):
    return clock.moved_to(clock.now() + count * DAY)


def pass_time(days, *, by_hand=True):
    """Let days go by, with what every hour brings."""
    with in_days(days):
        unlisted.settle()
        if not by_hand:
            for name in sorted(schedule.JOBS.keys() - {"forget finished work"}):  # which asks for the queue of an installation
                schedule.JOBS[name].run()
            deliveries.drain()


def rows_about(who):
    """What every table keeps of somebody, but for what goes with a session and what tells of the days that passed."""
    found = {}
    for model in apps.get_models():
        if model in (Session, Invitation, Notification, UnlistedPerson, ReportingLine) or model._meta.label.startswith("core.Kept"):
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is Person:
                for row in model._base_manager.filter(**{field.name: who}).order_by("pk").values():
                    found[model._meta.label, row[model._meta.pk.attname]] = row
    return found


@pytest.mark.parametrize(
    ("noticed", "country", "region", "due"),
    [
        ("2026-11-30", "", "", "2026-12-07"),  # five days and a week-end
        ("2024-12-23", "", "", "2024-12-31"),  # Christmas
        ("2024-12-23", "FR", "57", "2025-01-02"),  # Moselle has the day after as well, and then a year begins
        ("2026-12-22", "GB", "SCT", "2026-12-31"),  # Christmas and Boxing Day, which is a Saturday and moves to a Monday
    ],
)
def test_those_who_answer_have_five_working_days_of_the_site(noticed, country, region, due, asked):
    noon = datetime.datetime.combine(datetime.date.fromisoformat(noticed), datetime.time(12), tzinfo=datetime.UTC)
    with clock.moved_to(noon):
        who = PersonFactory()
        Site.objects.filter(pk=who.site_id).update(country=country, region=region)
        who.refresh_from_db()

        assert str(asked(who).due_on) == due
    assert working_day_after(datetime.date(2026, 11, 27), 1) == datetime.date(2026, 11, 30)


def test_x01_nobody_says_that_their_own_line_has_left(asked, hr):
    boss = PersonFactory(hired_on=datetime.date(2020, 1, 6))
    put_under(boss, hr)
    asked(boss)
    with pytest.raises(OwnLine):
        say_left(actor=hr, people=[boss], last_day=clock.today() - DAY)
    boss.refresh_from_db()
    assert boss.state == PersonState.ACTIVE
    say_still_here(actor=hr, people=[boss])
    say_left(actor=PersonFactory(role=Role.HR), people=[boss], last_day=clock.today() - DAY)
    boss.refresh_from_db()
    assert boss.state == PersonState.LEFT


@pytest.mark.parametrize("read", ["_due", "_kept_long_enough"])
def test_answer_given_while_the_time_ran_out_counts(asked, hr, monkeypatch, read):
    person = PersonFactory()
    row = asked(person)
    if read == "_kept_long_enough":
        pass_time(9)
    say_still_here(actor=hr, people=[person])
    monkeypatch.setattr(unlisted, read, lambda: [person.pk])  # read a moment before the answer
    unlisted.settle()
    person.refresh_from_db()
    row.refresh_from_db()
    assert (person.state, row.closed_at) == (PersonState.ACTIVE, None)


def test_hr_of_the_unit_is_told_and_nobody_else(asked):
    unit, other = UnitFactory(), UnitFactory()
    who = PersonFactory(unit=unit)
    of_unit, of_other = PersonFactory(), PersonFactory()
    RoleGrantFactory(person=of_unit, role=Role.HR, unit=unit)
    RoleGrantFactory(person=of_other, role=Role.HR, unit=other)
    administrator = PersonFactory(role=Role.ADMINISTRATOR)

    asked(who)
    assert RecordedEvent.objects.get(name="hris.people_unlisted").facets["recipient_ids"] == [of_unit.pk]
    deliveries.drain()
    assert set(Notification.objects.values_list("recipient", flat=True)) == {of_unit.pk}

    of_nobody = PersonFactory(unit=None)
    asked(of_nobody)
    assert RecordedEvent.objects.filter(name="hris.people_unlisted").latest("pk").facets["recipient_ids"] == [administrator.pk]


def test_silence_ends_the_access_and_nothing_else_and_a_file_gives_all_of_it_back(asked, signed_in):
    who, colleague, boss = PersonFactory(password="a long one for a person"), PersonFactory(), PersonFactory()
    put_under(who, boss)
    below = PersonFactory()
    put_under(below, who)
    CommunityFactory(owners=[who], members=[colleague])
    CommunityFactory(members=[who], owners=[colleague])
    PostFactory(author=who)
    MentoringOfferFactory(mentor=who)
    pair_of(who, colleague)
    OpeningFactory(team=[who], author=who)
    ApplicationFactory(applicant=who)
    JourneyFactory(newcomer=PersonFactory(hired_on=clock.today()), buddy=who)
    rebuild_reporting_lines()
    signed_in(who)
    deliveries.drain()
    before, lines = rows_about(who), set(ReportingLine.objects.values_list("person", "manager"))
    assert Session.objects.filter(person=who).exists()
    asked(who)

    pass_time(4, by_hand=False)
    assert Person.objects.get(pk=who.pk).is_present
    pass_time(9, by_hand=False)
    shut = Person.objects.get(pk=who.pk)
    assert (shut.state, shut.leaves_on, shut.may_sign_in) == (PersonState.LEFT, None, False)
    assert not Session.objects.filter(person=who).exists()
    assert (below.pk, boss.pk) in set(ReportingLine.objects.values_list("person", "manager"))
    assert not {name for name in events() if name.endswith(("people_left", "owner_missing"))}

    close_listed(person_ids=[who.pk])
    deliveries.drain()
    back = Person.objects.get(pk=who.pk)
    assert (back.state, back.unlisted_on, back.password) == (PersonState.ACTIVE, None, who.password)
    assert rows_about(who) == before
    assert set(ReportingLine.objects.values_list("person", "manager")) == lines
    assert UnlistedPerson.objects.get(person=who).closed_as == "listed"


@pytest.mark.parametrize(("kept", "ends_after"), [(15, 24), (0, 9)])
def test_what_nobody_asked_for_ends_after_the_delay_on_the_day_of_the_cut(asked, settings, kept, ends_after):
    settings.UNLISTED_KEPT_DAYS = kept
    who = PersonFactory()
    CommunityFactory(members=[who])
    place_of(who)
    row = asked(who)

    pass_time(9)
    if kept:
        pass_time(ends_after - 2)
        assert AudienceMember.objects.filter(person=who).exists()
    pass_time(ends_after + 1)

    gone = Person.objects.get(pk=who.pk)
    assert (gone.state, gone.unlisted_on) == (PersonState.LEFT, None)
    assert gone.leaves_on > row.due_on
    assert gone.leaves_on <= row.due_on + 2 * DAY
    assert Holding.objects.get(person=who).ends_on == gone.leaves_on
    assert not AudienceMember.objects.filter(person=who).exists()
    assert UnlistedPerson.objects.get(person=who).closed_as == "left"
    assert events()["core.people_left"] == 1


def test_holders_of_a_role_are_never_cut_by_the_silence_of_a_file(asked):
    holder, later = PersonFactory(role=Role.EDITOR), PersonFactory()
    RoleGrantFactory(person=later, role=Role.HR, starts_at=clock.now() + 300 * DAY)
    asked(holder, later)

    pass_time(60)

    assert Person.objects.present().filter(pk__in=[holder.pk, later.pk]).count() == 2
    assert UnlistedPerson.objects.waiting().count() == 2


def test_word_of_hr_keeps_somebody_or_brings_them_back(asked, hr):
    here, shut = PersonFactory(), PersonFactory()
    asked(here, shut)
    say_still_here(actor=hr, people=[here])
    pass_time(9)
    assert Person.objects.get(pk=here.pk).is_present
    assert not Person.objects.get(pk=shut.pk).is_present

    say_still_here(actor=hr, people=[shut])
    assert Person.objects.get(pk=shut.pk).is_present
    pass_time(90)
    assert Person.objects.present().filter(pk__in=[here.pk, shut.pk]).count() == 2


@pytest.mark.parametrize("was_shut", [False, True])
def test_last_day_that_hr_says_is_the_last_day(asked, hr, was_shut):
    past, to_come = PersonFactory(), PersonFactory()
    asked(past, to_come)
    if was_shut:
        pass_time(9)
    today = clock.today()

    say_left(actor=hr, people=[Person.objects.get(pk=past.pk)], last_day=today - 3 * DAY)
    say_left(actor=hr, people=[Person.objects.get(pk=to_come.pk)], last_day=today + 3 * DAY)

    gone, here = Person.objects.get(pk=past.pk), Person.objects.get(pk=to_come.pk)
    assert (gone.state, gone.leaves_on, gone.unlisted_on) == (PersonState.LEFT, today - 3 * DAY, None)
    assert (here.state, here.leaves_on) == (PersonState.ACTIVE, today + 3 * DAY)
    assert {one.person_id: one.closed_as for one in UnlistedPerson.objects.all()} == {past.pk: "left", to_come.pk: ""}
    pass_time(90)
    assert Person.objects.get(pk=to_come.pk).unlisted_on is None


def test_whoever_may_not_answer_changes_nothing(asked):
    unit = UnitFactory()
    who = PersonFactory(unit=unit)
    manager, elsewhere, former = PersonFactory(), PersonFactory(), PersonFactory()
    put_under(who, manager)
    RoleGrantFactory(person=elsewhere, role=Role.HR, unit=UnitFactory())
    RoleGrantFactory(person=former, role=Role.HR, starts_at=clock.now() - 9 * DAY, ends_at=clock.now() - DAY)
    asked(who)
    before = UnlistedPerson.objects.values().get()

    others = [PersonFactory(role=role) for role in Role if role not in (Role.HR, Role.ADMINISTRATOR)]
    for actor in (manager, elsewhere, former, who, *others):
        with pytest.raises(PermissionDenied):
            say_still_here(actor=actor, people=[who])
        with pytest.raises(PermissionDenied):
            say_left(actor=actor, people=[who], last_day=clock.today())
    assert UnlistedPerson.objects.values().get() == before
    assert Person.objects.get(pk=who.pk).is_present


def test_answers_that_cannot_be_so_write_nothing(asked, hr):
    one, other = PersonFactory(hired_on=clock.today() - 30 * DAY), PersonFactory()
    asked(one, other)
    before = list(UnlistedPerson.objects.order_by("pk").values())

    for day in (clock.today() - 31 * DAY, clock.today() + 400 * DAY, clock.today() - 400 * DAY):
        with pytest.raises(NoSuchDay):
            say_left(actor=hr, people=[other, one] if day.year == clock.today().year else [one], last_day=day)
    assert list(UnlistedPerson.objects.order_by("pk").values()) == before

    guarded = PersonFactory(role=Role.DPO)
    asked(guarded)
    with pytest.raises(TakesTwo):
        say_left(actor=hr, people=[guarded], last_day=clock.today())
    close_listed(person_ids=[one.pk])
    with pytest.raises(Answered):
        say_still_here(actor=hr, people=[one])


def test_nobody_is_asked_about_twice_at_a_time(asked, batch, hr):
    who = PersonFactory()
    asked(who)
    assert notice(person_ids=[who.pk], batch_id=batch.pk) == 0
    assert events()["hris.people_unlisted"] == 1


def test_somebody_who_was_shut_out_comes_back_with_the_next_file(imported):
    imported(TEAM)
    Person.objects.filter(employee_number="E7").update(password="pbkdf2$kept", has_account=True)
    imported([row for row in TEAM if row["employee_number"] != "E7"])
    with clock.moved_to(NOON + 9 * DAY):
        unlisted.settle()
        assert Person.objects.get(employee_number="E7").state == PersonState.LEFT

        outcome = imported(TEAM)

        back = Person.objects.get(employee_number="E7")
        assert changed(outcome) == {"returned": 1, "unchanged": 22}
        assert (back.state, back.password) == (PersonState.ACTIVE, "pbkdf2$kept")
        assert held("E7") == [("P-E7", datetime.date(2020, 1, 6), None, False)]
        assert imported(TEAM).is_empty


def test_somebody_who_was_shut_out_leaves_on_the_day_of_the_next_file(imported):
    imported(TEAM)
    imported([row for row in TEAM if row["employee_number"] != "E7"])
    with clock.moved_to(NOON + 9 * DAY):
        unlisted.settle()
        outcome = imported([*TEAM[:6], TEAM[6] | {"leaves_on": "10/11/2026"}, *TEAM[7:]])
        gone = Person.objects.get(employee_number="E7")

        assert changed(outcome) == {"left": 1, "unchanged": 22}
        assert (gone.state, gone.leaves_on, gone.unlisted_on) == (PersonState.LEFT, datetime.date(2026, 11, 10), None)
        assert held("E7")[-1][2] == datetime.date(2026, 11, 10)
        unlisted.settle()
        assert UnlistedPerson.objects.get().closed_as == "left"


@pytest.mark.parametrize("was_shut", [False, True])
def test_place_of_somebody_absent_goes_to_whom_the_file_gives_it(imported, was_shut):
    imported(TEAM)
    rows = [row for row in TEAM if row["employee_number"] != "E7"]
    if was_shut:
        imported(rows)
    with clock.moved_to(NOON + 9 * DAY):
        unlisted.settle()
        imported([*rows, person("E40", position="P-E7", hired_on="01/12/2026")])

        assert held("E7")[-1][2] is not None
        assert held("E40") == [("P-E7", datetime.date(2026, 12, 1), None, False)]
        assert Position.objects.filter(code="P-E7").count() == 1


def test_first_file_gives_no_journey_to_those_who_were_hired_before_it(imported):
    site = Site.objects.create(name="Nantes")
    with clock.moved_to(NOON):
        rows = [BOSS, person("E2", hired_on=f"{NOON - 5 * DAY:%d/%m/%Y}"), person("E3", hired_on=f"{NOON + 5 * DAY:%d/%m/%Y}")]
        ImportBatch.objects.create(file_name="people.csv", kind="full", state="applied", applied_at=clock.now())
        imported(rows)
        deliveries.drain()
        schedule.JOBS["tend cohorts"].run()

    assert list(Journey.objects.values_list("newcomer__employee_number", flat=True)) == ["E3"]
    assert Person.objects.filter(site=site).count() == 3
    assert not Post.objects.filter(kind="welcome").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_lists_them_with_what_follows_in_as_many_queries(signed_in, asked, hr, count, django_assert_num_queries):
    browser = signed_in(hr)
    people = PersonFactory.create_batch(count)
    asked(*people)
    browser.get("/imports/absent/")

    with django_assert_num_queries(PAGE_QUERIES):
        page = browser.get("/imports/absent/")
    assert page.text.count("Access ends on the evening of") == count


PAGE_QUERIES = 9


def test_hr_of_a_unit_answers_on_the_page_for_their_people_alone(signed_in, asked):
    unit = UnitFactory()
    mine, other = PersonFactory(unit=unit), PersonFactory(unit=UnitFactory())
    hr = PersonFactory()
    RoleGrantFactory(person=hr, role=Role.HR, unit=unit)
    asked(mine, other)
    browser = signed_in(hr)

    page = browser.get("/imports/absent/").text
    assert mine.name in page
    assert other.name not in page
    assert "1 person is absent from the files of HR" in browser.get("/").text

    refused = browser.post("/imports/absent/", {"chosen": [mine.handle], "do": "left", "day": ""})
    assert refused.status_code == 422
    assert f'value="{mine.handle}" aria-label="Choose {mine.name}" checked' in refused.text
    assert browser.post("/imports/absent/", {"chosen": [other.handle], "do": "stays"}).status_code == 422
    assert browser.post("/imports/absent/", {"chosen": [mine.handle], "do": "left", "day": str(clock.today() - DAY)}).status_code == 302
    assert Person.objects.get(pk=mine.pk).state == PersonState.LEFT
    assert Person.objects.get(pk=other.pk).is_present
    assert "is absent from the files of HR" not in browser.get("/").text
