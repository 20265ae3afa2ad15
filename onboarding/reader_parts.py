"""The one part of readers that this room adds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rse.core.access.readers import EVERYTHING, NOTHING, Part, Reader
from rse.core.enums import PersonState, Role

if TYPE_CHECKING:
    from rse.core.models import Person


def _rows(model: str, **columns: Any) -> QuerySet[Any]:
    return apps.get_model(model)._base_manager.filter(**columns)


@dataclass(frozen=True)
class HROfItsNewcomers(Part):
    """HR over the company, or over a unit in which one of the cohort's newcomers is."""

    sentence = _("HR of its newcomers")

    def q(self, person: Reader) -> Q:
        units = [unit for role, unit in person.current_grants if role == Role.HR]
        if None in units:
            return EVERYTHING
        if not units:
            return NOTHING
        covered = _rows("core.UnitClosure", ancestor__in=units).values("unit")
        people = _rows("core.Person", unit__in=covered).values("pk")
        return Q(pk__in=_rows("onboarding.Journey", newcomer__in=people, cohort__isnull=False).values("cohort"))

    def people(self, thing: Any) -> QuerySet[Person]:
        newcomers = _rows("onboarding.Journey", cohort=thing.pk).values("newcomer")
        units = _rows("core.Person", pk__in=newcomers, unit__isnull=False).values("unit")
        wanted = Q(unit=None) | Q(unit__in=_rows("core.UnitClosure", unit__in=units).values("ancestor"))
        grants = apps.get_model("core.RoleGrant").objects.current().filter(wanted, role=Role.HR)
        return _rows("core.Person", pk__in=grants.values("person"), state=PersonState.ACTIVE)
