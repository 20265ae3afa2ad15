"""The text of a page as HTML, with what its contents are made of."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from rse.core.public_ids import PUBLIC_ID
from rse.core.web.markdown import pictures_in, render_markdown
from rse.governance.services.charter import LONGEST

HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
PICTURES = re.compile(rf"/handbook/pictures/({PUBLIC_ID})/")  # the addresses of those that a page shows
SHOWN = re.compile(rf'<img src="{PICTURES.pattern}"')
WORTH_CONTENTS = 3  # headings from which a list of contents helps


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: str


@dataclass(frozen=True)
class Text:
    html: SafeString
    contents: tuple[Heading, ...]

    @property
    def pictures(self):
        """The public ids of the pictures that it shows."""
        return set(SHOWN.findall(self.html))

    def with_sizes(self, sizes):
        """Return the text with room for each picture whose width and height ``sizes`` says by its public id, so that nothing jumps."""

        def sized(match):
            if match[1] not in sizes:
                return match[0]
            width, height = sizes[match[1]]
            return f'<img width="{width}" height="{height}"{match[0].removeprefix("<img")}'

        return replace(self, html=mark_safe(SHOWN.sub(sized, self.html)))  # noqa: S308 - sanitised, then given numbers of ours


def text_of(markdown, *, shows_pictures=True):
    """Render ``markdown``, its highest headings below that of the page, each with an anchor; contents only where there are several."""
    html = str(render_markdown(markdown, images=PICTURES if shows_pictures else None, top_heading=2, longest=LONGEST))
    headings: list[Any] = []

    def anchored(match):
        headings.append(Heading(f"part-{len(headings) + 1}", _plain(match[1])))
        return f'<h2 id="{headings[-1].anchor}">{match[1]}</h2>'

    html = HEADING.sub(anchored, html)
    return Text(mark_safe(html), tuple(headings) if len(headings) >= WORTH_CONTENTS else ())  # noqa: S308 - sanitised, then given ids of ours


def unsaid_pictures(markdown):
    """Return the addresses of the pictures in ``markdown`` of which no word says what they show."""
    return [address for address, words in pictures_in(markdown, PICTURES) if not words]


def _plain(html):
    return mark_safe(strip_tags(html))  # noqa: S308 - what the sanitiser let through, without its tags: entities are as they were
