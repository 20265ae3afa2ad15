import pytest

from tests.factories import PersonFactory
from tests.factories.mobility import OpeningFactory


@pytest.fixture
def recruiter():
    """Somebody who recruits for ``opening`` and holds no role."""
    return PersonFactory(first_name="Paul")


@pytest.fixture
def opening(recruiter):
    return OpeningFactory(team=[recruiter])


@pytest.fixture
def applicant():
    return PersonFactory(first_name="Malik")


@pytest.fixture(autouse=True)
def turns(monkeypatch):
    """The kind ``turn``, on which the contributions of the tests stand."""
    from tests.talent.conftest import good_turns

    with good_turns(monkeypatch) as here:
        yield here
