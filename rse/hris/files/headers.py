"""Headers of columns as files write them, and the forms under which a list of names may know them."""

import re

from rse.core.folding import fold

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)")


def folded(header: str) -> str:
    """Return a header without case, accents, punctuation and double spaces: what two spellings of one name have in common."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(header)).split())


def said_as(header: str) -> str:
    """Return the folded header with words apart that were written in one, and without what stands in brackets."""
    return folded(CAMEL.sub(" ", ASIDE.sub(" ", header))) or folded(header)


def forms(header: str) -> tuple[str, ...]:
    """Return the forms of a header under which it may be known, the most precise first."""
    return tuple(dict.fromkeys((folded(header), folded(CAMEL.sub(" ", header)), said_as(header))))
