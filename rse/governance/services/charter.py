"""The charter: a new version, and the agreement of each person to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from rse.core.events.bus import publish

from .. import rules
from ..events import CharterAccepted, CharterPublished
from ..models import Charter, CharterAcceptance

if TYPE_CHECKING:
    from rse.core.models import Person

LONGEST = 100_000


class NotTheCharterInForce(Exception):
    """A newer version was published meanwhile: nobody agrees to an earlier one."""


class TextMissing(Exception):
    """A version needs its text in both languages, of a length that can be read."""


@transaction.atomic
def publish_charter(*, publisher: Person, body_fr: str, body_en: str) -> Charter:
    """Create a new version, in force from now on; everybody is asked again at their next publication.

    Raises:
        PermissionDenied: the publisher may not.
        TextMissing: one of the languages is empty, or too long.

    """
    if not rules.can_publish_charter(publisher):
        raise PermissionDenied
    if any(not body.strip() or len(body) > LONGEST for body in (body_fr, body_en)):
        raise TextMissing
    version = (Charter.objects.aggregate(last=Max("version"))["last"] or 0) + 1
    charter = Charter.objects.create(version=version, body_fr=body_fr, body_en=body_en, published_by=publisher)
    publish(CharterPublished(actor_id=publisher.pk, subject=("charter", charter.pk)))
    return charter


@transaction.atomic
def accept_charter(*, person: Person, version: int) -> CharterAcceptance:
    """Record that ``person`` agrees to the charter in force; a second time changes nothing.

    Raises:
        PermissionDenied: this person may not sign in.
        NotTheCharterInForce: another version is in force.

    """
    if not person.may_sign_in:
        raise PermissionDenied
    charter = Charter.objects.newest_first().first()
    if charter is None or charter.version != version:
        raise NotTheCharterInForce
    person.__dict__.pop("charter_due", None)
    try:
        with transaction.atomic():
            acceptance = CharterAcceptance.objects.create(person=person, charter=charter)
    except IntegrityError:
        return CharterAcceptance.objects.get(person=person, charter=charter)
    publish(CharterAccepted(actor_id=person.pk, subject=("charter", charter.pk), version=charter.version))
    return acceptance
