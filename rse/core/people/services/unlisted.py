"""People whom the files of HR do not name any more: they may not come in, and all of theirs stays until it is known what became of them.

Who may, and when it is time, is asked by the callers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from ... import clock
from ...access import leaving
from ...enums import PersonState
from ...events.bus import publish
from ...events.happenings import PeopleShutOut, PeopleTakenBack
from ...models import Person, RoleGrant
from ...organisation.services.reporting import rebuild_reporting_lines

if TYPE_CHECKING:
    from collections.abc import Sequence


@transaction.atomic
def shut_out(person_ids: Sequence[int]) -> list[int]:
    """End the sessions, sockets and links of those of these people who are here; return their keys.

    Their memberships, offers, places and password stay. Whoever holds a role, or will, is left alone: rights end by somebody's word.
    """
    holders = RoleGrant.objects.not_over().values("person")
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=person_ids).exclude(state=PersonState.LEFT)
    here = list(rows.exclude(pk__in=holders).order_by("pk").values_list("pk", flat=True))
    if not here:
        return []
    Person.objects.filter(pk__in=here).update(state=PersonState.LEFT, unlisted_on=clock.today(), version=F("version") + 1)
    leaving.shut(here)
    rebuild_reporting_lines()
    publish(PeopleShutOut(person_ids=tuple(here), document=("person", 0)))
    return here


@transaction.atomic
def take_back(person_ids: Sequence[int]) -> list[int]:
    """Let those of these people who were shut out come in again, with all that stayed theirs; return their keys.

    Whose first day is still to come is expected again.
    """
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=person_ids, state=PersonState.LEFT)
    shut = rows.filter(unlisted_on__isnull=False).order_by("pk").values_list("pk", "hired_on", "site__time_zone")
    found = {pk: PersonState.EXPECTED if first and first > clock.today(zone) else PersonState.ACTIVE for pk, first, zone in list(shut)}
    if not found:
        return []
    for state in (PersonState.EXPECTED, PersonState.ACTIVE):
        these = [pk for pk, one in found.items() if one == state]
        Person.objects.filter(pk__in=these).update(state=state, unlisted_on=None, version=F("version") + 1)
    rebuild_reporting_lines()
    publish(PeopleTakenBack(person_ids=tuple(found), document=("person", 0)))
    return sorted(found)
