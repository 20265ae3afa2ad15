"""Cohorts: who begins in one month at one site, gathered from the file of HR and opened fifteen days before the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext as _

from communities.enums import LONGEST_NAME
from communities.services.communities import found_cohort
from communities.services.membership import admit_members, entrust
from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.events.bus import publish
from rse.core.models import Person, RoleGrant, UnitClosure
from rse.hris.queries import first_imported_on
from rse.hris.sending import Newcomer
from rse.identity.mail import leads_nowhere
from rse.identity.rules import is_open_to
from rse.identity.services.invitations import invite_people
from rse.notify import live

from .. import events, rules
from ..dates import OPENS_BEFORE, first_of_month
from ..enums import CohortState, EndReason, JourneyState
from ..models import Cohort, Journey
from . import buddies, journeys, steps

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable


class NotAHost(Exception):
    """The person named as host is not here."""


@transaction.atomic
def gather_newcomers() -> None:
    """Give those hired in the last, this or the coming month a place in the cohort of their month and site, once.

    Whoever's first day moved before it came moves with it; where it was put right later, they keep their cohort. A cohort that nobody is in
    any more, and that never opened, is deleted.
    """
    today = clock.today()
    newcomers = Person.objects.filter(
        state__in=(PersonState.EXPECTED, PersonState.ACTIVE),
        site__isnull=False,
        hired_on__gte=first_of_month(today, plus=-1),
        hired_on__lt=first_of_month(today, plus=2),
    )
    if known_since := first_imported_on():  # of those who were here before the house had anybody, HR picks whom it wants to accompany
        newcomers = newcomers.filter(hired_on__gte=known_since)
    people = list(newcomers.select_related("site").order_by("hired_on", "pk"))
    rows = Journey.objects.filter(newcomer__in=[person.pk for person in people])
    running = set(rows.running().values_list("newcomer", flat=True))
    known = set(rows.exclude(ended_because=EndReason.LEFT).values_list("newcomer", "hired_on"))
    for person in people:
        if person.pk not in running and (person.pk, person.hired_on) not in known:
            _expect(person)
    for journey in Journey.objects.running().exclude(cohort=None).select_related("newcomer__site", "cohort__community").order_by("pk"):
        _follow(journey)
    _settle_first_days()


def _expect(person: Person) -> None:
    if person.hired_on is None:
        return
    cohort = _cohort_of(person, person.hired_on)
    try:
        with transaction.atomic():
            Journey.objects.create(newcomer=person, cohort=cohort, hired_on=person.hired_on, starts_on=person.hired_on)
    except IntegrityError:
        return  # another process gathers too


def _cohort_of(person: Person, day: datetime.date) -> Cohort:
    return Cohort.objects.get_or_create(month=first_of_month(day), site=person.site, defaults={"first_day": day})[0]


def _follow(journey: Journey) -> None:
    """What the file of HR says by now of the first day and the site."""
    person, cohort, day = journey.newcomer, journey.cohort, journey.newcomer.hired_on
    if day is None or person.site_id is None or cohort is None:
        return
    has_moved = day != journey.hired_on
    had_not_begun = clock.today(person.time_zone.key) < journey.hired_on
    if had_not_begun and (cohort.month, cohort.site_id) != (first_of_month(day), person.site_id):
        if cohort.community:
            leavers = {journey.newcomer_id} | ({journey.buddy_id} if journey.buddy_id else set())
            Journey.objects.filter(pk=journey.pk).update(cohort=None)  # before asking who else of theirs is in the cohort
            for person_id in sorted(leavers):
                buddies.take_out(journey=journey, person_id=person_id)
        Journey.objects.filter(pk=journey.pk).update(cohort=_cohort_of(person, day), admitted_at=None, invited_at=None)
    if has_moved:
        Journey.objects.filter(pk=journey.pk).update(hired_on=day)
        journeys.recount(journey, day)


def _settle_first_days() -> None:
    planned = Cohort.objects.filter(state=CohortState.PLANNED)
    firsts = dict(
        Journey.objects.running()
        .filter(cohort__in=planned.values("pk"))
        .order_by()
        .values("cohort")
        .annotate(first=Min("hired_on"))
        .values_list("cohort", "first")
    )
    for cohort in planned.order_by("pk"):
        first = firsts.get(cohort.pk)
        if first is None:
            Journey.objects.filter(cohort=cohort).update(cohort=None)
            Cohort.objects.filter(pk=cohort.pk, state=CohortState.PLANNED).delete()
        elif first != cohort.first_day:
            Cohort.objects.filter(pk=cohort.pk).update(first_day=first)


@transaction.atomic
def open_due_cohorts() -> int:
    """Open the cohorts whose first newcomer begins within fifteen days, at their site; return how many opened."""
    latest = clock.today() + OPENS_BEFORE * 2  # the calendar of a site is never further away than that
    opened = 0
    for cohort in Cohort.objects.filter(state=CohortState.PLANNED, first_day__lte=latest).select_related("site", "host").order_by("pk"):
        if cohort.first_day - OPENS_BEFORE <= clock.today(cohort.site.time_zone):
            opened += _open(cohort)
    return opened


def _open(cohort: Cohort) -> bool:
    if not Cohort.objects.filter(pk=cohort.pk, state=CohortState.PLANNED).update(state=CohortState.OPEN, opened_at=clock.now()):
        return False
    host = cohort.host if cohort.host and cohort.host.is_present else usual_host(cohort)
    with translation.override(settings.LANGUAGE_CODE):
        purpose = _(
            "For those who begin here in the same month, their buddies and their host: ask what you like, also what nobody asks elsewhere."
        )
    community = found_cohort(name=cohort.company_name[:LONGEST_NAME], purpose=purpose, host=host)
    Cohort.objects.filter(pk=cohort.pk).update(host=host, community=community, audience=community.audience_id)
    cohort = Cohort.objects.select_related("site", "community").get(pk=cohort.pk)
    fill_cohort(cohort=cohort)
    # The newcomers hear of it with their journey, which begins at once.
    publish(events.CohortOpened(subject=("cohort", cohort.pk), recipient_ids=(host.pk,) if host else ()))
    return True


def usual_host(cohort: Cohort) -> Person | None:
    """Return the person of HR over the units of the newcomers who hosts when nobody was named: of their site if possible, by name."""
    units = Journey.objects.running().filter(cohort=cohort, newcomer__unit__isnull=False).values("newcomer__unit")
    above = set(UnitClosure.objects.filter(unit__in=units).values_list("ancestor", flat=True))
    grants = RoleGrant.objects.current().filter(role=Role.HR).values_list("person", "unit")
    holders = {person for person, unit in grants if unit is None or unit in above}
    people = Person.objects.present().filter(pk__in=holders).by_name()
    return people.filter(site=cohort.site_id).first() or people.first()


@transaction.atomic
def fill_cohort(*, cohort: Cohort) -> list[int]:
    """Admit the newcomers who are not in the community of an open cohort, with their buddies; return their ids.

    Their journeys begin on the event.
    """
    if cohort.community is None:
        return []
    waiting = list(Journey.objects.running().filter(cohort=cohort, admitted_at=None).order_by("pk"))
    if not waiting:
        return []
    people = [journey.newcomer_id for journey in waiting]
    admit_members(community=cohort.community, person_ids=[*people, *(one.buddy_id for one in waiting if one.buddy_id)])
    Journey.objects.filter(pk__in=[journey.pk for journey in waiting]).update(admitted_at=clock.now())
    publish(events.CohortFilled(subject=("cohort", cohort.pk), person_ids=tuple(people)))
    return people


@transaction.atomic
def fill_open_cohorts() -> None:
    """Admit late arrivals into the cohort of their month."""
    late = Journey.objects.running().filter(admitted_at=None, cohort__state=CohortState.OPEN).values("cohort")
    for cohort in Cohort.objects.filter(pk__in=late).select_related("community").order_by("pk"):
        fill_cohort(cohort=cohort)


def invited_on(newcomer: Newcomer) -> datetime.date | None:
    """Return the day on which somebody whom a file of HR brings is invited, once their cohort is open; None where they are in none."""
    first, today = newcomer.hired_on, clock.today()
    if newcomer.state != PersonState.EXPECTED or first is None or not newcomer.has_site:
        return None
    return max(first - OPENS_BEFORE, today)


@transaction.atomic
def invite_newcomers() -> int:
    """Invite, once, those who are expected and whose door opens; return how many.

    A door opens fifteen days before its own person's first day and therefore never before their cohort: nobody finds it closed. As long
    as links would lead nowhere, they wait.
    """
    if leads_nowhere():
        return 0
    waiting = Journey.objects.running().filter(
        invited_at=None, cohort__state=CohortState.OPEN, newcomer__state=PersonState.EXPECTED, admitted_at__isnull=False
    )
    due = [journey for journey in waiting.select_related("newcomer__site").order_by("pk") if is_open_to(journey.newcomer)]
    Journey.objects.filter(pk__in=[journey.pk for journey in due]).update(invited_at=clock.now())
    return invite_people(person_ids=[journey.newcomer_id for journey in due]) if due else 0


@transaction.atomic
def begin_journeys(*, cohort_id: int, person_ids: Iterable[int]) -> int:
    """Start the journeys of these people of the cohort; return how many began."""
    rows = Journey.objects.filter(cohort=cohort_id, newcomer__in=list(person_ids), state=JourneyState.PLANNED).order_by("pk")
    return journeys.start_journeys(journeys=rows)


@transaction.atomic
def follow_organisation() -> None:
    """Gather newcomers, open cohorts that are due, and update who watches, after a file of HR."""
    gather_newcomers()
    open_due_cohorts()
    fill_open_cohorts()
    invite_newcomers()
    follow_lines()


@transaction.atomic
def follow_lines() -> None:
    """End buddies who stand above, and recheck who watches, after management lines may have moved."""
    buddies.end_where_above()
    for public_id in Journey.objects.running().order_by("pk").values_list("public_id", flat=True):
        live.recheck("journey", public_id)


def tend() -> None:
    """Run the round of every hour: each part is its own transaction, and finds nothing to do when it was done."""
    gather_newcomers()
    open_due_cohorts()
    fill_open_cohorts()
    invite_newcomers()
    buddies.end_where_above()
    buddies.expire_requests()
    steps.remind_of_late_steps()
    journeys.close_over()


@transaction.atomic
def name_host(*, actor: Person, cohort: Cohort, host: Person) -> None:
    """Set the host of the cohort, and of its community once it is open; the former one stays there as a member.

    Raises:
        PermissionDenied: the actor is not HR of its newcomers.
        NotAHost: the person is not here.

    """
    if not rules.can_name_host(actor, cohort):
        raise PermissionDenied
    if not host.is_present:
        raise NotAHost
    changed = Cohort.objects.filter(pk=cohort.pk).exclude(host=host.pk).update(host=host)
    cohort = Cohort.objects.select_related("community").get(pk=cohort.pk)
    if changed and cohort.community:
        entrust(community=cohort.community, owner=host)
