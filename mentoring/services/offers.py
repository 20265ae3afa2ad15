"""Every write of an offer: its mentor writes, pauses and takes it back; HR hides it with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.people.private_words import refuse_private
from rse.core.versions import begun_once, expect_version, save_over
from rse.feed.language import guess_language
from rse.governance.charter import require_charter
from rse.governance.services.moderation import hide_row, show_row

from .. import events, queries, rules
from ..enums import MOST_PEOPLE, MOST_SKILLS
from ..models import MentoringOffer, MentoringPair, OfferSkill
from .closing import close_requests_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rse.core.models import Person
    from rse.governance.models import Moderation
    from talent.models import Skill


class CapacityTaken(Exception):
    """Fewer places than people accompanied now: ``taken`` of them."""

    def __init__(self, taken: int):
        self.taken = taken
        super().__init__("capacity taken")


class WrongSkills(Exception):
    """An offer is about one to five skills."""


def locked_offer(**columns: Any) -> MentoringOffer | None:
    """Lock the offer until this transaction ends and return it, or None: places are taken and given back one after the other."""
    return MentoringOffer.objects.select_for_update(of=("self",), no_key=True).filter(**columns).order_by("pk").first()


@transaction.atomic
def save_offer(
    *, mentor: Person, version: int, text: str, skills: Sequence[Skill], capacity: int, languages: Sequence[str] = ()
) -> MentoringOffer:
    """Save the offer of ``mentor``, if no other window saved it since ``version`` (0: there was none).

    Raises:
        PermissionDenied: not somebody who is here.
        CharterRequired: the charter in force is not accepted.
        WrongSkills: none, or more than five.
        PrivateWord: the text speaks of private life.
        CapacityTaken: fewer places than the mentor accompanies people now; nothing was written.
        EditedMeanwhile: the offer has moved on; nothing was written.

    """
    if not rules.can_offer(mentor) or not text.strip() or not 1 <= capacity <= MOST_PEOPLE:
        raise PermissionDenied
    require_charter(mentor)
    refuse_private(text, by=mentor, about=mentor)
    chosen = list({skill.pk: skill for skill in skills}.values())
    if not 1 <= len(chosen) <= MOST_SKILLS:
        raise WrongSkills
    offer = locked_offer(mentor=mentor)
    expect_version(offer, version, current=lambda: queries.offer_of(mentor))
    values = {
        "text": text,
        "capacity": capacity,
        "languages": list(languages),
        "language": guess_language(text, default=mentor.language),
    }
    _reseat(mentor, capacity)
    if offer is None:
        offer = _publish_first(mentor, values)
    else:
        save_over(MentoringOffer.objects.filter(pk=offer.pk), version, values)
        OfferSkill.objects.filter(offer=offer).delete()
    OfferSkill.objects.bulk_create(OfferSkill(offer=offer, skill=skill, place=place) for place, skill in enumerate(chosen, start=1))
    return MentoringOffer.objects.get(pk=offer.pk)


def _publish_first(mentor: Person, values: dict[str, Any]) -> MentoringOffer:
    with begun_once(lambda: queries.offer_of(mentor)):
        offer = MentoringOffer.objects.create(mentor=mentor, **values)
    publish(events.OfferPublished(actor_id=mentor.pk, subject=("mentoring_offer", offer.pk)))
    return offer


def _reseat(mentor: Person, capacity: int) -> None:
    """Let everybody whom ``mentor`` accompanies sit on the first ``capacity`` places."""
    running = list(MentoringPair.objects.running().filter(mentor=mentor).order_by("seat", "pk"))
    if len(running) > capacity:
        raise CapacityTaken(len(running))
    free = sorted(set(range(1, capacity + 1)) - {pair.seat for pair in running})
    for pair in running:
        if pair.seat > capacity:
            MentoringPair.objects.filter(pk=pair.pk).update(seat=free.pop(0))


def _own(mentor: Person, offer: MentoringOffer) -> MentoringOffer:
    current = locked_offer(pk=offer.pk)
    if current is None or not rules.can_change_offer(mentor, current):
        raise PermissionDenied
    return current


@transaction.atomic
def pause_offer(*, mentor: Person, offer: MentoringOffer, is_open: bool = False) -> None:
    """Hide the offer from everybody else, or open it again. Whoever is accompanied stays, and what waits can still be answered.

    Raises:
        PermissionDenied: not one's own.

    """
    current = _own(mentor, offer)
    MentoringOffer.objects.filter(pk=current.pk).update(is_open=is_open, version=F("version") + 1)


@transaction.atomic
def delete_offer(*, mentor: Person, offer: MentoringOffer) -> None:
    """Delete the offer and close the requests that waited; whoever is accompanied stays so.

    Raises:
        PermissionDenied: not one's own.

    """
    current = _own(mentor, offer)
    close_requests_to([mentor.pk])
    erasures.note("mentoring.offer", [current.public_id])
    current.delete()


@transaction.atomic
def hide_offer(*, by: Person, offer: MentoringOffer, article: str, reason: str) -> Moderation:
    """Hide the offer from all but its mentor, who is told under which article and why and may appeal, and HR.

    Raises:
        PermissionDenied: not HR of the mentor's unit, or one's own.
        ReasonMissing: no article of the charter, or no reason.
        AlreadyHidden: it is hidden.

    """
    if not rules.can_hide_offer(by, offer):
        raise PermissionDenied
    return hide_row(by=by, kind="mentoring_offer", thing=offer, article=article, reason=reason)


@transaction.atomic
def show_offer(*, by: Person, offer: MentoringOffer) -> None:
    """Show again, as HR, what HR hid; the mentor is told. Not while somebody else is to decide about an appeal.

    Raises:
        PermissionDenied: not HR of the mentor's unit, one's own, nothing hides it, or an appeal waits.

    """
    if not rules.can_hide_offer(by, offer) or not show_row(by=by, kind="mentoring_offer", row_id=offer.pk):
        raise PermissionDenied


@transaction.atomic
def hide_offer_row(offer: MentoringOffer, *, by: Person, reason: str = "") -> None:
    """Hide an offer. The caller asked who may, and keeps why."""
    MentoringOffer.objects.filter(pk=offer.pk).update(is_hidden=True, version=F("version") + 1)


@transaction.atomic
def show_offer_row(offer: MentoringOffer, *, by: Person) -> None:
    """Show a hidden offer again. The caller asked who may."""
    MentoringOffer.objects.filter(pk=offer.pk).update(is_hidden=False, version=F("version") + 1)


@transaction.atomic
def follow_merged_skill(*, source_id: int, into_id: int) -> None:
    """Move offers about a skill that was merged to the other skill, once each."""
    twice = OfferSkill.objects.filter(skill=into_id).values("offer")
    OfferSkill.objects.filter(skill=source_id, offer__in=list(twice.values_list("offer", flat=True))).delete()
    OfferSkill.objects.filter(skill=source_id).update(skill=into_id)
