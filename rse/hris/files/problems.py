"""What can be wrong with a file or with one of its rows: a code each, and the sentence that explains it."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rse.core.days import date_format

KEPT = 1000
DAYS = frozenset({"hired", "leaves", "trial", "day", "last_day"})  # parameters that are kept as ISO dates

ERRORS = {
    "missing": _("This cell is empty, and may not be."),
    "too_long": _("This is longer than %(limit)s characters."),
    "control_character": _("This holds a character that cannot be kept (code %(character)s)."),
    "formula_error": _("The spreadsheet shows an error here: “%(value)s”."),
    "bad_date": _("“%(value)s” is no date that exists. Dates are written 31/12/2025 or 2025-12-31."),
    "bad_email": _("“%(value)s” is not an e-mail address."),
    "bad_yes_no": _("“%(value)s” is neither yes nor no."),
    "unknown_language": _("“%(value)s” is not a language we know."),
    "unknown_interface_language": _("“%(value)s” is not a language of the interface: it is fr or en."),
    "unknown_time_zone": _("“%(value)s” is not a time zone. One is Europe/Paris."),
    "reserved_code": _("A code of a position may not begin with @."),
    "too_many_cells": _("This row has %(cells)s cells, the header %(columns)s: a separator may stand inside a value without quotes."),
    "hire_after_leave": _("The last day, %(leaves)s, comes before the first, %(hired)s."),
    "trial_before_hire": _("The trial period ends on %(trial)s, before the first day, %(hired)s."),
    "duplicate_number": _("The employee number %(number)s stands on line %(other_line)s already."),
    "duplicate_email": _("The e-mail %(email)s is that of %(number)s, on line %(other_line)s."),
    "same_person": _("Is this somebody who is known here under another number? Say so before anything is written."),
    "number_taken": _("Somebody else has the number %(number)s, or had it."),
    "position_of_several": _("Several people hold this position: its unit, title and superior are those of all. Correct them in the file."),
    "not_above": _("Nobody can be put under this person: they have no position, or are below you."),
    "email_taken": _("The e-mail %(email)s belongs to somebody else, or did: an address is never given to another person."),
    "unknown_unit": _("Nothing is known of the unit %(unit)s: no row names it."),
    "unit_parent_differs": _("Line %(other_line)s puts the unit %(unit)s under %(other)s, not under %(parent)s."),
    "unit_cycle": _("These units are above themselves: %(units)s."),
    "unknown_position": _("Nothing is known of the position %(position)s."),
    "manager_differs": _("Line %(other_line)s puts the position %(position)s under somebody else: a position has one superior."),
    "cycle": _("These people are above themselves: %(numbers)s."),
    "two_on_position": _("The position %(position)s is not shared, and %(number)s holds it at the same time (line %(other_line)s)."),
    "position_taken": _("The position %(position)s is not shared, and somebody who is not in this file holds it."),
    "interim_own_position": _("This person holds the position %(position)s already: nobody stands in for themselves."),
}
WARNINGS = {
    "bad_phone": _("“%(value)s” is not a phone number; it is left out."),
    "unknown_country": _("“%(value)s” is no country whose public holidays are known; those of the company are taken."),
    "unknown_region": _(
        "The country %(country)s has no region called “%(value)s” with public holidays of its own; those of the country are taken."
    ),
    "absence_reversed": _("The absence ends on %(leaves)s, before it begins on %(hired)s: it is left out."),
    "mixed_scripts": _("“%(value)s” mixes letters of several alphabets that look alike."),
    "invisible_characters": _("“%(value)s” holds characters that nobody can see."),
    "looks_like": _("“%(value)s” looks like another name of this file, written with other letters."),
    "unit_name_differs": _("Line %(other_line)s calls the unit %(unit)s “%(other)s”; the first name is kept."),
    "time_zone_differs": _("Line %(other_line)s gives the site %(site)s the time zone %(other)s; the first is kept."),
    "access_cut": _("An administrator cut the access of this person: being in a file does not bring them back, a later first day does."),
    "email_held": _("The e-mail %(email)s still signs somebody else in: it is left out until they have confirmed their own change."),
    "address_waits": _("This person has an account or a role: the new address waits until it is confirmed, and the old one goes on."),
    "corrected_by_hand": _(
        "HR corrected this by hand, and the file says “%(value)s”: the correction stays until somebody says that the file is right."
    ),
    "unknown_manager": _("Nobody in this file is %(value)s: this person has no superior for now."),
    "manager_shared_name": _("Several people are called %(value)s: this person has no superior until one of them is chosen."),
    "manager_name_of_several": _(
        "Several people who work here are called %(value)s: this person has no superior for now. Name them by number or by e-mail."
    ),
    "manager_same_position": _("The manager holds the same position, %(position)s: no superior is taken from this line."),
    "unknown_status": _("Nobody said what the status “%(value)s” means: this person is taken to be here as the dates say."),
    "said_to_be_here": _("The last day, %(leaves)s, is over and the status says that this person is here: the day is left out."),
    "manager_not_imported": _("The row of the manager %(number)s is left out: this person has no superior for now."),
}
REFUSALS = {
    "empty": _("The file is empty."),
    "no_rows": _("The file has a line of headers and nobody below it."),
    "missing_columns": _("No column of the file is: %(columns)s."),
    "unknown_headers": _("The file has no column called: %(headers)s."),
    "header_used_twice": _("One column of the file was chosen for two things: %(headers)s."),
    "too_many_columns": _("The file has more than %(limit)s columns."),
    "too_large": _("The file is larger than %(limit)s MiB. A larger one is imported by the command on the server."),
    "too_many_rows": _("The file has more than %(limit)s rows. A longer one is imported by the command on the server."),
    "null_bytes": _("This is no table that we can read: save it as XLSX or CSV."),
    "unreadable_text": _("The text of this file cannot be read from line %(line)s on: save it as CSV in UTF-8."),
    "unclosed_quote": _("A cell that begins near line %(line)s never ends: a quotation mark is missing."),
    "unknown_sheet": _("The file has no visible sheet called “%(sheet)s”: choose another one."),
    "unknown_line": _("Line %(line)s of the file is blank, or is not there: choose another line for the headers."),
    "with_password": _("This spreadsheet is protected by a password: save it without, and send it again."),
    "damaged": _("This spreadsheet is damaged, or is none: open it and save it anew as XLSX."),
    "too_packed": _("This spreadsheet unpacks to far more than its size: it is not opened."),
    "too_heavy": _("This spreadsheet takes too much memory or time to be opened: save it as XLSX or CSV."),
    "declared_entities": _("This spreadsheet declares a document type, which no spreadsheet does: it is not opened."),
    "no_sheet": _("This spreadsheet has no sheet with cells."),
    "old_excel": _("This is a spreadsheet of a very old kind, from before 1997: open it and save it as XLSX."),
    "binary_workbook": _("This is a binary workbook (.xlsb): open it and save it as XLSX."),
    "numbers": _("This is a document of Apple Numbers: export it as XLSX or CSV."),
    "html": _("This is a web page, even if its name ends in .xls: open it in a spreadsheet and save it as XLSX."),
    "xml_spreadsheet": _("This is a spreadsheet of 2003 in XML: open it and save it as XLSX."),
    "xml": _("This is an XML file: export the people as XLSX or CSV."),
    "json": _("This is a JSON file: export the people as XLSX or CSV."),
    "pdf": _("This is a PDF document, from which no rows can be read: export the people as XLSX or CSV."),
    "picture": _("This is a picture, from which no rows can be read: export the people as XLSX or CSV."),
    "document": _("This is a text document: put its table into a spreadsheet, and save that as XLSX."),
    "presentation": _("This is a presentation: export the people as XLSX or CSV."),
    "message": _("This is an e-mail message: save the file that is attached to it, and send that."),
    "other_archive": _("This is an archive that is not opened here: send the file that is in it."),
    "zip_empty": _("There is no file of people in this ZIP: put one CSV, XLSX, XLS or ODS file into it."),
    "zip_several": _("There are several files in this ZIP: %(files)s. Send the one with the people."),
    "zip_in_zip": _("There is another ZIP in this ZIP: send the file that is in it."),
    "zip_with_password": _("This ZIP is protected by a password: send the file that is in it."),
    "zip_method": _("This ZIP is packed in a way that is not opened here: send the file that is in it."),
    "zip_too_packed": _("This ZIP unpacks to far more than its size: it is not opened."),
    "bad_rows": ngettext_lazy("Nothing was written: %(rows)s row has errors.", "Nothing was written: %(rows)s rows have errors.", "rows"),
    "too_many_departures": ngettext_lazy(
        "Nothing was written: %(leaving)s of %(active)s people would leave, more than one in ten.",
        "Nothing was written: %(leaving)s of %(active)s people would leave, more than one in ten.",
        "leaving",
    ),
    "interrupted": _("The work on this file was interrupted, and nothing was written. You may begin again."),
    "failed": _("Something went wrong here, and nothing was written. You may try again; the administrators find the reason in the log."),
    "restored": _("A backup was put back, and no backup holds files of HR: nothing was written. Send the file again."),
    "too_old": _("Nobody said yes for seven days: the file was erased, and nothing was written."),
    "rights_end": _("Nothing was written: by this file, rights would end that take two people: %(people)s. Name them to go on."),
    "older_file": _("This file is of %(day)s, and one of %(last_day)s was written already: it would bring back what is over."),
    "somebody_else": _("This would change somebody else too: nothing was written."),
    "not_the_last": _("Another file was written since: this one cannot be undone any more."),
    "sent_before": _("This very file was written on %(day)s, and another one since: it would bring back what is over."),
    "import_running": _("Another import is being applied. Try again when it is done."),
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong at one place of a file; ``line`` counts lines of the file (rows of the sheet), from 1."""

    line: int
    column: str
    code: str
    params: Mapping[str, Any]

    @property
    def is_error(self) -> bool:
        return self.code in ERRORS

    def sentence(self) -> str:
        """Return the problem in words, in the language in force."""
        text = str(ERRORS.get(self.code) or WARNINGS[self.code])
        said = {name: _as_people_write(name, value) for name, value in self.params.items()}
        return text % said if said else text

    def as_json(self) -> list[Any]:
        return [self.line, self.column, self.code, dict(self.params)]

    @classmethod
    def from_json(cls, said: list[Any]) -> "RowProblem":
        return cls(*said)


