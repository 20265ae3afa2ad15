"""One cell at a time: what stands in a file becomes a value, or a reason why it cannot."""

import datetime
import re
import unicodedata
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.utils.encoding import punycode

from rse.core.working_days import country_named

from .dates import DayReader, NoDay
from .languages import code_of, words_of

LONGEST = {
    "employee_number": 39,  # the code of an implicit position is one longer
    "first_name": 80,
    "last_name": 80,
    "email": 254,
    "private_email": 254,
    "unit": 400,  # as much as a way through the organisation takes; the code is checked where it is made
    "unit_name": 160,
    "parent_unit": 400,
    "site": 120,
    "site_time_zone": 60,
    "site_country": 60,
    "site_region": 60,
    "job_family": 120,
    "position": 80,
    "position_title": 160,
    "position_shared": 20,
    "interim_position": 80,
    "manager_number": 160,
    "full_name": 160,
    "birth_name": 80,
    "preferred_name": 80,
    "login": 254,
    "status": 60,
    "manager_position": 80,
    "languages": 400,
    "work_phone": 40,
    "language": 40,
}
EXCERPT = 60  # characters of a bad value that a message repeats

IMPLICIT = "@"  # begins the code of the position that a person has when the file gives none
SHEET_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})

YES = frozenset({"oui", "o", "yes", "y", "true", "vrai", "1", "x"})
NO = frozenset({"", "non", "n", "no", "false", "faux", "0"})
PHONE = re.compile(r"[0-9+()./ -]+")
LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])")
TIME_ZONES = frozenset(zoneinfo.available_timezones()) - {"localtime", "Factory"}


class BadCell(Exception):
    """The cell cannot be read; ``code`` and ``params`` are those of a problem."""

    def __init__(self, code: str, **params: Any):
        self.code, self.params = code, params
        super().__init__(code)


def said(cell: Any) -> str:
    """Return a cell as the text that a person reads there: whole numbers without a fraction, days without an hour."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)


def excerpt(text: str) -> str:
    """Return as much of a bad value as a message repeats, with a mark for each character that cannot be seen."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[: EXCERPT + 1])
    return shown if len(shown) <= EXCERPT else f"{shown[:EXCERPT]}…"


def text(cell: Any, limit: int, *, is_name: bool = False) -> str:
    """Return the text of a cell in one line and in Unicode form NFC; line breaks become spaces, but a name may not hold one.

    Raises:
        BadCell: the text holds a control character, is longer than ``limit`` characters, or is an error of a spreadsheet.

    """
    value = said(cell).strip()
    if not value.isprintable():
        for letter in value:
            if unicodedata.category(letter) == "Cc" and (is_name or letter not in "\r\n\t"):
                raise BadCell("control_character", character=f"U+{ord(letter):04X}")
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    value = " ".join(value.split())
    if len(value) > limit:
        raise BadCell("too_long", limit=limit)
    if value in SHEET_ERRORS:
        raise BadCell("formula_error", value=value)
    return value


def day(cell: Any, reader: DayReader | None = None) -> datetime.date | None:
    """Return the day of a cell as ``reader`` reads it, the day of a month first where none is given; None for nothing.

    Raises:
        BadCell: the cell is not a day that exists, or lies outside the years 1900 to 2199.

    """
    try:
        return (reader or DayReader()).read(cell)
    except NoDay as error:
        raise BadCell("bad_date", value=excerpt(said(cell).strip())) from error


def email(cell: Any, limit: int) -> str:
    """Return an address folded so that two spellings of one mailbox are one text: lower case, the domain in its ASCII form.

    Raises:
        BadCell: the cell is not an e-mail address, or its text cannot be kept.

    """
    value = text(cell, limit)
    if not value:
        return ""
    local, at, domain = value.rpartition("@")
    try:
        folded = f"{local.lower()}@{domain.lower() if domain.isascii() else punycode(domain.lower()).lower()}"
    except UnicodeError:
        folded = ""
    local, _at, domain = folded.rpartition("@")
    if not at or len(local) > 64 or len(folded) > limit or not LOCAL.fullmatch(local) or not DOMAIN.fullmatch(domain):
        raise BadCell("bad_email", value=excerpt(value))
    return folded


def yes_or_no(cell: Any, limit: int) -> bool:
    value = text(cell, limit).lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise BadCell("bad_yes_no", value=excerpt(value))


def languages(cell: Any, limit: int) -> tuple[str, ...]:
    """Return the codes of the languages that a cell lists, each once, in the order of the cell.

    Raises:
        BadCell: a language is unknown, or the text cannot be kept.

    """
    text(cell, limit)
    codes: dict[str, None] = {}
    for word in words_of(said(cell)):
        code = code_of(word)
        if code is None:
            raise BadCell("unknown_language", value=excerpt(word))
        codes[code] = None
    return tuple(codes)


def interface_language(cell: Any, limit: int) -> str:
    value = text(cell, limit)
    code = code_of(value) if value else ""
    if code not in {"", "fr", "en"}:
        raise BadCell("unknown_interface_language", value=excerpt(value))
    return code


def time_zone(cell: Any, limit: int) -> str:
    value = text(cell, limit)
    if value and value not in TIME_ZONES:
        raise BadCell("unknown_time_zone", value=excerpt(value))
    return value


def country(cell: Any, limit: int) -> str:
    """Return the ISO 3166 code of the country that a cell names, by a code or by its name in French, English or German.

    Raises:
        BadCell: no country with known holidays is called so.

    """
    value = text(cell, limit)
    if not value:
        return ""
    code = country_named(value)
    if code is None:
        raise BadCell("unknown_country", value=excerpt(value))
    return code


def phone(cell: Any, limit: int) -> str:
    value = text(cell, limit).replace("\u2011", "-")
    if value and not PHONE.fullmatch(value):
        raise BadCell("bad_phone", value=excerpt(value))
    return value


def position_code(cell: Any, limit: int) -> str:
    value = text(cell, limit)
    if value.startswith(IMPLICIT):
        raise BadCell("reserved_code")
    return value


def name(cell: Any, limit: int) -> str:
    return text(cell, limit, is_name=True)


PARSERS: dict[str, Callable[..., Any]] = {
    "first_name": name,
    "last_name": name,
    "full_name": name,
    "birth_name": name,
    "preferred_name": name,
    "email": email,
    "private_email": email,
    "site_time_zone": time_zone,
    "site_country": country,
    "position": position_code,
    "position_shared": yes_or_no,
    "interim_position": position_code,
    "manager_position": position_code,
    "languages": languages,
    "work_phone": phone,
    "language": interface_language,
}
DAYS = frozenset({"hired_on", "trial_ends_on", "leaves_on", "absent_from", "absent_until"})
