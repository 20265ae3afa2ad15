"""What a browser keeps of a form that was not sent yet: for one person, one place and one thing, until it is sent or they sign out.

A page names each such form by a key, and the place it is for by a sealed reference; neither says anything to whoever reads it. A cookie
holds what makes the drafts of a browser those of one person: it outlives a session that fell asleep, and ends when that person signs out or
somebody else signs in. The browser then erases what it kept under another name.
"""

import base64
import binascii
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.crypto import salted_hmac

from ..access.readers import ReadableQuerySet
from ..models import Audience

COOKIE = "drafts"
HELD = re.compile(r"([\w-]{22})?\.([\w-]{24})?")  # the last sign-out, and the person since then
MOST_PLACES, LONGEST_PLACE, BLOCK = 50, 200, 48


def name_of(request: Any) -> str:
    """Return the name under which this browser keeps drafts now; empty where nobody has signed in, or whoever did signed out."""
    holder = getattr(request, "drafts", None) or _held(request)
    return _mac("name", holder) if holder.partition(".")[2] else ""


def begin(request: Any) -> None:
    """Set on ``request`` whose drafts this browser keeps from now on: those of the signed-in person, since the last sign-out."""
    since = _held(request).partition(".")[0]
    request.drafts = f"{since}.{_mac('holder', since, request.user.pk)}"


def carry(request: Any, response: Any) -> None:
    """Write the cookie of ``begin`` on ``response``; where the person signed out meanwhile, one under which nothing was kept before."""
    held = request.drafts if request.user.is_authenticated else f"{secrets.token_urlsafe(16)}."
    if request.COOKIES.get(COOKIE) != held:
        response.set_cookie(COOKIE, held, samesite="Lax", secure=settings.IS_SECURE, httponly=True)


def _held(request: Any) -> str:
    held = request.COOKIES.get(COOKIE, "")
    return held if HELD.fullmatch(held) else ""


def key_of(person: Any, form: str, things: Iterable[Any]) -> str:
    """Return the key of the draft of ``person`` in the form called ``form`` about ``things``: rows, or words that tell two forms apart."""
    return _mac("key", person.pk, form, *(_reference(one) if isinstance(one, Model) else str(one) for one in things))


def place_of(person: Any, row: Model) -> str:
    """Return a sealed reference to ``row``, which ``person`` alone can ask about: the same each time, so that a page stays the same."""
    words = _reference(row).encode()
    return base64.urlsafe_b64encode(_cipher(settings.SECRET_KEY).encrypt(words.ljust(BLOCK), [str(person.pk).encode()])).decode()


def is_a_place(row: Any) -> bool:
    """Return whether ``row`` is of a model that says who reads it."""
    return isinstance(row, Model) and isinstance(row._meta.default_manager.all(), ReadableQuerySet)


def lost(person: Any, places: Iterable[str]) -> list[str]:
    """Return those of ``places`` that ``person`` may not open any more, or where nothing is written any more, in one query per model."""
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    asked = list(dict.fromkeys(places))[:MOST_PLACES]
    for place in asked:
        if said := _opened(person, place):
            label, _, key = said.partition(":")
            wanted[label][key] = place
    standing = {place for label, rows in wanted.items() for place in _standing(person, label, rows)}
    return [place for place in asked if place not in standing]


def _standing(person: Any, label: str, rows: dict[str, str]) -> Iterator[str]:
    try:
        model = apps.get_model(label)
    except LookupError:  # a page of a release that called it otherwise
        return iter(())
    found = model.objects.visible_to(person).filter(pk__in=rows)
    if model is Audience:
        found = found.filter(is_frozen=False)
    elif any(field.name == "audience" and field.related_model is Audience for field in model._meta.get_fields()):
        found = found.exclude(audience__is_frozen=True)
    return (rows[str(key)] for key in found.values_list("pk", flat=True))


def _reference(row: Model) -> str:
    return f"{row._meta.label}:{row.pk}"


def _opened(person: Any, place: str) -> str:
    try:
        sealed = base64.urlsafe_b64decode(place[:LONGEST_PLACE])
        return _cipher(settings.SECRET_KEY).decrypt(sealed, [str(person.pk).encode()]).decode().rstrip()
    except (InvalidTag, ValueError, binascii.Error):
        return ""


def _mac(*parts: Any) -> str:
    return base64.urlsafe_b64encode(salted_hmac("maillage drafts", "\0".join(map(str, parts)), algorithm="sha256").digest()[:18]).decode()


@cache
def _cipher(secret: str) -> AESSIV:
    return AESSIV(HKDF(algorithm=SHA512(), length=64, salt=None, info=b"maillage drafts").derive(secret.encode()))
