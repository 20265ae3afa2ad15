"""Reactions to what happens elsewhere."""

from rse.core.events.bus import publish
from rse.identity import mail

from . import queries
from .events import ReopeningMailDue
from .models import Seal
from .services import offers, pairs, seals


def note_factor(sender, request, user, method, **kwargs):
    """Take the seal off for whoever has just signed in with the second factor of before."""
    if method == "mfa":
        seals.note_factor(person=user, kind=kwargs.get("type", ""), shown=kwargs.get("id"))


def spread_to_addresses(recorded):
    """Publish one event per address of a person whose words HR is asked to open, so that each mail is tried again by itself."""
    if (seal := _asked_seal(recorded)) is not None:
        for place in range(len(seal.addresses)):
            publish(ReopeningMailDue(subject=("mentoring_seal", seal.pk), place=place))


def write_to_address(recorded):
    """Tell one address of a person that HR is asked to open their words, if that is still so."""
    seal, place = _asked_seal(recorded), recorded.facets["place"]
    if seal is not None and place < len(seal.addresses):
        opens_from, address = queries.opens_from(seal), seal.addresses[place]
        mail.send("reopening", folder="mentoring/mail", person=seal.person, address=address, opens_from=opens_from)


def _asked_seal(recorded):
    return Seal.objects.filter(pk=recorded.facets["subject"][1], asked_at__isnull=False).select_related("person__site").first()


def settle_lines(recorded):
    """Freeze and unfreeze pairs after the management lines may have moved."""
    pairs.settle_lines()


def follow_merged_skill(recorded):
    offers.follow_merged_skill(source_id=recorded.facets["source_id"], into_id=recorded.facets["into_id"])
