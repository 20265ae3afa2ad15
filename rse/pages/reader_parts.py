"""The parts of readers that only pages need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import NOTHING, Part, Reader
from rse.core.enums import PersonState, Role

from .rules import branches_of

if TYPE_CHECKING:
    from rse.core.models import Person

STEP = 4  # characters of the path per level of the tree


def _people(**columns: Any) -> QuerySet[Person]:
    return apps.get_model("core.Person")._base_manager.filter(**columns)


def is_published() -> Q:
    """Return the filter of what is live at this instant: an end that has passed counts before the job that takes the page down has run."""
    return Q(live=True) & (Q(expire_at=None) | Q(expire_at__gt=clock.now()))


@dataclass(frozen=True)
class Published(Part):
    """Everybody who may sign in, those who are expected too, while the page is published."""

    sentence = _("everyone in the company, and those who are about to join it")

    def q(self, person: Reader) -> Q:
        return is_published()

    def people(self, thing: Any) -> QuerySet[Person]:
        if not type(thing)._base_manager.filter(is_published(), pk=thing.pk).exists():
            return _people().none()
        return _people(state__in=(PersonState.ACTIVE, PersonState.EXPECTED))


@dataclass(frozen=True)
class EditsSection(Part):
    """Those who edit the branch in which the page stands, today."""

    sentence = _("the editors of its section")

    def q(self, person: Reader) -> Q:
        condition = NOTHING
        for path in branches_of(person):
            condition |= Q(path__startswith=path)
        return condition

    def people(self, thing: Any) -> QuerySet[Person]:
        above = [thing.path[:length] for length in range(STEP, len(thing.path) + 1, STEP)]
        grants = apps.get_model("core.RoleGrant").objects.current()
        named = apps.get_model("pages.SectionEditor").objects.filter(section__path__in=above)
        condition = Q(pk__in=named.values("person")) & Q(pk__in=grants.filter(role=Role.EDITOR).values("person"))
        if apps.get_model("pages.HandbookIndex").objects.filter(path__in=above).exists():
            condition |= Q(pk__in=grants.filter(role=Role.HR_HEAD).values("person"))
        return _people(state=PersonState.ACTIVE).filter(condition)


@dataclass(frozen=True)
class ReadsPage(Part):
    """Those who read the page named in ``column`` now, as it declares them itself."""

    column: str
    sentence = _("everyone who reads the page")

    def q(self, person: Reader) -> Q:
        pages = apps.get_model("pages.HandbookPage")
        return Q(**{f"{self.column}__in": pages._base_manager.filter(pages.readers.q(person)).values("pk")})

    def people(self, thing: Any) -> QuerySet[Person]:
        page = getattr(thing, self.column)
        people: QuerySet[Person] = page.readers.people(page)
        return people
