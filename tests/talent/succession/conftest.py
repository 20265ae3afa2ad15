import pytest

from . import plans


@pytest.fixture(autouse=True)
def _gate_is_open(db):
    plans.open_gate()


@pytest.fixture
def planner():
    return plans.planner()


@pytest.fixture
def plan(planner):
    return plans.plan_for(owner=planner)
