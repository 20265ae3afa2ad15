"""Passkeys: added and removed by their owner, whom every address of theirs is told of; every other session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.webauthn.internal import flows
from django.db import transaction
from django.http import Http404

from rse.core.events.bus import publish
from rse.core.models import Person
from rse.core.web import stepup

from .. import passkeys, second_factor
from ..events import PasskeyAdded, PasskeyRemoved
from .passwords import keep_only

if TYPE_CHECKING:
    from django.http import HttpRequest


class TooManyPasskeys(Exception):
    """The person has as many passkeys as anybody may."""


@transaction.atomic
def add_passkey(*, request: HttpRequest, name: str, credential: dict[str, Any]) -> bool:
    """Add what ``passkeys.checked_for_adding`` returned to the passkeys of whoever is signed in; return whether recovery codes were made.

    Raises:
        TooManyPasskeys: there are ``passkeys.MOST`` already; nothing was written.
        ReauthenticationRequired: whoever sits there was asked too long ago who they are.

    """
    person = _locked(request.user.pk)
    if len(passkeys.passkeys_of(person)) >= passkeys.MOST:
        raise TooManyPasskeys
    _made, codes = flows.add_authenticator(request, name=name, credential=credential)
    stepup.prove(request.session, person)
    keep_only(session=request.session, person=person)
    publish(PasskeyAdded(subject=("person", person.pk), recipient_ids=(person.pk,)))
    return codes is not None


@transaction.atomic
def remove_passkey(*, request: HttpRequest, public_id: str) -> None:
    """Remove one passkey of whoever is signed in; with the last second factor go the recovery codes and the proof of this session.

    Raises:
        Http404: they have no such passkey.
        ReauthenticationRequired: whoever sits there was asked too long ago who they are.

    """
    person = _locked(request.user.pk)
    row = passkeys.row_of(person, public_id)
    if row is None:
        raise Http404
    flows.remove_authenticator(request, row)
    if not second_factor.is_set_up(person):
        stepup.forget(request.session)
    keep_only(session=request.session, person=person)
    publish(PasskeyRemoved(subject=("person", person.pk), recipient_ids=(person.pk,)))


def _locked(person_id: Any) -> Person:
    """Lock the row of a person, so that two windows of theirs add one after the other."""
    return Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person_id)
