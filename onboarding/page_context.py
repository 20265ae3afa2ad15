"""What several pages of this room share: the cards beside a journey."""

from . import queries, rules
from .enums import Actor


def beside(reader, shown):
    """Return the context of the column beside a journey: the buddy, the cohort with its faces, who manages."""
    journey = shown.journey
    faces, members = queries.faces_of(reader, journey.cohort)
    return {
        "buddy": journey.buddy,
        "asked": queries.standing_request(reader, journey) if rules.can_ask_buddy(reader, journey) else None,
        "faces": faces,
        "member_count": members,
        "managers": queries.managers_of(journey),
        "may_ask_buddy": rules.can_ask_buddy(reader, journey),
        "may_end_buddy": rules.can_end_buddy(reader, journey),
        "may_thank": rules.can_thank(reader, journey),
        "may_steer": rules.can_steer(reader, journey),
        "may_note": rules.can_note(reader, journey),
        "may_export": rules.can_export(reader, journey),
        "is_newcomer": Actor.NEWCOMER in shown.actors,
        "is_hr": Actor.HR in shown.actors,
    }
