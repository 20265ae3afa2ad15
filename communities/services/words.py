"""What a community may be called and say of itself."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rse.core.texts import clean_text

from ..enums import LONGEST_NAME, LONGEST_PURPOSE


def check_words(name: str, purpose: str) -> tuple[str, str]:
    """Both as they are kept.

    Raises:
        ValidationError: one is missing or too long; by field.

    """
    name, purpose = " ".join(clean_text(name).split()), clean_text(purpose).strip()
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
