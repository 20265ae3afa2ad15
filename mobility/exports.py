"""Tables that leave the product: each row by its readers, each cell safe in a spreadsheet."""

import csv
import io
from typing import Any

from .fields import fields_for

FORMULA = ("=", "+", "-", "@", "\t", "\r")
OF_AN_OPENING = ("kind", "title", "unit", "site", "level", "pay_from", "pay_to", "starts_on", "closes_on", "weeks", "share", "state")
OF_AN_APPLICATION = ("opening", "stage", "sent_at", "availability", "site_answer", "e_mail", "phone", "skills")
FREE_TEXT = ("letter", "reason", "alternatives")


def safe(value: Any) -> str:
    """``value`` as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def table(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    """CSV with a first line of names; what a row does not hold is empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def openings_table(openings: Any) -> str:
    return table(OF_AN_OPENING, [{name: getattr(one, name) for name in OF_AN_OPENING} for one in openings])


def application_table(reader: Any, application: Any, *, relation: str, has_free_text: bool) -> str:
    """One application as ``reader`` sees it; its free text only for the applicant and HR."""
    fields = fields_for(reader, application, relation=relation)
    fields["skills"] = ", ".join(skill.label for skill in fields.get("skills", ()))
    columns = OF_AN_APPLICATION + (FREE_TEXT if has_free_text else ())
    return table(("name", *columns), [fields])
