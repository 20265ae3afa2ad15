from .cursors import Cursor, Mark
from .feeds import FeedPage, audience_feed, home_feed, new_since, unread_for
from .people import audiences_to_ask_in, not_told, people_to_name, reader_count, writable_audiences
from .reader_state import Overlay, overlay_for
from .threads import Thread, marks_on, thread_for, versions_of

__all__ = [
    "Cursor",
    "FeedPage",
    "Mark",
    "Overlay",
    "Thread",
    "audience_feed",
    "audiences_to_ask_in",
    "home_feed",
    "marks_on",
    "new_since",
    "not_told",
    "overlay_for",
    "people_to_name",
    "reader_count",
    "thread_for",
    "unread_for",
    "versions_of",
    "writable_audiences",
]
