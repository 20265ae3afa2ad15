"""A part of readers that only reports need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rse.core.access.readers import Part, Reader

if TYPE_CHECKING:
    from rse.core.models import Person


@dataclass(frozen=True)
class InLineOfNamed(Part):
    """Anyone above one of the people whom ``model`` names for this row (or for this row's ``column``)."""

    model: str
    key: str
    column: str = "pk"
    sentence = _("the management line of the people named on it")

    def q(self, person: Reader) -> Q:
        below = apps.get_model("core.ReportingLine")._base_manager.filter(manager=person.pk).values("person")
        return Q(**{f"{self.column}__in": apps.get_model(self.model)._base_manager.filter(person__in=below).values(self.key)})

    def people(self, thing: Any) -> QuerySet[Person]:
        row = thing.pk if self.column == "pk" else getattr(thing, f"{self.column}_id")
        named = apps.get_model(self.model)._base_manager.filter(**{self.key: row}).values("person")
        above = apps.get_model("core.ReportingLine")._base_manager.filter(person__in=named).values("manager")
        return apps.get_model("core.Person")._base_manager.filter(pk__in=above)
