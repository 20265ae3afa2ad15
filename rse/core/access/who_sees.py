"""Who will see this? Answered from the readers that a model declares, for a row as it stands or as it will."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from .readers import Everyone, InAudience, Part, Reader, When, lazy_list


def who_reads(thing: Any, field: str = "") -> list[Part]:
    """Return the parts that open ``thing``, a row as it stands or as it will, whoever these people are: no query.

    Of a ``field`` that fewer read than the row, a model declares ``field_readers``: the parts that open it, and those that close it.
    """
    opening = thing.field_readers[field][0] if field else thing.readers
    return [_as_it_opens(part, thing) for part in opening.alternatives() if part.holds(thing)]


def who_never_reads(thing: Any, field: str = "") -> list[Part]:
    """Return the parts that close ``thing``, or this ``field`` of it, whatever else somebody is."""
    closing = thing.field_readers[field][1] if field else thing.denied
    return [part for part in closing.alternatives() if part.holds(thing)] if closing else []


def in_words(parts: Iterable[Part], model: Any) -> str:
    """Return whom ``parts`` of ``model`` name, each once, as one list in the language of the page."""
    return str(lazy_list(part.in_words(model) for part in parts))


@dataclass(frozen=True)
class _ToEveryone(Part):
    """A part that opens a row to everybody who works here, because the audience is open, and to its members who are expected."""

    part: Part
    sentence = Everyone.sentence

    def q(self, person: Reader) -> Q:
        return self.part.q(person)

    def people(self, thing: Any) -> QuerySet[Any]:
        return self.part.people(thing)


def _as_it_opens(part: Part, thing: Any) -> Part:
    """Return the part with words that are true of ``thing``: an open audience lets in everyone."""
    inner = part.part if isinstance(part, When) else part
    if not isinstance(inner, InAudience) or inner.roles:
        return part
    audience = thing if inner.column == "pk" else getattr(thing, inner.column, None)
    return _ToEveryone(part) if audience is not None and audience.is_open else part
