"""What guards every test: a failed delivery or task fails, a page with an undefined variable, an inline script or a form without its token
fails, a GET that writes fails, the network beyond this machine is closed, and rows without an order come in reverse.
"""

import gc

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import translation

from rse.core.events import deliveries

from . import marks
from .guards import HouseClient, failures_of_deliveries, failures_of_tasks, shuffled_querysets

pytest_plugins = ["tests.browser", "tests.databases", "tests.governance.flush"]


def pytest_sessionstart():
    """Compile the catalogues of the source as it stands before a test is collected: what is collected may read French, which is kept."""
    call_command("compile_translations", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _what_stays_is_not_collected_again():
    """The modules, models and templates of the product live as long as the process: the collector need not walk them after each test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_configure(config):
    config.addinivalue_line("markers", "failing_deliveries: this test makes a delivery fail on purpose")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Mark each test; whatever opens the browser runs last: what drives it leaves an event loop running in its process.

    The longest journey of all begins before the others, so that nobody waits for it alone.
    """
    for item in items:
        for mark in marks.of(item):
            item.add_marker(mark)
    result = yield
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, item.get_closest_marker("longest") is None))
    return result


@pytest.fixture(autouse=True)
def _language_of_the_settings():
    """Whoever asked for a page before left their language behind."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _clean_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _failed_deliveries_fail(request):
    """Whatever a subscriber or a task raises is the failure of the test that caused it."""
    if request.node.get_closest_marker("failing_deliveries"):
        yield
        return
    with failures_of_deliveries(deliveries.failed) as failed, failures_of_tasks() as broken:
        yield
    if failed:
        raise failed[0]
    assert not broken, broken


@pytest.fixture(autouse=True)
def _unordered_rows_are_shuffled(monkeypatch):
    shuffled_querysets(monkeypatch)


@pytest.fixture
def client():
    return HouseClient()


@pytest.fixture
def signed_in(client):
    """Gives the client of a person: ``signed_in(person)``."""

    def sign_in(person):
        fresh = HouseClient()
        fresh.force_login(person)
        return fresh

    return sign_in
