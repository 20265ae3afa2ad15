"""Names after a word that loses its last letter before a vowel."""

from django.utils import translation
from django.utils.translation import pgettext

from .folding import fold

# First names whose h is not heard; before any other h the word stays whole, as before that of Hassan, Hans or Hugo.
SILENT = ("helen", "helie", "helo", "herv", "henri", "hermi", "horten", "hippol", "honor", "hyac", "hubert", "hadrien", "hector", "hilaire")


def is_elided(name: str) -> bool:
    """Return whether "de" is elided before ``name`` in French: before a vowel, an h that is not heard, and a y that is a vowel."""
    said = fold(name)
    if said.startswith("y"):
        return said[1:2].isalpha() and said[1] not in "aeiou"
    return said.startswith(("a", "e", "i", "o", "u", *SILENT))


def of(name: object) -> str:
    """Return "of" and ``name`` in the active language; in French "d’Agathe", "de Léa"."""
    said = str(name)
    if (translation.get_language() or "").startswith("fr") and is_elided(said):
        return f"d’{said}"
    return pgettext("before a name", "of %(whole)s") % {"whole": said}
