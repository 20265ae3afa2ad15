"""What this room adds to the pages of the house."""

from .composing import composer_for
from .queries import audience_feed, home_feed

MOST_TOPICS = 100


def home_feed_block(reader, page):
    """The home feed, with the composer above it."""
    composer = composer_for(reader)
    return feed_context(reader) | {"composer": composer, "topics": topics_of(composer.audiences)}


def feed_context(reader, audience=None, after=None):
    """What ``feed/_feed.html`` shows: the page of the home feed, or of one audience."""
    page = audience_feed(reader, audience, after) if audience else home_feed(reader, after)
    return {"page": page, "within": audience, "topics": topics_of([audience]) if audience else ""}


def topics_of(audiences):
    """What a page that shows these audiences watches."""
    return " ".join(f"audience.{audience.pk}" for audience in audiences[:MOST_TOPICS])
