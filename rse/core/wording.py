"""Words that have two forms in French, written as the person they are about chose to be addressed."""

import re

from .enums import Wording

# What follows the point (or stands in brackets), and what it replaces at the end of the masculine form.
_ENDINGS = {"e": "", "ne": "", "le": "", "fe": "", "te": "", "sse": "", "rice": "eur", "trice": "teur", "se": "r", "euse": "eur"}
_ENDINGS |= {"ère": "er", "ve": "f"}
_BOTH = re.compile(rf"(\w+)(?:·({'|'.join(_ENDINGS)})(?![\w·])|\(({'|'.join(_ENDINGS)})\))")


def worded(text: str, wording: str) -> str:
    """Return ``text`` with each « Acheteur·se » in the form that ``wording`` asks for; as it is written where it asks for none."""
    return text if wording == Wording.NEUTRAL else _BOTH.sub(lambda found: _one_form(found, wording), text)


def _one_form(found: re.Match[str], wording: str) -> str:
    masculine, ending = found[1], found[2] or found[3]
    replaced = _ENDINGS[ending]
    if not masculine.casefold().endswith(replaced):
        return found[0]  # no word that is written so: nothing is guessed
    return masculine if wording == Wording.MASCULINE else masculine[: len(masculine) - len(replaced)] + ending
