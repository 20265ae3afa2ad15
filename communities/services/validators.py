"""What a community may be called and say of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rse.core.characters import clean_text
from rse.core.people.handles import HANDLE_IN_NAME, holds_handle

from ..enums import LONGEST_NAME, LONGEST_PURPOSE
from ..queries import name_like

if TYPE_CHECKING:
    from rse.core.models import Person

    from ..models import Community

ALIKE = "alike"


def check_words(name: str, purpose: str) -> tuple[str, str]:
    """Check the name and the purpose, and return both as they are kept.

    Raises:
        ValidationError: one is missing or too long, or the name holds a handle; by field.

    """
    name, purpose = " ".join(clean_text(name).split()), clean_text(purpose).strip()
    wrong = {}
    if not name:
        wrong["name"] = ValidationError(_("Give it a name."), code="required")
    elif len(name) > LONGEST_NAME:
        wrong["name"] = ValidationError(_("%(most)d characters at most."), code="max_length", params={"most": LONGEST_NAME})
    elif holds_handle(name):
        wrong["name"] = ValidationError(HANDLE_IN_NAME, code="handle")
    if not purpose:
        wrong["purpose"] = ValidationError(_("Say what it is for."), code="required")
    elif len(purpose) > LONGEST_PURPOSE:
        wrong["purpose"] = ValidationError(_("%(most)d characters at most."), code="max_length", params={"most": LONGEST_PURPOSE})
    if wrong:
        raise ValidationError(wrong)
    return name, purpose


def check_unlike(name: str, *, by: Person, but: Community | None = None) -> None:
    """Refuse a name that is hard to tell from that of another community; whoever writes it may say that it is meant.

    Raises:
        ValidationError: it looks like one that everybody may know of; of code ``ALIKE``, at the name.

    """
    if alike := name_like(by, name, but=but):
        sentence = _("This looks like “%(name)s”, which exists already: join that one, or say that this name is meant.")
        raise ValidationError({"name": ValidationError(sentence, code=ALIKE, params={"name": alike})})
