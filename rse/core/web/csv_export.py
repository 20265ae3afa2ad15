"""Tables that leave the product, as a spreadsheet opens them: semicolons, UTF-8 that says so, and no cell that is taken for a formula."""

from __future__ import annotations

import csv
import datetime
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone

from ..characters import SHAPELESS
from ..people.handles import held

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
LEADING = ("\t", "\r", "\n")
UNDRAWN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me"})
PLAIN = {"−": "-", "‐": "-", "‑": "-", "⁻": "-", "⁺": "+"}  # signs that look like those of a formula
FORMULA = ("=", "+", "-", "@")
# Where another spreadsheet begins a cell, and the signs with which that would begin.
PARTED = re.compile(rf"(?<=[\s\S])([,;\t|\r\n])((?:[^\w\s]|[{''.join(sorted(SHAPELESS))}])+)")
QUOTES = "'\"`´‘’‚‛“”„‟′″＇＂«»‹›"  # a spreadsheet may take these off, and read what follows


def safe(value: Any) -> str:
    """Return ``value`` as a cell that no spreadsheet takes for a formula; an instant is said in the reader's zone.

    Full-width signs count as the plain ones. Blanks, quotes and what is not drawn are passed over: a spreadsheet drops some of them, and
    reads what follows. A tab or the end of a line before anything else is enough. Inside a cell, what follows a sign that parts the cells
    elsewhere (English spreadsheets part them at commas) is looked at in the same way.
    """
    if isinstance(value, datetime.datetime):
        value = value.astimezone(timezone.get_current_timezone()).strftime("%Y-%m-%d %H:%M")
    text = "" if value is None else str(value)
    text = PARTED.sub(lambda found: f"{found[1]}'{found[2]}" if _first_sign(found[2]).startswith(FORMULA) else found[0], text)
    return f"'{text}" if text.startswith(LEADING) or _first_sign(text).startswith(FORMULA) else text


def _first_sign(text: str) -> str:
    """Return the first sign of ``text`` that a spreadsheet would read, in its plain form."""
    for sign in text:
        for plain in unicodedata.normalize("NFKC", sign):
            if not (plain in QUOTES or plain in SHAPELESS or plain.isspace() or unicodedata.category(plain) in UNDRAWN):
                return PLAIN.get(plain, plain)
    return ""


def csv_response(name: str, headers: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return the table as a downloaded file called ``name``. The caller asks who may have it."""
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    table = csv.writer(response, delimiter=";")
    table.writerow([safe(header) for header in headers])
    table.writerows([held(safe(cell)) for cell in row] for row in rows)
    return response
