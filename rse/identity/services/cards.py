"""Cards on paper: printed, handed over, used once for a password. What is on a card is shown once and kept nowhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from rse.core import clock
from rse.core.enums import PersonState
from rse.core.events.bus import publish
from rse.core.models import Person

from .. import rules
from ..events import CardsHanded, CardsPrinted, CardsVoided, CardUsed, ReopeningCardHanded
from ..models import SignInCard
from ..queries import people_to_card, person_numbered
from ..short_codes import fresh_code, hash_of_code, hash_of_token
from .invitations import check_open
from .passwords import keep_password, tell_replaced
from .recovery import make_codes_if_allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from ..models import AccountReopening

AT_ONCE = 300  # cards that one page prints


class CardOver(Exception):
    """The card was used, is void, was not handed over, was so more than a day ago, or never was."""


@dataclass(frozen=True)
class PrintedCard:
    """What is on one card, for the page that prints it."""

    person: Person
    number: str
    token: str
    code: str


@transaction.atomic
def print_card(*, actor: Person, person: Person) -> PrintedCard:
    """Generate a card for ``person``, who never came in; an earlier one is void.

    Raises:
        PermissionDenied: the actor may not, or the person has an account or a role.
        NotYet: the person is expected, and it is too early.

    """
    [person] = _held([person.pk])
    if not rules.can_print_card(actor, person):
        raise PermissionDenied
    check_open(person)
    return _make(actor, [person])[0]


@transaction.atomic
def print_cards(*, actor: Person, person_ids: Sequence[int]) -> list[PrintedCard]:
    """Generate cards for those of ``person_ids`` for whom the actor may, and whom the door is open to by now, by name; 300 at most."""
    allowed = list(people_to_card(actor).filter(pk__in=person_ids).order_by("sorts_as", "pk").values_list("pk", flat=True)[:AT_ONCE])
    places = {pk: place for place, pk in enumerate(allowed)}
    people = [person for person in _held(allowed) if not rules.has_account(person) and rules.is_open_to(person)]
    return _make(actor, sorted(people, key=lambda person: places[person.pk])) if people else []


@transaction.atomic
def print_of_two(*, actor: Person, person: Person, reopening: AccountReopening) -> PrintedCard:
    """Generate the card that two people agreed on, for an account that exists; whoever calls this has asked both."""
    [person] = _held([person.pk])
    return _make(actor, [person], reopening)[0]


def _held(person_ids: Sequence[int]) -> list[Person]:
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("site")
    return list(rows.filter(pk__in=person_ids).order_by("pk"))


def _make(actor: Person, people: list[Person], reopening: AccountReopening | None = None) -> list[PrintedCard]:
    ids = [person.pk for person in people]
    SignInCard.objects.open().filter(person__in=ids).update(ended_at=clock.now())
    printed = [PrintedCard(person, person.employee_number or "", secrets.token_urlsafe(32), fresh_code()) for person in people]
    SignInCard.objects.bulk_create(
        SignInCard(
            person=card.person,
            number=card.number,
            token_hash=hash_of_token(card.token),
            code_hash=hash_of_code(card.person.pk, card.code),
            printed_by=actor,
            reopening=reopening,
        )
        for card in printed
    )
    publish(CardsPrinted(actor_id=actor.pk, person_ids=tuple(ids)))
    return printed


@transaction.atomic
def hand_cards(*, actor: Person, public_ids: Sequence[str]) -> int:
    """Mark those of these cards as handed over that the actor may hand; return how many, which work from now on.

    Owners of an account that a card opens again are told of it.
    """
    cards = SignInCard.objects.open().filter(public_id__in=public_ids, handed_at=None).select_related("person", "reopening__asked_by")
    cards = cards.order_by("pk")
    mine = [card for card in cards if card.number == card.person.employee_number and rules.can_hand_card(actor, card)]
    if not mine:
        return 0
    now = clock.now()
    rows = SignInCard.objects.open().filter(pk__in=[card.pk for card in mine], handed_at=None)
    number = rows.update(handed_at=now, handed_by=actor)
    publish(CardsHanded(actor_id=actor.pk, person_ids=tuple(card.person_id for card in mine)))
    for owner in [card.person_id for card in mine if card.reopening_id is not None]:
        publish(ReopeningCardHanded(actor_id=actor.pk, subject=("person", owner), recipient_ids=(owner,)))
    return number


@transaction.atomic
def void_cards(*, actor: Person, public_ids: Sequence[str]) -> int:
    """End those of these cards that the actor may void; return how many were open until now."""
    cards = SignInCard.objects.open().filter(public_id__in=public_ids).select_related("person", "reopening__asked_by").order_by("pk")
    mine = [card for card in cards if rules.can_void_card(actor, card)]
    if not mine:
        return 0
    number = SignInCard.objects.open().filter(pk__in=[card.pk for card in mine]).update(ended_at=clock.now())
    publish(CardsVoided(actor_id=actor.pk, person_ids=tuple(card.person_id for card in mine)))
    return number


def card_by_token(token: str) -> SignInCard | None:
    """Return the card whose drawing holds ``token`` if it opens something; looking at it changes nothing."""
    return _opening(SignInCard.objects.open().filter(token_hash=hash_of_token(token)))


def card_by_code(*, number: str, code: str) -> SignInCard | None:
    """Return the card with ``code`` of whoever has the employee number, if it opens something; as many queries for every wrong code."""
    person = person_numbered(number)
    key = person.pk if person else 0
    return _opening(SignInCard.objects.open().filter(person=key, code_hash=hash_of_code(key, code)))


def _opening(cards: QuerySet[SignInCard]) -> SignInCard | None:
    card = cards.select_related("person__site").first()
    return card if card and _opens(card, card.person) else None


def _opens(card: SignInCard, person: Person) -> bool:
    """Return whether the card lets ``person`` in: handed within a day, under the number on it, and to an account only of two."""
    works_until = card.works_until
    if works_until is None or clock.now() >= works_until or not person.may_sign_in or card.number != person.employee_number:
        return False
    return card.reopening_id is not None or not (rules.has_account(person) or rules.holds_any_role(person))


def redeem_card(*, card: SignInCard, password: str) -> tuple[Person, list[str]]:
    """Set the password of the person of ``card``, which was opened by what is on it; of any number of attempts, one succeeds.

    Return that person, and the recovery codes made for them where they have no other way back: shown once and kept nowhere.

    Raises:
        CardOver: it opens nothing, or no longer.

    """
    encoded = make_password(password)  # slow on purpose, and therefore before the lock
    with transaction.atomic():
        [person] = _held([card.person_id])
        card = SignInCard.objects.get(pk=card.pk)
        if not _opens(card, person) or not SignInCard.objects.open().filter(pk=card.pk).update(used_at=clock.now()):
            raise CardOver
        keep_password(person=person, encoded=encoded)
        if card.reopening_id is not None:
            tell_replaced(person)
        else:
            publish(CardUsed(subject=("person", person.pk), recipient_ids=(person.pk,)))
        codes = make_codes_if_allowed(person=person)
    return person, codes


@transaction.atomic
def end_cards(person_ids: Sequence[int]) -> None:
    """End the cards of those of ``person_ids`` who left, in the caller's transaction."""
    left = Person.objects.filter(pk__in=person_ids, state=PersonState.LEFT).values("pk")
    SignInCard.objects.open().filter(person__in=left).update(ended_at=clock.now())