def _as_people_write(name: str, value: Any) -> Any:
    return date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT") if name in DAYS else value


class FileRefused(Exception):
    """The file as a whole is not imported; ``code`` says why and ``params`` what the sentence names."""

    def __init__(self, code: str, **params: Any):
        self.code, self.params = code, params
        super().__init__(code)

    def sentence(self) -> str:
        """Return the reason in words, in the language in force."""
        return refusal_sentence(self.code, self.params)


def refusal_sentence(code: str, params: Mapping[str, Any]) -> str:
    """Return the words of a refusal that was kept as its code, in the language in force."""
    said = {
        name: ", ".join(map(str, value)) if isinstance(value, list | tuple) else _as_people_write(name, value)
        for name, value in params.items()
    }
    return str(REFUSALS[code] % said) if said else str(REFUSALS[code])


class Problems:
    """The problems of one file: all are counted, the first ``limit`` are kept, and every line with an error is remembered."""

    def __init__(self, limit: int | None = KEPT):
        self.limit = limit
        self.kept: list[RowProblem] = []
        self.counts: Counter[str] = Counter()
        self.bad_lines: set[int] = set()

    def add(self, line: int, column: str, code: str, **params: Any) -> None:
        self.counts[code] += 1
        if code in ERRORS:
            self.bad_lines.add(line)
        if self.limit is None or len(self.kept) < self.limit:
            self.kept.append(RowProblem(line, column, code, params))

    @property
    def errors(self) -> int:
        return sum(count for code, count in self.counts.items() if code in ERRORS)

    @property
    def warnings(self) -> int:
        return sum(count for code, count in self.counts.items() if code in WARNINGS)

    def in_order(self) -> list[RowProblem]:
        """Return the problems that were kept, by line and column."""
        return sorted(self.kept, key=lambda problem: (problem.line, problem.column, problem.code))

    def as_json(self) -> list[list[Any]]:
        return [problem.as_json() for problem in self.in_order()]
