"""What a page may watch.

Each prefix is registered once, with the two questions that the readers of its rows answer:

    readable(person, ids)   which of these may this person watch now
    readers(id, people)     which of these people may still watch this one

A topic is written ``prefix.<public id>``, or ``prefix`` alone where there is only one, or one for each person. Unknown, malformed and
hidden ones are told apart by nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rse.core.access.readers import readers_of

if TYPE_CHECKING:
    from rse.core.models import Person

PREFIX = re.compile(r"[a-z][a-z_]{0,39}")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
RANDOM_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def number(text: str) -> int | None:
    """Return the key that ``text`` writes in the one way a key is written: inside the server only."""
    return int(text) if NUMBER.fullmatch(text) else None


def random_id(text: str) -> str | None:
    return text if RANDOM_ID.fullmatch(text) else None


def nothing(text: str) -> str | None:
    """Parse the id of a prefix that stands alone: an empty text, anything else is refused by None."""
    return "" if not text else None


@dataclass(frozen=True)
class Family:
    """All topics of one prefix.

    ``session_allows`` is asked where being signed in is not enough: it reads the data of the session. ``is_own``: each person has one and
    calls it by the prefix alone, so that no page holds the key of anybody.
    """

    prefix: str
    readable: Callable[[Person, set[Any]], set[Any]]
    readers: Callable[[Any, set[int]], set[int]]
    parse: Callable[[str], Any]
    session_allows: Callable[[Mapping[str, Any]], bool] | None
    is_own: bool


_families: dict[str, Family] = {}


def register(
    prefix: str,
    *,
    readable: Callable[[Person, set[Any]], set[Any]],
    readers: Callable[[Any, set[int]], set[int]],
    parse: Callable[[str], Any] = random_id,
    session_allows: Callable[[Mapping[str, Any]], bool] | None = None,
    is_own: bool = False,
) -> None:
    """Let pages watch ``prefix.<id>``; each of the two questions costs a constant number of queries.

    With ``is_own`` the ids are keys of people, and pages watch ``prefix``, which is their own person's.

    Raises:
        ValueError: the prefix is taken, or is not a plain word.

    """
    if prefix in _families or not PREFIX.fullmatch(prefix):
        raise ValueError(f"the topic {prefix} is taken or is not a plain word")
    _families[prefix] = Family(prefix, readable, readers, number if is_own else parse, session_allows, is_own)


def register_rows(prefix: str, model: Any, *, session_allows: Callable[[Mapping[str, Any]], bool] | None = None) -> None:
    """Let pages watch the rows of ``model`` by their ``public_id``, each for those who read it."""

    def readable(person: Person, ids: set[str]) -> set[str]:
        return set(model.objects.visible_to(person).filter(public_id__in=ids).values_list("public_id", flat=True))

    def readers(public_id: str, people: set[int]) -> set[int]:
        row = model._base_manager.filter(public_id=public_id).first()
        return set(readers_of(row).filter(pk__in=people).values_list("pk", flat=True)) if row else set()

    register(prefix, readable=readable, readers=readers, session_allows=session_allows)


def name_of(prefix: str, row_id: Any = None) -> str:
    """Return the written name of a topic."""
    return prefix if row_id is None else f"{prefix}.{row_id}"


def kept_name(name: str, person_id: int) -> str:
    """Return how the topic that a page of this person calls ``name`` is written here; what no page may call it is written as nothing is."""
    prefix, dot, _text = name.partition(".")
    if (family := _families.get(prefix)) is None or not family.is_own:
        return name
    return f"{name}." if dot else f"{prefix}.{person_id}"


def shown_name(name: str) -> str:
    """Return how pages call the topic that is written ``name`` here."""
    prefix, _dot, _text = name.partition(".")
    family = _families.get(prefix)
    return prefix if family is not None and family.is_own else name


def parse(name: str) -> tuple[Family, Any] | None:
    """Parse ``name`` into its family and the id of the row, or None for what nobody can watch."""
    prefix, _dot, text = name.partition(".")
    family = _families.get(prefix)
    if family is None or (_dot and not text):
        return None
    row_id = family.parse(text)
    return None if row_id is None else (family, row_id)


def readable_names(person: Person, names: Iterable[str]) -> set[str]:
    """Return those of ``names`` that this person may watch now, asked once per prefix."""
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
    """Return those of ``people`` who may still watch ``name``."""
    parsed = parse(name)
    return parsed[0].readers(parsed[1], people) & people if parsed and people else set()


def session_rule(name: str) -> Callable[[Mapping[str, Any]], bool] | None:
    """Return the condition that the session of whoever watches ``name`` must fulfil, if there is one."""
    parsed = parse(name)
    return parsed[0].session_allows if parsed else None
