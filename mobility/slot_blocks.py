"""What this room adds to the home page."""

from . import queries


def todo(reader, page):
    """Return the applications nobody has begun to read, offers to answer, and what a report told their manager; None when there is none."""
    if not reader.is_present:
        return None
    waiting, offers, told = queries.waiting_for(reader), queries.offers_to_answer(reader), queries.informing(reader)
    told = [one for one in told if one.is_live]
    return {"waiting": waiting, "offers": offers, "told": told} if waiting or offers or told else None


def newest(reader, page):
    """Return the three openings that were published last."""
    openings = queries.newest_openings(reader) if reader.is_present else []
    return {"openings": openings} if openings else None
