"""The report of an import in words, in the language in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from rse.core.days import date_format
from rse.core.enums import PersonState

from .cells import DAYS
from .columns import COLUMNS
from .comparison import KINDS, LABELS

if TYPE_CHECKING:
    from ..services.application import Outcome
    from .columns import ColumnMapping
    from .comparison import Change
    from .formats import Table
    from .problems import Problems, RowProblem

ORGANISATION = {
    "new_units": gettext_lazy("New units"),
    "changed_units": gettext_lazy("Changed units"),
    "new_sites": gettext_lazy("New sites"),
    "changed_sites": gettext_lazy("Changed sites"),
    "new_families": gettext_lazy("New job families"),
    "new_places": gettext_lazy("New positions"),
    "changed_places": gettext_lazy("Changed positions"),
}


def column_lines(table: Table, mapping: ColumnMapping) -> Iterator[str]:
    """Yield what each column of the file is read as, then the columns that are not read."""
    for name, header in mapping.columns.items():
        yield _("“%(header)s”: %(column)s") % {"header": header, "column": COLUMNS[name].label}
    ignored = [header for header in table.headers if header and header not in mapping.columns.values()]
    if ignored:
        yield _("Not read: %(headers)s.") % {"headers": ", ".join(ignored)}


def figures(outcome: Outcome) -> Iterator[str]:
    """Yield one line for each kind of change of people, then the counts of the organisation that are not zero."""
    for kind, label in KINDS.items():
        yield f"{label}: {outcome.counts[kind]}"
    yield pgettext("people of an import", "Unchanged: %(count)s") % {"count": outcome.counts["unchanged"]}
    for name, label in ORGANISATION.items():
        if outcome.counts[name]:
            yield f"{label}: {outcome.counts[name]}"
    if outcome.unidentified:
        yield ngettext(
            "%(count)s row does not say whose it is: nobody leaves by not being in this file.",
            "%(count)s rows do not say whose they are: nobody leaves by not being in this file.",
            outcome.unidentified,
        ) % {"count": outcome.unidentified}


def sending_lines(sending: Mapping[str, Any]) -> Iterator[str]:
    """Yield in sentences what leaves by mail once the file is written: ``sending`` as ``Sending.as_json`` wrote it."""
    invitations = {datetime.date.fromisoformat(day): count for day, count in sending["invitations"].items()}
    if total := sum(invitations.values()):
        said = ngettext(
            "%(count)s invitation, on %(day)s.",
            "%(count)s invitations, the first on %(day)s: to each newcomer fifteen days before their first day.",
            total,
        )
        yield said % {"count": total, "day": date_format(min(invitations))}
    if missing := sending["without_address"]:
        yield ngettext(
            "%(count)s newcomer has no address: a card or a link is handed to them.",
            "%(count)s newcomers have no address: a card or a link is handed to them.",
            missing,
        ) % {"count": missing}
    if asked := sending["addresses"]:
        yield ngettext(
            "%(count)s person is written to at the old address and asked to confirm the new one.",
            "%(count)s people are written to at the old address and asked to confirm the new one.",
            asked,
        ) % {"count": asked}
    yield _("Nothing to anybody else.") if total or asked else _("Nothing leaves by mail.")


def problem_lines(problems: Problems, mapping: ColumnMapping) -> Iterator[str]:
    """Yield a line for each problem that was kept, down the file, then how many are not shown."""
    for problem in problems.in_order():
        yield problem_line(problem, mapping)
    hidden = problems.errors + problems.warnings - len(problems.kept)
    if hidden > 0:
        yield ngettext("… and %(count)s more.", "… and %(count)s more.", hidden) % {"count": hidden}


def problem_line(problem: RowProblem, mapping: ColumnMapping) -> str:
    """Return a problem in words, with its line, the header of its column in the customer's file, and whether it stops the row."""
    told = {"line": problem.line, "column": mapping.header(problem.column), "sentence": problem.sentence()}
    if not problem.column:
        return _("Line %(line)s: %(sentence)s") % told
    if problem.is_error:
        return _("Line %(line)s, column “%(column)s”: %(sentence)s") % told
    return _("Line %(line)s, column “%(column)s”, only a warning: %(sentence)s") % told


def change_lines(outcome: Outcome) -> Iterator[str]:
    """Yield a line for each change of people that was kept, then how many are not shown."""
    for change in outcome.examples:
        yield change_line(change)
    hidden = sum(outcome.counts[kind] for kind in KINDS) - len(outcome.examples)
    if hidden > 0:
        yield ngettext("… and %(count)s more.", "… and %(count)s more.", hidden) % {"count": hidden}


def change_line(change: Change) -> str:
    """Return what happens to one person in words, with the new values of the file: ``Moved: E12 Léa Martin (Unit: S2)``."""
    fields = "; ".join(f"{LABELS[name]}: {shown(name, after)}" for name, after in change.fields)
    name = change.name or _("somebody who is not in the file")
    return f"{KINDS[change.kind]}: " + f"{change.number} {name}".strip() + (f" ({fields})" if fields else "")


def shown(name: str, value: Any) -> str:
    """Return a value of a change as people write it; a dash for nothing, a word where only the database knows it."""
    if value is None:
        return _("changes")
    if not value:
        return "–"
    if name in DAYS:
        return date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return str(PersonState(value).label) if name == "state" else value
