"""What this room adds to the pages of the house."""

from .composer import composer_for
from .queries import audience_feed, audiences_to_ask_in, home_feed

MOST_TOPICS = 100


def home_feed_block(reader, page):
    """Return the context of the home feed, with the composer above it."""
    composer = composer_for(reader)
    return feed_context(reader) | {"composer": composer, "topics": topics_of(composer.audiences)}


def ask_on_profile(reader, page):
    """Return the subject, where the reader and they both read some audience that the reader writes in; None elsewhere."""
    subject = page["subject"]
    return {"subject": subject} if subject.may_sign_in and audiences_to_ask_in(reader, subject) else None


def feed_context(reader, audience=None, after=None):
    """Return the context of ``feed/_feed.html``: the page of the home feed, or of one audience."""
    page = audience_feed(reader, audience, after) if audience else home_feed(reader, after)
    return {
        "page": page,
        "older": page.older and page.older.sealed(reader, place_of(audience)),
        "mark": page.mark and page.mark.sealed(reader, place_of(audience)),
        "within": audience,
        "topics": topics_of([audience]) if audience else "",
    }


def place_of(audience):
    """Return what the cursors of a feed are sealed for: the feed of ``audience``, or everything of one's own for None."""
    return f"feed of {audience.public_id}" if audience else "feed"


def topics_of(audiences):
    """Return the topics that a page that shows these audiences watches, separated by spaces."""
    return " ".join(f"audience.{audience.public_id}" for audience in audiences[:MOST_TOPICS])
