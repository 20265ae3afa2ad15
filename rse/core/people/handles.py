"""Handles written in texts: what stands for a name, and how plain words show whom it means today.

A template marks the handles of plain words with the filter ``present_names``; the response is filled in once for all of its texts, for
whoever asked. What search keeps goes through ``silent``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from ..enums import Addressed, PersonState
from ..models import GivenAddress, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Handles are slugs. What comes before tells a mention from an e-mail address or a path.
MENTION = re.compile(r"(?<![\w@/.+-])@([\w-]{1,80})(?!@)", re.ASCII)
LINKED_PROFILE = "/people/"
LINKED = re.compile(rf"{LINKED_PROFILE}([\w-]{{1,80}})", re.ASCII)
SILENT = "…"
NOBODY = "-"  # a handle that nobody has
# Around a handle until the response is filled in: no text that is kept holds them. In the address of a link they are percent-encoded,
# in a file of JSON escaped; without its end, a handle was cut and says nothing any more.
BEGIN, END = "\ue000", "\ue001"
HELD = re.compile(r"(?:\ue000|%EE%80%80|\\ue000)([@/])([\w-]{1,80})(\ue001|%EE%80%81|\\ue001)?|[\ue000\ue001]", re.ASCII)
# What is filled in, by the content type of the response, and how words are written there.
ESCAPED: dict[str, Callable[[str], str]] = {
    "text/html": escape,
    "text/csv": str,
    "text/plain": str,
    "application/json": lambda words: json.dumps(words)[1:-1],
}
HANDLE_IN_NAME = _("A name or a title is read in many places: write it without an “@” in front of somebody.")


def handle_of(match: re.Match[str]) -> str:
    """Return the handle that was written, as handles are kept."""
    return match[1].rstrip("-").lower()


def names_somebody(text: str) -> bool:
    """Return whether ``text`` may hold a handle."""
    return "@" in text or LINKED_PROFILE in text


def holds_handle(name: str) -> bool:
    """Return whether ``name`` holds what may be a handle: names are shown in notices, mails and lists, where no handle is replaced."""
    return bool(MENTION.search(name) or LINKED.search(name))


def refuse_handle(name: str) -> None:
    """Raise for a name or a title that holds a handle.

    Raises:
        ValidationError: it does.

    """
    if holds_handle(name):
        raise ValidationError(HANDLE_IN_NAME, code="handle")


def put(text: str, values: Mapping[str, str], addresses: Mapping[str, str]) -> str:
    """Return ``text`` with each mention of a handle of ``values`` replaced by its value; others stand as they were written.

    In the addresses of profiles, ``addresses`` says what stands for a handle.
    """

    def of(match: re.Match[str]) -> str:
        handle = handle_of(match)
        written = match[1].rstrip("-")
        return f"{values[handle]}{match[1][len(written) :]}" if handle in values else match[0]

    return MENTION.sub(of, put_addresses(text, addresses))


def put_addresses(text: str, addresses: Mapping[str, str]) -> str:
    """Return ``text`` with another handle in the addresses of profiles."""
    return LINKED.sub(lambda match: f"{LINKED_PROFILE}{addresses.get(match[1], match[1])}", text)


def former_colleague() -> str:
    """Return what stands for somebody who no longer works here."""
    return pgettext("somebody named in a text", "a former colleague")


def somebody() -> str:
    """Return what stands for somebody whom the reader may not see."""
    return pgettext("somebody named in a text", "somebody")


def held(text: str) -> str:
    """Return ``text`` with marks around its handles, which ``filled`` takes out again."""
    text = text.replace(BEGIN, "").replace(END, "")
    if not names_somebody(text):
        return text
    text = LINKED.sub(lambda match: f"{LINKED_PROFILE}{BEGIN}/{match[1]}{END}", text)
    return MENTION.sub(lambda match: f"{BEGIN}@{match[1].rstrip('-')}{END}{match[1][len(match[1].rstrip('-')) :]}", text)


def filled(text: str, person: Any, *, escaped: Callable[[str], str] = escape) -> str:
    """Return ``text`` with what ``person`` reads today in the place of each marked handle; two queries, none where nothing is marked."""
    values, addresses = _shown({match[2].lower() for match in HELD.finditer(text) if match[3]}, person)

    def of(match: re.Match[str]) -> str:
        if not match[2]:
            return ""
        if not match[3]:
            return SILENT
        if match[1] == "/":
            return addresses.get(match[2].lower(), match[2])
        return escaped(values.get(match[2].lower(), f"@{match[2]}"))

    return HELD.sub(of, text)


def silent(texts: Iterable[str]) -> Callable[[str], str]:
    """Return a function that takes every handle of somebody, of today or before, out of one of ``texts``; two queries for all of them."""
    said = [text for text in texts if names_somebody(text)]
    handles = {handle_of(match) for text in said for match in MENTION.finditer(text)}
    handles |= {match[1].lower() for text in said for match in LINKED.finditer(text)}
    values, addresses = _shown(handles, None)
    quiet = dict.fromkeys(values, SILENT)
    return lambda text: put(text, quiet, addresses)


def _shown(handles: set[str], person: Any) -> tuple[dict[str, str], dict[str, str]]:
    """What stands for each of ``handles`` that is or was somebody's, in words and in the addresses of profiles."""
    if not handles:
        return {}, {}
    given = GivenAddress.objects.filter(kind=Addressed.PERSON, address__in=handles)
    owners = {address: (row_id, leads) for address, row_id, leads in given.values_list("address", "row_id", "leads")}
    seen = Person.objects.visible_to(person)
    people = Person.objects.filter(Q(handle__in=handles) | Q(pk__in=[row_id for row_id, _leads in owners.values()]))
    people = people.annotate(is_seen=Exists(seen.filter(pk=OuterRef("pk"))), came=Q(hired_on__lte=F("leaves_on")))
    rows = {one.pk: one for one in people.order_by("pk")}
    owners |= {one.handle: (one.pk, True) for one in rows.values() if one.handle in handles}
    values, addresses = {}, {}
    for handle, (row_id, leads) in owners.items():
        one = rows.get(row_id)
        if one is not None and leads and one.is_seen and one.state != PersonState.LEFT:
            values[handle], addresses[handle] = f"@{one.handle}", one.handle
        else:
            has_left = one is not None and one.state == PersonState.LEFT and one.came
            values[handle], addresses[handle] = former_colleague() if has_left else somebody(), NOBODY
    return values, addresses
