"""Whose yes a role still waits for, and whether anybody could say it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...enums import ROLES_OF_HR, ROLES_THAT_TAKE_TWO, PersonState, Role
from ...models import RoleGrant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...models import RoleRequest

Holders = dict[str, set[int]]
SUCCESSION_YESES = 2


@dataclass(frozen=True)
class Missing:
    """``count`` yeses of holders of one of ``roles``; ``can_come`` says whether there are as many who may still say one."""

    roles: tuple[Role, ...]
    count: int
    can_come: bool

    def sentence(self) -> str:
        """Return whose yes it is, in the language of the reader."""
        role = _(" or ").join(str(one.label) for one in self.roles)
        told = {"count": self.count, "role": role}
        who = ngettext("%(count)s yes: %(role)s", "%(count)s yeses: %(role)s", self.count) % told
        return who if self.can_come else _("%(who)s (nobody who may say it holds this role)") % {"who": who}


def yeses_missing(requests: Iterable[RoleRequest]) -> dict[int, list[Missing]]:
    """Return by the key of each request the yeses that it waits for, in one query; a yes of somebody who lost the role is not counted."""
    holders: Holders = defaultdict(set)
    rows = RoleGrant.objects.current().filter(person__state=PersonState.ACTIVE, role__in=ROLES_THAT_TAKE_TWO | {Role.HR_SUCCESSION})
    for role, person in rows.values_list("role", "person"):
        holders[role].add(person)
    return {request.pk: _missing(request, holders) for request in requests}


def _missing(request: RoleRequest, holders: Holders) -> list[Missing]:
    wanted: list[tuple[tuple[Role, ...], int, set[int]]]
    if request.role == Role.HR_SUCCESSION:  # whoever asked may be one of them
        wanted = [((Role.HR_SUCCESSION,), SUCCESSION_YESES, {request.person_id}), ((Role.DPO,), 1, {request.person_id})]
    else:
        roles = tuple(sorted(ROLES_THAT_TAKE_TWO)) if request.role == Role.ADMINISTRATOR else (Role.HR_HEAD,)
        is_asked = request.role == Role.ADMINISTRATOR or request.role in ROLES_OF_HR
        wanted = [(roles, 1, {request.person_id, request.asked_by_id})] if is_asked else []
    return [one for roles, count, apart in wanted if (one := _of(request, holders, roles, count, apart)).count]


def _of(request: RoleRequest, holders: Holders, roles: tuple[Role, ...], count: int, apart: set[int]) -> Missing:
    may = set().union(*(holders[role] for role in roles)) - apart
    said = {yes.person_id for yes in request.approvals.all() if yes.function in roles and yes.person_id in may}
    everybody = {yes.person_id for yes in request.approvals.all()}  # nobody says two yeses to one request
    left = max(0, count - len(said))
    return Missing(roles, left, len(may - everybody) >= left)
