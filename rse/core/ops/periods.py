"""How long something is kept, as values: what the register says is computed from them, and one job applies them."""

from __future__ import annotations

import calendar
import datetime
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import DateTimeField, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import clock
from ..enums import PersonState

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Words = str | Promise


@dataclass(frozen=True)
class Span:
    """A length of time on the calendar; one in which nothing is counted is over at once."""

    months: int = 0
    days: int = 0
    hours: int = 0

    def before(self, instant: datetime.datetime) -> datetime.datetime:
        """Return the instant before which whatever began has had this span at ``instant``.

        Where the month has no such day, all of it has: on the 31st of January, two months are over for the whole of November.
        """
        found, is_there = _months_from(instant, -self.months)
        return (found if is_there else _end_of_month(found)) - datetime.timedelta(days=self.days, hours=self.hours)

    def after(self, instant: datetime.datetime) -> datetime.datetime:
        """Return the last instant of this span where it begins at ``instant``: the end of a month that has no such day."""
        found, is_there = _months_from(instant, self.months)
        last = found if is_there else _end_of_month(found) - datetime.timedelta(microseconds=1)
        return last + datetime.timedelta(days=self.days, hours=self.hours)

    def since(self, event: Words) -> str:
        """Return in the language of the reader how long after ``event`` something is kept."""
        if self.months:
            return ngettext("%(count)d month after %(event)s", "%(count)d months after %(event)s", self.months) % self._said(event)
        if self.days:
            return ngettext("%(count)d day after %(event)s", "%(count)d days after %(event)s", self.days) % self._said(event)
        if self.hours:
            return ngettext("%(count)d hour after %(event)s", "%(count)d hours after %(event)s", self.hours) % self._said(event)
        return _("until %(event)s") % {"event": event}

    def employed(self) -> str:
        """Return in the language of the reader how long after a leaving something is kept."""
        if self.months:
            return ngettext("while employed, then %(count)d month", "while employed, then %(count)d months", self.months) % self._said("")
        if self.days:
            return ngettext("while employed, then %(count)d day", "while employed, then %(count)d days", self.days) % self._said("")
        return _("while employed")

    def _said(self, event: Words) -> dict[str, Any]:
        return {"count": self.months or self.days or self.hours, "event": event}


def _months_from(instant: datetime.datetime, months: int) -> tuple[datetime.datetime, bool]:
    """Return the same day ``months`` later, or earlier, and whether that month has it; where it has not, its last day."""
    year, month = divmod(instant.year * 12 + instant.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return instant.replace(year=year, month=month + 1, day=min(instant.day, length)), instant.day <= length


def _end_of_month(last_day: datetime.datetime) -> datetime.datetime:
    return last_day.replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=1)


class Kept(ABC):
    """How long something is kept."""

    @property
    @abstractmethod
    def says(self) -> str:
        """What the register says, in the language of its reader."""


@dataclass(frozen=True, kw_only=True)
class Applied(Kept):
    """A period of rows of ``model`` that the job applies.

    ``does`` takes the keys of rows whose time is over; without it they are deleted, and the database deletes what hangs on them. Rows of
    the models that it ``takes`` go as well although they do not hang on these.
    """

    model: str
    things: Words  # what the rows are, for the register
    part: str = ""  # which of the rows, where two periods of one model would have one name
    lasts: Span = Span()
    among: Q = field(default_factory=Q)
    does: Callable[[Sequence[Any]], object] | None = None
    takes: tuple[str, ...] = ()

    @property
    @abstractmethod
    def name(self) -> str:
        """What the period is called, once among all."""

    @abstractmethod
    def over(self, now: datetime.datetime) -> QuerySet:
        """Return the rows that have had their time at ``now``."""

    def apply(self, keys: Sequence[Any]) -> None:
        """Run the action of the period on the rows with these keys, in the caller's transaction."""
        if self.does is not None:
            self.does(keys)
        else:
            apps.get_model(self.model)._base_manager.filter(pk__in=keys).delete()

    def _named(self, what: str) -> str:
        span = "".join(f"{count}{letter}" for count, letter in zip(vars(self.lasts).values(), "mdh", strict=True) if count)
        return " ".join(filter(None, (self.model, what, span, self.part)))


