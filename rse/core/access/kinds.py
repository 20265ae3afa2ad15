"""Everything that can be linked to, registered once.

A reference ``(kind, id)`` resolves, for one reader, to a card or to nothing. Evidence lines, notifications, reports, search results and
activity lines are such references; none of them keeps a title.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

from ..public_ids import is_public_id

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ..models import Person

Reference = tuple[str, int]


@dataclass(frozen=True)
class Document:
    """The words by which search finds a row, which all its readers may see; never who they are.

    ``at`` orders it among others; ``byline`` is shown and not searched. Unless it ``says_names`` already, handles are taken out of it.
    """

    title: StrPromise | str
    body: str = ""
    language: str = "fr"
    at: datetime.datetime | None = None
    byline: str = ""
    says_names: bool = False


@dataclass(frozen=True)
class Kind:
    name: str
    model: type[Model]
    label: Any
    address: Callable[[Any], str]
    title: Callable[[Any], StrPromise | str]
    card: str = ""
    icon: str = "file"
    plural: Any = ""
    key: str = "public_id"  # the column by which browsers name its rows; where there is none, none is ever named by a browser
    document: Callable[[Any], Document | None] | None = None
    hanging: Callable[[int], Iterable[Reference]] | None = None  # what is found or not with the row of this id: its comments, say
    hide: Callable[..., None] | None = None
    show: Callable[..., None] | None = None
    is_confidential: bool = False
    about: Callable[[Any], int | None] | None = None  # the id of whose act it is, where that is not ``author``
    hosts_decide: bool = True  # whether the hosts of its audience may decide about it; never about their own space
    with_card: Callable[[QuerySet], QuerySet] = lambda rows: rows


_kinds: dict[str, Kind] = {}
_words: dict[str, list[Callable[[Sequence[Any]], Mapping[int, str]]]] = defaultdict(list)


def register(kind: Kind) -> None:
    """Add ``kind`` to the registry.

    Raises:
        ValueError: the name is taken, the model declares no readers, or something confidential would be searched.

    """
    if kind.name in _kinds:
        raise ValueError(f"two kinds are called {kind.name}")
    if not hasattr(kind.model, "readers"):
        raise ValueError(f"{kind.model.__name__} does not say who reads it")
    if kind.is_confidential and kind.document:
        raise ValueError(f"{kind.name} is confidential: it is in no index")
    _kinds[kind.name] = kind


def add_words(name: str, words: Callable[[Sequence[Any]], Mapping[int, str]]) -> None:
    """Let the rows of the kind ``name`` be found by more words: ``words(rows)`` gives those that all readers of a row may see, by key."""
    _words[name].append(words)


def added_words(kind: Kind, rows: Sequence[Any]) -> Iterable[tuple[int, str]]:
    """Return the words that were added for ``rows``, each with the key of its row."""
    return [(pk, more) for words in _words[kind.name] if rows for pk, more in words(rows).items() if more]


def every() -> Iterable[Kind]:
    return _kinds.values()


def get(name: str) -> Kind | None:
    return _kinds.get(name)


def readable(kind: Kind, person: Person) -> QuerySet:
    """Return the queryset of the rows of ``kind`` that ``person`` may open now."""
    return kind.model.objects.visible_to(person)  # type: ignore[attr-defined]


def named(kind: Kind, text: str, person: Person) -> Any:
    """Return the row that a browser names ``text``, if ``person`` may open it now, or None."""
    has_key = any(field.name == kind.key for field in kind.model._meta.get_fields())
    if not has_key or "\0" in text or (kind.key == "public_id" and not is_public_id(text)):
        return None
    return readable(kind, person).filter(**{kind.key: text}).first()


def resolve(references: Iterable[Reference], person: Person) -> Mapping[Reference, Any]:
    """Return the rows behind ``references`` that ``person`` may open, in one query per kind; the other references are absent."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for name, row_id in references:
        wanted[name].add(row_id)
    found: dict[Reference, Any] = {}
    for name, ids in wanted.items():
        if kind := _kinds.get(name):
            for row in kind.with_card(readable(kind, person).filter(pk__in=ids)):
                found[name, row.pk] = row
    return found
