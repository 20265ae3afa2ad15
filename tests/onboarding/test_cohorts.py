"""From the file of HR to an open cohort: each newcomer once, in the cohort of their month and site, whatever comes in what order."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from communities.models import Community
from onboarding.models import Cohort, Journey, JourneyStep
from onboarding.services import buddies, cohorts
from rse.core import clock
from rse.core.events import deliveries
from rse.core.events.bus import publish
from rse.core.models import AudienceMember, RecordedEvent
from rse.core.ops.checks.mailing import SMTP
from rse.core.people.services.people import deactivate
from rse.hris.events import PeopleImported
from rse.identity.models import Invitation
from rse.notify.models import Notification
from tests.factories import PersonFactory, RoleGrantFactory, SiteFactory, UnitFactory
from tests.factories.onboarding import CohortFactory, JourneyFactory

from .conftest import MORNING

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def hired(on, **values):
    """Somebody who begins on that day, expected where it is to come."""
    return PersonFactory(expected=on > clock.today(), hired_on=on, password=False, **values)


def imported():
    """A file of HR was applied."""
    from django.db import transaction

    with transaction.atomic():
        publish(PeopleImported(batch_id=1))


@pytest.fixture
def november(october, hr):
    """Two people who begin in Nantes in November, and one in Lyon."""
    nantes, lyon = SiteFactory(), SiteFactory(name="Lyon")
    first = hired(datetime.date(2026, 11, 3), site=nantes)
    later = hired(datetime.date(2026, 11, 23), site=nantes)
    elsewhere = hired(datetime.date(2026, 11, 9), site=lyon)
    return first, later, elsewhere


def cohort_of(person):
    return Journey.objects.running().get(newcomer=person).cohort


def members(cohort):
    return set(AudienceMember.objects.filter(audience=cohort.audience_id).values_list("person", flat=True))


def test_file_makes_one_cohort_per_month_and_site_and_opens_those_that_begin_within_fifteen_days(
    november, hr, django_capture_on_commit_callbacks
):
    first, later, elsewhere = november

    with django_capture_on_commit_callbacks(execute=True):
        imported()

    nantes, lyon = cohort_of(first), cohort_of(elsewhere)
    assert cohort_of(later) == nantes
    assert (nantes.state, nantes.first_day, nantes.host) == ("open", datetime.date(2026, 11, 3), hr)
    assert (lyon.state, lyon.community) == ("planned", None)
    assert members(nantes) == {first.pk, later.pk, hr.pk}
    assert nantes.community.kind == "closed"
    assert nantes.audience.kind == "cohort"
    assert Journey.objects.get(newcomer=first).state == "active"
    assert Journey.objects.get(newcomer=elsewhere).state == "planned"
    assert JourneyStep.objects.filter(journey__newcomer=first).count() == 10
    assert JourneyStep.objects.filter(journey__newcomer=elsewhere).count() == 0


def test_name_is_said_as_each_language_says_it(november, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    cohort = cohort_of(november[0])

    with translation.override("fr"):
        assert cohort.name == cohort.community.name
    with translation.override("en"):
        assert cohort.name == "Cohort of November 2026, Nantes"


def test_same_file_twice_changes_nothing(november, django_capture_on_commit_callbacks):
    def state():
        rows = Journey.objects.order_by("pk").values_list("pk", "cohort", "state", "starts_on", "version", "admitted_at", "invited_at")
        return list(rows), Cohort.objects.count(), Community.objects.count(), AudienceMember.objects.count(), Invitation.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        imported()
    before = state()
    events = RecordedEvent.objects.exclude(name="hris.people_imported").count()

    with django_capture_on_commit_callbacks(execute=True):
        imported()
    cohorts.tend()

    assert state() == before
    assert RecordedEvent.objects.exclude(name="hris.people_imported").count() == events


def test_only_hires_of_the_last_this_and_the_coming_month_enter(october):
    inside = [hired(datetime.date(2026, month, day)) for month, day in ((9, 1), (10, 20), (11, 30))]
    for day in (datetime.date(2026, 8, 31), datetime.date(2026, 12, 1)):
        hired(day)
    PersonFactory(left=True, hired_on=datetime.date(2026, 10, 5))
    hired(datetime.date(2026, 10, 6), site=None)

    cohorts.gather_newcomers()

    assert set(Journey.objects.values_list("newcomer", flat=True)) == {person.pk for person in inside}


def test_cohort_opens_by_the_clock_fifteen_days_before_and_not_sixteen(october, hr):
    person = hired(datetime.date(2026, 11, 9))
    cohorts.tend()
    with clock.moved_to(MORNING + 4 * DAY):
        cohorts.tend()
        assert cohort_of(person).state == "planned"
    with clock.moved_to(MORNING + 5 * DAY):
        cohorts.tend()
        assert cohort_of(person).state == "open"


def test_late_arrival_joins_the_cohort_that_is_open(november, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    late = hired(datetime.date(2026, 11, 5))

    with django_capture_on_commit_callbacks(execute=True):
        imported()

    cohort = cohort_of(late)
    assert cohort == cohort_of(november[0])
    assert late.pk in members(cohort)
    assert Journey.objects.get(newcomer=late).state == "active"


def test_newcomers_wait_as_long_as_links_would_lead_nowhere(november, settings, django_capture_on_commit_callbacks):
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, SMTP
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    assert not Invitation.objects.exists()
    assert not Journey.objects.filter(invited_at__isnull=False).exists()
    settings.EMAIL_BACKEND = usual
    with django_capture_on_commit_callbacks(execute=True):
        cohorts.tend()
    assert set(Invitation.objects.values_list("person", flat=True)) == {november[0].pk}


def test_who_is_expected_is_invited_when_their_door_opens_and_once(november, django_capture_on_commit_callbacks):
    first, later, elsewhere = november
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    invited = lambda: set(Invitation.objects.values_list("person", flat=True))  # noqa: E731
    assert invited() == {first.pk}

    with clock.moved_to(MORNING + 19 * DAY), django_capture_on_commit_callbacks(execute=True):
        cohorts.tend()
        cohorts.tend()
    assert invited() == {first.pk, later.pk, elsewhere.pk}
    assert RecordedEvent.objects.filter(name="identity.people_invited").count() == 2


def test_first_day_moved_before_it_came_moves_the_person_and_their_dates(november, django_capture_on_commit_callbacks):
    first, later, _elsewhere = november
    buddy = PersonFactory(site=first.site)
    with django_capture_on_commit_callbacks(execute=True):
        imported()
        journey = Journey.objects.get(newcomer=first)
        asked = buddies.ask_buddy(actor=journey.cohort.host, journey=journey, person=buddy)
        buddies.accept_request(person=buddy, request=asked)
    old = cohort_of(first)
    assert members(old) >= {first.pk, buddy.pk}
    due = dict(journey.steps.values_list("position", "due_on"))

    type(first).objects.filter(pk=first.pk).update(hired_on=datetime.date(2026, 12, 8))
    with django_capture_on_commit_callbacks(execute=True):
        imported()

    journey.refresh_from_db()
    assert (journey.cohort.month, journey.starts_on, journey.buddy) == (datetime.date(2026, 12, 1), datetime.date(2026, 12, 8), buddy)
    assert members(old) == {later.pk, old.host_id}
    assert dict(journey.steps.values_list("position", "due_on")) == {place: day + 35 * DAY for place, day in due.items()}
    with clock.moved_to(MORNING + 40 * DAY), django_capture_on_commit_callbacks(execute=True):
        cohorts.tend()
    journey.refresh_from_db()
    assert members(journey.cohort) >= {first.pk, buddy.pk}
    assert Journey.objects.filter(newcomer=first).count() == 1


def test_first_day_put_right_after_it_came_keeps_the_cohort(october, hr, django_capture_on_commit_callbacks):
    person = hired(datetime.date(2026, 10, 12))
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    cohort = cohort_of(person)

    type(person).objects.filter(pk=person.pk).update(hired_on=datetime.date(2026, 9, 28))
    with django_capture_on_commit_callbacks(execute=True):
        imported()

    journey = Journey.objects.get(newcomer=person)
    assert (journey.cohort, journey.starts_on) == (cohort, datetime.date(2026, 9, 28))


def test_planned_cohort_that_everybody_left_is_gone(october):
    person = hired(datetime.date(2026, 11, 16))
    cohorts.gather_newcomers()
    type(person).objects.filter(pk=person.pk).update(hired_on=datetime.date(2026, 12, 7))

    cohorts.gather_newcomers()

    assert [cohort.month for cohort in Cohort.objects.all()] == [datetime.date(2026, 12, 1)]


def test_who_never_comes_has_their_journey_archived_and_who_comes_back_has_another(november, django_capture_on_commit_callbacks):
    first = november[0]
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    deactivate(person_ids=[first.pk])

    gone = Journey.objects.get(newcomer=first)
    assert (gone.state, gone.ended_because) == ("archived", "left")
    assert first.pk not in members(gone.cohort)
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    assert not Journey.objects.running().filter(newcomer=first).exists()

    type(first).objects.filter(pk=first.pk).update(state="expected", leaves_on=None)
    with django_capture_on_commit_callbacks(execute=True):
        imported()
    assert Journey.objects.running().get(newcomer=first).cohort == gone.cohort


def test_journey_that_hr_archived_is_not_made_again(november):
    cohorts.tend()
    from onboarding.services.journeys import archive_journey

    journey = Journey.objects.get(newcomer=november[0])
    archive_journey(actor=journey.cohort.host, journey=journey)

    cohorts.tend()

    assert Journey.objects.filter(newcomer=november[0]).count() == 1


def test_host_is_hr_over_the_units_of_the_newcomers(october):
    unit, other = UnitFactory(), UnitFactory()
    near, far = PersonFactory(site=SiteFactory(name="Lyon")), PersonFactory(first_name="Aa", last_name="Aa")
    RoleGrantFactory(person=near, role="hr", unit=unit)
    RoleGrantFactory(person=far, role="hr", unit=other)
    person = hired(datetime.date(2026, 10, 26), unit=unit)

    cohorts.tend()

    assert cohort_of(person).host == near


def test_cohort_opens_without_a_host_where_nobody_holds_hr(october):
    person = hired(datetime.date(2026, 10, 26))

    cohorts.tend()

    assert (cohort_of(person).state, cohort_of(person).host) == ("open", None)


def test_hr_names_the_host_who_owns_the_community(hr):
    before, after = PersonFactory(), PersonFactory()
    cohort = CohortFactory(open=True, host=before)

    cohorts.name_host(actor=hr, cohort=cohort, host=after)
    cohorts.name_host(actor=hr, cohort=cohort, host=after)

    roles = dict(AudienceMember.objects.filter(audience=cohort.audience).values_list("person", "role"))
    assert roles == {before.pk: "member", after.pk: "owner"}
    assert Cohort.objects.get().host == after


@pytest.mark.parametrize("who", ["nobody", "host", "member", "hr of elsewhere"])
def test_nobody_else_names_a_host(who):
    host, member = PersonFactory(), PersonFactory()
    cohort = CohortFactory(open=True, host=host, members=[member])
    JourneyFactory(cohort=cohort, newcomer=member)
    elsewhere = PersonFactory()
    RoleGrantFactory(person=elsewhere, role="hr", unit=UnitFactory())
    actor = {"nobody": PersonFactory(), "host": host, "member": member, "hr of elsewhere": elsewhere}[who]

    with pytest.raises(PermissionDenied):
        cohorts.name_host(actor=actor, cohort=cohort, host=actor)
    assert Cohort.objects.get().host == host


def test_host_is_somebody_who_is_here(hr):
    with pytest.raises(cohorts.NotAHost):
        cohorts.name_host(actor=hr, cohort=CohortFactory(), host=PersonFactory(expected=True))


def test_host_hears_that_it_opened_and_newcomers_of_their_journey_alone(november, told, hr, django_capture_on_commit_callbacks):
    first, later, _elsewhere = november

    with django_capture_on_commit_callbacks(execute=True):
        imported()

    assert told("cohort_opened") == [[hr.pk]]
    deliveries.drain()
    for newcomer in (first, later):
        assert [one.event for one in Notification.objects.filter(recipient=newcomer)] == ["onboarding.journey_started"]
