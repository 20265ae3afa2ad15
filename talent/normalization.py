"""How the labels of skills are compared: without case, accents and ligatures."""

from rse.core import folding

SIGNS = str.maketrans("’'-", "   ")  # no other: C, C# and C++ are three skills


def fold(text: str) -> str:
    """Return ``text`` without case, accents, ligatures and double spaces, so that two ways of typing one label compare equal."""
    return " ".join(folding.fold(text).translate(SIGNS).split())


def words_of(*labels: str) -> str:
    """Return the search column of a skill: every label, folded, each word behind a space so that it is found by its beginning."""
    return " " + " ".join(fold(label) for label in labels)
