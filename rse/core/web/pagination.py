"""Pages of a list by key: the next one starts where this one ended, whatever was added meanwhile.

Where a page ended is sealed in its address: a number of a row would tell how many others there are that its reader may not see. Whatever
else a browser must bring back and may not read is sealed in the same way.
"""

import base64
import binascii
import json
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db.models import Q, QuerySet

NONCE_BYTES, BLOCK = 12, 48


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    older_url: str
    newer_url: str

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def page_of(rows: QuerySet, request: Any, *, order: tuple[str, ...], size: int) -> Page:
    """Return ``size`` rows after the cursor of the address, in ``order``.

    ``-name`` descends; the last column must be unique, and none may be null. A cursor that was not made for this reader, this list and this
    order starts from the top.
    """
    place = repr((request.resolver_match.view_name, order))
    after = unseal(request.GET.get("after", ""), reader=request.user, place=place)
    if after:
        rows = rows.filter(_beyond(order, after))
    found = list(rows.order_by(*order)[: size + 1])
    address = request.GET.copy()
    address.pop("after", None)
    first = f"?{address.urlencode()}" if after else ""
    older = ""
    if len(found) > size:
        found = found[:size]
        address["after"] = seal([_plain(getattr(found[-1], name.lstrip("-"))) for name in order], reader=request.user, place=place)
        older = f"?{address.urlencode()}"
    return Page(found, older, first)


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


@cache
def _cipher(secret):
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"maillage pages").derive(secret.encode()))


def _about(reader, place):
    return repr((place, reader.pk)).encode()


def seal(values: list[Any], *, reader: Any, place: str) -> str:
    """Return ``values``, of JSON, as a text for addresses and forms that only the server reads, for ``reader`` in ``place`` alone."""
    words = json.dumps(values).encode()
    words = words.ljust(-(-len(words) // BLOCK) * BLOCK)  # its length says nothing either
    nonce = secrets.token_bytes(NONCE_BYTES)
    return base64.urlsafe_b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, words, _about(reader, place))).decode().rstrip("=")


def unseal(text: str, *, reader: Any, place: str) -> list[Any] | None:
    """Return what was sealed for ``reader`` in ``place``; None for anything else."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return json.loads(_cipher(settings.SECRET_KEY).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _about(reader, place)))
    except (InvalidTag, ValueError, binascii.Error):
        return None


def _beyond(order, values):
    beyond, same = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        column, step = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond |= same & Q(**{f"{column}__{step}": value})
        same &= Q(**{column: value})
    return beyond
