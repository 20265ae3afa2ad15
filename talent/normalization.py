"""How the labels of skills are compared: without case, accents and ligatures."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "'": " ", "-": " "})


def fold(text: str) -> str:
    """Return ``text`` without case, accents, ligatures and double spaces, so that two ways of typing one label compare equal."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def words_of(*labels: str) -> str:
    """Return the search column of a skill: every label, folded, each word behind a space so that it is found by its beginning."""
    return " " + " ".join(fold(label) for label in labels)
