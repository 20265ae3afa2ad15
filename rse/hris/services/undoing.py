"""The last import undone as one act: what would come back, and what was done since and therefore stays."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import is_password_usable
from django.db import IntegrityError, transaction
from django.db.models import F

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.events.happenings import PeopleTakenBack
from rse.core.models import Holding, Person, RoleGrant
from rse.core.organisation.services.reporting import rebuild_units
from rse.core.people.services import staffing
from rse.core.people.services.absences import write_absences
from rse.core.people.services.people import deactivate
from rse.core.people.services.unlisted import shut_out, take_back
from rse.identity.services.addresses import undo_file

from ..events import PeopleImported
from ..models import BeforeImport, Correction, ImportBatch, UnlistedPerson
from .traces import MODELS, PIECE, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

LASTS = datetime.timedelta(days=7)


@dataclass
class Undoing:
    """What undoing an import does: keys of people, and of each column of theirs what it becomes again.

    ``go`` came by the file and never came in; ``stay`` came by it and have an account; ``back`` had left by it; ``changed`` have columns
    that become what they were; ``since`` counts columns that somebody else changed meanwhile, which stay; ``settled`` left or got another
    place meanwhile, and keep the places that they have.
    """

    go: list[int] = field(default_factory=list)
    stay: list[int] = field(default_factory=list)
    back: list[int] = field(default_factory=list)
    changed: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    gone_again: list[tuple[int, str | None]] = field(default_factory=list)  # who came back by the file, and left on which day
    settled: set[int] = field(default_factory=set)
    since: int = 0
    places: int = 0  # units, positions and sites that become what they were
    questions: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.go or self.back or self.changed or self.gone_again or self.places or self.questions)


def is_last(batch: ImportBatch) -> bool:
    """Return whether ``batch`` is the file that was written last, not longer ago than seven days.

    What was corrected by hand since stays, and holds no file back.
    """
    written = ImportBatch.objects.written() | ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UNDOING)
    if not batch.is_by_hand:
        written = written.filter(is_by_hand=False)
    last = written.order_by("-applied_at", "-pk").values_list("pk", flat=True).first()
    return batch.pk == last and bool(batch.applied_at and batch.applied_at > clock.now() - LASTS)


def look(batch: ImportBatch) -> Undoing:
    """Return what undoing the import would do now; nothing is written. Some queries for each two thousand people that it changed."""
    found = Undoing()
    for piece in _kept(batch, "added"):
        people = Person.objects.filter(pk__in=piece).exclude(state=PersonState.LEFT).order_by("pk")
        go = people.filter(has_account=False).exclude(pk__in=_holders())
        found.go += go.values_list("pk", flat=True)
        found.stay += people.exclude(pk__in=go.values("pk")).values_list("pk", flat=True)
    for piece in _kept(batch, "left"):
        left = Person.objects.filter(pk__in=[pk for pk, *_said in piece], state=PersonState.LEFT, is_cut=False)
        found.back += left.exclude(first_name="", last_name="").order_by("pk").values_list("pk", flat=True)
    for piece in _kept(batch, "people"):
        _look_at_columns(piece, found)
    found.settled = _settled_since(batch, set(found.back))
    found.since += len(found.settled)
    for what in MODELS:
        for rows, since in _organisation_before(batch, what):
            found.places += len(rows)
            found.since += since
    found.questions = UnlistedPerson.objects.waiting().filter(batch=batch).count()
    return found


def _look_at_columns(piece: list[Any], found: Undoing) -> None:
    names = sorted({name for _pk, before, _after in piece for name in before} | {"password"})
    holders = set(_holders().filter(person__in=[pk for pk, *_said in piece]).values_list("person", flat=True))
    rows = Person.objects.filter(pk__in=[pk for pk, *_said in piece]).values("pk", *names)
    now = {row["pk"]: row for row in rows}
    for pk, before, after in piece:
        row = now.get(pk)
        if row is None:
            continue
        wanted = before
        if before.get("state") == PersonState.LEFT and after.get("state") != PersonState.LEFT:
            has_come_in = is_password_usable(row["password"] or None)  # whoever comes back has none until then
            if row["state"] != PersonState.LEFT and not has_come_in and pk not in holders:
                found.gone_again.append((pk, before.get("leaves_on")))
            wanted = {name: value for name, value in before.items() if name not in ("state", "leaves_on", "is_cut")}
        same = {name: value for name, value in wanted.items() if plain(row[name]) == after[name]}
        found.since += len(wanted) - len(same)
        if same:
            found.changed.append((pk, same))


def _settled_since(batch: ImportBatch, back: set[int]) -> set[int]:
    """Return who would get a place back and has left since, or holds one that the file did not give them and that began after it."""
    begun = {pk for piece in _kept(batch, "begun") for pk in piece}
    found: set[int] = set()
    for what in ("ended", "dropped"):
        for piece in _kept(batch, what):
            people = {row[1] for row in piece}
            kept = {row[0] for row in piece}
            left = Person.objects.filter(pk__in=people - back, state=PersonState.LEFT, unlisted_on=None)
            found.update(left.values_list("pk", flat=True))
            held = Holding.objects.filter(person__in=people, is_interim=False, ends_on=None, starts_on__gte=_day_of(batch))
            found.update(person for pk, person in held.values_list("pk", "person") if pk not in begun and pk not in kept)
    return found


def _holders() -> QuerySet[RoleGrant]:
    """Return the grants, as a queryset of the keys of people, of those who hold a role or will: rights end by somebody's word alone."""
    return RoleGrant.objects.not_over().order_by().values("person")


