"""The sentences of a text, so that two people never say one."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

COURTESY = 2  # words: what is as short as « Merci beaucoup » is everybody's
_END = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f]+|\n+")
_WORD = re.compile(r"\w+(?:[’']\w+)*")


def sentences(thing: Any) -> set[str]:
    """Return the sentences of a string, or of every string inside a dataclass or tuple, folded, without those of one or two words."""
    if isinstance(thing, str):
        parts = (" ".join(_WORD.findall(part.casefold())) for part in _END.split(thing))
        return {part for part in parts if len(part.split()) > COURTESY}
    if isinstance(thing, tuple):
        return set().union(*map(sentences, thing))
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return set().union(*(sentences(getattr(thing, field.name)) for field in dataclasses.fields(thing)))
    return set()
