"""The text of a page as HTML, with what its contents are made of."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from rse.core.web.markdown import render_markdown
from rse.governance.services.charter import LONGEST

HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
WORTH_CONTENTS = 3  # headings from which a list of contents helps


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: str


@dataclass(frozen=True)
class Text:
    html: SafeString
    contents: tuple[Heading, ...]


def text_of(markdown):
    """Render ``markdown``, its highest headings below that of the page, each with an anchor; contents only where there are several."""
    html = str(render_markdown(markdown, top_heading=2, longest=LONGEST))
    headings: list[Any] = []

    def anchored(match):
        headings.append(Heading(f"part-{len(headings) + 1}", _plain(match[1])))
        return f'<h2 id="{headings[-1].anchor}">{match[1]}</h2>'

    html = HEADING.sub(anchored, html)
    return Text(mark_safe(html), tuple(headings) if len(headings) >= WORTH_CONTENTS else ())  # noqa: S308 - sanitised, then given ids of ours


def _plain(html):
    return mark_safe(strip_tags(html))  # noqa: S308 - what the sanitiser let through, without its tags: entities are as they were
