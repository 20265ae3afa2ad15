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
from ..models import Correction, ImportBatch
from ..rules import can_correct
from .application import BadRows, RightsEnd, apply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..files.problems import RowProblem

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
    """The line has errors, or takes two people; ``problems`` say which."""

    def __init__(self, problems: list[RowProblem]):
        self.problems = problems
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
    row = {name: value for name, value in (before | changed).items() if value or name in changed}
    if person.site:
        row["site"] = person.site.name
    if superior is not None:
        row["manager_number"] = superior.employee_number or superior.email or superior.name
    stood: dict[str, Any] = {}
    for values_of in Correction.objects.standing().filter(person=person).order_by("pk").values_list("values", flat=True):
        stood |= values_of  # the line closes these rows, and the new one says all that stands
    table, mapping = one_line(row)
    number = row["employee_number"]
    mapping = replace(mapping, same={number: str(person.pk)}, corrected={number: "file"})
    batch = ImportBatch.objects.create(
        file_name=person.handle, kind=ImportBatch.Kind.DELTA, uploaded_by=actor, compared_by=actor, is_by_hand=True, dated_on=clock.today()
    )
    try:
        outcome = apply(table, mapping, is_full=False, batch_id=batch.pk, allow_departures=True)
    except (BadRows, RightsEnd) as refused:
        raise NotWritten(refused.problems.in_order()) from refused
    told = outcome.counts_as_json()
    ImportBatch.objects.filter(pk=batch.pk).update(state=State.APPLIED, applied_at=clock.now(), counts=told)
    values: dict[str, Any] = {WRITTEN[name]: value for name, value in changed.items() if name not in ("email", "employee_number")}
    if superior is not None:
        values["superior"] = _places(person)
    correction = Correction.objects.create(person=person, batch=batch, corrected_by=actor, reason=reason, values=stood | values)
    publish(FactsCorrected(actor_id=actor.pk, subject=("person", person.pk), recipient_ids=(person.pk,)))
    return correction


def _places(person: Person) -> list[str]:
    """Return the codes of the position of ``person`` and of the one above it, as they are now."""
    held = Holding.objects.filter(person=person, is_interim=False, ends_on=None).select_related("position__reports_to").order_by("pk")
    position = held.first().position if held.exists() else None
    return [position.code, position.reports_to.code if position.reports_to else ""] if position else ["", ""]
