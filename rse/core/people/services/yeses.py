"""Whose yes a role still waits for, and whether anybody could say it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...enums import Role
from .roles import who_agrees_now, yeses_awaited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...models import RoleRequest


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
    agreeing = who_agrees_now()
    found: dict[int, list[Missing]] = {}
    for request in requests:
        waits: dict[tuple[str, ...], list[int]] = defaultdict(list)
        said = [(yes.person_id, yes.function) for yes in request.approvals.all()]
        for wait in yeses_awaited(
            role=request.role, person_id=request.person_id, asker_id=request.asked_by_id, said=said, agreeing=agreeing
        ):
            waits[wait.roles].append(len(wait.person_ids))
        found[request.pk] = [
            Missing(tuple(Role(role) for role in roles), len(people), min(people) >= len(people)) for roles, people in waits.items()
        ]
    return found
