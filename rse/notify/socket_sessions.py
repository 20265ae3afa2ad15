"""Who stands behind the session of a socket, and which sessions are over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.models import Person
from rse.core.web import stepup


@dataclass(frozen=True)
class Visitor:
    """Whoever opened a socket: the person, and what to compare with later; ``password`` as it is stored."""

    person_id: int
    session_key: str
    password: str


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a secret, which stands for it where it must not be written."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore


def visitor_of(session_key: str | None) -> Visitor | None:
    """Return the person signed in by this session, if they may still sign in; the session is neither written nor prolonged."""
    if not session_key:
        return None
    data = _store()(session_key).load()
    person = person_of(data)
    return Visitor(person.pk, session_key, person.password) if person else None


def person_of(data: Mapping[str, Any]) -> Person | None:
    """Return the person whom the data of a session signs in now, or None."""
    if SESSION_KEY not in data or data.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    person = Person.objects.filter(pk=data[SESSION_KEY]).first()
    if person is None or not person.may_sign_in:
        return None
    given = data.get(HASH_SESSION_KEY, "")
    known = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    is_known = any(constant_time_compare(given, one) for one in known)
    return person if is_known and not stepup.lacks_second_factor(data, person) else None


def over(visitors: Iterable[Visitor]) -> set[Visitor]:
    """Return those whose session is gone, whose password was changed or who may no longer sign in, in two queries."""
    wanted = list(visitors)
    alive = set(_rows_of({one.session_key for one in wanted}).values_list("session_key", flat=True))
    people = Person.objects.filter(pk__in={one.person_id for one in wanted}).exclude(state=PersonState.LEFT)
    passwords = dict(people.values_list("pk", "password"))
    return {one for one in wanted if one.session_key not in alive or passwords.get(one.person_id) != one.password}


def data_of(session_keys: set[str]) -> dict[str, dict[str, Any]]:
    """Return the data of these sessions by key; sessions that are gone are absent."""
    store = _store()()
    return {key: store.decode(data) for key, data in _rows_of(session_keys).values_list("session_key", "session_data")}


def _rows_of(session_keys: set[str]) -> QuerySet[Any]:
    return _store().get_model_class().objects.filter(session_key__in=session_keys, expire_date__gt=clock.now())
