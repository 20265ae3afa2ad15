"""Named places in pages that upper rooms fill without the page knowing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

NAMES = frozenset(
    {
        "shell.mark",
        "shell.top",
        "shell.aside",
        "shell.terminal",
        "home.main",
        "home.aside",
        "home.todo",
        "profile.aside",
        "profile.being",
        "profile.doing",
        "profile.actions",
        "plan.actions",
        "roles.actions",
        "charter.aside",
        "signin.lead",
        "signin.aside",
        "signin.code",
    }
)
# Places in the pages of signing in: their blocks are told of the request, and ask for themselves who may see them.
SIGNED_OUT = frozenset({"signin.lead", "signin.aside", "signin.code", "shell.terminal"})

# The groups of the navigation, in their order; the first has no label and is never folded.
GROUPS = {"main": "", "me": _("Me"), "hr": _("Human resources"), "administration": _("Administration"), "rights": _("Rights and rules")}


@dataclass(frozen=True)
class Block:
    """``fill(reader, page)`` gives the context of ``template``, or None to show nothing; it costs a constant number of queries."""

    template: str
    fill: Callable[[Any, dict[str, Any]], dict[str, Any] | None]
    order: int = 50


@dataclass(frozen=True)
class Entry:
    """One line of the navigation, in one of ``GROUPS``.

    ``shown(reader)`` says to whom, ``count(reader)`` how many things wait there. ``prefixes`` are how the names of the addresses begin
    for which it is the current one; of two lines that begin a name, the longer says more. A ``tab`` stands in the bar of phones too, by
    this number; one that ``is_act`` stands there alone, and stands out.
    """

    group: str
    label: Any
    url_name: str
    icon: str
    order: int = 50
    tab: int | None = None
    is_act: bool = False
    shown: Callable[[Any], bool] = lambda reader: reader.is_present
    count: Callable[[Any], int | None] = lambda reader: None
    prefixes: tuple[str, ...] = field(default=())


_blocks: dict[str, list[Block]] = {name: [] for name in NAMES}
_entries: list[Entry] = []


def fill(name: str, block: Block) -> None:
    """Add ``block`` to the slot ``name``.

    Raises:
        KeyError: no page has such a slot.

    """
    _blocks[name].append(block)
    _blocks[name].sort(key=lambda one: one.order)


def blocks(name: str) -> list[Block]:
    return _blocks[name]


def navigate(entry: Entry) -> None:
    """Add ``entry`` to the navigation.

    Raises:
        KeyError: the navigation has no such group.

    """
    GROUPS[entry.group]
    _entries.append(entry)
    _entries.sort(key=lambda one: one.order)


def entries() -> list[Entry]:
    return _entries
