"""What the handbook adds to pages of other rooms."""

from . import queries, rules


def charter_page(reader, page):
    """On the page of the charter: where its text is written, for who reads it there or edits it."""
    found = queries.published_charter_page(reader)
    return {"page": found, "title": found.heading().title, "may_edit": rules.can_edit_page(reader, found)} if found else None
