"""How the labels of skills are compared: without case, accents and ligatures."""

from rse.core import folding

SIGNS = str.maketrans("’'-", "   ")  # no other: C, C# and C++ are three skills


def fold(text: str) -> str:
    """``text`` as two people who type it differently would both have it."""
    return " ".join(folding.fold(text).translate(SIGNS).split())


def words_of(*labels: str) -> str:
    """What a skill is found by: every label, folded, each word reachable by its beginning."""
    return " " + " ".join(fold(label) for label in labels)