def _day_of(batch: ImportBatch) -> datetime.date:
    return clock.date_of(batch.applied_at) if batch.applied_at else clock.today()


def _kept(batch: ImportBatch, what: str) -> Iterator[list[Any]]:
    yield from BeforeImport.objects.filter(batch=batch, what=what).order_by("pk").values_list("rows", flat=True)


@transaction.atomic
def undo(batch: ImportBatch) -> Undoing:
    """Write back what stood before the import, as far as nobody changed it since, and publish one ``PeopleImported``.

    Whoever came in meanwhile stays. What ended for others with a departure, such as memberships, does not come back with them. New units,
    sites and positions stay, empty.
    """
    found = look(batch)
    deactivate(person_ids=found.go)
    for pk, day in found.gone_again:
        deactivate(person_ids=[pk], on=datetime.date.fromisoformat(day) if day else None)
    _bring_back(batch, set(found.back))
    _put_places_back(batch, set(found.stay), found.settled)
    _put_columns_back(found)
    _expect_again(batch)
    undo_file(changes=[tuple(row) for piece in _kept(batch, "addresses") for row in piece])
    for piece in _kept(batch, "absences"):
        write_absences(rows=[(pk, (_date(first), _date(last))) for pk, first, last in piece])
    _put_organisation_back(batch)
    _ask_again(batch)
    _correct_again(batch)
    staffing.settle()
    BeforeImport.objects.filter(batch=batch).delete()
    publish(PeopleImported(batch_id=batch.pk, document=("person", 0)))
    return found


def _bring_back(batch: ImportBatch, back: set[int]) -> None:
    by_state: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for piece in _kept(batch, "left"):
        for pk, *said in piece:
            if pk in back:
                by_state[tuple(said)].append(pk)
    for (state, leaves_on, unlisted_on), keys in by_state.items():
        for some in staffing.pieces(keys, PIECE):
            Person.objects.filter(pk__in=some).update(state=state, leaves_on=leaves_on, unlisted_on=unlisted_on, version=F("version") + 1)
    for some in staffing.pieces(sorted(back), 10_000):
        publish(PeopleTakenBack(person_ids=tuple(some), document=("person", 0)))


def _put_places_back(batch: ImportBatch, stay: set[int], settled: set[int]) -> None:
    """Delete the places that began, but for those of who stays, and write again those that ended or went, as they were first kept.

    Those who are ``settled`` get none back.
    """
    for piece in _kept(batch, "begun"):
        rows = Holding.objects.filter(pk__in=piece).values_list("pk", "person")
        Holding.objects.filter(pk__in=[pk for pk, person in rows if person not in stay]).delete()
    seen: set[int] = set()
    for kept in _kept(batch, "ended"):
        piece = [row for row in kept if row[0] not in seen and row[1] not in settled]
        seen |= {row[0] for row in piece}
        here = set(Holding.objects.filter(pk__in=[row[0] for row in piece]).values_list("pk", flat=True))
        _each_or_all(
            [partial(_restore, row) for row in piece if row[0] in here], [partial(_again, row) for row in piece if row[0] not in here]
        )
    for piece in _kept(batch, "dropped"):
        _each_or_all([partial(_again, row) for row in piece if row[1] not in settled])


