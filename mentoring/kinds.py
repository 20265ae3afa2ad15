"""What of this room can be linked to. Nothing here is found by a search; of pairs and requests, no title says anything."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core.access.kinds import Kind, register
from rse.core.elision import of

from .models import MentoringOffer, MentoringPair, MentoringRequest, Seal
from .services import offers


def register_all():
    """Register the kinds of this room."""
    register(
        Kind(
            name="mentoring_offer",
            model=MentoringOffer,
            label=_("Mentoring offer"),
            icon="handshake",
            address=lambda offer: offer.get_absolute_url(),
            title=lambda offer: _("Mentoring offer %(of_name)s") % {"of_name": of(offer.mentor.name)},
            card="mentoring/_reference.html",
            about=lambda offer: offer.mentor_id,
            with_card=lambda rows: rows.select_related("mentor"),
            hide=offers.hide_offer_row,
            show=offers.show_offer_row,
        )
    )
    register(
        Kind(
            name="mentoring_request",
            model=MentoringRequest,
            label=_("Mentoring request"),
            icon="handshake",
            is_confidential=True,
            address=lambda request: request.get_absolute_url(),
            title=lambda request: _("A request"),
            about=lambda request: request.mentee_id,
        )
    )
    register(
        Kind(
            name="mentoring_pair",
            model=MentoringPair,
            label=_("Private space"),
            icon="lock",
            is_confidential=True,
            address=lambda pair: pair.get_absolute_url(),
            title=lambda pair: _("A private space"),
        )
    )
    register(
        Kind(
            name="mentoring_seal",
            model=Seal,
            label=_("Words under seal"),
            icon="lock",
            is_confidential=True,
            address=lambda seal: reverse("mentoring:reopenings"),
            title=lambda seal: _("Words under seal"),
            about=lambda seal: seal.person_id,
        )
    )


def told_to_oneself(ids, person):
    """Return, for the notices about somebody's own seal, that they alone are told."""
    return {person.pk: {"address": reverse("mentoring:sealed")}} if person.pk in ids else {}
