"""Parts of readers that only openings and applications need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rse.core.access.readers import NOTHING, Part, Reader
from rse.core.enums import PersonState, Role

from .enums import LIVE

if TYPE_CHECKING:
    from rse.core.models import Person


def _people(**columns: Any) -> QuerySet[Person]:
    return apps.get_model("core.Person")._base_manager.filter(**columns)


def _lines(**columns: Any) -> QuerySet[Any]:
    return apps.get_model("core.ReportingLine")._base_manager.filter(**columns)


@dataclass(frozen=True)
class InTeam(Part):
    """Those who recruit, today, for the opening that ``column`` names, or that the row is."""

    column: str = "pk"
    sentence = _("the people who recruit for it")

    def _members(self, **columns: Any) -> QuerySet[Any]:
        return apps.get_model("mobility.OpeningMember").objects.current().filter(**columns)

    def q(self, person: Reader) -> Q:
        return Q(**{f"{self.column}__in": self._members(person=person.pk).values("opening")})

    def people(self, thing: Any) -> QuerySet[Person]:
        opening = thing.pk if self.column == "pk" else getattr(thing, f"{self.column}_id")
        return _people(pk__in=self._members(opening=opening).values("person"))


@dataclass(frozen=True)
class HeadWhoHandles(Part):
    """The head of HR whom an application was given to, because nobody nearer stands outside the applicant's line."""

    sentence = _("the head of HR, who handles it")

    def q(self, person: Reader) -> Q:
        return Q(handler=person.pk) if person.holds(Role.HR_HEAD) else NOTHING

    def people(self, thing: Any) -> QuerySet[Person]:
        heads = apps.get_model("core.RoleGrant").objects.current().filter(role=Role.HR_HEAD).values("person")
        return _people(state=PersonState.ACTIVE).filter(pk__in=heads).filter(pk=thing.handler_id)


@dataclass(frozen=True)
class InformedManager(Part):
    """The one manager whom the applicant told, for as long as they stand directly above."""

    sentence = _("the manager who was told")

    def q(self, person: Reader) -> Q:
        return Q(informed_manager=person.pk, applicant__in=_lines(manager=person.pk, depth=1).values("person"))

    def people(self, thing: Any) -> QuerySet[Person]:
        direct = _lines(person=thing.applicant_id, depth=1).values("manager")
        return _people(pk=thing.informed_manager_id).filter(pk__in=direct)


@dataclass(frozen=True)
class AppliesToo(Part):
    """Whoever waits for an answer about the same opening: nobody reads those they compete with."""

    sentence = _("those who apply for the same opening")

    def _waiting(self, **columns: Any) -> QuerySet[Any]:
        return apps.get_model("mobility.Application")._base_manager.filter(state__in=LIVE, erased_at=None, **columns)

    def q(self, person: Reader) -> Q:
        return Q(opening__in=self._waiting(applicant=person.pk).values("opening")) & ~Q(applicant=person.pk)

    def people(self, thing: Any) -> QuerySet[Person]:
        waiting = self._waiting(opening=thing.opening_id, applicant__isnull=False)
        return _people(pk__in=waiting.values("applicant")).exclude(pk=thing.applicant_id or 0)
