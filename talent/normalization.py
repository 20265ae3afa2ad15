"""How the labels of skills are compared: without case, accents and ligatures."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "'": " ", "-": " "})


def fold(text: str) -> str:
    """``text`` as two people who type it differently would both have it."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def words_of(*labels: str) -> str:
    """What a skill is found by: every label, folded, each word reachable by its beginning."""
    return " " + " ".join(fold(label) for label in labels)
