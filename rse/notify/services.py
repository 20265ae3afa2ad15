"""Every write of this room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from rse.core.access import kinds
from rse.core.access.readers import readers_of
from rse.core.enums import PersonState
from rse.core.events.acts import act_of
from rse.core.models import Person, RecordedEvent

from . import live, wordings
from .models import Notification, QueuedMail, SeenPosition

if TYPE_CHECKING:
    from rse.core.access.kinds import Reference


@transaction.atomic
def tell_recipients(*, event: RecordedEvent) -> list[Notification]:
    """Create one notification for each person whom ``event`` names and who may read its subject now, except whoever did it."""
    subject, actor_id = event.facets.get("subject"), event.facets.get("actor_id")
    named = set(event.facets.get("recipient_ids", ())) - {actor_id}
    if not subject or not named:
        return []
    kind, row_id = subject
    wording = wordings.get(event.name)
    act_id = act_of(event)
    recipients = _without_those_told_more(event, act_id, _who_may_be_told((kind, row_id), wording, named))
    actor = Person.objects.filter(pk=actor_id).first()
    rows = [
        Notification(recipient_id=person_id, event_id=event.pk, act_id=act_id, event=event.name, actor=actor, kind=kind, row_id=row_id)
        for person_id in recipients
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    told = list(Notification.objects.filter(event_id=event.pk, recipient__in=recipients).order_by("pk"))
    if wording.is_mailed:
        QueuedMail.objects.bulk_create([QueuedMail(notification=notice) for notice in told], ignore_conflicts=True)
    for notice in told:
        live.poke("user", notice.recipient_id)
    return told


def _without_those_told_more(event: RecordedEvent, act_id: int, recipients: list[int]) -> list[int]:
    """Of ``recipients``, those to whom nothing that followed from the same act was told: one act rings once, with what came last of it.

    What was told of its earlier events is deleted. Several events of one name are several things.
    """
    # Two events of one act wait for each other here.
    RecordedEvent.objects.select_for_update(of=("self",), no_key=True).filter(pk=act_id).first()
    others = Notification.objects.filter(act_id=act_id, recipient__in=recipients).exclude(event=event.name)
    others.filter(event_id__lt=event.pk).delete()
    later = set(others.filter(event_id__gt=event.pk).values_list("recipient", flat=True))
    return [person_id for person_id in recipients if person_id not in later]


def _who_may_be_told(subject: Reference, wording: wordings.Wording, named: set[int]) -> list[int]:
    """Of the people named, those who may read the subject and whom its events may reach, in order."""
    kind_name, row_id = subject
    kind = kinds.get(kind_name)
    if wording.told is None:
        thing = kind.model._base_manager.filter(pk=row_id).first() if kind else None
        people = readers_of(thing, told=True).filter(pk__in=named) if thing else Person.objects.none()
        return list(people.order_by("pk").values_list("pk", flat=True))
    people = Person.objects.filter(pk__in=named).exclude(state=PersonState.LEFT).order_by("pk")
    return [person.pk for person in people if row_id in wording.told({row_id}, person)]


@transaction.atomic
def see_notices(*, person: Person, position: int) -> None:
    """Count this person's notices up to ``position`` as seen; what came after stays new, and nothing becomes new again."""
    newest = Notification.objects.visible_to(person).aggregate(newest=Max("pk"))["newest"] or 0
    reached = min(max(position, 0), newest)
    SeenPosition.objects.get_or_create(person=person)
    if SeenPosition.objects.filter(person=person, position__lt=reached).update(position=reached):
        live.poke("user", person.pk)


@transaction.atomic
def open_notices(*, person: Person, ids: Sequence[int]) -> None:
    """Count these notices of ``person`` as opened: they are new no more, wherever they stand in the list."""
    if Notification.objects.visible_to(person).filter(pk__in=ids, is_opened=False).update(is_opened=True):
        live.poke("user", person.pk)


def let_go(person_ids: Sequence[int]) -> None:
    """Close on commit the sockets of these people, in the transaction that ends their rights.

    Their queued mails stay: each is asked again, when it is sent, whether its reader may still be told.
    """
    live.end_people(person_ids)
