import pytest

from tests.architecture import docstring_rules
from tests.architecture.docstring_rules import exceptions_of_services

pytestmark = pytest.mark.once


def lines_that_break_it(tree):
    ours = exceptions_of_services(tree)
    return [line for module in tree.modules for line in docstring_rules.violations(module, ours)]


def test_a_docstring_begins_with_a_verb_and_names_what_is_raised(house):
    assert lines_that_break_it(house) == []


RAISES = "\n\n    Raises:\n        TooLate: it is over.\n    "
SERVICE = "talent/services.py", "class TooLate(Exception):\n    pass\nclass FarTooLate(TooLate):\n    pass\n"
KEPT = {
    "a_verb": 'def f():\n    """Return one row."""',
    "a_verb_and_a_comma": 'def f():\n    """Return, in order, each row."""',
    "none": "def f():\n    raise TooLate",
    "for_itself": 'def _f():\n    """The row."""',
    "a_property": 'class A:\n    """The row."""\n    @property\n    def f(self):\n        """The name of the row."""',
    "what_is_raised": f'def f():\n    """Return one row.{RAISES}"""\n    raise services.TooLate("now")',
    "what_is_caught_at_once": 'def f():\n    """Return one row."""\n    try:\n        raise TooLate\n    except TooLate:\n        pass',
    "what_is_not_ours": 'def f():\n    """Return one row."""\n    raise Http404',
}
BROKEN = {
    "a_noun": ('def f():\n    """The row."""', '"The"'),
    "the_third_person": ('def f():\n    """Returns one row."""', '"Returns"'),
    "a_method": ('class A:\n    async def f(self):\n        """Whether it is over."""', '"Whether"'),
    "what_is_raised": ('def f():\n    """Return one row."""\n    raise TooLate', "f raises TooLate"),
    "what_is_raised_of_two": (f'def f():\n    """Return one row.{RAISES}"""\n    raise FarTooLate("now") from None', "f raises FarTooLate"),
}


def found_in(plant, text):
    return lines_that_break_it(plant({SERVICE[0]: SERVICE[1], "talent/queries.py": text}))


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_a_docstring_that_keeps_the_rule_passes(plant, text):
    assert found_in(plant, text) == []


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_a_docstring_that_breaks_the_rule_is_found(plant, text, said):
    found = found_in(plant, text)
    assert len(found) == 1
    assert found[0].startswith("talent/queries.py:")
    assert said in found[0]
