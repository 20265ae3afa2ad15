"""Rules about templates and scripts: what the policy of our pages would block, what nobody translated, and what asks another clock."""

import re
from collections.abc import Iterator
from pathlib import Path

from .tree import Template, Tree

TAG = re.compile(r"<(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|{%.*?%}|{{.*?}}|[^>\"'])*)>", re.DOTALL)
SCRIPT = re.compile(
    r"<script(?P<attributes>(?:\"[^\"]*\"|'[^']*'|{%.*?%}|{{.*?}}|[^>\"'])*)>(?P<inside>.*?)</script>", re.DOTALL | re.IGNORECASE
)
ATTRIBUTE = re.compile(r"(?<![\w\-:@.\"'])(?P<name>[\w\-:@.]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'>]+))")
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
BLOCK = re.compile(r"{%\s*block\s+(\w+)")
TRANSLATED = re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{%\s*verbatim\b.*?{%\s*endverbatim\b.*?%}", re.DOTALL)
NO_PROSE = re.compile(r"<(script|style|code|pre|kbd|svg)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,}")
SAID = {
    "title",
    "alt",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "hx-confirm",
    "hx-prompt",
}

# These are the same in every language.
NAMES = {"Maillage", "Markdown", "CSV", "XLSX", "PDF", "HTML", "TOTP", "URL"}

# What a form is in a browser: a control of that name or id would stand in its place, and ``form.remove()`` would call a button.
FORM_MEMBERS = frozenset((Path(__file__).parent / "form_members.txt").read_text(encoding="utf-8").split())
CONTROLS = {"button", "fieldset", "input", "object", "output", "select", "textarea"}

EVALUATED = re.compile(
    r"\beval\s*\(|\bnew\s+Function\b|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]|\.setAttribute\(\s*[\"']style[\"']|\bjavascript:"
)


def violations(tree: Tree) -> list[str]:
    """Every place of a page or a script that breaks a rule, as a sentence."""
    pages = [template for template in tree.templates if template.name.endswith(".html") and not _is_mail(template)]
    in_attributes = frozenset(name for page in pages for tag in TAG.finditer(page.spoken) for name in BLOCK.findall(tag["attributes"]))
    found = [
        f"{template.place}:{template.line_at(position)}: {sentence}"
        for template in pages
        for rule in (scripts, styles, attributes, controls, other_clock, lambda page: bare_words(page, in_attributes))
        for position, sentence in rule(template)
    ]
    for path in tree.scripts:
        text = path.read_text(encoding="utf-8")
        for match in EVALUATED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{tree.place(path)}:{line}: {match[0].strip()} makes code of a text, or a style, which the policy refuses")
    return found


def _is_mail(template: Template) -> bool:
    """A mail carries its styles with it, and no policy applies to it."""
    return "mail" in template.name.split("/")[:-1]


def scripts(template: Template) -> Iterator[tuple[int, str]]:
    for match in SCRIPT.finditer(template.spoken):
        given = _attributes(match["attributes"])
        if given.get("type", "") in {"application/json", "application/ld+json"}:
            continue
        if not given.get("nonce"):
            yield match.start(), "a script without the page's nonce does not run"
        if match["inside"].strip():
            yield match.start(), "a script stands in a file of ours, not in the page"


def styles(template: Template) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"<style\b", template.spoken, re.IGNORECASE):
        yield match.start(), "a style stands in the stylesheet: the policy refuses it here"


def attributes(template: Template) -> Iterator[tuple[int, str]]:
    for tag in TAG.finditer(template.spoken):
        for name, value in _attributes(tag["attributes"]).items():
            if name == "style":
                yield tag.start(), "style= is refused by the policy: a class, or a data- attribute that the stylesheet reads"
            elif re.match(r"(data-)?hx-on\b", name):
                yield tag.start(), f"{name} needs eval: a data- attribute and a few lines in our script"
            elif re.fullmatch(r"on[a-z]+", name):
                yield tag.start(), f"{name}= is refused by the policy: a data- attribute and a few lines in our script"
            elif re.fullmatch(r"(data-)?hx-(vals|headers|vars|request)", name) and re.match(r"\s*(js|javascript):", value):
                yield tag.start(), f'{name}="js:…" needs eval: plain JSON'
            elif re.fullmatch(r"(data-)?hx-trigger", name) and "[" in TEMPLATE_TAG.sub("", value):
                yield tag.start(), "a filter in hx-trigger needs eval: fire an event of your own"
            elif value.strip().lower().startswith("javascript:"):
                yield tag.start(), f'{name}="javascript:…" is refused by the policy'


def controls(template: Template) -> Iterator[tuple[int, str]]:
    for tag in TAG.finditer(template.spoken):
        if tag["name"].lower() in CONTROLS:
            given = _attributes(tag["attributes"])
            for said in {given.get("name", ""), given.get("id", "")} & FORM_MEMBERS:
                yield tag.start(), f'a control called "{said}" hides what a form is for scripts: another name'


def other_clock(template: Template) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"{%\s*now\b", template.spoken):
        yield match.start(), "{% now %} does not move with the clock: the view passes the time"


def bare_words(template: Template, in_attributes: frozenset[str] = frozenset()) -> Iterator[tuple[int, str]]:
    """Words of the page itself that would be English, or French, for everybody; the blocks ``in_attributes`` hold classes, not prose."""
    classes = [re.compile(rf"{{%\s*block\s+{name}\s*%}}.*?{{%\s*endblock\b.*?%}}", re.DOTALL) for name in in_attributes]
    blank = _blank(template.spoken, TRANSLATED, NO_PROSE, *classes)
    for tag in TAG.finditer(blank):
        for name, value in _attributes(tag["attributes"]).items():
            if name in SAID and (word := _bare(TEMPLATE_TAG.sub(" ", value))):
                yield tag.start(), f'"{word}" in {name}= is not translated'
    prose = _blank(blank, TEMPLATE_TAG, re.compile(r"<!doctype[^>]*>|<!--.*?-->", re.DOTALL | re.IGNORECASE))
    prose = _blank(prose, TAG, re.compile(r"</[\w-]+\s*>|&#?\w+;"))
    for line in re.finditer(r"[^\n]+", prose):
        if word := _bare(line[0]):
            yield line.start() + line[0].index(word), f'"{word}" is not translated'


def _bare(text: str) -> str:
    return next((word for word in WORD.findall(text) if word not in NAMES), "")


def _blank(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


def _attributes(text: str) -> dict[str, str]:
    # A template tag inside a value may hold quotes: {% translate "Menu" %}. It stands as one mark while attributes are told apart.
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\0{len(held) - 1}\0"

    flat = TEMPLATE_TAG.sub(hold, text)
    found = {}
    for match in ATTRIBUTE.finditer(flat):
        value = next(part for part in (match["double"], match["single"], match["plain"]) if part is not None)
        found[match["name"].lower()] = re.sub(r"\0(\d+)\0", lambda mark: held[int(mark[1])], value)
    return found
