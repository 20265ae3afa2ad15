"""What this room adds to the pages of others."""

from . import queries, rules


def todo(reader, page):
    """Return how many people of this reader's are absent from the files of HR and wait for a word; None when there are none."""
    if not rules.can_see_unlisted(reader):
        return None
    waiting = queries.unlisted_for(reader).waiting().count()
    return {"waiting": waiting} if waiting else None


def person_actions(reader, page):
    """Return whether ``reader`` may correct facts of the person of the profile by hand; None where they may not."""
    return {"may_correct": True} if rules.can_correct(reader, page["subject"]) else None
