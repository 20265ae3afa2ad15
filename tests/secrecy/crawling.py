"""Read everything that a person can read, and compare two runs of one company byte by byte."""

import contextlib
import random
import re
import secrets

from django.core.cache import cache
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlsafe_base64_encode

from rse.core.models import Person
from rse.notify import live, topics
from tests.access.test_urls import ROWS
from tests.guards import HouseClient

# Pages of one's own sign-in, each a new secret: they show nothing of anybody else.
LEFT_OUT = ("account_", "mfa_", "identity:", "readyz", "healthz")
PER_REQUEST = re.compile(
    r'csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|name="(?:key|newest|opened)"[^>]*value="[^"]*"'
    r"|(?:after|before|since|page|for)=[\w:.%~-]+"
)


def plain(text):
    """``text`` without what is drawn anew for each request."""
    return PER_REQUEST.sub("", text)


def plain_addresses():
    """Every address that takes a GET and no argument."""
    for name in sorted({row["url"] for row in ROWS if row["method"] == "GET"}):
        if not name.startswith(LEFT_OUT):
            with contextlib.suppress(NoReverseMatch):
                yield reverse(name)


def crawl(person, addresses):
    """What ``person`` is answered at each of ``addresses``: ``{address: (status, text)}``."""
    cache.clear()
    browser = HouseClient()
    browser.force_login(Person.objects.get(pk=person.pk))
    found = {}
    for address in addresses:
        response = browser.get(address)
        body = b"".join(response.streaming_content).decode() if response.streaming else response.text
        found[address] = (response.status_code, plain(response.get("Location", "")), plain(body))
    return found


def differences(one, other):
    """Each address that says two things, with the first lines that differ."""
    found = []
    for address in sorted(one.keys() | other.keys()):
        if one.get(address) != other.get(address):
            pair = [str(run.get(address)).split("\\n") for run in (one, other)]
            lines = [line for line in pair[0] if line not in pair[1]] + [line for line in pair[1] if line not in pair[0]]
            found.append((address, [line.strip()[:300] for line in lines[:6]]))
    return found


@contextlib.contextmanager
def undone():
    """What happens inside leaves no trace."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


@contextlib.contextmanager
def same_random(monkeypatch, seed):
    """Inside, chance is the same in every run."""
    dice = random.Random(seed)
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_urlsafe", lambda size=32: urlsafe_base64_encode(dice.randbytes(size)))
        patch.setattr(secrets, "token_hex", lambda size=32: f"{dice.getrandbits(8 * size):0{2 * size}x}")
        yield


@contextlib.contextmanager
def frames(monkeypatch):
    """Gives a list of the topics that sockets are told of inside."""
    said = []
    with monkeypatch.context() as patch:
        patch.setattr(live, "_on_commit", lambda message: said.append(message.get("topic", "")))
        yield said


def heard_by(person, said):
    """Those of ``said`` that a page of ``person`` may watch."""
    readable = topics.readable_names(Person.objects.get(pk=person.pk), set(said))
    return [topic for topic in said if topic in readable]
