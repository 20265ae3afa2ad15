"""The monthly HR file: its columns, its rows, and the CSV that the customer's software writes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import IO, Any

from .months import add_months
from .organisation import Organisation, Position
from .people import Member

# Canonical column: the customer's French header.
FRENCH_HEADERS = {
    "employee_number": "Matricule",
    "first_name": "Prénom",
    "last_name": "Nom",
    "email": "Adresse e-mail",
    "private_email": "E-mail personnel",
    "unit": "Code service",
    "unit_name": "Service",
    "parent_unit": "Code service parent",
    "site": "Site",
    "site_time_zone": "Fuseau horaire du site",
    "job_family": "Famille de métiers",
    "position": "Code poste",
    "position_title": "Intitulé du poste",
    "position_shared": "Poste partagé",
    "interim_position": "Poste tenu par intérim",
    "manager_number": "Matricule du responsable",
    "manager_position": "Code poste du responsable",
    "hired_on": "Date d’entrée",
    "trial_ends_on": "Fin de période d’essai",
    "leaves_on": "Date de sortie",
    "languages": "Langues",
    "work_phone": "Téléphone professionnel",
    "language": "Langue de l’interface",
}
COLUMNS = tuple(FRENCH_HEADERS)
TRIAL_SHOWN_FOR_DAYS = 400

Row = dict[str, Any]


def position_columns(organisation: Organisation, position: Position) -> Row:
    """Return the row of a vacant seat: the columns of the person are empty, and so is ``manager_number``, which depends on the day."""
    unit = organisation.units[position.unit]
    site = organisation.sites[position.site]
    return {
        "employee_number": "",
        "first_name": "",
        "last_name": "",
        "email": "",
        "private_email": "",
        "unit": unit.code,
        "unit_name": unit.name,
        "parent_unit": unit.parent,
        "site": site.name,
        "site_time_zone": site.time_zone,
        "job_family": position.family,
        "position": position.code,
        "position_title": position.title,
        "position_shared": position.is_shared,
        "interim_position": "",
        "manager_number": "",
        "manager_position": position.manager,
        "hired_on": None,
        "trial_ends_on": None,
        "leaves_on": None,
        "languages": (),
        "work_phone": "",
        "language": "",
    }


def rows_of(
    organisation: Organisation, holders: dict[str, list[Member]], lead_of: Callable[[str], Member | None], on: date
) -> Iterator[Row]:
    """Yield the rows of the full file of a day: one per person, and one per position that nobody holds.

    Those who arrive later than this month may not have a work address yet.
    """
    next_month = add_months(on.replace(day=1), 1)
    for position in organisation.positions.values():
        seat = position_columns(organisation, position)
        lead = lead_of(position.manager) if position.manager else None
        seat["manager_number"] = lead.number if lead else ""
        people = holders[position.code]
        if not people:
            yield seat
        for member in people:
            is_expected = member.hired_on > on
            has_address = member.hired_on < next_month or member.has_early_address
            shows_trial = member.trial_ends_on and (on - member.trial_ends_on).days < TRIAL_SHOWN_FOR_DAYS
            row = dict(
                seat,
                employee_number=member.number,
                first_name=member.first_name,
                last_name=member.last_name,
                email=member.email if has_address else "",
                private_email=member.private_email if is_expected else "",
                interim_position=member.interim,
                hired_on=member.hired_on,
                trial_ends_on=member.trial_ends_on if shows_trial else None,
                leaves_on=member.leaves_on if member.announced else None,
                languages=member.languages,
                work_phone="" if is_expected else member.phone,
                language=member.language,
            )
            if lead is member:
                row["manager_number"] = ""
            yield row


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def write_csv(rows: Iterable[Row], file: IO[str]) -> None:
    """Write the rows as the customer's software does: semicolons, French headers and dates.

    ``file`` is open for text in utf-8-sig, which writes the byte order mark, with newline="".
    """
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(FRENCH_HEADERS.values())
    for row in rows:
        writer.writerow([_written(row[column]) for column in COLUMNS])
