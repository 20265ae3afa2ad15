"""Markdown that people write, made safe to show, and the plain text of it."""

import re
from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 20_000  # characters that are rendered at most; forms refuse longer texts before

TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "ul", "ol", "li"),
    *("strong", "em", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
PICTURE = {"img": {"src", "alt", "title", "loading"}}
SCHEMES = {"http", "https", "mailto"}
# An address with a scheme we know, a path of this site, or a place in the page. Never `//host` nor `/\host`, which lead elsewhere.
ADDRESS = re.compile(r"(?:https?://[^\s\\]|mailto:[^\s\\]|/(?![/\\])|#)[^\x00-\x20\\]*", re.IGNORECASE)
INSIDE = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


def render_markdown(text: str, *, images: bool = False, top_heading: int = 3, longest: int = LONGEST) -> SafeString:
    """Render ``text`` as HTML without markup of its own, links to http, https, mailto and this site only, sanitised as the last step.

    ``images`` lets pictures of this site in. The highest level of headings comes out at ``top_heading``, the next one right under it. What
    stands beyond ``longest`` characters is not rendered.
    """
    parser = _parser(images)
    tokens = parser.parse(_bounded(text, longest), {})
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(levels.index(token.tag) + top_heading, 6)}"
    return mark_safe(sanitise(parser.renderer.render(tokens, parser.options, {}), images=images))  # noqa: S308 - nh3 had the last word


def sanitise(html: str, *, images: bool = False) -> str:
    """Remove from ``html`` everything that is not on our list; done again, it changes nothing."""
    return nh3.clean(
        html,
        tags=TAGS | {"img"} if images else TAGS,
        attributes=ATTRIBUTES | PICTURE if images else ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def excerpt(text: str, length: int = 160) -> str:
    """Return the beginning of ``text`` as plain words on one line, cut between two words and ended by « … » past ``length``."""
    words = " ".join(" ".join(_said(_parser(images=True).parse(_bounded(text, LONGEST), {}))).split())
    if len(words) <= length:
        return words
    kept = words[:length]
    if words[length] != " " and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.-–—") + "…"


@cache
def _parser(images: bool) -> MarkdownIt:  # noqa: FBT001 - two parsers, kept
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    if not images:
        parser.disable("image")
    parser.validateLink = lambda url: bool(ADDRESS.fullmatch(url))  # type: ignore[method-assign]
    return parser


def _bounded(text: str, longest: int) -> str:
    return text[:longest].replace("\x00", "")


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if ADDRESS.fullmatch(value) else None
    if attribute == "src":
        return value if INSIDE.fullmatch(value) else None
    return value


def _said(tokens: list[Token]) -> list[str]:
    said = []
    for token in tokens:
        if token.type == "inline":
            said.append("".join(_inline(token.children or [])))
        elif token.type in ("fence", "code_block"):
            said.append(token.content)
    return said


def _inline(tokens: list[Token]) -> list[str]:
    said = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            said.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            said.append(" ")
        elif token.type == "image":
            said.extend(_inline(token.children or []))
    return said
