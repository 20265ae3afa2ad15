"""Everything that can be linked to, registered once.

A reference ``(kind, id)`` resolves, for one reader, to a card or to nothing. Evidence lines, notifications, reports, search results and
activity lines are such references; none of them keeps a title.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from .models import Person

Reference = tuple[str, int]


@dataclass(frozen=True)
class Document:
    """What search knows of a row: words to find it by, never who may read it."""

    title: str
    body: str = ""
    language: str = "fr"


@dataclass(frozen=True)
class Kind:
    name: str
    model: type[Model]
    label: Any
    address: Callable[[Any], str]
    title: Callable[[Any], str]
    card: str = ""
    icon: str = "file"
    document: Callable[[Any], Document | None] | None = None
    hide: Callable[..., None] | None = None
    unhide: Callable[..., None] | None = None
    is_confidential: bool = False
    about: Callable[[Any], int | None] | None = None  # the id of whose act it is, where that is not ``author``
    hosts_decide: bool = True  # whether the hosts of its audience may decide about it; never about their own space
    with_card: Callable[[QuerySet], QuerySet] = lambda rows: rows


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make ``kind`` known; its model must say who reads it.

    Raises:
        ValueError: the name is taken, or the model declares no readers.

    """
    if kind.name in _kinds:
        raise ValueError(f"two kinds are called {kind.name}")
    if not hasattr(kind.model, "readers"):
        raise ValueError(f"{kind.model.__name__} does not say who reads it")
    _kinds[kind.name] = kind


def every() -> Iterable[Kind]:
    return _kinds.values()


def get(name: str) -> Kind | None:
    return _kinds.get(name)


def readable(kind: Kind, person: "Person") -> QuerySet:
    """The rows of ``kind`` that ``person`` may open now."""
    return kind.model.objects.visible_to(person)  # type: ignore[attr-defined]


def resolve(references: Iterable[Reference], person: "Person") -> Mapping[Reference, Any]:
    """The rows behind ``references`` that ``person`` may open, in one query per kind; the others are absent."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for name, row_id in references:
        wanted[name].add(row_id)
    found: dict[Reference, Any] = {}
    for name, ids in wanted.items():
        if kind := _kinds.get(name):
            for row in kind.with_card(readable(kind, person).filter(pk__in=ids)):
                found[name, row.pk] = row
    return found
