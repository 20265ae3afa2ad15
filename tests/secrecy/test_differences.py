"""Two runs of one company differ by one hidden act: whoever must not know of it reads the same bytes, before and after their own acts."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse

from rse.core import clock
from rse.core.events import deliveries

from .company import Company
from .crawling import crawl, differences, frames, heard_by, plain_addresses, same_random, undone

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ABOVE = ("boss", "recruiting", "colleague")
HIDDEN = {
    "draft": ABOVE,
    "application": ABOVE,
    "application_withdrawn": ABOVE,
    "wish": ABOVE,
    "report": ABOVE,
    "nomination": ("boss", "subject", "colleague"),
    "protected_space": ("boss", "subject", "administrator"),
    "pair": ("recruiting", "colleague"),
    "role_request": ("recruiting", "subject"),
    "hidden_post": ("recruiting", "colleague"),
}


WITNESSES = dict.fromkeys(name for names in HIDDEN.values() for name in names)
FIRST = dict.fromkeys(names[0] for names in HIDDEN.values())  # those who look before any delivery was made


@pytest.fixture(autouse=True)
def _it_is_always_the_same_instant():
    with always_the_same_instant():
        yield


def always_the_same_instant():
    return clock.moved_to(datetime.datetime(2026, 3, 4, 9, 30, tzinfo=datetime.UTC))


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with always_the_same_instant():
            made = Company()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _read_before():
    return {}


@pytest.fixture
def without(company, monkeypatch, _read_before):
    """What everybody reads and hears where nothing hidden happens: the same for every act, so it is asked once."""
    if not _read_before:
        _read_before |= run(company, "nothing", FIRST, WITNESSES, monkeypatch)
    return _read_before


def run(company, act, first, witnesses, monkeypatch):
    """What ``first`` read right after ``act``, and what ``witnesses`` read and heard once they acted themselves and the day turned."""
    addresses = [*plain_addresses(), *company.addresses]
    read = {}
    with undone(), frames(monkeypatch) as said:
        with deliveries.held():  # the workers stand still: what waits is not told by the operators' page either
            with same_random(monkeypatch, 1):
                getattr(company, act)()
            for name in first:
                with undone():
                    read["at once", name] = crawl(getattr(company, name), addresses)
        deliveries.drain()
        with same_random(monkeypatch, 2):
            company.go_on()
        with clock.moved_to(company.tomorrow()):
            with same_random(monkeypatch, 3):
                company.turn_the_day()
            for name in witnesses:
                with undone():
                    read["afterwards", name] = crawl(getattr(company, name), addresses)
                read["heard", name] = {"frames": heard_by(getattr(company, name), said)}
    return read


@pytest.mark.parametrize("act", HIDDEN)
def test_l106_hidden_act_changes_no_byte_for_who_must_not_know(act, company, without, monkeypatch):
    witnesses = HIDDEN[act]

    with_it = run(company, act, witnesses[:1], witnesses, monkeypatch)

    found = {where: differences(without[where], read) for where, read in with_it.items()}
    assert {where: pages for where, pages in found.items() if pages} == {}


def test_l106_nothing_reaches_who_recruits_at_the_moment_at_which_somebody_applies_whoever_it_is(company, monkeypatch):
    told = {}
    for act in ("nothing", "application", "application_of_another"):
        with undone(), frames(monkeypatch) as said:
            getattr(company, act)()
            deliveries.drain()
            pages = crawl(company.recruiting, [reverse("notices:list"), reverse("notices:badge")])
            told[act] = (pages, [topic for topic in heard_by(company.recruiting, said) if topic.startswith("user")])

    assert told["application"] == told["application_of_another"] == told["nothing"]


def test_l106_comparison_sees_what_may_be_seen(company, monkeypatch):
    """The recruiter who handles it, asked in the same way, reads another page."""
    without = run(company, "nothing", ("recruiter",), (), monkeypatch)
    with_it = run(company, "application", ("recruiter",), (), monkeypatch)

    told = [address for address, _lines in differences(without["at once", "recruiter"], with_it["at once", "recruiter"])]
    assert "/recruitment/" in told
    assert f"/recruitment/{company.opening.public_id}/" in told
