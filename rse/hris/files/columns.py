"""The columns we know, and which column of a customer's file is which."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from rse.core.folding import fold

from .aliases import ALIASES, BESIDE_A_CODE, CODE_OF
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
        Column("first_name", _("First name"), is_required=True),
        Column("last_name", _("Last name"), is_required=True),
        Column("email", _("Work e-mail")),
        Column("private_email", _("Private e-mail")),
        Column("unit", _("Unit (code)"), is_required=True),
        Column("unit_name", _("Unit (name)")),
        Column("parent_unit", _("Unit above (code)")),
        Column("site", _("Site"), is_required=True),
        Column("site_time_zone", _("Time zone of the site")),
        Column("job_family", _("Job family")),
        Column("position", _("Position (code)")),
        Column("position_title", _("Job title"), is_required=True),
        Column("position_shared", _("Position is shared (yes or no)")),
        Column("interim_position", _("Position held for the time being (code)")),
        Column("manager_number", _("Manager (employee number)")),
        Column("manager_position", _("Position above (code)")),
        Column("hired_on", _("First day"), is_required=True),
        Column("trial_ends_on", _("End of trial period")),
        Column("leaves_on", _("Last day")),
        Column("languages", _("Languages spoken")),
        Column("work_phone", _("Work phone")),
        Column("language", _("Language of the interface (fr or en)")),
    )
}
REQUIRED = tuple(name for name, column in COLUMNS.items() if column.is_required)


def folded(header: str) -> str:
    """Return a header without case, accents, punctuation and double spaces: what two spellings of one name have in common."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(header)).split())


def signature(headers: Iterable[str]) -> str:
    """Return the SHA-256 in hexadecimal digits of the folded headers, whatever their order: the key of an ``ImportMapping``."""
    said = "\n".join(sorted(folded(header) or header for header in headers))
    return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class ColumnMapping:
    """Which header of a file stands for which of our columns."""

    columns: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def guess(cls, headers: Sequence[str]) -> "ColumnMapping":
        """Return the mapping that the usual French and English names of headers suggest; columns without a known header are left out.

        Every header is given to one column at most. Plain names (“service”) are given only after precise ones (“code service”).
        """
        free: dict[Any, Any] = {}
        for header in headers:
            free.setdefault(folded(header), header)
        found: dict[str, str] = {}
        for tier in ALIASES:
            for column, names in tier.items():
                if column in found or (tier is BESIDE_A_CODE and CODE_OF[column] not in found):
                    continue
                name = next((name for name in names if name in free), None)
                if name is not None:
                    found[column] = free.pop(name)
        return cls({column: found[column] for column in COLUMNS if column in found})

    @classmethod
    def from_json(cls, said: Mapping[str, str]) -> "ColumnMapping":
        """Return the mapping that ``as_json`` wrote, without the names of columns that do not exist here."""
        return cls({column: said[column] for column in COLUMNS if said.get(column)})

    def as_json(self) -> dict[str, str]:
        return dict(self.columns)

    def with_(self, **headers: str) -> "ColumnMapping":
        """Return a copy of the mapping with some columns read from other headers; an empty header leaves its column out.

        Raises:
            ValueError: a column that does not exist.

        """
        if unknown := set(headers) - COLUMNS.keys():
            raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
        merged = {**self.columns, **headers}
        return ColumnMapping({column: merged[column] for column in COLUMNS if merged.get(column)})

    def says(self, *names: str) -> bool:
        """Return whether a header of the file stands for one of these columns."""
        return any(name in self.columns for name in names)

    def header(self, column: str) -> str:
        """Return the header of a column in the customer's file, or our own label of the column where it has no header."""
        return self.columns.get(column) or str(COLUMNS[column].label if column in COLUMNS else column)

    def missing(self) -> tuple[str, ...]:
        """Return the names of the required columns that no header stands for."""
        return tuple(name for name in REQUIRED if name not in self.columns)

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
        return {column: where[header] for column, header in self.columns.items()}
