"""Texts that people write, in Markdown or in plain words, made safe to show; and the plain words of Markdown."""

import re
from collections.abc import Callable
from functools import cache

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from linkify_it import LinkifyIt
from linkify_it.main import Match
from markdown_it import MarkdownIt
from markdown_it.token import Token

Pattern = re.Pattern[str]

LONGEST = 20_000  # characters that are rendered at most; forms refuse longer texts before
BUDGET = 3_000  # marks, lines, cells of tables and addresses that are rendered: what holds more is shown as it was typed
READ_FOR_EXCERPT = 2_000  # characters
MOST_ADDRESSES = 200  # that are made links
MARKS = re.compile(r"[\[\]!*_`~<&\\>|\n]")
SIGN_OF_ADDRESS = re.compile(r"@|://|www\.", re.IGNORECASE)
DELIMITER_ROW = re.compile(r"^[ \t>|:-]*-[ \t|:-]*$", re.MULTILINE)

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


def render_markdown(text: str, *, images: Pattern | None = None, top_heading: int = 3, longest: int = LONGEST) -> SafeString:
    """Render ``text`` as HTML without markup of its own, links to http, https, mailto and this site only, sanitised as the last step.

    Pictures at an address of this site that ``images`` matches are let in; any other becomes a link to it. The highest level of headings
    comes out at ``top_heading``, the next one right under it. What stands beyond ``longest`` characters is not rendered; a text of more
    marks, lines and cells than a person writes (``BUDGET``) comes out as it was typed.
    """
    text = _bounded(text, longest)
    if _cost(text) > BUDGET:
        return render_words(text)
    parser = _parser(images)
    tokens = parser.parse(text, {})
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(levels.index(token.tag) + top_heading, 6)}"
    return mark_safe(sanitise(parser.renderer.render(tokens, parser.options, {}), images=images))  # noqa: S308 - nh3 had the last word


def render_words(text: str) -> SafeString:
    """Render plain words as HTML: paragraphs and lines as they were typed, typed addresses as links; sanitised as the last step."""
    html = _linked(re.sub(r"\r\n?", "\n", _bounded(text, LONGEST)).strip())
    html = "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in re.split(r"\n{2,}", html) if part)
    return mark_safe(sanitise(html))  # noqa: S308 - nh3 had the last word


def sanitise(html: str, *, images: Pattern | None = None) -> str:
    """Remove from ``html`` everything that is not on our list; done again, it changes nothing."""
    return nh3.clean(
        html,
        tags=TAGS | {"img"} if images else TAGS,
        attributes=ATTRIBUTES | PICTURE if images else ATTRIBUTES,
        attribute_filter=_filter(images),
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def excerpt(text: str, length: int = 160) -> str:
    """Return the beginning of ``text`` as plain words on one line, cut between two words and ended by « … » past ``length``."""
    text = _bounded(text, min(READ_FOR_EXCERPT + 2 * length, LONGEST))
    words = " ".join((text if _cost(text) > BUDGET else " ".join(_said(_reader().parse(text, {})))).split())
    if len(words) <= length:
        return words
    kept = words[:length]
    if words[length] != " " and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.-–—") + "…"


class TypedAddresses(LinkifyIt):
    """Finds addresses with a scheme, those that begin with « www. » and those of mail; the name of a file is none."""

    def __init__(self) -> None:
        super().__init__(options={"fuzzy_link": False, "fuzzy_email": True})
        self.after_www = re.compile(self.re["src_host_port_strict"] + self.re["src_path"], re.IGNORECASE)
        self.add("www.", {"validate": self._length_after_www, "normalize": self._lead_to_https})

    def _length_after_www(self, text: str, place: int) -> int:
        found = self.after_www.match(text, place)
        return len(found.group()) if found else 0

    def _lead_to_https(self, match: Match) -> None:
        match.url = f"https://{match.raw}"


TYPED_ADDRESSES = TypedAddresses()


def _linked(text: str) -> str:
    """Return plain words escaped, their addresses as links where they are not thousands."""
    html, place = [], 0
    for found in (TYPED_ADDRESSES.match(text) or []) if _addresses(text) <= MOST_ADDRESSES else []:
        if is_address(found.url):
            html += [escape(text[place : found.index]), f'<a href="{escape(found.url)}">{escape(found.raw)}</a>']
            place = found.last_index
    return "".join([*html, escape(text[place:])])


def _cost(text: str) -> int:
    """Return how much of a parser's work ``text`` asks for: marks, lines, and the cells that the rows of a table are filled up to."""
    columns = max((row.group().count("|") + 1 for row in DELIMITER_ROW.finditer(text)), default=0)
    return len(MARKS.findall(text)) + columns * text.count("\n") + 5 * _addresses(text)


def _addresses(text: str) -> int:
    """Return how many addresses ``text`` holds at most."""
    return len(SIGN_OF_ADDRESS.findall(text))


@cache
def _reader() -> MarkdownIt:
    """Return a parser of what Markdown says, for whoever wants its words alone."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.validateLink = is_address  # type: ignore[method-assign]
    return parser


@cache
def _parser(images: Pattern | None) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True}).enable(["table", "strikethrough", "linkify"])
    parser.linkify = TYPED_ADDRESSES
    parser.validateLink = is_address  # type: ignore[method-assign]
    drawn = parser.renderer.rules["image"]

    def picture(renderer, tokens, place, options, env):  # type: ignore[no-untyped-def]
        token = tokens[place]
        address = str(token.attrs["src"])
        if _is_let_in(address, images):
            token.attrs["loading"] = "lazy"
            return drawn(tokens, place, options, env)
        words = escape(renderer.renderInlineAsText(token.children, options, env) or address)
        return words if _is_in_link(tokens, place) else f'<a href="{escape(address)}">{words}</a>'

    parser.add_render_rule("image", picture)
    return parser


def _is_in_link(tokens: list[Token], place: int) -> bool:
    kinds = [token.type for token in tokens[:place]]
    return kinds.count("link_open") > kinds.count("link_close")


def is_address(url: str) -> bool:
    """Return whether a link may lead to ``url``."""
    return bool(ADDRESS.fullmatch(url))


def _bounded(text: str, longest: int) -> str:
    return text[:longest].replace("\x00", "")


def _is_let_in(address: str, images: Pattern | None) -> bool:
    return images is not None and bool(INSIDE.fullmatch(address) and images.fullmatch(address))


@cache
def _filter(images: Pattern | None) -> Callable[[str, str, str], str | None]:
    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            return value if is_address(value) else None
        if attribute == "src":
            return value if _is_let_in(value, images) else None
        return value

    return kept


def pictures_in(text: str, images: Pattern) -> list[tuple[str, str]]:
    """Return the address of each picture that ``text`` shows and ``images`` lets in, with the words that say what it shows."""
    tokens = [] if _cost(text) > BUDGET else _reader().parse(text, {})
    found = [child for token in tokens for child in token.children or [] if child.type == "image"]
    said = [(str(one.attrs["src"]), " ".join("".join(_inline(one.children or [])).split())) for one in found]
    return [(address, words) for address, words in said if _is_let_in(address, images)]


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
