"""What HR may know: that pairs exist, since which month, after how many sessions. No name, no goal, no note, no subject is read here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.readers import HoldsRole
from talent.models import Skill

from ..models import MentoringOffer, MentoringPair, OfferSkill, Session

if TYPE_CHECKING:
    from rse.core.models import Person

FEWEST = 5  # people: below, no figure is given


def pairs_counted(person: Person) -> list[dict[str, Any]]:
    """For HR, the pairs that run among the people of their units: the ``month`` each began and how many ``sessions``, the newest first."""
    held = Session.objects.filter(pair=OuterRef("pk"), on__lte=clock.today()).order_by().values("pair").annotate(count=Count("pk"))
    rows = MentoringPair.objects.running().filter(HoldsRole(Role.HR, person="mentee").q(person))
    rows = rows.annotate(sessions=Coalesce(Subquery(held.values("count"), output_field=IntegerField()), 0))
    said = [{"month": on.replace(day=1), "sessions": sessions} for on, sessions in rows.values_list("began_on", "sessions")]
    return sorted(said, key=lambda one: (one["month"], one["sessions"]), reverse=True)


def offers_by_skill(person: Person) -> list[dict[str, Any]]:
    """How many open offers there are on each skill; ``count`` is None below five, where a figure would point at somebody."""
    offers = MentoringOffer.objects.visible_to(person).filter(is_open=True, is_hidden=False, mentor__state=PersonState.ACTIVE)
    rows = OfferSkill.objects.filter(offer__in=offers.values("pk")).order_by().values("skill").annotate(count=Count("offer"))
    counted = {row["skill"]: row["count"] for row in rows}
    skills = Skill.objects.filter(pk__in=counted).by_label()
    return [{"skill": skill, "count": counted[skill.pk] if counted[skill.pk] >= FEWEST else None} for skill in skills]
