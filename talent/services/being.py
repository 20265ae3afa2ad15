"""What a person writes of themselves: trainings, and where they would like to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.organisation.services.lines import keep_line
from rse.core.people.private_words import refuse_private
from rse.core.people.services.people import one_at_a_time
from rse.core.versions import begun_once, save_over

from .. import events, rules
from ..enums import WishVisibility
from ..models import Training, Wish
from ..queries import months_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from rse.core.models import Person

MOST_TRAININGS = 40
REMINDED_AFTER, HIDDEN_AFTER, ERASED_AFTER = 11, 12, 18  # months without a touch
WRITTEN = ("horizon", "text", "family", "site", "is_open_to_talk", "visibility")


class TooManyTrainings(Exception):
    """Forty trainings are written already."""


@transaction.atomic
def add_training(*, person: Person, title: str, year: int, is_public: bool = True) -> Training:
    """Add a training of this person; one with the same title and year is updated.

    Raises:
        PermissionDenied: this person writes nothing here.
        TooManyTrainings: there are forty.
        PrivateWord: the title speaks of private life.

    """
    if not rules.can_write_own(person, person):
        raise PermissionDenied
    refuse_private(title, by=person, about=person)
    one_at_a_time(person)
    if Training.objects.filter(person=person).count() >= MOST_TRAININGS:
        raise TooManyTrainings
    return Training.objects.update_or_create(person=person, title=title, year=year, defaults={"is_public": is_public})[0]


@transaction.atomic
def remove_training(*, person: Person, training: Training) -> None:
    """Delete the training.

    Raises:
        PermissionDenied: somebody else's.

    """
    if person.pk != training.person_id:
        raise PermissionDenied
    erasures.note("talent.training", [training.public_id])
    Training.objects.filter(pk=training.pk).delete()


@transaction.atomic
def save_wish(*, person: Person, version: int, **values: Any) -> Wish:
    """Save the wish of this person, if nobody saved since ``version`` (0: there was none).

    Raises:
        PermissionDenied: this person writes nothing here, or a field that is not theirs to write.
        EditedMeanwhile: it has moved on; nothing was written.
        PrivateWord: the text speaks of private life.

    """
    if not rules.can_write_own(person, person) or set(values) - set(WRITTEN):
        raise PermissionDenied
    refuse_private(values.get("text", ""), by=person, about=person)
    today = clock.today()
    rows = Wish.objects.filter(person=person)
    if version == 0:
        with begun_once(rows.first):
            return _begun(Wish.objects.create(person=person, touched_on=today, **values))
    save_over(rows, version, values | {"touched_on": today, "is_reminded": False})
    return _begun(Wish.objects.get(person=person))


def _begun(wish: Wish) -> Wish:
    """Note who stands above its person: they stay denied, whatever the line says later."""
    keep_line(kind="wish", row_id=wish.pk, person_ids=[wish.person_id])
    return wish


def _delete(wishes: QuerySet[Wish]) -> None:
    erasures.note("talent.wish", list(wishes.order_by("pk").values_list("public_id", flat=True)))
    wishes.delete()


@transaction.atomic
def remove_wish(*, person: Person) -> None:
    """Delete the wish of this person."""
    _delete(Wish.objects.filter(person=person))


def hide_wishes(keys: Sequence[int]) -> None:
    """Show these wishes to their person alone."""
    Wish.objects.filter(pk__in=keys).update(visibility=WishVisibility.ME, version=F("version") + 1)


def remind_of_wishes() -> int:
    """Publish once for each wish that nobody touched for eleven months; return how many."""
    with transaction.atomic():
        old = Wish.objects.filter(touched_on__lt=months_before(clock.today(), REMINDED_AFTER), is_reminded=False)
        ageing = list(old.order_by("pk"))
        for wish in ageing:
            Wish.objects.filter(pk=wish.pk).update(is_reminded=True)
            publish(events.WishAgeing(subject=("wish", wish.pk), recipient_ids=(wish.person_id,)))
    return len(ageing)
