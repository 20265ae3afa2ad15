"""Reactions to what happens elsewhere."""

from rse.identity import mail

from . import queries
from .models import Seal
from .services import offers, pairs, seals


def note_factor(sender, request, user, method, **kwargs):
    """Take the seal off for whoever has just signed in with the second factor of before."""
    if method == "mfa":
        seals.note_factor(person=user, kind=kwargs.get("type", ""))


def write_to_addresses(recorded):
    """Tell every address of a person that HR is asked to open their words, if that is still so."""
    seal = Seal.objects.filter(pk=recorded.facets["subject"][1], asked_at__isnull=False).select_related("person__site").first()
    if seal is not None:
        for address in seal.addresses:
            mail.send("reopening", folder="mentoring/mail", person=seal.person, address=address, opens_from=queries.opens_from(seal))


def settle_lines(recorded):
    """Management lines may have moved."""
    pairs.settle_lines()


def follow_merged_skill(recorded):
    offers.follow_merged_skill(source_id=recorded.facets["source_id"], into_id=recorded.facets["into_id"])
