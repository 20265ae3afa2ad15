"""Everything is killed at any moment while people work: what they were told was kept is there, once, and the rest of the house holds."""

import os
import random
import threading
import time

import pytest
from django.db import connection

from tests.databases import KEPT, _hash

from .client import Worker
from .house import House

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("KILLS", "4"))  # ``make chaos`` asks for twenty
SEED = int(os.environ.get("SEED", "1"))


@pytest.fixture
def house(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    template = KEPT / f"{connection.vendor}-{_hash()}"
    with House(folder, template, is_postgres=connection.vendor == "postgresql") as running:
        yield running


def wait_for_acts(house, workers, most=30):
    """Until people have done ten more things: whatever is killed next is in the middle of something."""
    house.care()
    until, before = time.monotonic() + most, [worker.done for worker in workers]
    while time.monotonic() < until and sum(worker.done for worker in workers) < sum(before) + 10:
        assert all(worker.failure is None for worker in workers), [worker.failure for worker in workers]
        time.sleep(0.05)
        house.care()


def test_f29_what_was_acknowledged_is_there_once_whatever_is_killed(house):
    chance, stopping = random.Random(SEED), threading.Event()
    workers = [Worker(house, person, SEED + number, stopping) for number, person in enumerate(house.company["people"])]
    for worker in workers:
        worker.start()
    # Each is killed once before any is killed twice.
    order = [victim for _ in range(KILLS) for victim in chance.sample(house.victims, len(house.victims))][: max(KILLS, len(house.victims))]
    for victim in order:
        wait_for_acts(house, workers)
        time.sleep(chance.uniform(0, 0.5))
        victim.kill()
        time.sleep(chance.uniform(0, 0.5))
        house.care()
    wait_for_acts(house, workers)
    stopping.set()
    for worker in workers:
        worker.join(120)
        assert worker.failure is None, worker.failure
        assert not worker.is_alive()
    house.stop_ours()
    for server in house.servers:
        if server.process.poll() is not None:
            server.begin()

    found = house.act("settle")

    assert found["invariants"] == {}
    assert found["before"].get("dead", 0) == 0
    assert set(found["after"]) == {"done"}
    assert found["untold"] == 0
    for what in ("posts", "comments", "joins", "applications"):
        kept = found[what]
        assert len(set(kept)) == len(kept), f"{what} stand twice"
        said = [one for worker in workers for one in worker.ledger[what]]
        assert said, f"nobody did any of the {what}"
        assert set(said) - set(kept) == set(), f"{what} were lost"
    assert found["events"]["feed.post_published"] == len(found["posts"])
    assert found["events"]["feed.comment_published"] == len(found["comments"])
    assert found["events"]["mobility.application_sent"] == len(found["applications"])
