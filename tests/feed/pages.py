"""How pages of the feed are compared and counted."""

import re

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

HTMX = {"HX-Request": "true"}


def text_of(page):
    """The page without what differs at each drawing."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|name="key" value="[^"]*"', "", page)
    page = re.sub(r"(?:since|after)=[\w-]+", "", page)
    return re.sub(r"\s+", " ", page).strip()


def piece(page, start, end):
    begins = page.index(start)
    return text_of(page[begins : page.index(end, begins) + len(end)])


def publishing(audience, **values):
    return {
        "audience": getattr(audience, "public_id", audience),
        "kind": "message",
        "its_title": "",
        "body": "Bonjour",
        "key": "k1",
        **values,
    }


def queries_of_the_feed(client, address, **headers):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers=headers)
    return [query["sql"] for query in queries.captured_queries if '"feed_' in query["sql"] or " feed_" in query["sql"]]
