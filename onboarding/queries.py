"""What is read here beyond a queryset."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from communities.models import Community
from rse.core import clock
from rse.core.access import kinds
from rse.core.access.readers import HoldsRole
from rse.core.enums import PersonState, Role
from rse.core.models import AudienceMember, Person, ReportingLine, RoleGrant, UnitClosure
from talent.models import HelpConfirmation

from .dates import months_after
from .enums import MOST_AT_ONCE, RUNNING, Actor, CohortState, JourneyState, RequestState, VersionState
from .models import BuddyRequest, Cohort, Journey, JourneyStep, TemplateVersion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

FACES = 5
TRIAL_WHERE_UNKNOWN = 12  # months after the first day
SOON = datetime.timedelta(days=7)


def place_of(person: Person) -> tuple[bool, bool]:
    """Return whether ``person`` has a journey that runs, and whether they follow somebody's; one query, asked once per person object."""
    if "onboarding_place" not in person.__dict__:
        below = ReportingLine.objects.filter(manager=person.pk, depth=1).values("person")
        mine = Journey.objects.running().filter(Q(newcomer=person.pk) | Q(buddy=person.pk) | Q(newcomer__in=below))
        found = list(mine.order_by().values_list("newcomer", flat=True)) if person.may_sign_in else []
        person.__dict__["onboarding_place"] = (person.pk in found, any(one != person.pk for one in found))
    return person.__dict__["onboarding_place"]


def has_journey(person: Person) -> bool:
    return place_of(person)[0]


def follows_somebody(person: Person) -> bool:
    return person.is_present and place_of(person)[1]


