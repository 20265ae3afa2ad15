"""What this room adds to the pages of others."""

import datetime

from rse.core import clock

from . import queries

DAYS_AHEAD = 14


def todo(reader, page):
    """Return the requests to answer, and the next session; None when there is neither."""
    if not reader.is_present:
        return None
    waiting = queries.waiting_count(reader)
    sessions = queries.next_sessions(reader, until=clock.today() + datetime.timedelta(days=DAYS_AHEAD))
    return {"waiting": waiting, "session": sessions[0] if sessions else None} if waiting or sessions else None


def offer_on_profile(reader, page):
    """Return what the subject offers help on, for whoever may read the offer; None for others."""
    subject = page["subject"]
    if not (reader.is_present and subject.is_present):
        return None
    offer = queries.offer_of_other(reader, subject)
    if offer is None:
        return None
    is_own = reader.pk == subject.pk
    may_ask = not is_own and queries.obstacle_for(reader, offer) is None
    return {"offer": offer, "skills": queries.skills_of_offer(offer), "is_own": is_own, "may_ask": may_ask}
