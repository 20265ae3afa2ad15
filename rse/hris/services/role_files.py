"""Roles by file: what each of its lines would ask, and the requests that the page of roles makes one by one, after one yes to all of them.

Nothing of this is a way around two people: each line is asked by ``ask_role``, and waits for whom it would wait for there.
"""

from __future__ import annotations

import datetime
import hashlib
import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access import rules
from rse.core.characters import full_name
from rse.core.enums import Role
from rse.core.folding import fold
from rse.core.models import Person, RoleGrant, RoleRequest, Unit
from rse.core.people.services.roles import (
    MOST_SUCCESSION_HOLDERS,
    AlreadyAsked,
    TooManyHolders,
    ask_role,
    end_of,
    holders_ids,
    start_of,
    who_agrees_now,
    yeses_awaited,
)
from rse.core.public_ids import random_id
from rse.core.web.person_picker import to_be_given_a_role

from ..files import storage
from ..files.cells import excerpt
from ..files.formats import open_table
from ..files.kept import keep, open_kept
from ..files.problems import FileRefused
from ..files.role_lines import LIMITS, RoleLine, columns_of, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

PIECE = 500
MOST_NAMESAKES = 2  # fetched of one name: it is that of one person, or of several
MOST_BY_ONE_YES = 200  # everybody with a role is told of each: more would keep the only writer of SQLite from others for too long
MADE = {
    "now": _("Named now"),
    "later": _("Named from %(day)s"),
    "tomorrow": _("Named after a day: nobody else could agree"),
    "waits": _("Waits for a yes: %(roles)s"),
}
STANDS = {
    "held": _("Held already: nothing is asked"),
    "asked": _("Asked already, and waits for an answer: nothing is asked"),
}
REFUSED = {
    "nobody_said": _("No employee number, no e-mail and no name: nobody is meant."),
    "unknown_person": _("“%(value)s” is nobody who works here and whom you may see."),
    "several_people": _("Several people are called “%(value)s”: give the employee number or the e-mail."),
    "two_people": _("The employee number and the e-mail belong to two people."),
    "oneself": _("Nobody names themselves: ask somebody else who may."),
    "no_role": _("No role is said."),
    "unknown_role": _("“%(value)s” is no role. Known are: %(known)s."),
    "not_yours": _("You may not name anybody for the role %(role)s."),
    "unknown_unit": _("“%(value)s” is no unit: give its code."),
    "several_units": _("Several units are called “%(value)s”: give the code."),
    "bad_day": _("“%(value)s” is no date that exists. Dates are written 31/12/2025 or 2025-12-31."),
    "past": _("The date %(day)s is in the past."),
    "order": _("The last day comes before the first."),
    "again": _("Line %(line)s asks the same already."),
    "too_many": _("Ten people at most may read succession plans. End one of these roles first."),
}


class PlanMoved(Exception):
    """What the lines would do is no longer what was shown."""


class FileGone(Exception):
    """The file waited for a yes for too long."""


class Wrong(Exception):
    """A line is refused; ``code`` says why and ``params`` what the sentence names."""

    def __init__(self, code: str, **params: Any):
        self.code, self.params = code, params
        super().__init__(code)


@dataclass
class Judged:
    """A line with what it would do: ``code`` stands in ``MADE``, ``STANDS`` or ``REFUSED``."""

    line: RoleLine
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    person: Person | None = None
    role: str = ""
    unit: Unit | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None

    @property
    def is_made(self) -> bool:
        return self.code in MADE

    @property
    def is_refused(self) -> bool:
        return self.code in REFUSED

    @property
    def key(self) -> tuple[int | None, str, int | None]:
        return self.person.pk if self.person else None, self.role, self.unit.pk if self.unit else None


@dataclass
class Plan:
    """What a file would do, line by line."""

    lines: list[Judged]

    @property
    def counts(self) -> Counter[str]:
        return Counter("made" if one.is_made else "refused" if one.is_refused else "stands" for one in self.lines)

    @property
    def fingerprint(self) -> str:
        """Two plans that do the same have the same one."""
        said = [(one.line.number, one.code, one.key, one.starts_on, one.ends_on, one.params.get("roles")) for one in self.lines]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def preview_roles(*, actor: Person, upload: UploadedFile) -> tuple[str, Plan]:
    """Keep the table of ``upload`` aside for an hour, and return the name of that copy with what its lines would do.

    Raises:
        PermissionDenied: this person names nobody for a role.
        UnknownColumns: no column says which role, or for whom.
        FileRefused: the file is too large, or cannot be read.

    """
    if not rules.can_ask_roles(actor):
        raise PermissionDenied
    name = random_id()
    path = storage.folder() / name
    sent = path.with_suffix(".sent")
    try:
        with _private_file(sent) as file:
            for piece in upload.chunks():
                file.write(piece)
        table = open_table(sent, LIMITS)
        said = columns_of(table)
        with _private_file(path) as kept:
            keep(table, kept, without=[header for place, header in enumerate(table.headers) if place not in said.values()])
        return name, judged(actor, lines_of(open_kept(path, LIMITS)))
    except BaseException:  # refused, or the disk is full
        path.unlink(missing_ok=True)
        raise
    finally:
        sent.unlink(missing_ok=True)


