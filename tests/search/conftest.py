import importlib
from pathlib import Path

import pytest

from rse.core.access import kinds
from search import services
from tests.access.people import World


@pytest.fixture
def world():
    return World()


@pytest.fixture
def index():
    """Makes the index anew: rows of factories tell nobody that they are there."""
    return services.rebuild


def canaries():
    """The canaries of every room, by kind."""
    found = {}
    for file in sorted(Path(__file__).parent.parent.glob("*/canaries.py")):
        found |= importlib.import_module(f"tests.{file.parent.name}.canaries").CANARIES
    return found


CANARIES = canaries()
SEARCHED = sorted(kind.name for kind in kinds.every() if kind.document)
