"""The parts of readers that only pairs need."""

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
class InPair(Part):
    """The two people of the pair of the row, as long as the pair is in one of ``states``."""

    states: tuple[str, ...]
    column: str = "pair"
    sentence = _("the two of you")

    def _pairs(self, **columns: Any) -> QuerySet[Any]:
        return apps.get_model("mentoring.MentoringPair")._base_manager.filter(state__in=self.states, **columns)

    def q(self, person: Reader) -> Q:
        mine = self._pairs(mentor=person.pk).values("pk"), self._pairs(mentee=person.pk).values("pk")
        return Q(**{f"{self.column}__in": mine[0]}) | Q(**{f"{self.column}__in": mine[1]})

    def people(self, thing: Any) -> QuerySet[Person]:
        pair = self._pairs(pk=getattr(thing, f"{self.column}_id"))
        named = Q(pk__in=pair.values("mentor")) | Q(pk__in=pair.values("mentee"))
        return apps.get_model("core.Person")._base_manager.filter(named)


@dataclass(frozen=True)
class Sealed(Part):
    """The people of a pair or a request whose words are under seal: nothing of it is open to them, whatever else opens it.

    ``pair`` names the column of the pair, for the rows that belong to one.
    """

    pair: str = ""
    sentence = _("whoever has to show their second factor again")

    def _seals(self, **columns: Any) -> QuerySet[Any]:
        return apps.get_model("mentoring.Seal")._base_manager.filter(**columns).values("person")

    def q(self, person: Reader) -> Q:
        seals = self._seals(person=person.pk)
        named = Q(mentor__in=seals) | Q(mentee__in=seals)
        if not self.pair:
            return named
        pairs = apps.get_model("mentoring.MentoringPair")._base_manager
        return Q(**{f"{self.pair}__in": pairs.filter(named).values("pk")})

    def people(self, thing: Any) -> QuerySet[Person]:
        row = getattr(thing, self.pair) if self.pair else thing
        return apps.get_model("core.Person")._base_manager.filter(pk__in=self._seals(person__in=(row.mentor_id, row.mentee_id)))
