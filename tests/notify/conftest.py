from importlib import import_module

import pytest
from channels.layers import channel_layers
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from rse.notify import topics


@pytest.fixture(autouse=True)
def _own_layer(monkeypatch):
    """A channel layer that no other test has written to, in memory: what crosses processes is tested with a real server."""
    in_memory = {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 1000}}
    monkeypatch.setitem(settings.CHANNEL_LAYERS, "default", in_memory)
    channel_layers.backends = {}
    yield
    channel_layers.backends = {}


@pytest.fixture(autouse=True)
def _transaction_of_the_test_stays_open(monkeypatch):
    """As Django's own client does: what would give a connection back after each use lets the test keep its own."""
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def _registered_topics_stay(monkeypatch):
    monkeypatch.setattr(topics, "_families", dict(topics._families))


@pytest.fixture
def session_of():
    """Signs a person in without a page: gives the session."""

    def sign_in(person, **data):
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.update(data)
        session.create()
        return session

    return sign_in
