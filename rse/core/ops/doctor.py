"""What is well, what to look at and what would hurt: each room registers what it can tell, ``manage.py doctor`` and a page ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import structlog
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

log = structlog.get_logger(__name__)


class Level(Enum):
    WELL = "ok"
    LOOK = "look"
    HURTS = "hurts"


@dataclass(frozen=True)
class Finding:
    """What one check found: one sentence that says what, and one that says what to do, empty where all is well."""

    level: Level
    what: str
    do: str = ""


@dataclass(frozen=True)
class Line:
    """A finding under the name of its check, in the language of whoever asked."""

    name: str
    level: Level
    what: str
    do: str


@dataclass(frozen=True)
class Check:
    """``needs_tables`` where it reads rows of ours, ``is_slow`` where no page waits for it: it asks a server, or walks many files."""

    name: str
    label: str | Promise
    run: Callable[[], Finding]
    needs_tables: bool
    is_slow: bool


_checks: dict[str, Check] = {}
DATABASE = "database"  # the check after which those that read rows may run


def well(what: str) -> Finding:
    return Finding(Level.WELL, what)


def look(what: str, do: str) -> Finding:
    return Finding(Level.LOOK, what, do)


def hurts(what: str, do: str) -> Finding:
    return Finding(Level.HURTS, what, do)


def register(name: str, label: str | Promise, run: Callable[[], Finding], *, needs_tables: bool = False, is_slow: bool = False) -> None:
    """Register the check ``name``, called ``label``; checks are told in the order in which they were registered.

    Raises:
        ValueError: the name is taken.

    """
    if name in _checks:
        raise ValueError(f"two checks are called {name}")
    _checks[name] = Check(name, label, run, needs_tables, is_slow)


def examine(*, with_slow: bool = True) -> list[Line]:
    """Run every check, or those for which a page may wait; write nothing. One that fails by itself is told as what would hurt.

    Where the database has no tables to read, the checks that would read them are left out.
    """
    lines, has_tables = [], True
    for check in _checks.values():
        if (check.is_slow and not with_slow) or (check.needs_tables and not has_tables):
            continue
        found = _asked(check)
        has_tables = has_tables and not (check.name == DATABASE and found.level is Level.HURTS)
        lines.append(Line(str(check.label), found.level, found.what, found.do))
    return lines


def _asked(check: Check) -> Finding:
    try:
        return check.run()
    except Exception as error:  # noqa: BLE001 - a check that breaks is a finding, and the others still speak
        log.warning("check failed", check=check.name, error=type(error).__name__)
        told = {"error": type(error).__name__}
        return hurts(_("This could not be looked at (%(error)s).") % told, _("See the lines above, and the log."))
