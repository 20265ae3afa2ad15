import pytest

from tests.factories import AudienceFactory, PersonFactory


@pytest.fixture
def member():
    return PersonFactory()


@pytest.fixture
def audience(member):
    return AudienceFactory(members=[member], label="Atelier", address="/communities/atelier/")
