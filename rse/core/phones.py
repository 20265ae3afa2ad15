"""Telephone numbers: kept as they are written, taken where a telephone can dial them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WRITTEN = re.compile(r"\+?[0-9()./ -]+")
FEWEST, MOST = 3, 15  # digits: an extension, and the longest number there is


def check_phone(said: str) -> None:
    """Check that ``said`` is a number in the form of any country, or an extension.

    Raises:
        ValidationError: it is not.

    """
    if not WRITTEN.fullmatch(said) or not FEWEST <= len(_digits(said)) <= MOST:
        raise ValidationError(
            _("A phone number is made of digits, spaces, dots and a leading +: %(fewest)d digits at least, %(most)d at most."),
            code="phone",
            params={"fewest": FEWEST, "most": MOST},
        )


def dialled(said: str) -> str:
    """Return what a telephone dials for ``said``: its digits, after a + where one leads; no zero in brackets after that."""
    return ("+" if said.startswith("+") else "") + _digits(said)


def _digits(said: str) -> str:
    return re.sub(r"\D", "", said.replace("(0)", "", 1) if said.startswith(("+", "00")) else said)
