"""The seal on somebody's words: put on with a reset, taken off by their own second factor or by two people of HR after seven days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.models import Person
from rse.identity import second_factor
from rse.identity.queries import known_addresses

from .. import events, queries
from ..enums import SEAL_YESES
from ..models import Seal, SealConfirmation

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence


class WordsSealed(PermissionDenied):
    """The words of this person are under seal: nothing is read or written in their name until it is taken off."""


class WrongCode(Exception):
    """The code is none of the second factor that was set up before."""


class TooEarly(Exception):
    """HR is asked since less than seven days, and may say yes from ``opens_at`` on."""

    def __init__(self, opens_at: datetime.datetime):
        self.opens_at = opens_at
        super().__init__(opens_at)


def require_open(person: Person) -> None:
    """Ask the database whether the words of ``person`` are open to them.

    Raises:
        WordsSealed: they are not.

    """
    if Seal.objects.filter(person=person.pk).exists():
        raise WordsSealed


@transaction.atomic
def seal_words(person_ids: Sequence[int]) -> None:
    """Seal the words of these people, those who have any, with the second factor that they have now as what opens them.

    Whoever is under seal already stays so with the factor of the first time; what was asked of HR since is void.
    """
    for person in Person.objects.filter(pk__in=queries.with_words(person_ids)).order_by("pk"):
        seal, is_new = Seal.objects.get_or_create(
            person=person, defaults={"kept": second_factor.as_set_up(person), "addresses": sorted(known_addresses(person))}
        )
        if not is_new:
            SealConfirmation.objects.filter(seal=seal).delete()
            Seal.objects.filter(pk=seal.pk).update(asked_at=None, since=clock.now())
        publish(events.WordsSealed(subject=("person", person.pk), recipient_ids=(person.pk,)))


@transaction.atomic
def note_factor(*, person: Person, kind: str, shown: int | None = None) -> None:
    """Take the seal off where ``person`` has just signed in with a second factor of the type ``kind`` that is still the one of before.

    The key of its row is ``shown``: of several passkeys, only those that were there before count.
    """
    seal = _locked(person=person.pk)
    if seal is not None and second_factor.is_still(person, seal.kept, kind, shown):
        _take_off(seal)


@transaction.atomic
def open_by_code(*, person: Person, code: str) -> None:
    """Take the seal off with a code of the second factor, or a recovery code, as they were set up before it was put on.

    Raises:
        WrongCode: it is none of them; nothing is sealed counts as well.

    """
    seal = _locked(person=person.pk)
    if seal is None or not second_factor.opens(person, seal.kept, code):
        raise WrongCode
    _take_off(seal)


@transaction.atomic
def ask_hr(*, person: Person) -> None:
    """Ask two people of HR to take the seal off, in seven days at the earliest; each address of the person is told at once.

    A second time changes nothing.

    Raises:
        PermissionDenied: nothing of this person is under seal.

    """
    seal = _locked(person=person.pk)
    if seal is None:
        raise PermissionDenied
    if seal.asked_at:
        return
    seal.asked_at = clock.now()
    seal.addresses = sorted({*seal.addresses, *known_addresses(person)})
    seal.save(update_fields=["asked_at", "addresses"])
    publish(events.ReopeningStarted(subject=("mentoring_seal", seal.pk)))
    publish(events.ReopeningAsked(subject=("mentoring_seal", seal.pk), recipient_ids=tuple(queries.who_may_confirm(seal))))


@transaction.atomic
def take_back(*, person: Person) -> None:
    """Ask HR no more; a second time changes nothing."""
    seal = _locked(person=person.pk)
    if seal is not None:
        _void(seal)


@transaction.atomic
def confirm(*, by: Person, seal: Seal) -> bool:
    """Confirm, as somebody of HR who met the person, that it is they who ask; return whether this second yes took the seal off.

    Raises:
        PermissionDenied: not somebody of HR outside the line, one of their pairs, or nobody asks any more.
        TooEarly: less than seven days ago; nothing was written.

    """
    current = _locked(pk=seal.pk)
    if current is None or (opens := queries.opens_from(current)) is None or not queries.may_confirm(by, current):
        raise PermissionDenied
    if opens > clock.now():
        raise TooEarly(opens)
    try:
        with transaction.atomic():
            SealConfirmation.objects.create(seal=current, person=by)
    except IntegrityError:  # another window of theirs was a moment earlier
        return False
    said = Person.objects.filter(pk__in=SealConfirmation.objects.filter(seal=current).values("person")).order_by("pk")
    if sum(queries.may_confirm(one, current) for one in said) < SEAL_YESES:
        return False
    _take_off(current)
    return True


@transaction.atomic
def refuse(*, by: Person, seal: Seal) -> None:
    """Record, as somebody of HR, that it is not known who asks: the person has to ask again, and seven days begin anew.

    Raises:
        PermissionDenied: not somebody of HR outside the line, one of their pairs, or nobody asks any more.

    """
    current = _locked(pk=seal.pk)
    if current is None or not queries.may_confirm(by, current):
        raise PermissionDenied
    _void(current)
    publish(events.ReopeningRefused(subject=("person", current.person_id), recipient_ids=(current.person_id,)))


def _locked(**columns: int) -> Seal | None:
    rows = Seal.objects.select_for_update(of=("self",), no_key=True).select_related("person")
    return rows.filter(**columns).order_by("pk").first()


def _void(seal: Seal) -> None:
    SealConfirmation.objects.filter(seal=seal).delete()
    Seal.objects.filter(pk=seal.pk).update(asked_at=None)


def _take_off(seal: Seal) -> None:
    seal.delete()
    publish(events.WordsOpened(subject=("person", seal.person_id), recipient_ids=(seal.person_id,)))
