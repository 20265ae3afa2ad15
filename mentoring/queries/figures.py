"""What HR may know: how many people began to be accompanied in a month that is over. No name, goal, note or subject is read here."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from rse.core import clock
from rse.core.access.readers import HoldsRole
from rse.core.enums import PersonState, Role
from rse.core.ops.figures import FEWEST, rounded, told
from talent.models import Skill
from talent.queries import months_before

from ..models import MentoringOffer, MentoringPair, OfferSkill, Session

if TYPE_CHECKING:
    from rse.core.models import Person

MONTHS = 2  # that are over: of earlier ones, pairs are erased by now, and a figure that falls would tell of an end


def months_counted() -> list[datetime.date]:
    """Return the first day of each month that figures are given for, the newest first; the current one is never among them."""
    first = clock.today().replace(day=1)
    return [months_before(first, number) for number in range(1, MONTHS + 1)]


def pairs_counted(person: Person) -> list[dict[str, Any]]:
    """Return for HR, month by month, how many ``people`` of their units began to be accompanied, and how many ``sessions`` there were.

    From the pairs that began and the sessions held in these months, told by ``rse.core.ops.figures``; two queries. Ended pairs count as
    those that run. A figure about fewer than five people accompanied is None, as where there is no data.
    """
    rows = MentoringPair.objects.filter(HoldsRole(Role.HR, person="mentee").q(person))
    began: dict[datetime.date, set[int]] = {month: set() for month in months_counted()}
    met: dict[datetime.date, set[int]] = {month: set() for month in began}
    held = dict.fromkeys(began, 0)
    since, until = min(began), clock.today().replace(day=1)
    for on, mentee in rows.filter(began_on__gte=since, began_on__lt=until).values_list("began_on", "mentee"):
        began[on.replace(day=1)].add(mentee)
    sessions = Session.objects.filter(pair__in=rows.values("pk"), on__gte=since, on__lt=until)
    for on, mentee in sessions.values_list("on", "pair__mentee"):
        met[on.replace(day=1)].add(mentee)
        held[on.replace(day=1)] += 1
    people = told({month: len(found) for month, found in began.items()})
    in_sessions = told({month: len(found) for month, found in met.items()})
    sessions_told = {month: None if number is None else rounded(held[month]) for month, number in in_sessions.items()}
    return [{"month": month, "people": people[month], "sessions": sessions_told[month]} for month in began]


def offers_by_skill(person: Person) -> list[dict[str, Any]]:
    """Return about how many people offer help on each skill; one that fewer than five offer is absent, as one that nobody offers."""
    offers = MentoringOffer.objects.visible_to(person).filter(is_open=True, is_hidden=False, mentor__state=PersonState.ACTIVE)
    rows = OfferSkill.objects.filter(offer__in=offers.values("pk")).order_by().values("skill").annotate(count=Count("offer"))
    counted = {row["skill"]: row["count"] for row in rows if row["count"] >= FEWEST}
    return [{"skill": skill, "count": rounded(counted[skill.pk])} for skill in Skill.objects.filter(pk__in=counted).by_label()]
