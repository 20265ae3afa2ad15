"""What a page may watch.

Each prefix is registered once, with the two questions that the readers of its rows answer:

    readable(person, ids)   which of these may this person watch now
    readers(id, people)     which of these people may still watch this one

A topic is written ``prefix.id``, or ``prefix`` alone where there is only one. Unknown, malformed and hidden ones are told apart by nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rse.core.readers import readers_of

if TYPE_CHECKING:
    from rse.core.models import Person

PREFIX = re.compile(r"[a-z][a-z_]{0,39}")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
RANDOM_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def number(text: str) -> int | None:
    """The id that ``text`` writes in the one way an id is written."""
    return int(text) if NUMBER.fullmatch(text) else None


def random_id(text: str) -> str | None:
    return text if RANDOM_ID.fullmatch(text) else None


def nothing(text: str) -> str | None:
    """For a prefix that stands alone."""
    return "" if not text else None


@dataclass(frozen=True)
class Family:
    """All topics of one prefix. ``session_allows`` is asked where being signed in is not enough: it reads the data of the session."""

    prefix: str
    readable: Callable[[Person, set[Any]], set[Any]]
    readers: Callable[[Any, set[int]], set[int]]
    parse: Callable[[str], Any]
    session_allows: Callable[[Mapping[str, Any]], bool] | None


_families: dict[str, Family] = {}


def register(
    prefix: str,
    *,
    readable: Callable[[Person, set[Any]], set[Any]],
    readers: Callable[[Any, set[int]], set[int]],
    parse: Callable[[str], Any] = number,
    session_allows: Callable[[Mapping[str, Any]], bool] | None = None,
) -> None:
    """Let pages watch ``prefix.<id>``; each of the two questions costs a constant number of queries.

    Raises:
        ValueError: the prefix is taken, or is not a plain word.

    """
    if prefix in _families or not PREFIX.fullmatch(prefix):
        raise ValueError(f"the topic {prefix} is taken or is not a plain word")
    _families[prefix] = Family(prefix, readable, readers, parse, session_allows)


def register_rows(prefix: str, model: Any, *, key: str = "pk", session_allows: Callable[[Mapping[str, Any]], bool] | None = None) -> None:
    """Let pages watch the rows of ``model``, each by who reads it; ``key`` names a random id where keys must not be counted."""

    def readable(person: Person, ids: set[Any]) -> set[Any]:
        return set(model.objects.visible_to(person).filter(**{f"{key}__in": ids}).values_list(key, flat=True))

    def readers(row_id: Any, people: set[int]) -> set[int]:
        row = model._base_manager.filter(**{key: row_id}).first()
        return set(readers_of(row).filter(pk__in=people).values_list("pk", flat=True)) if row else set()

    register(prefix, readable=readable, readers=readers, parse=number if key == "pk" else random_id, session_allows=session_allows)


def name_of(prefix: str, row_id: Any = None) -> str:
    """How the topic is written."""
    return prefix if row_id is None else f"{prefix}.{row_id}"


def parse(name: str) -> tuple[Family, Any] | None:
    """The family and the id that ``name`` writes, or None for what nobody can watch."""
    prefix, _dot, text = name.partition(".")
    family = _families.get(prefix)
    if family is None or (_dot and not text):
        return None
    row_id = family.parse(text)
    return None if row_id is None else (family, row_id)


def readable_names(person: Person, names: Iterable[str]) -> set[str]:
    """Which of ``names`` this person may watch now, asked once per prefix."""
    wanted: dict[str, dict[Any, str]] = defaultdict(dict)
    for name in names:
        if parsed := parse(name):
            wanted[parsed[0].prefix][parsed[1]] = name
    return {
        written[row_id]
        for prefix, written in wanted.items()
        for row_id in _families[prefix].readable(person, set(written))
        if row_id in written
    }


def readers_among(name: str, people: set[int]) -> set[int]:
    """Which of ``people`` may still watch ``name``."""
    parsed = parse(name)
    return parsed[0].readers(parsed[1], people) & people if parsed and people else set()


def session_rule(name: str) -> Callable[[Mapping[str, Any]], bool] | None:
    """What the session of who watches ``name`` must fulfil, if anything."""
    parsed = parse(name)
    return parsed[0].session_allows if parsed else None