def plan_of(*, actor: Person, name: str) -> Plan:
    """Return what the lines of the copy ``name`` would do now.

    Raises:
        FileGone: it waited for too long, or was used.

    """
    path = storage.folder() / name
    try:
        lines = lines_of(open_kept(path, LIMITS))
    except FileRefused:
        if path.is_file():
            raise
        raise FileGone from None
    return judged(actor, lines)


@transaction.atomic
def name_by_file(*, actor: Person, name: str, seen: str) -> tuple[int, int]:
    """Ask for each role of the copy ``name``, as the page of roles asks for one, all of them or none.

    Return for how many was asked, and how many are left for another yes: one asks for ``MOST_BY_ONE_YES``.

    Raises:
        PermissionDenied: this person names nobody for a role.
        PlanMoved: ``seen`` is not the fingerprint of what the lines would do by now, or they would do nothing.
        FileGone: the copy waited for too long, or was used.

    """
    if not rules.can_ask_roles(actor):
        raise PermissionDenied
    plan = plan_of(actor=actor, name=name)
    asked = [one for one in plan.lines if one.is_made]
    if plan.fingerprint != seen or not asked:
        raise PlanMoved
    try:
        for one in asked[:MOST_BY_ONE_YES]:
            _ask(actor, one)
    except (PermissionDenied, AlreadyAsked, TooManyHolders) as error:
        raise PlanMoved from error
    left = len(asked[MOST_BY_ONE_YES:])
    if not left:
        transaction.on_commit(partial((storage.folder() / name).unlink, missing_ok=True))
    return len(asked) - left, left


def _ask(actor: Person, one: Judged) -> None:
    if one.person is None or one.starts_on is None:
        raise PermissionDenied
    starts_at, ends_at = start_of(one.starts_on), end_of(one.ends_on)
    ask_role(asker=actor, person=one.person, role=one.role, unit=one.unit, starts_at=starts_at, ends_at=ends_at)


def judged(actor: Person, lines: list[RoleLine]) -> Plan:
    """Return what each of ``lines`` would do if ``actor`` said yes; as many queries for one line as for some hundred."""
    known = _Known(actor, lines)
    return Plan([known.judge(line) for line in lines])


