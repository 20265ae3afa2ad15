"""What this room adds to the pages of others."""

from rse.core.enums import Role

from . import queries
from .visible_fields import cards_for

MOST = 5


def todo(reader, page):
    """Return what waits for this person: invitations, requests to answer or of HR, communities that more will read or nobody owns."""
    invitations = list(queries.invitations_for(reader)[:MOST])
    hosted = queries.hosted_with_requests(reader)[:MOST]
    announced = list(queries.announced_for(reader)[:MOST])
    creations = list(queries.creations_to_decide(reader)[:MOST]) if reader.holds(Role.HR) else []
    without_owner = list(queries.without_owner(reader)[:MOST])
    if not (invitations or hosted or announced or creations or without_owner):
        return None
    return {
        "invitations": invitations,
        "hosted": hosted,
        "announced": announced,
        "creations": creations,
        "without_owner": without_owner,
    }


def to_join(reader, page):
    """Return a few open communities for who belongs to none; None for others, and where there is none."""
    cards = cards_for(reader, queries.first_communities(reader)) if reader.is_present else []
    return {"cards": cards} if cards else None


def unanswered(reader, page):
    """Return a few questions without an accepted answer, in what this person belongs to; None when there are none."""
    questions = queries.unanswered_for(reader)
    return {"questions": questions} if questions else None