def _restore(row: Sequence[Any]) -> None:
    Holding.objects.filter(pk=row[0]).update(starts_on=row[3], ends_on=row[4])


def _again(row: Sequence[Any]) -> None:
    _pk, person, position, starts_on, ends_on, is_interim, seat = row
    Holding.objects.create(person_id=person, position_id=position, starts_on=starts_on, ends_on=ends_on, is_interim=is_interim, seat=seat)


def _each_or_all(*groups: list[Any]) -> None:
    """Run each of these writes, but for those that what was done since does not allow: somebody else has that place."""
    for group in groups:
        for write in group:
            try:
                with transaction.atomic():
                    write()
            except IntegrityError:
                continue


def _put_columns_back(found: Undoing) -> None:
    numbers = {values["employee_number"] for _pk, values in found.changed if values.get("employee_number")}
    for some in staffing.pieces(sorted(numbers), PIECE):  # whoever came by the file under a number that another gets back
        Person.objects.filter(employee_number__in=some, pk__in=found.go).update(employee_number=None)
    freed = [pk for pk, values in found.changed if "employee_number" in values]
    for keys in staffing.pieces(freed, PIECE):
        Person.objects.filter(pk__in=keys).update(employee_number=None)
    for rows in staffing.pieces(found.changed, PIECE):
        staffing.change_people(rows=[(pk, _typed(Person, values)) for pk, values in rows])


def _expect_again(batch: ImportBatch) -> None:
    """Expect again those who were here by the file alone, and whose first day is still to come."""
    for piece in _kept(batch, "arrived"):
        people = Person.objects.filter(pk__in=piece, state=PersonState.ACTIVE, hired_on__gt=clock.today())
        people.update(state=PersonState.EXPECTED, version=F("version") + 1)


def _put_organisation_back(batch: ImportBatch) -> None:
    for what, model in MODELS.items():
        for rows, _since in _organisation_before(batch, what):
            staffing.update_rows(model=model, rows=[(pk, _typed(model, before)) for pk, before in rows])
    rebuild_units()


def _organisation_before(batch: ImportBatch, what: str) -> Iterator[tuple[list[tuple[int, dict[str, Any]]], int]]:
    """Iterate over what becomes again of units, positions or sites, in pieces: keys with columns, and how many were changed since."""
    model = MODELS[what]
    for piece in _kept(batch, what):
        names = sorted({name for _pk, before, _after in piece for name in before})
        now = {row["pk"]: row for row in model.objects.filter(pk__in=[pk for pk, *_said in piece]).values("pk", *names)}
        found, since = [], 0
        for pk, before, after in piece:
            same = {name: value for name, value in before.items() if pk in now and plain(now[pk][name]) == after[name]}
            since += len(before) - len(same)
            if same:
                found.append((pk, same))
        yield found, since


def _ask_again(batch: ImportBatch) -> None:
    """Reopen what the file had answered, and close what it asked, as far as nobody has answered it."""
    asked = UnlistedPerson.objects.waiting().filter(batch=batch)
    people = list(asked.order_by("pk").values_list("person", flat=True))
    asked.update(closed_at=clock.now(), closed_as=UnlistedPerson.Closed.UNDONE)
    for some in staffing.pieces(people, PIECE):
        take_back(some)
    for piece in _kept(batch, "listed"):
        for pk, person, day in piece:
            if not UnlistedPerson.objects.open().filter(person=person).exists():
                UnlistedPerson.objects.filter(pk=pk).update(closed_at=None, closed_as="")
                if day and shut_out([person]):  # what is kept of theirs is kept as long again
                    UnlistedPerson.objects.filter(pk=pk).update(shut_out_on=clock.today())


def _correct_again(batch: ImportBatch) -> None:
    """Close the correction that this import was, and let those that it closed stand again."""
    Correction.objects.standing().filter(batch=batch).update(closed_at=clock.now())
    for piece in _kept(batch, "corrections"):
        Correction.objects.filter(pk__in=piece).update(closed_at=None)


def _date(said: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(said) if said else None


def _typed(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Return values of JSON as the columns of ``model`` hold them."""
    fields = {one.attname: one for one in model._meta.concrete_fields} | {one.name: one for one in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) if not fields[name].is_relation else value for name, value in values.items()}
