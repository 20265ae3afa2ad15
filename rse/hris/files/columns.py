"""The columns we know, and which column of a customer's file is which."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from .aliases import ALIASES, BESIDE_A_CODE, CODE_OF
from .headers import folded, forms
from .problems import FileRefused


@dataclass(frozen=True)
class Column:
    name: str
    label: Any
    is_required: bool = False


COLUMNS = {
    column.name: column
    for column in (
        Column("employee_number", _("Employee number"), is_required=True),
        Column("first_name", _("First name")),
        Column("last_name", _("Last name")),
        Column("full_name", _("First and last name in one cell")),
        Column("birth_name", _("Birth name, where the name used is empty")),
        Column("preferred_name", _("First name used, where there is one")),
        Column("email", _("Work e-mail")),
        Column("private_email", _("Private e-mail")),
        Column("unit", _("Unit (code, name or path)"), is_required=True),
        Column("unit_name", _("Unit (name)")),
        Column("parent_unit", _("Unit above (code)")),
        Column("site", _("Site")),
        Column("site_time_zone", _("Time zone of the site")),
        Column("site_country", _("Country of the site (two letters or its name)")),
        Column("site_region", _("Region of the site, where its public holidays are others")),
        Column("job_family", _("Job family")),
        Column("position", _("Position (code)")),
        Column("position_title", _("Job title"), is_required=True),
        Column("position_shared", _("Position is shared (yes or no)")),
        Column("interim_position", _("Position held for the time being (code)")),
        Column("manager_number", _("Manager (number, e-mail, login or name)")),
        Column("manager_position", _("Position above (code)")),
        Column("hired_on", _("First day")),
        Column("trial_ends_on", _("End of trial period")),
        Column("leaves_on", _("Last day")),
        Column("status", _("Status (present, to come, gone)")),
        Column("absent_from", _("First day of an absence")),
        Column("absent_until", _("Last day of an absence")),
        Column("login", _("Login by which the file names managers")),
        Column("languages", _("Languages spoken")),
        Column("work_phone", _("Work phone")),
        Column("language", _("Language of the interface (fr or en)")),
    )
}
REQUIRED = tuple(name for name, column in COLUMNS.items() if column.is_required)
NAMES = ("last_name", "full_name", "birth_name")  # one of them is required
ANSWERS = ("days", "statuses", "superiors", "same", "corrected")


def signature(headers: Iterable[str]) -> str:
    """Return the SHA-256 in hexadecimal digits of the folded headers, whatever their order: the key of an ``ImportMapping``."""
    said = "\n".join(sorted(folded(header) or header for header in headers))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class ColumnMapping:
    """Which header of a file stands for which of our columns, and what a person said of its values.

    ``days`` are orders by column (``dmy`` or ``mdy``), ``statuses`` meanings by folded word, ``superiors`` numbers by folded cell,
    ``same`` keys of people by the number under which the file has them, or a dash for "they are two"; ``corrected`` the word "file" by the
    number of somebody whose facts HR corrected by hand, where the file is right again.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    superiors: Mapping[str, str] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    corrected: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def guess(cls, headers: Sequence[str], accepts: Callable[[str, str], bool] = lambda column, header: True) -> "ColumnMapping":
        """Return the mapping that the usual names of headers suggest; columns without a known header are left out.

        Every header is given to one column at most, and only where ``accepts`` says that its values fit. Plain names (“service”) are given
        only after precise ones (“code service”).
        """
        free: dict[str, str] = {}
        for header in headers:
            for form in forms(header):
                free.setdefault(form, header)
        found: dict[str, str] = {}
        for tier in ALIASES:
            for column, names in tier.items():
                if column in found or (tier is BESIDE_A_CODE and CODE_OF[column] not in found):
                    continue
                fitting = next((free[name] for name in names if name in free and accepts(column, free[name])), None)
                if fitting is not None:
                    found[column] = fitting
                    free = {form: other for form, other in free.items() if other != fitting}
        return cls({column: found[column] for column in COLUMNS if column in found})

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "ColumnMapping":
        """Return the mapping that ``as_json`` wrote, without the names of columns that do not exist here."""
        columns = {column: said[column] for column in COLUMNS if said.get(column)}
        return cls(columns, **{name: said.get(f"@{name}") or {} for name in ANSWERS})

    def as_json(self) -> dict[str, Any]:
        return {**self.columns, **{f"@{name}": dict(getattr(self, name)) for name in ANSWERS if getattr(self, name)}}

    def with_(self, **headers: str) -> "ColumnMapping":
        """Return a copy of the mapping with some columns read from other headers; an empty header leaves its column out.

        Raises:
            ValueError: a column that does not exist.

        """
        if unknown := set(headers) - COLUMNS.keys():
            raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
        merged = {**self.columns, **headers}
        return replace(self, columns={column: merged[column] for column in COLUMNS if merged.get(column)})

    def says(self, *names: str) -> bool:
        """Return whether a header of the file stands for one of these columns."""
        return any(name in self.columns for name in names)

    def header(self, column: str) -> str:
        """Return the header of a column in the customer's file, or our own label of the column where it has no header."""
        return self._read.get(column) or self.columns.get(column) or str(COLUMNS[column].label if column in COLUMNS else column)

    def missing(self) -> tuple[str, ...]:
        """Return the names of the required columns that no header stands for; one of the columns of names is enough."""
        names = () if self.says(*NAMES) else ("last_name",)
        return (*(name for name in REQUIRED if name not in self._read), *names)

    @property
    def _read(self) -> Mapping[str, str]:
        """The columns as they are read: the name of a unit stands for its code, where the file has none."""
        if self.says("unit") or not self.says("unit_name"):
            return self.columns
        return {"unit" if name == "unit_name" else name: header for name, header in self.columns.items()}

    def places(self, headers: Sequence[str]) -> dict[str, int]:
        """Return the index of each column among ``headers``, by the name of the column.

        Raises:
            FileRefused: a required column is missing, a header is not in the file, or one header stands for two columns.

        """
        if missing := self.missing():
            raise FileRefused("missing_columns", columns=[str(COLUMNS[name].label) for name in missing])
        where = {header: place for place, header in enumerate(headers)}
        if absent := [header for header in self.columns.values() if header not in where]:
            raise FileRefused("unknown_headers", headers=absent)
        used = list(self.columns.values())
        if twice := sorted({header for header in used if used.count(header) > 1}):
            raise FileRefused("header_used_twice", headers=twice)
        return {column: where[header] for column, header in self._read.items()}
