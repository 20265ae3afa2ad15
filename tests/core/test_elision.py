"""A name stands after the right "of"."""

import pytest
from django.template import Context, Template
from django.utils import translation

from rse.core.elision import of

ELIDED = ["Agathe Petit", "Élodie", "Œnone", "Yves", "Yvonne", "Hélène", "Henri", "Hervé", "IT Conseil"]
WHOLE = ["Léa", "Yann", "Yasmine", "Hassan", "Hans", "Hugo", "N’Diaye", "2CV", "Y"]


@pytest.mark.parametrize(("name", "said"), [*((name, f"d’{name}") for name in ELIDED), *((name, f"de {name}") for name in WHOLE)])
def test_name_in_french_stands_after_the_right_word(name, said):
    with translation.override("fr"):
        assert of(name) == Template("{{ name|of }}").render(Context({"name": name})) == said


def test_name_in_english_stands_after_of():
    with translation.override("en"):
        assert of("Agathe") == "of Agathe"