def journey_of(person: Person) -> Journey | None:
    """Return the journey of ``person`` that runs, or else the last one."""
    rows = Journey.objects.visible_to(person).filter(newcomer=person.pk).with_card().select_related("template_version")
    ended_last = Case(When(state__in=RUNNING, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(ended_last, "-starts_on", "-pk").first()


def opened_journeys(person: Person) -> QuerySet[Journey]:
    """Return the queryset of the journeys that ``person`` may open, with their cards."""
    return Journey.objects.visible_to(person).with_card().select_related("template_version")


def followed_by(person: Person) -> list[Journey]:
    """Return the journeys that ``person`` follows as direct manager or as buddy, the earliest first, with what is done."""
    below = ReportingLine.objects.filter(manager=person.pk, depth=1).values("person")
    rows = opened_journeys(person).running().filter(Q(buddy=person.pk) | Q(newcomer__in=below)).exclude(newcomer=person.pk)
    return list(rows.with_progress(private=False).earliest_first())


def managed_by(person: Person, journeys: Iterable[Journey]) -> set[int]:
    """Return the ids of the newcomers of these journeys whom ``person`` manages directly."""
    lines = ReportingLine.objects.filter(manager=person.pk, depth=1, person__in=[one.newcomer_id for one in journeys])
    return set(lines.values_list("person", flat=True))


def steps_of(journey: Journey) -> list[JourneyStep]:
    """Return the steps of the journey in the order of their dates. The caller has opened it, and cuts them by ``fields_for``."""
    return list(journey.steps.select_related("template_step").order_by("due_on", "position"))


def step_at(journey: Journey, position: int) -> JourneyStep | None:
    return journey.steps.select_related("template_step").filter(position=position).first()


def managers_of(journey: Journey) -> list[Person]:
    """Return who manages the newcomer directly, today, by name."""
    lines = ReportingLine.objects.filter(person=journey.newcomer_id, depth=1).values("manager")
    return list(Person.objects.filter(pk__in=lines).with_card().by_name())


def pages_for(reader: Person, slugs: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the pages of the handbook that ``reader`` may open, by slug, as title and address; none while there is no handbook."""
    kind, wanted = kinds.get("page"), {slug for slug in slugs if slug}
    if kind is None or not wanted:
        return {}
    rows = kind.with_card(kinds.readable(kind, reader).filter(slug__in=wanted)).order_by("-pk")
    return {row.slug: {"title": kind.title(row), "url": kind.address(row)} for row in rows}


def communities_for(reader: Person, ids: Iterable[int | None]) -> dict[int, Community]:
    """Return those of these communities that ``reader`` may know of, by id."""
    wanted = {one for one in ids if one}
    rows = Community.objects.visible_to(reader).standing().filter(pk__in=wanted) if wanted else Community.objects.none()
    return {row.pk: row for row in rows.order_by("pk")}


# Cohorts


def cohorts_for(person: Person) -> QuerySet[Cohort]:
    """Return the queryset of the cohorts that ``person`` may open, with how many newcomers each has."""
    there = Journey.objects.filter(cohort=OuterRef("pk")).exclude(state=JourneyState.ARCHIVED).order_by().values("cohort")
    counted = there.annotate(count=Count("pk")).values("count")
    return Cohort.objects.visible_to(person).with_card().annotate(newcomer_count=Coalesce(Subquery(counted), 0))


def cohort_figures(person: Person) -> dict[str, int]:
    rows = Cohort.objects.visible_to(person)
    return {"planned": rows.filter(state=CohortState.PLANNED).count(), "open": running_cohorts(rows).count()}


def running_cohorts(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Narrow the queryset to the cohorts that are open and in which a journey still runs."""
    return rows.filter(state=CohortState.OPEN, pk__in=Journey.objects.running().filter(cohort__isnull=False).values("cohort"))


def journeys_of(reader: Person, cohort: Cohort) -> list[Journey]:
    """Return the journeys of a cohort that ``reader`` may open as HR, with what is done."""
    return list(as_hr(reader).filter(cohort=cohort).with_progress(private=True).earliest_first())


def as_hr(person: Person) -> QuerySet[Journey]:
    """Return the queryset of the journeys that ``person`` follows as HR, their own excepted."""
    units = [unit for role, unit in person.current_grants if role == Role.HR]
    rows = opened_journeys(person).exclude(newcomer=person.pk)
    if None in units:
        return rows
    covered = UnitClosure.objects.filter(ancestor__in=units).values("unit")
    return rows.filter(newcomer__in=Person.objects.filter(unit__in=covered).values("pk"))


def hr_journeys(person: Person, show: str) -> QuerySet[Journey]:
    """Return the queryset of the journeys of HR, narrowed as the figure ``show`` is; an unknown figure gives those that run."""
    rows = as_hr(person)
    narrowed = {
        "without_buddy": rows.running().filter(buddy=None),
        "without_cohort": rows.running().filter(cohort=None),
        "paused": rows.filter(state=JourneyState.PAUSED),
        "ended": rows.exclude(state__in=RUNNING),
    }
    return narrowed[show] if show in narrowed else rows.running()


def late_steps(person: Person) -> QuerySet[JourneyStep]:
    """Return the queryset of the steps past their date of the journeys that ``person`` follows as HR."""
    rows = JourneyStep.objects.filter(done_at=None, due_on__lt=clock.today(), journey__in=as_hr(person).under_way().values("pk"))
    return rows.select_related("template_step", "journey__newcomer__unit", "journey__newcomer__site")


def late_by_actor(person: Person) -> dict[str, int]:
    found = dict(late_steps(person).order_by().values("actor").annotate(count=Count("pk")).values_list("actor", "count"))
    return {actor: found.get(actor, 0) for actor in Actor.values}


def faces_of(reader: Person, cohort: Cohort | None) -> tuple[list[Person], int]:
    """Return a few members of the cohort's community whose card ``reader`` may open, and how many there are.

    Nobody where ``reader`` may not know of that community.
    """
    if cohort is None or cohort.audience_id is None:
        return [], 0
    known = Community.objects.visible_to(reader).standing().values("audience")
    members = AudienceMember.objects.filter(audience=cohort.audience_id, audience__in=known).values("person")
    people = Person.objects.visible_to(reader).exclude(state=PersonState.LEFT).filter(pk__in=members)
    return list(people.exclude(pk=reader.pk).by_name()[:FACES]), people.count()


def possible_hosts(reader: Person, cohort: Cohort) -> list[Person]:
    """Return those who hold a role of HR, the same site first, by name: whoever else HR may name is found by name."""
    holders = RoleGrant.objects.current().filter(role=Role.HR).values("person")
    people = Person.objects.visible_to(reader).present().filter(pk__in=holders).with_card().by_name()
    return sorted(people, key=lambda person: person.site_id != cohort.site_id)


# Buddies


def possible_buddies(reader: Person, journey: Journey) -> QuerySet[Person]:
    """Return the queryset of those who may be asked, with ``elsewhere`` to sort the newcomer's site first.

    Neither above the newcomer, nor new themselves, nor with all they can welcome.
    """
    above = ReportingLine.objects.filter(person=journey.newcomer_id).values("manager")
    busy = Journey.objects.running().exclude(buddy=None).order_by().values("buddy").annotate(count=Count("pk"))
    new = Journey.objects.running().values("newcomer")
    people = Person.objects.visible_to(reader).present().exclude(pk__in=above).exclude(pk__in=new)
    people = people.exclude(pk__in=busy.filter(count__gte=MOST_AT_ONCE).values("buddy")).exclude(pk=journey.newcomer_id)
    elsewhere = Case(When(site=journey.newcomer.site_id, then=Value(0)), default=Value(1), output_field=IntegerField())
    return people.with_card().annotate(elsewhere=elsewhere)


def standing_request(reader: Person, journey: Journey) -> BuddyRequest | None:
    """Return the request that waits or was accepted, if ``reader`` may read it."""
    return BuddyRequest.objects.visible_to(reader).standing().filter(journey=journey).with_card().first()


def requests_to(person: Person) -> QuerySet[BuddyRequest]:
    """Return the queryset of the requests to ``person`` that wait for an answer."""
    rows = BuddyRequest.objects.visible_to(person).pending().filter(person=person.pk, expires_at__gt=clock.now())
    return rows.with_card().order_by("asked_at", "pk")


def requests_of(person: Person) -> QuerySet[BuddyRequest]:
    """Return the queryset of the requests that were made to ``person`` and that they may still read."""
    return BuddyRequest.objects.visible_to(person).filter(person=person.pk).with_card()


def thanks_of(journey: Journey) -> BuddyRequest | None:
    """Return the request with what the newcomer said of the present buddy, never of a former one. Cut by ``fields_for``."""
    if journey.buddy_id is None:
        return None
    said = BuddyRequest.objects.filter(journey=journey, person=journey.buddy_id).exclude(thanks="")
    return said.filter(state=RequestState.ACCEPTED).first() or said.order_by("-answered_at", "-pk").first()


def is_confirmed(request: BuddyRequest | None) -> bool:
    if request is None or request.confirmation_id is None:
        return False
    return HelpConfirmation.objects.filter(pk=request.confirmation_id).exists()


# What waits


def waiting_steps(person: Person) -> list[JourneyStep]:
    """Return the steps that ``person`` does as manager or buddy, due within the week or late, the earliest first."""
    below = ReportingLine.objects.filter(manager=person.pk, depth=1).values("person")
    whose = Q(actor=Actor.BUDDY, journey__buddy=person.pk) | Q(actor=Actor.MANAGER, journey__newcomer__in=below)
    return list(_waiting(person).filter(whose)[:12])


def own_steps(person: Person) -> list[JourneyStep]:
    """Return the next three steps of the journey of ``person``."""
    return list(_waiting(person, soon=False).filter(actor=Actor.NEWCOMER, journey__newcomer=person.pk)[:3])


def _waiting(person: Person, *, soon: bool = True) -> QuerySet[JourneyStep]:
    rows = JourneyStep.objects.filter(done_at=None, journey__in=Journey.objects.visible_to(person).under_way().values("pk"))
    if soon:
        rows = rows.filter(due_on__lte=clock.today() + SOON)
    return rows.select_related("template_step", "journey__newcomer").order_by("due_on", "journey", "position")


# The template


def versions_for(person: Person) -> QuerySet[TemplateVersion]:
    return TemplateVersion.objects.visible_to(person).select_related("published_by").newest_first()


def draft_for(person: Person) -> TemplateVersion | None:
    return TemplateVersion.objects.visible_to(person).filter(state=VersionState.DRAFT).first()


def journeys_over(limit):
    """Return the queryset of the journeys that are over, of a trial period that ended before ``limit``.

    A trial period whose end is not known lasts twelve months, and never longer than its newcomer stayed.
    """
    day = clock.date_of(limit)
    ended = Journey.objects.exclude(state__in=RUNNING)
    known = Q(newcomer__trial_ends_on__gte=F("hired_on"))
    unknown = Q(newcomer__trial_ends_on=None) | Q(newcomer__trial_ends_on__lt=F("hired_on"))
    left = unknown & Q(newcomer__state=PersonState.LEFT, ended_at__lt=limit)
    begun = unknown & Q(hired_on__lt=months_after(day, -TRIAL_WHERE_UNKNOWN))
    return ended.filter(known & Q(newcomer__trial_ends_on__lt=day) | left | begun)


def possible_newcomers(reader: Person) -> QuerySet[Person]:
    """Return the queryset of those for whom ``reader`` may begin a journey: whoever has not left, over whose unit they are HR."""
    over = HoldsRole(Role.HR, unit="unit").q(reader)
    return Person.objects.visible_to(reader).filter(over).exclude(state=PersonState.LEFT).exclude(pk=reader.pk)


def other_hosts(reader: Person) -> QuerySet[Person]:
    """Return the queryset of those whom ``reader``, of HR, may name as the host of a cohort beside the people proposed first."""
    return Person.objects.visible_to(reader).present() if reader.holds(Role.HR) else Person.objects.none()
