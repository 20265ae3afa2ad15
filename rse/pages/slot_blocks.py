"""What the handbook adds to pages of other rooms."""

from . import queries, rules


def charter_page(reader, page):
    """Return, for the page of the charter, the handbook page where its text is written; None for those who read none there."""
    found = queries.published_charter_page(reader)
    return {"page": found, "title": found.heading().title, "may_edit": rules.can_edit_page(reader, found)} if found else None
