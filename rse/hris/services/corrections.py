"""Facts of one person that HR of their unit corrects by hand: a file of one line, with all that a file is checked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.models import Holding, Person

from ..events import FactsCorrected
from ..files.by_hand import one_line
from ..files.problems import RowProblem
from ..models import Correction, ImportBatch
from ..queries import are_of_others, possible_superiors
from ..rules import can_correct
from .application import BadRows, RightsEnd, apply

if TYPE_CHECKING:
    from collections.abc import Mapping

State = ImportBatch.State
# What a person of HR writes, by our column, and the column of a person that it becomes.
WRITTEN = {
    "employee_number": "employee_number",
    "first_name": "first_name",
    "last_name": "last_name",
    "email": "email",
    "unit": "unit",
    "position_title": "title",
    "hired_on": "hired_on",
    "leaves_on": "leaves_on",
}


class NothingNew(Exception):
    """What was written is what stands already."""


class NotWritten(Exception):
    """The line has errors, its ``problems``, or ``takes_two`` people."""

    def __init__(self, problems: list[RowProblem], *, takes_two: bool = False):
        self.problems, self.takes_two = problems, takes_two
        super().__init__("not written")


def facts_of(person: Person) -> dict[str, str]:
    """Return what stands of ``person`` as HR corrects it, as texts by our columns."""
    return {
        "employee_number": person.employee_number or "",
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": person.email or "",
        "unit": person.unit.code if person.unit else "",
        "position_title": person.title,
        "hired_on": person.hired_on.isoformat() if person.hired_on else "",
        "leaves_on": person.leaves_on.isoformat() if person.leaves_on else "",
    }


@transaction.atomic
def correct(*, actor: Person, person: Person, reason: str, said: Mapping[str, str], superior: Person | None = None) -> Correction:
    """Write the facts of ``person`` that ``said`` gives by our columns, and put them under ``superior`` where one is given.

    The line is recorded as an import of its own, which can be undone while it is the last; the person is told. Another address waits for
    its yeses as one of a file does, and the next file that says something else asks first.

    Raises:
        PermissionDenied: the actor is not HR of this person, or stands in one line with them.
        NothingNew: nothing of it is new.
        NotWritten: the line cannot be written; nothing was.

    """
    person = Person.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "site").get(pk=person.pk)
    if not can_correct(actor, person):
        raise PermissionDenied
    before = facts_of(person)
    changed = {name: value for name, value in said.items() if name in WRITTEN and value != before[name]}
    if not changed and superior is None:
        raise NothingNew
    _check(actor, person, changed, superior)
    row = {name: value for name, value in (before | changed).items() if value or name in changed}
    if person.site:
        row["site"] = person.site.name
    if superior is not None:
        row["manager_number"] = superior.employee_number or ""
    stood = _standing_of(person)  # the line closes these rows, and the new one says all that stands
    table, mapping = one_line(row)
    number = row["employee_number"]
    mapping = replace(mapping, same={number: str(person.pk)}, corrected={number: "file"})
    batch = ImportBatch.objects.create(
        kind=ImportBatch.Kind.DELTA, uploaded_by=actor, compared_by=actor, is_by_hand=True, dated_on=clock.today()
    )
    try:
        outcome = apply(table, mapping, is_full=False, batch_id=batch.pk, allow_departures=True, only=person.pk)
    except (BadRows, RightsEnd) as refused:
        errors = [problem for problem in refused.problems.in_order() if problem.is_error]
        raise NotWritten(errors, takes_two=isinstance(refused, RightsEnd)) from refused
    told = outcome.counts_as_json()
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.APPLIED, applied_at=clock.now(), counts=told)
    values: dict[str, Any] = {WRITTEN[name]: value for name, value in changed.items() if name not in ("email", "employee_number")}
    if superior is not None:
        values["superior"] = _places(person)
        if not Holding.objects.filter(person=superior, position__code=values["superior"][1], ends_on=None).exists():
            raise NotWritten([RowProblem(1, "manager_number", "not_above", {})])
    correction = Correction.objects.create(person=person, batch=batch, corrected_by=actor, reason=reason, values=stood | values)
    publish(FactsCorrected(actor_id=actor.pk, subject=("person", person.pk), recipient_ids=(person.pk,)))
    return correction


def _check(actor: Person, person: Person, changed: Mapping[str, str], superior: Person | None) -> None:
    """Check that the line is about this person alone: their number, their place, and somebody above them who can be.

    Raises:
        NotWritten: it is not.

    """
    if superior is not None and not possible_superiors(actor, person.pk).filter(pk=superior.pk).exists():
        raise NotWritten([RowProblem(1, "manager_number", "not_above", {})])
    number = changed.get("employee_number", "")
    if number and Person.objects.filter(employee_number__iexact=number).exclude(pk=person.pk).exists():
        raise NotWritten([RowProblem(1, "employee_number", "number_taken", {"number": number})])
    columns = [name for name in ("unit", "position_title") if name in changed] + ["manager_number"] * (superior is not None)
    held = Holding.objects.filter(person=person, is_interim=False, ends_on=None).values_list("position", flat=True)
    if columns and are_of_others(places=list(held), person_id=person.pk):
        raise NotWritten([RowProblem(1, column, "position_of_several", {}) for column in columns])


def _standing_of(person: Person) -> dict[str, Any]:
    """Return all that stands corrected of ``person``, the last word for each column."""
    stood: dict[str, Any] = {}
    for values in Correction.objects.standing().filter(person=person).order_by("pk").values_list("values", flat=True):
        stood |= values
    return stood


def _places(person: Person) -> list[str]:
    """Return the codes of the position of ``person`` and of the one above it, as they are now."""
    held = Holding.objects.filter(person=person, is_interim=False, ends_on=None).select_related("position__reports_to").order_by("pk")
    position = held.first().position if held.exists() else None
    return [position.code, position.reports_to.code if position.reports_to else ""] if position else ["", ""]
