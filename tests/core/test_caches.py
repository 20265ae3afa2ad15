"""Limits and sign-in while the server of the cache is away: still counted, never refused to everybody, never without a limit."""

import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches
from django.db import connection

from rse.core import clock
from rse.core.models import KeptCount
from rse.core.ops import caches as own
from rse.core.web import limits
from rse.identity.second_factor import use_once
from rse.settings import ROOT
from tests.factories import PersonFactory
from tests.guards import HouseClient
from tests.identity.doors import person_of, type_password
from tests.services import RedisServer

PACKAGES = ("rse", "communities", "mentoring", "mobility", "onboarding", "search", "talent")
pytestmark = pytest.mark.django_db


@pytest.fixture
def redis(settings):
    """The cache on a Redis of its own, which a test may stop."""
    with RedisServer() as server:
        before = settings.CACHES
        settings.CACHES = {"default": {"BACKEND": "rse.core.ops.caches.EnduringRedisCache", "LOCATION": f"{server.url}/0"}}
        yield server
        settings.CACHES = before


def stop(server):
    server.process.kill()
    server.process.wait()


def test_sign_in_without_the_cache_works_and_is_limited(redis):
    person = PersonFactory()
    assert type_password(HouseClient(), person.email, "wrong horse battery staple").status_code == 422
    stop(redis)
    began = time.monotonic()
    client = HouseClient()

    assert type_password(client, person.email).status_code == 302
    assert person_of(client) == str(person.pk)
    other = PersonFactory()
    answers = [type_password(HouseClient(), other.email, "wrong horse battery staple").status_code for _attempt in range(8)]
    assert answers == [422] * 5 + [429] * 3
    assert type_password(HouseClient(), other.email).status_code == 429
    assert client.get("/people/").status_code == 200
    assert time.monotonic() - began <= 20


def test_limits_without_the_cache_are_counted_here(redis):
    limits.count("probe", 1, per_minute=50)
    stop(redis)
    for _ in range(3):
        limits.count("probe", 1, per_hour=3)
    with pytest.raises(limits.TooOften):
        limits.count("probe", 1, per_hour=3)
    limits.count("probe", 2, per_hour=3)


def test_code_of_a_second_factor_is_used_once_without_the_cache(redis):
    person = PersonFactory()
    stop(redis)
    assert [use_once(person, "123456"), use_once(person, "123456"), use_once(person, "654321")] == [True, False, True]


def test_server_that_says_nothing_delays_one_request_only(redis):
    redis.process.send_signal(signal.SIGSTOP)  # it accepts and never answers
    began = time.monotonic()
    for _ in range(5):
        limits.count("probe", 1, per_hour=5)
    with pytest.raises(limits.TooOften):
        limits.count("probe", 1, per_hour=5)
    assert time.monotonic() - began <= 3 * own.ANSWERS_WITHIN
    redis.process.send_signal(signal.SIGCONT)


def test_what_was_to_be_forgotten_meanwhile_is_forgotten_when_the_server_is_back(redis, monkeypatch):
    monkeypatch.setattr(own, "ASKED_AGAIN_AFTER", 0.2)
    cache.set("gate:probe", "open", 600)
    cache.set("card:probe", "old", 600)
    assert cache.get("gate:probe") == "open"
    redis.process.send_signal(signal.SIGSTOP)
    assert cache.get("gate:probe") is None
    cache.delete("gate:probe")
    cache.set("card:probe", "new", 600)
    assert (cache.get("card:probe"), cache.get_many(["card:probe"]), cache.has_key("card:probe")) == (None, {}, False)
    redis.process.send_signal(signal.SIGCONT)
    time.sleep(0.5)

    assert (cache.get("gate:probe"), cache.get("card:probe")) == (None, None)
    cache.set("card:probe", "newer", 600)
    assert caches["default"].get("card:probe") == "newer"


def test_whatever_counts_or_happens_once_by_the_cache_is_known_to_go_on_without_it():
    """``add`` and ``incr`` are how: a module that begins to use them names its keys in ``COUNTED``."""
    using = {
        str(path.relative_to(ROOT))
        for folder in PACKAGES
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"\bcache\.(add|incr|decr|get_or_set)\(", path.read_text())
    }

    assert using == {"rse/core/web/limits.py"}


def test_what_a_door_counts_is_kept():
    """A limit of the rooms of accounts and of sealed notes is in the database: ``KEPT_LIMITS`` has its name."""
    doors = [*(ROOT / "rse/identity").rglob("*.py"), ROOT / "mentoring/views/seals.py"]
    names = {name for path in doors for name in re.findall(r"\b(?:count|count_from|limited)\(\s*\"([^\"]+)\"", path.read_text())}

    assert len(names) >= 12
    assert names <= set(own.KEPT_LIMITS)


def forgotten(server):
    """Stop the server of the cache and forget what this process counted, as another process of ours never knew it."""
    stop(server)
    caches["default"].here.clear()


def test_code_used_before_the_cache_went_away_is_used(redis):
    person = PersonFactory()
    assert use_once(person, "123456")
    assert not use_once(person, "123 456")
    forgotten(redis)
    assert [use_once(person, "123456"), use_once(person, "654321")] == [False, True]
    assert use_once(PersonFactory(), "123456")


def test_code_is_used_again_once_nothing_accepts_it(redis):
    person = PersonFactory()
    assert use_once(person, "123456")
    KeptCount.objects.update(expires_at=clock.now())
    assert [use_once(person, "123456"), use_once(person, "123456")] == [True, False]


def test_attempts_to_guess_before_the_cache_went_away_count(redis):
    person = PersonFactory()
    assert [type_password(HouseClient(), person.email, "wrong horse battery staple").status_code for _ in range(4)] == [422] * 4
    forgotten(redis)
    assert [type_password(HouseClient(), person.email, "wrong horse battery staple").status_code for _ in range(2)] == [422, 429]
    assert type_password(HouseClient(), person.email).status_code == 429


@pytest.mark.parametrize("name", own.KEPT_LIMITS)
def test_limits_of_a_door_hold_without_the_cache_and_with_an_emptied_one(redis, name):
    limits.count(name, 1, per_hour=3)
    cache.clear()
    limits.count(name, 1, per_hour=3)
    forgotten(redis)
    limits.count(name, 1, per_hour=3)
    for _ in range(2):  # what is refused is taken out of the count again
        with pytest.raises(limits.TooOften):
            limits.count(name, 1, per_hour=3)
    limits.count(name, 2, per_hour=3)
    assert sorted(KeptCount.objects.values_list("value", flat=True)) == ["1", "3"]


@pytest.mark.django_db(transaction=True)
def test_code_is_used_by_one_of_several_at_one_instant(redis):
    person = PersonFactory()

    def use(_number):
        try:
            return use_once(person, "123456")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as together:
        assert sorted(together.map(use, range(4))) == [False, False, False, True]
