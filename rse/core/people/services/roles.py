"""Roles: asked for somebody else, agreed to by those who must, dated, told to every holder of a role."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from ... import clock
from ...access import leaving, rules
from ...enums import ROLES_OF_HR, ROLES_THAT_TAKE_TWO, SETTLED, PersonState, Role
from ...events.bus import publish
from ...events.happenings import RoleEnded, RoleGranted, RoleRequested
from ...models import Person, RoleApproval, RoleGrant, RoleRequest

if TYPE_CHECKING:
    from ...models import Unit

WAITS = datetime.timedelta(hours=24)  # before the right to succession plans begins, and an administrator to whom nobody could agree
AGREE: dict[str, tuple[str, ...]] = {
    Role.HR_SUCCESSION: (Role.HR_SUCCESSION, Role.DPO),
    Role.ADMINISTRATOR: tuple(sorted(ROLES_THAT_TAKE_TWO)),
}
MOST_SUCCESSION_HOLDERS = 10


class AlreadyAsked(Exception):
    """The same role over the same unit is waiting for an answer, or runs."""


class TooManyHolders(Exception):
    """No more than ten people may read succession plans."""


def holders_ids(*roles: str) -> tuple[int, ...]:
    """Return the ids of the active people who hold one of ``roles`` now (any role when none is named), in order."""
    grants = RoleGrant.objects.current().filter(person__state=PersonState.ACTIVE)
    grants = grants.filter(role__in=roles) if roles else grants
    return tuple(sorted(set(grants.values_list("person", flat=True))))


@dataclass(frozen=True)
class Awaited:
    """A yes that a role waits for: of a holder of one of ``roles``, who are ``person_ids`` now."""

    roles: tuple[str, ...]
    person_ids: tuple[int, ...]


def who_agrees_now() -> list[tuple[str, int, datetime.datetime]]:
    """Return role, person id and start of each current grant of an active person for which there is a yes to say, in one query."""
    roles = {Role.HR_HEAD, *AGREE[Role.HR_SUCCESSION], *AGREE[Role.ADMINISTRATOR]}
    grants = RoleGrant.objects.current().filter(role__in=sorted(roles), person__state=PersonState.ACTIVE)
    return list(grants.order_by("role", "person", "pk").values_list("role", "person", "starts_at"))


def yeses_awaited(
    *, role: str, person_id: int, asker_id: int, said: Sequence[tuple[int, str]], agreeing: Collection[tuple[str, int, datetime.datetime]]
) -> list[Awaited]:
    """Return the yeses that ``role``, asked for a person, waits for after those ``said``, each a person id with a function.

    ``agreeing`` is what ``who_agrees_now`` returned. A yes counts while who said it still holds that role.
    """
    held = {(one, holder) for one, holder, _since in agreeing}
    given = [function for person, function in said if (function, person) in held]
    out = {person_id, *(person for person, _function in said)} | (set() if role == Role.HR_SUCCESSION else {asker_id})
    wanted: list[tuple[str, ...]] = []
    if role == Role.HR_SUCCESSION:
        missing = max(0, 2 - given.count(Role.HR_SUCCESSION))
        wanted += [(Role.HR_SUCCESSION,)] * missing
        wanted += [] if Role.DPO in given else [(Role.DPO,)]
    elif role == Role.ADMINISTRATOR:
        wanted += [] if given else [AGREE[role]]
    elif role in ROLES_OF_HR and Role.HR_HEAD not in given:
        wanted.append((Role.HR_HEAD,))
    settled = clock.now() - SETTLED
    found = []
    for roles in wanted:
        may = {one for name, one, since in agreeing if name in roles and (role != Role.ADMINISTRATOR or since <= settled)}
        found.append(Awaited(tuple(str(name) for name in roles), tuple(sorted(may - out))))
    return found


def start_of(day: datetime.date) -> datetime.datetime:
    """Return the first instant of ``day`` in the zone of the page; of today, now, so that a role given today runs today."""
    if day == clock.today():
        return clock.now()
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def end_of(day: datetime.date | None) -> datetime.datetime | None:
    """Return the instant at which ``day`` is over in the zone of the page."""
    return start_of(day + datetime.timedelta(days=1)) if day else None


@transaction.atomic
def ask_role(
    *, asker: Person, person: Person, role: str, unit: Unit | None, starts_at: datetime.datetime, ends_at: datetime.datetime | None
) -> RoleRequest:
    """Ask that ``person`` hold ``role``; it starts at once where nobody else must agree.

    An administrator takes the yes of another who answers for rights; where there is nobody else, the role begins after a day.

    Raises:
        PermissionDenied: the asker may not, or asks for themselves.
        AlreadyAsked: the same request is open, or the grant runs.
        TooManyHolders: ten people hold the right to succession plans already.

    """
    if not rules.can_ask_role(asker, person, role):
        raise PermissionDenied
    if RoleGrant.objects.not_over().filter(person=person, role=role, unit=unit).exists():
        raise AlreadyAsked
    _check_ceiling(role)
    try:
        with transaction.atomic():
            request = RoleRequest.objects.create(person=person, role=role, unit=unit, starts_at=starts_at, ends_at=ends_at, asked_by=asker)
    except IntegrityError as error:
        raise AlreadyAsked from error
    if functions := rules.functions_for_approval(asker, request):
        RoleApproval.objects.create(request=request, person=asker, function=min(functions))
    if not _grant_if_agreed(request):
        publish(RoleRequested(actor_id=asker.pk, subject=("role_request", request.pk), recipient_ids=_who_may_agree(request)))
    return request


@transaction.atomic
def approve_role(*, approver: Person, request: RoleRequest, function: str) -> RoleRequest:
    """Record an approval in ``function``; the role is granted when everyone who must has approved.

    Raises:
        PermissionDenied: the request is closed, this person may not agree to it in that function, or whoever asked could ask it no more.
        TooManyHolders: the last approval would make more than ten readers of succession plans.

    """
    request = RoleRequest.objects.select_for_update(of=("self",), no_key=True).select_related("person", "asked_by").get(pk=request.pk)
    if request.closed_at or function not in rules.functions_for_approval(approver, request):
        raise PermissionDenied
    if not rules.can_ask_role(request.asked_by, request.person, request.role):  # one of them left, or the asker has lost their role
        raise PermissionDenied
    RoleApproval.objects.get_or_create(request=request, person=approver, defaults={"function": function})
    _grant_if_agreed(request)
    return request


@transaction.atomic
def refuse_role(*, refuser: Person, request: RoleRequest) -> None:
    """Close the request without granting it, as whoever asked or could have agreed.

    Raises:
        PermissionDenied: neither, or the request is closed.

    """
    request = RoleRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)
    if request.closed_at or not (refuser.pk == request.asked_by_id or rules.functions_for_approval(refuser, request)):
        raise PermissionDenied
    request.closed_at = clock.now()
    request.save(update_fields=["closed_at"])


@transaction.atomic
def end_role(*, ender: Person, grant: RoleGrant) -> None:
    """End the role now.

    Raises:
        PermissionDenied: this person may not end it, or it takes two.

    """
    if not rules.can_end_role(ender, grant):
        raise PermissionDenied
    finish_role(grant, actor_id=ender.pk)


@transaction.atomic
def finish_role(grant: RoleGrant, *, actor_id: int | None = None) -> None:
    """End a role now and tell every holder of one. Who may, and how many it takes, was asked by the caller."""
    grant.ends_at = max(clock.now(), grant.starts_at)
    grant.save(update_fields=["ends_at"])
    leaving.run([grant.person_id])
    publish(RoleEnded(actor_id=actor_id, subject=("role_grant", grant.pk), recipient_ids=_told_of(grant)))


@transaction.atomic
def name_first_holder(*, person: Person, role: str, unit: Unit | None = None) -> RoleGrant:
    """Grant a role from the server, where nobody can yet; every holder of a role is told."""
    now = clock.now()
    grant = RoleGrant.objects.create(person=person, role=role, unit=unit, starts_at=now)
    publish(RoleGranted(subject=("role_grant", grant.pk), recipient_ids=_told_of(grant)))
    return grant


def _agreed(request: RoleRequest) -> bool:
    """Whether everyone who must has said yes: a yes counts while who said it still may."""
    yeses = request.approvals.select_related("person").order_by("pk")
    said = [yes.function for yes in yeses if yes.function in rules.functions_for_approval(yes.person, request)]
    if request.role == Role.HR_SUCCESSION:
        return said.count(Role.HR_SUCCESSION) >= 2 and Role.DPO in said
    if request.role == Role.ADMINISTRATOR:
        return bool(said) or not _who_may_agree(request)
    return Role.HR_HEAD in said if request.role in ROLES_OF_HR else True


def _check_ceiling(role: str) -> None:
    """Ten people at most read succession plans, those whose right begins tomorrow included."""
    if role == Role.HR_SUCCESSION:
        holders = RoleGrant.objects.not_over().filter(role=role).values_list("person", flat=True)
        if len(set(holders)) >= MOST_SUCCESSION_HOLDERS:
            raise TooManyHolders


def _grant_if_agreed(request: RoleRequest) -> bool:
    if not _agreed(request):
        return False
    _check_ceiling(request.role)
    now = clock.now()
    waits = request.role == Role.HR_SUCCESSION or (request.role == Role.ADMINISTRATOR and not request.approvals.exists())
    earliest = now + WAITS if waits else now
    starts_at = max(request.starts_at, earliest)
    request.grant = RoleGrant.objects.create(
        person=request.person,
        role=request.role,
        unit=request.unit,
        starts_at=starts_at,
        ends_at=max(request.ends_at, starts_at) if request.ends_at else None,
        granted_by=request.asked_by,
    )
    request.closed_at = now
    request.save(update_fields=["grant", "closed_at"])
    publish(RoleGranted(actor_id=request.asked_by_id, subject=("role_grant", request.grant.pk), recipient_ids=_told_of(request.grant)))
    return True


def _told_of(grant: RoleGrant) -> tuple[int, ...]:
    return tuple(sorted({*holders_ids(), grant.person_id}))


def _who_may_agree(request: RoleRequest) -> tuple[int, ...]:
    roles = AGREE.get(request.role, (Role.HR_HEAD,))
    return tuple(one for one in holders_ids(*roles) if one not in (request.person_id, request.asked_by_id))
