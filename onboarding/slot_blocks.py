"""What this room adds to the home page."""

from . import queries, rules


def todo(reader, page):
    """Return what waits for those who welcome: requests to be a buddy, and the steps of a manager or a buddy.

    None when there is nothing.
    """
    if not reader.is_present:
        return None
    requests = list(queries.requests_to(reader)[:5])
    steps = queries.waiting_steps(reader) if queries.follows_somebody(reader) else []
    return {"requests": requests, "steps": steps} if requests or steps else None


def own_journey(reader, page):
    """Return the next steps of a newcomer's own journey; None when none runs."""
    if not queries.has_journey(reader):
        return None
    journey = queries.journey_of(reader)
    if journey is None or not journey.is_running:
        return None
    return {"journey": journey, "steps": queries.own_steps(reader)}


def late(reader, page):
    """Count, for HR, the steps that are late, by who does them; each figure leads to its lines."""
    if not rules.can_see_cohorts(reader):
        return None
    counts = queries.late_by_actor(reader)
    return {"hr": counts["hr"], "all": sum(counts.values())} if any(counts.values()) else None
