"""Two parts of readers that only rows hanging on one another need."""

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
class Both(Part):
    """Those to whom two parts open the row: its author, for as long as they belong to its audience."""

    one: Part
    other: Part
    sentence = _("the person who wrote it")

    def q(self, person: Reader) -> Q:
        return self.one.q(person) & self.other.q(person)

    def people(self, thing: Any) -> QuerySet[Person]:
        return self.one.people(thing).filter(pk__in=self.other.people(thing).values("pk"))


@dataclass(frozen=True)
class GrantedThrough(Part):
    """Holders, today, of a dated grant on the row named in ``column``: whoever handles a report on a text sees its pictures too."""

    kind: str
    column: str
    silent = True
    sentence = _("the people it was opened to")

    def _grants(self, **columns: Any) -> QuerySet[Any]:
        return apps.get_model("core.RowGrant").objects.current().filter(kind=self.kind, **columns)

    def q(self, person: Reader) -> Q:
        return Q(**{f"{self.column}__in": self._grants(person=person.pk).values("row_id")})

    def people(self, thing: Any) -> QuerySet[Person]:
        people = apps.get_model("core.Person")._base_manager
        return people.filter(pk__in=self._grants(row_id=getattr(thing, f"{self.column}_id")).values("person"))
