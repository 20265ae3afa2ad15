"""Tables that leave the product, as a spreadsheet opens them: semicolons, UTF-8 that says so, and no cell that is taken for a formula."""

from __future__ import annotations

import csv
import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@")
LEADING = ("\t", "\r", "\n")  # a spreadsheet drops these, and reads what follows


def safe(value: Any) -> str:
    """``value`` as a cell that no spreadsheet takes for a formula, whatever blanks stand first; an instant in the reader's zone."""
    if isinstance(value, datetime.datetime):
        value = value.astimezone(timezone.get_current_timezone()).strftime("%Y-%m-%d %H:%M")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(LEADING) or text.lstrip().startswith(FORMULA) else text


def csv_response(name: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The table as a file called ``name``. Who may have it is asked by the caller."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    table = csv.writer(response, delimiter=";")
    table.writerow([safe(header) for header in headers])
    table.writerows([safe(cell) for cell in row] for row in rows)
    return response