@dataclass(frozen=True, kw_only=True)
class After(Applied):
    """Rows whose ``since`` is further back than ``lasts``; those without that instant stay, and those that are not ``among``.

    Where no column says it, ``rows`` does: it takes the limit and returns the queryset.
    """

    since: str
    event: Words  # what happened at that instant
    rows: Callable[[datetime.datetime], QuerySet] | None = None

    @property
    def name(self) -> str:
        return self._named(self.since)

    @property
    def says(self) -> str:
        return self.lasts.since(self.event)

    def over(self, now: datetime.datetime) -> QuerySet:
        limit = self.lasts.before(now)
        if self.rows is not None:
            return self.rows(limit)
        gone = {f"{self.since}__lt": limit} if self._is_instant() else {f"{self.since}__lt": clock.date_of(limit)}
        return apps.get_model(self.model)._base_manager.filter(self.among, **gone)

    def _is_instant(self) -> bool:
        """Whether ``since`` is an instant; a date, or the ``__date`` of an instant, is kept to its end."""
        if self.since.endswith("__date"):
            return False
        model, column = apps.get_model(self.model), None
        for name in self.since.split("__"):
            column = model._meta.get_field(name)
            model = column.related_model or model
        return isinstance(column, DateTimeField)


@dataclass(frozen=True, kw_only=True)
class Employed(Applied):
    """Rows of somebody who left longer ago than ``lasts``: at the foreign key ``person``, or the person's own row where that is empty."""

    person: str = "person"

    @property
    def name(self) -> str:
        return self._named(f"{self.person} left".strip())

    @property
    def says(self) -> str:
        return self.lasts.employed()

    def over(self, now: datetime.datetime) -> QuerySet:
        prefix = f"{self.person}__" if self.person else ""
        gone = {f"{prefix}state": PersonState.LEFT, f"{prefix}leaves_on__lt": clock.date_of(self.lasts.before(now))}
        return apps.get_model(self.model)._base_manager.filter(self.among, **gone)


@dataclass(frozen=True, kw_only=True)
class WithThing(Applied):
    """Rows that the job takes away once ``thing`` is no more: they name it in a way that the database does not follow.

    ``rows`` takes an instant and returns the queryset of those whose thing was gone then.
    """

    thing: Words
    rows: Callable[[datetime.datetime], QuerySet]

    @property
    def name(self) -> str:
        return self._named("with its thing")

    @property
    def says(self) -> str:
        return _("as long as %(thing)s") % {"thing": self.thing}

    def over(self, now: datetime.datetime) -> QuerySet:
        return self.rows(now)


@dataclass(frozen=True)
class AsLong(Kept):
    """As long as a thing: rows of one of the models ``of`` are the thing, others hang on one, so that the database deletes them with it.

    Where neither is so, the function at the path ``by`` follows the thing.
    """

    thing: Words
    of: tuple[str, ...]
    by: str = ""

    @property
    def says(self) -> str:
        return _("as long as %(thing)s") % {"thing": self.thing}


@dataclass(frozen=True)
class Until(Kept):
    """Until somebody does something, by the function at the path ``by``."""

    event: Words
    by: str

    @property
    def says(self) -> str:
        return _("until %(event)s") % {"event": self.event}


@dataclass(frozen=True)
class Nameless(Kept):
    """For others, under no name once its author has left and their own row says nothing of them any more."""

    @property
    def says(self) -> str:
        return _("without a name once its author has left")


@dataclass(frozen=True)
class Empty(Kept):
    """A table of a library that nothing here fills."""

    @property
    def says(self) -> str:
        return _("never kept")


def told(kept: Sequence[Kept]) -> str:
    """Return what the register says of something under several periods."""
    return "; ".join(dict.fromkeys(one.says for one in kept))


def write(model: str, **values: Any) -> Callable[[Sequence[Any]], object]:
    """Return what writes ``values`` into rows of ``model`` where their period ends."""
    return lambda keys: apps.get_model(model)._base_manager.filter(pk__in=keys).update(**values)
