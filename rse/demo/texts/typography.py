"""French and English typography, so that the data modules can be written with the keys of an ordinary keyboard."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

NARROW, NO_BREAK = "\u202f", "\u00a0"
_UNITS = "%|€|k€|°C|°|h|min|mm|cm|m|kg|g|bars|ppm|HB|L/min|tr/min|V|litres|jours|heures|minutes|semaines|mois|ans|personnes|places"


def french(text: str) -> str:
    """Return the text with curly apostrophes and no-break spaces before ? ! ; : and inside guillemets, between a number and its unit."""
    text = text.replace("'", "’").replace("...", "…")
    text = re.sub(r"[ \u00a0]+([?!;])", NARROW + r"\1", text)
    text = re.sub(r"[ \u202f]+([:»])", NO_BREAK + r"\1", text)
    text = re.sub(r"«[ \u202f]+", "«" + NO_BREAK, text)
    text = re.sub(r"(?<![\d-])(\d{1,2})(\d{3})(?= (?:€|litres|références|pièces)(?!\w))", rf"\1{NARROW}\2", text)
    text = re.sub(rf"(\d) (?=(?:{_UNITS})(?!\w))", r"\1" + NO_BREAK, text)
    text = re.sub(rf"(\d{NO_BREAK}h) (?=\d\d\b)", r"\1" + NO_BREAK, text)
    return re.sub(r"\b([Dd])e (?=avril|août|octobre)", r"\1’", text)


def english(text: str) -> str:
    """Return the text with curly apostrophes and quotation marks."""
    text = re.sub(r'(^|[\s(\[])"', r"\1“", text.replace("...", "…"), flags=re.MULTILINE)
    return text.replace('"', "”").replace("'", "’")


def typeset(thing: Any, language: str) -> Any:
    """Return a string, or a copy of a dataclass or tuple with every string inside, in the typography of its language.

    In a dataclass the end of a field's name (``_fr``, ``_en``) says the language, else its field ``language``, else ``language``.
    """
    if isinstance(thing, str):
        return french(thing) if language == "fr" else english(thing)
    if isinstance(thing, tuple):
        parts = (typeset(part, language) for part in thing)
        return type(thing)._make(parts) if hasattr(thing, "_make") else tuple(parts)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        values = {}
        for field in dataclasses.fields(thing):
            part_language = field.name[-2:] if field.name.endswith(("_fr", "_en")) else getattr(thing, "language", language)
            values[field.name] = typeset(getattr(thing, field.name), part_language)
        return dataclasses.replace(thing, **values)
    return thing
