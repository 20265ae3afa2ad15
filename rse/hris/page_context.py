"""What the page of one file of HR says: what would change first, then what waits for an answer, then how it was read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core import clock
from rse.core.days import date_format
from rse.core.models import Person
from rse.core.working_days import working_day_after

from . import rules
from .files.columns import COLUMNS
from .files.comparison import ADDED, CHANGED, KINDS, LABELS, LEFT, MOVED, RETURNED, UNLISTED
from .files.groups import in_groups
from .files.kept import private_in
from .files.problems import RowProblem, refusal_sentence
from .files.report import sending_lines, shown
from .files.understanding import Fact
from .models import ImportBatch
from .services.undoing import LASTS, is_last
from .services.unlisted import ANSWERED_WITHIN

State = ImportBatch.State
SHOWN = 100
OF_PEOPLE = frozenset(
    {
        *KINDS,
        "unchanged",
        "rows",
        "leaving",
        "active",
        "unidentified",
        "errors",
        "warnings",
        "holders",
        "understood",
        "left_out",
        "codes",
        "sending",
    }
)
FIGURES = (
    ((ADDED,), gettext_lazy("Arrivals")),
    ((CHANGED, MOVED), gettext_lazy("Changes")),
    ((RETURNED,), gettext_lazy("Back")),
    ((LEFT,), gettext_lazy("Departures")),
    ((UNLISTED,), gettext_lazy("Absent, to be asked about")),
    (("unchanged",), gettext_lazy("Without change")),
)


def is_open(batch):
    """Return whether the file waits for what somebody says."""
    return batch.state in {State.UPLOADED, State.PREVIEWED} and not batch.is_moving


def told_of(batch, reader):
    """Return the context of the page of ``batch`` for ``reader``."""
    counts = batch.counts
    has_outcome = batch.state in {State.PREVIEWED, State.APPLIED} and bool(counts)
    changed = sum(counts.get(name, 0) for name in KINDS) if has_outcome else 0
    kept = [RowProblem.from_json(one) for one in batch.problems]
    problems = [_problem(one) for one in kept]
    organisation = sum(value for name, value in counts.items() if name not in OF_PEOPLE) if has_outcome else 0
    changes = _changes(batch.examples, reader) if has_outcome else []
    return {
        "understood": _understood(counts) if has_outcome else [],
        "private": private_in(Path(batch.stored_path)) if is_open(batch) else (),
        "refusal": refusal_sentence(batch.refusal, batch.refusal_params) if batch.refusal else "",
        "figures": [(sum(counts.get(name, 0) for name in names), label) for names, label in FIGURES] if has_outcome else [],
        "has_changes": bool(changed or organisation),
        "needs_departures": _departures(counts) if has_outcome else "",
        "holders": counts.get("holders", []) if has_outcome else [],
        "may_undo": rules.can_undo_import(reader) and is_last(batch),
        "undo_until": batch.applied_at + LASTS if batch.applied_at else None,
        "may_name_holders": rules.can_name_holders(reader, batch),
        "blocks": _blocks(batch) if has_outcome and batch.state == State.PREVIEWED else "",
        "leaves": list(sending_lines(counts["sending"])) if has_outcome and "sending" in counts else [],
        "absent": _absent(changes, counts) if has_outcome else None,
        "groups": in_groups(kept, counts.get("codes", Counter(one.code for one in kept))),
        "problems": problems[:SHOWN],
        "changes": [one for one in changes if not one["is_absent"]][:SHOWN],
        "more_changes": changed - counts.get(UNLISTED, 0) > SHOWN,
    }


def _blocks(batch):
    """Say why the file cannot be written yet, where no answer beside the button mends it."""
    errors = batch.counts.get("errors", 0)
    if errors and not batch.skips_bad_rows:
        said = ngettext(
            "%(count)s remark keeps this file from being written: answer it, or have the good lines alone written, and compare again.",
            "%(count)s remarks keep this file from being written: answer them, or have the good lines alone written, and compare again.",
            errors,
        )
        return said % {"count": errors}
    return ""


def _absent(changes, counts):
    """Return who is absent from a file of everybody, and what follows where nobody says anything; None where nobody is."""
    total = counts.get(UNLISTED, 0)
    if not total:
        return None
    names = [one["name"] for one in changes if one["is_absent"]]
    due = working_day_after(clock.today(), ANSWERED_WITHIN)
    days = settings.UNLISTED_KEPT_DAYS
    follows = ngettext(
        "Nothing happens to them by this file. HR is asked about each; where nobody answers, their access ends on the evening of %(day)s, "
        "and everything stays theirs for %(count)s day more.",
        "Nothing happens to them by this file. HR is asked about each; where nobody answers, their access ends on the evening of %(day)s, "
        "and everything stays theirs for %(count)s days more.",
        days,
    ) % {"day": date_format(due), "count": days}
    return {"total": total, "names": names, "more": total > len(names), "follows": follows}


def _understood(counts):
    """Say how the file was read, and how many lines of it are nobody: those stand in the file that was sent, and not in its copy."""
    facts = [Fact.from_json(one) for one in counts.get("understood", ())]
    if left_out := counts.get("left_out"):
        facts.append(Fact("left_out", {"count": left_out}))
    return [fact.sentence() for fact in facts]


def _departures(counts):
    """Return the question to answer first when more than one person in ten would leave."""
    leaving, active = counts.get("leaving", 0), counts.get("active", 0)
    if not active or leaving * 10 <= active:
        return ""
    return _("%(leaving)s of %(active)s people would leave, more than one in ten. Is this the whole file?") % {
        "leaving": leaving,
        "active": active,
    }


def _problem(problem):
    column = COLUMNS.get(problem.column)
    return {
        "line": problem.line,
        "column": column.label if column else "",
        "message": problem.sentence(),
        "is_warning": not problem.is_error,
    }


def _changes(examples, reader):
    """Return the changes to show: values of the file, and the names of who is not in it where this reader may see them."""
    absent = [one["person"] for one in examples if "person" in one]
    names = {person.pk: person.name for person in Person.objects.visible_to(reader).filter(pk__in=absent)} if absent else {}
    return [_change(one, names) for one in examples]


def _change(one, names):
    name = one["name"] if "name" in one else names.get(one["person"]) or _("somebody who is not in the file")
    parts = [{"label": LABELS.get(field, field), "after": shown(field, after)} for field, after in one.get("fields", ())]
    return {"kind": KINDS[one["kind"]], "is_absent": "person" in one, "name": name, "number": one.get("number", ""), "parts": parts}
