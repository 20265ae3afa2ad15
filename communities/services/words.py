"""What a community may be called and say of itself."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..enums import LONGEST_NAME, LONGEST_PURPOSE

INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
JOINERS = "\u200c\u200d"  # some scripts and emoji are written with them


def plain(text: str) -> str:
    """``text`` with one kind of line end and without what nobody sees."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in text if letter in f"\n\t{JOINERS}" or unicodedata.category(letter) not in INVISIBLE).strip()


def check_words(name: str, purpose: str) -> tuple[str, str]:
    """Both as they are kept.

    Raises:
        ValidationError: one is missing or too long; by field.

    """
    name, purpose = " ".join(plain(name).split()), plain(purpose)
    wrong = {}
    if not name:
        wrong["name"] = ValidationError(_("Give it a name."), code="required")
    elif len(name) > LONGEST_NAME:
        wrong["name"] = ValidationError(_("%(most)d characters at most."), code="max_length", params={"most": LONGEST_NAME})
    if not purpose:
        wrong["purpose"] = ValidationError(_("Say what it is for."), code="required")
    elif len(purpose) > LONGEST_PURPOSE:
        wrong["purpose"] = ValidationError(_("%(most)d characters at most."), code="max_length", params={"most": LONGEST_PURPOSE})
    if wrong:
        raise ValidationError(wrong)
    return name, purpose
