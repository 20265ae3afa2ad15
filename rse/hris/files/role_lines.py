"""A file of roles: which of its columns says what, and what each of its lines asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rse.core.enums import Role

from .cells import said
from .dates import DayReader, Evidence, NoDay, decide
from .formats import MIB, Limits
from .headers import folded
from .problems import FileRefused

if TYPE_CHECKING:
    from .formats import Table

MOST_MIB, MOST_LINES = 5, 5_000
LIMITS = Limits(size=MOST_MIB * MIB, rows=MOST_LINES)
LONGEST = 200  # characters of a cell
WHO = ("number", "email", "name")
HEADERS = {
    "number": "matricule|numero|no|numero de matricule|numero d employe|employee number|employee id|employee no|number|id|personnel number",
    "email": "e mail|email|mail|courriel|adresse|adresse e mail|adresse mail|adresse electronique|work e mail|e mail address|login",
    "name": "nom|nom complet|prenom et nom|nom et prenom|personne|collaborateur|collaboratrice|name|full name|person|employee|who",
    "role": "role|fonction|droit|habilitation|role name|right",
    "unit": "unite|code unite|unite ou code|perimetre|service|direction|unit|unit code|over|scope|department",
    "from": "de|du|a partir du|a partir de|depuis|debut|date de debut|from|since|start|start date|starts on|begins|valid from",
    "until": "au|a|jusqu au|jusqu a|jusque|fin|date de fin|until|to|end|end date|ends on|valid until|valid to",
}
NAMED = {word: column for column, words in HEADERS.items() for word in words.split("|")}
WORDS = {
    Role.HR: "rh|ressources humaines|human resources",
    Role.HR_HEAD: "drh|direction des ressources humaines|directeur des ressources humaines|directrice des ressources humaines|hr head",
    Role.RECRUITER: "recruteur|recruteuse|charge de recrutement|chargee de recrutement",
    Role.HR_SUCCESSION: "plans de releve|succession|succession plans|rh releve",
    Role.HANDLER: "signalements|referent|referente|referent signalements|referente signalements|handler",
    Role.DPO: "dpo|dpd|delegue a la protection des donnees|deleguee a la protection des donnees",
    Role.ADMINISTRATOR: "admin|administrateur|administratrice|administration",
    Role.EDITOR: "redacteur|redactrice|redaction|editeur|editrice",
}


class UnknownColumns(Exception):
    """No column says which role, or for whom."""


@dataclass(frozen=True)
class RoleLine:
    """One line of the file: its cells as texts by column, and the days that two of them say. ``wrong`` names a column with no day in it."""

    number: int
    cells: dict[str, str]
    role: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    wrong: str = ""


@cache
def role_words() -> dict[str, str]:
    """Return the roles by their folded names: code, label in each language of the interface, and what people also call them."""
    known = {folded(word): role.value for role, words in WORDS.items() for word in words.split("|")}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {folded(str(role.label)): role.value for role in Role}
    return known | {folded(role.value): role.value for role in Role}


def columns_of(table: Table) -> dict[str, int]:
    """Return the places of the columns by what they say, the first of each.

    Raises:
        UnknownColumns: none says which role, or none for whom.

    """
    places: dict[str, int] = {}
    for place, header in enumerate(table.headers):
        if column := NAMED.get(folded(header)):
            places.setdefault(column, place)
    if "role" not in places or not places.keys() & set(WHO):
        raise UnknownColumns
    return places


def lines_of(table: Table) -> list[RoleLine]:
    """Return the lines of ``table``, ``MOST_LINES`` at most.

    Raises:
        UnknownColumns: no column says which role, or for whom.
        FileRefused: the file has more lines, or is damaged.

    """
    places = columns_of(table)
    rows = list(_rows(table, places))
    days = _day_readers(rows, table)
    return [_line(number, cells, days) for number, cells in rows]


def _rows(table: Table, places: dict[str, int]) -> Iterator[tuple[int, dict[str, Any]]]:
    with closing(table.records()) as records:
        for number, cells in records:
            yield number, {column: cells[place] if place < len(cells) else None for column, place in places.items()}


def _day_readers(rows: list[tuple[int, dict[str, Any]]], table: Table) -> dict[str, DayReader]:
    seen = {"from": Evidence(), "until": Evidence()}
    for _number, cells in rows:
        for column, evidence in seen.items():
            evidence.see(cells.get(column))
    return decide(seen, table.epoch)


def _line(number: int, cells: dict[str, Any], days: dict[str, DayReader]) -> RoleLine:
    texts = {column: said(cell)[:LONGEST] for column, cell in cells.items()}
    read: dict[str, datetime.date | None] = {}
    wrong = ""
    for column, reader in days.items():
        try:
            read[column] = reader.read(cells.get(column))
        except NoDay:
            wrong = wrong or column
    role = role_words().get(folded(texts.get("role", "")), "")
    return RoleLine(number, texts, role, read.get("from"), read.get("until"), wrong)


def sentence_of(refused: FileRefused) -> str:
    """Return why the file is refused, with the limits that hold for files of roles."""
    said_so = {
        "too_large": _("The file is larger than %(limit)s MB. Send it in several.") % {"limit": MOST_MIB},
        "too_many_rows": _("The file has more than %(limit)s lines. Send it in several.") % {"limit": MOST_LINES},
    }
    return str(said_so.get(refused.code) or refused.sentence())