class _Known:
    """What the database knows of the people, the units and the roles that some lines name."""

    def __init__(self, actor: Person, lines: list[RoleLine]):
        self.actor = actor
        self.may_ask = {role.value for role in rules.roles_to_ask(actor)}
        self.by_number: dict[str, Person] = {}
        self.by_email: dict[str, Person] = {}
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self._find_people(lines)
        self.codes: dict[str, Unit] = {}
        self.units: dict[str, list[Unit]] = defaultdict(list)
        for unit in Unit.objects.order_by("pk"):
            self.codes[fold(unit.code)] = unit
            self.units[fold(unit.name)].append(unit)
        people = sorted(
            {
                one.pk
                for one in [
                    *self.by_number.values(),
                    *self.by_email.values(),
                    *(one for namesakes in self.by_name.values() for one in namesakes),
                ]
            }
        )
        self.held, self.asked = set[Any](), set[Any]()
        for piece in _pieces(people):
            self.held |= set(RoleGrant.objects.not_over().filter(person__in=piece).order_by().values_list("person", "role", "unit"))
            open_requests = RoleRequest.objects.filter(closed_at=None, person__in=piece)
            self.asked |= set(open_requests.order_by().values_list("person", "role", "unit"))
        self.agreeing = who_agrees_now()
        self.readers_of_plans = len(holders_ids(Role.HR_SUCCESSION)) if Role.HR_SUCCESSION in self.may_ask else 0
        self.today = clock.today()
        self.lines: dict[Any, int] = {}

    def _find_people(self, lines: list[RoleLine]) -> None:
        may = to_be_given_a_role(self.actor)
        said = [_who(line) for line in lines]
        for piece in _pieces(sorted({number for number, _email, _name in said if number})):
            self.by_number |= {one.employee_number: one for one in may.filter(employee_number__in=piece) if one.employee_number}
        for piece in _pieces(sorted({email for _number, email, _name in said if email})):
            self.by_email |= {one.email: one for one in may.filter(email__in=piece) if one.email}
        names = {fold(name) for number, email, name in said if name and not (number or email)}
        if names:
            found: dict[str, list[int]] = defaultdict(list)
            for pk, first, last in may.order_by("pk").values_list("pk", "first_name", "last_name").iterator(PIECE):
                for name in {fold(full_name(first, last)), fold(full_name(last, first))} & names:
                    if len(found[name]) < MOST_NAMESAKES:
                        found[name].append(pk)
            people: dict[int, Person] = {}
            for piece in _pieces(sorted({pk for keys in found.values() for pk in keys})):
                people |= may.in_bulk(piece)
            for name, keys in found.items():
                self.by_name[name] = [people[pk] for pk in keys if pk in people]

    def judge(self, line: RoleLine) -> Judged:
        """Return what ``line`` would do, after the lines before it."""
        one = Judged(line, role=line.role)
        try:
            one.person = self._person(line)
            self._check_role(line)
            one.unit = self._unit(line)
            one.starts_on, one.ends_on = self._days(line)
            one.code, one.params = self._fate(one)
        except Wrong as wrong:
            one.code, one.params = wrong.code, wrong.params
        return one

    def _person(self, line: RoleLine) -> Person:
        number, email, name = _who(line)
        if not (number or email or name):
            raise Wrong("nobody_said")
        mine = full_name(self.actor.first_name, self.actor.last_name)
        if (number and number == self.actor.employee_number) or (email and email == self.actor.email):
            raise Wrong("oneself")
        if number or email:
            found = [table.get(value) for table, value in ((self.by_number, number), (self.by_email, email)) if value]
            if None in found:
                raise Wrong("unknown_person", value=excerpt(number if number and found[0] is None else email))
            if len({one.pk for one in found if one}) > 1:
                raise Wrong("two_people")
            return next(one for one in found if one)
        people = self.by_name.get(fold(name), [])
        if not people:
            raise Wrong("oneself") if fold(name) == fold(mine) else Wrong("unknown_person", value=excerpt(name))
        if len(people) > 1:
            raise Wrong("several_people", value=excerpt(name))
        return people[0]

    def _check_role(self, line: RoleLine) -> None:
        value = line.cells.get("role", "").strip()
        if not value:
            raise Wrong("no_role")
        if not line.role:
            raise Wrong("unknown_role", value=excerpt(value), known=", ".join(str(Role(role).label) for role in sorted(self.may_ask)))
        if line.role not in self.may_ask:
            raise Wrong("not_yours", role=Role(line.role).label)

    def _unit(self, line: RoleLine) -> Unit | None:
        value = line.cells.get("unit", "").strip()
        if not value:
            return None
        units = [self.codes[fold(value)]] if fold(value) in self.codes else self.units.get(fold(value), [])
        if len(units) != 1:
            raise Wrong("several_units" if units else "unknown_unit", value=excerpt(value))
        return units[0]

    def _days(self, line: RoleLine) -> tuple[datetime.date, datetime.date | None]:
        if line.wrong:
            raise Wrong("bad_day", value=excerpt(line.cells.get(line.wrong, "")))
        for day in (line.starts_on, line.ends_on):
            if day and day < self.today:
                raise Wrong("past", day=day.isoformat())
        starts_on = line.starts_on or self.today
        if line.ends_on and line.ends_on < starts_on:
            raise Wrong("order")
        return starts_on, line.ends_on

    def _fate(self, one: Judged) -> tuple[str, dict[str, Any]]:
        if one.key in self.lines:
            raise Wrong("again", line=self.lines[one.key])
        self.lines[one.key] = one.line.number
        if one.key in self.held:
            return "held", {}
        if one.key in self.asked:
            return "asked", {}
        if one.role == Role.HR_SUCCESSION and self.readers_of_plans >= MOST_SUCCESSION_HOLDERS:
            raise Wrong("too_many")
        return self._way(one)

    def _way(self, one: Judged) -> tuple[str, dict[str, Any]]:
        """Return whether the role is named at once, or whose yes it waits for."""
        person_id = one.key[0] or 0
        request = RoleRequest(person_id=person_id, role=one.role, unit=one.unit, asked_by=self.actor)
        functions = rules.functions_for_approval(self.actor, request)
        said = [(self.actor.pk, min(functions))] if functions else []
        agreeing = self.agreeing
        waits = yeses_awaited(role=one.role, person_id=person_id, asker_id=self.actor.pk, said=said, agreeing=agreeing)
        if one.role == Role.ADMINISTRATOR and not {holder for _role, holder, _since in agreeing} - {person_id, self.actor.pk}:
            return "tomorrow", {}
        if waits:
            return "waits", {"roles": [list(wait.roles) for wait in waits]}
        return ("now", {}) if one.starts_on == self.today else ("later", {})


def _who(line: RoleLine) -> tuple[str, str, str]:
    """Return the employee number, the e-mail and the name as the line says them: whatever has an @ is an e-mail."""
    number, email, name = (line.cells.get(column, "").strip() for column in ("number", "email", "name"))
    mail = next((text for text in (email, number, name) if "@" in text), email).lower()
    return ("" if "@" in number else number), mail, ("" if "@" in name else name)


def _pieces(values: list[Any]) -> Iterator[list[Any]]:
    return (values[start : start + PIECE] for start in range(0, len(values), PIECE))


def _private_file(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
