"""A file name means one thing: what stands in two rooms is a name of Django's, or one that CONTRIBUTING explains."""

import re
from collections import defaultdict

import pytest

from .tree import HOUSE

pytestmark = pytest.mark.once

DJANGO = set(
    "__init__ models queries services forms validators views urls decorators middleware converters tasks admin apps enums asgi wsgi".split()
    + "backends adapters tokens signals".split()
)
# Folders whose files are called for what they are about, as the rows and pages of the room are.
BY_SUBJECT = {"models", "queries", "services", "views", "forms", "templatetags", "management", "migrations", "engines", "files"}
APART = {"rse/demo", "rse/tooling", "rse/settings"}
ROOMS = ("rse", "communities", "onboarding", "mentoring", "mobility", "talent", "search")


def explained():
    """The names of the table in CONTRIBUTING."""
    text = (HOUSE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("### Names of files")[2].partition("###")[0]
    return {name for line in table.splitlines() if line.startswith("| `") for name in re.findall(r"`(\w+)`", line.split("|")[1])}


def places():
    """``{name: folders}`` of the files that are called for what they do."""
    found = defaultdict(set)
    for room in ROOMS:
        for path in (HOUSE / room).rglob("*.py"):
            inside = path.relative_to(HOUSE)
            if not BY_SUBJECT & set(inside.parts[:-1]) and not any(inside.as_posix().startswith(f"{one}/") for one in APART):
                found[path.stem].add(inside.parent.as_posix())
    return found


def test_name_that_stands_in_two_rooms_is_known_or_explained():
    assert {name: sorted(where) for name, where in places().items() if len(where) > 1 and name not in DJANGO | explained()} == {}


def test_every_explained_name_is_in_use():
    assert explained() - places().keys() == set()


def test_no_riddle_comes_back():
    riddles = set("doors homes standings parts watched words seen places spoken known facts utils helpers base".split())
    assert places().keys() & riddles == set()
