"""What there is to translate, read from the source without gettext, and what is wrong with the French catalogue."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation import template as django_templates

from .tree import HOUSE, Tree

FRENCH = HOUSE / "rse" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "Maillage",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}

# What the arguments of each function are: c a context, s the singular or the only text, p the plural.
SHAPES = {
    "_": "s",
    "gettext": "s",
    "gettext_lazy": "s",
    "gettext_noop": "s",
    "ngettext": "sp",
    "ngettext_lazy": "sp",
    "pgettext": "cs",
    "pgettext_lazy": "cs",
    "npgettext": "csp",
    "npgettext_lazy": "csp",
}
LITERAL = r"u?(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
CALL = re.compile(rf"(?<!\w)(?P<name>n?p?gettext|_)\(\s*(?P<texts>{LITERAL}(?:\s*,\s*{LITERAL})*)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[-+ #0-9.]*[a-z]|%[-+ #0-9.]*[a-z%]|{(\w*)}")

ACCENTS = re.compile("[àâçéèêëîïôùûœÀÂÇÉÈÊËÎÏÔÙÛŒ«»]")
FRENCH_WORDS = re.compile(
    r"\b(le|la|les|des|une|du|vous|votre|vos|nous|notre|est|sont|avec|pour|dans|sur|qui|ou|cette|aucune?|pas)\b", re.IGNORECASE
)
LOAN_WORDS = re.compile(r"\b(résumé|café|naïve)s?\b", re.IGNORECASE)
ENOUGH_FRENCH = 2  # "sur", "est" or "pour" alone may be a name

# What a refresh puts right by itself: a keyboard writes an ordinary space.
SPACES = (
    (re.compile(r"(?<=\S) (?=[?!;])"), "\u202f"),
    (re.compile(r"(?<=\S) (?=:(?:\s|$))"), "\u00a0"),
    (re.compile(r"(?<=«) | (?=»)"), "\u00a0"),
    (re.compile(r"(?<=[^\W\d])'(?=[^\W\d])"), "’"),
)
TYPOGRAPHY = (
    (re.compile(r"\w'\w"), "the apostrophe is ’"),
    (re.compile(r"\.\.\."), "three points are …"),
    (re.compile(r"[^\W\d]\s?\"|\"\s?[^\W\d]"), "quotes are « and »"),
    (re.compile(r"(?:[^\W\d]|\)|}s|[ ])[?!;](?!\w)"), "a no-break space stands before ? ! ;"),
    (re.compile(r"(?:[^\W\d]|\)|[ ]):(?=[ \n]|$)"), "a no-break space stands before :"),
    (re.compile(r"«[^\u00a0\u202f]|[^\u00a0\u202f]»"), "a no-break space stands inside « and »"),
    (re.compile(r"[“”]"), "quotes are « and »"),
    (
        re.compile(
            r"\b(?:de|que|[Jj]usque|[Ll]orsque|[Pp]uisque|le|la) %\((?:\w*_)?(?:name|who|whom|company|asker|person|owner|mentor)\)s"
        ),
        "a name may begin with a vowel: give it by the filter of, or say it otherwise",
    ),
)
NUMBERED = re.compile(r"%\((?:count|done|lines|people|days|weeks|rows)\)[ds] (?!sur\b)\w+s\b")


@dataclass(frozen=True, order=True)
class Key:
    singular: str
    context: str = ""


@dataclass
class Message:
    plurals: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)


def extracted(tree: Tree) -> dict[Key, Message]:
    """Every text of the product that is marked to be translated, with its plural and where it stands."""
    found: dict[Key, Message] = {}
    for place, shape, texts in [*_in_python(tree), *_in_templates(tree)]:
        said = dict(zip(shape, texts, strict=False))
        if said.get("s"):
            message = found.setdefault(Key(said["s"], said.get("c", "")), Message())
            message.places.append(place)
            message.plurals |= {said["p"]} if "p" in said else set()
    return found


def unreadable(tree: Tree) -> list[str]:
    """Every f-string that asks to be translated: it is another text each time, so no catalogue can hold it."""
    return [
        f"{module.place}:{node.lineno}: an f-string cannot be translated: a text with %(name)s, then % {{…}}"
        for module in tree.modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _name(node) in SHAPES and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]


def _in_python(tree: Tree) -> Iterator[tuple[str, str, list[str]]]:
    for module in tree.modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (shape := SHAPES.get(_name(node))):
                values = [argument.value for argument in node.args[: len(shape)] if isinstance(argument, ast.Constant)]
                texts = [value for value in values if isinstance(value, str)]
                if len(texts) == len(shape):
                    yield f"{module.place}:{node.lineno}", shape, texts


def _in_templates(tree: Tree) -> Iterator[tuple[str, str, list[str]]]:
    for template in tree.templates:
        python = django_templates.templatize(template.text, origin=template.place)
        for match in CALL.finditer(python):
            texts = [ast.literal_eval(text) for text in re.findall(LITERAL, match["texts"])]
            yield template.place, SHAPES[match["name"]], texts


def _name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def source_problems(messages: dict[Key, Message]) -> list[str]:
    """What is wrong with the source texts themselves."""
    problems = []
    for key, message in sorted(messages.items()):
        where = message.places[0]
        if len(message.plurals) > 1:
            problems.append(f"{where}: {key.singular!r} has two plurals: {sorted(message.plurals)}")
        for text in (key.singular, *message.plurals):
            plain = LOAN_WORDS.sub("", text)
            if ACCENTS.search(plain) or len(FRENCH_WORDS.findall(plain)) >= ENOUGH_FRENCH:
                problems.append(f"{where}: {text!r} looks French: the source is English, its French is in the catalogue")
            if any(not (match[1] or match[2] or match[0] == "%%") for match in PLACEHOLDER.finditer(text)) and "%" in text:
                problems.append(f"{where}: {text!r}: a placeholder has a name")
    return problems


def catalogue_problems(messages: dict[Key, Message], catalogue: polib.POFile) -> list[str]:
    """What is missing from the catalogue, too many in it, or wrong in it."""
    entries = {Key(entry.msgid, entry.msgctxt or ""): entry for entry in catalogue if not entry.obsolete}
    problems = [f"{messages[key].places[0]}: {key.singular!r} is not in the catalogue" for key in sorted(messages.keys() - entries.keys())]
    problems += [f"{key.singular!r} is in the catalogue and nowhere in the source" for key in sorted(entries.keys() - messages.keys())]
    for key in sorted(messages.keys() & entries.keys()):
        problems += [f"{key.singular!r}: {what}" for what in _entry_problems(entries[key], messages[key])]
    return problems


def _entry_problems(entry: polib.POEntry, message: Message) -> Iterator[str]:
    if entry.fuzzy:
        yield "the translation is marked as a guess"
    if message.plurals != ({entry.msgid_plural} if entry.msgid_plural else set()):
        yield f"the plural of the source is {sorted(message.plurals)}, that of the catalogue {entry.msgid_plural!r}"
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not texts or not all(text.strip() for text in texts):
        yield "no translation"
        return
    one, many = placeholders(entry.msgid), placeholders(entry.msgid_plural or entry.msgid)
    for number, text in enumerate(texts):
        if placeholders(text) not in ([one, many] if number == 0 else [many]):
            yield f"the placeholders differ in {text!r}"
        if entry.msgid.strip() and (entry.msgid[0] == "\n", entry.msgid[-1] == "\n") != (text[0] == "\n", text[-1] == "\n"):
            yield f"the line breaks at the ends differ in {text!r}"
        spoken = re.sub(r"<[^>]*>|https?://\S+|&\w+;", "", text)
        yield from (f"{what} in {text!r}" for pattern, what in TYPOGRAPHY if pattern.search(spoken))
        if not entry.msgid_plural and NUMBERED.search(spoken):
            yield f"one of them would be several in {text!r}"


def placeholders(text: str) -> list[str]:
    """The placeholders of ``text`` in a fixed order, however its language puts them."""
    return sorted(match[0] for match in PLACEHOLDER.finditer(text))


def refresh(messages: dict[Key, Message], path: Path = FRENCH) -> tuple[int, int, int]:
    """Bring the catalogue up to the source, sorted; how many texts came, how many went, and how many wait for their translation."""
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    entries = {Key(entry.msgid, entry.msgctxt or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = HEADER | {name: value for name, value in old.metadata.items() if name not in HEADER}
    for key, message in sorted(messages.items()):
        new.append(_entry(key, message, entries.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    waiting = sum(1 for entry in new if not _is_translated(entry))
    return len(messages.keys() - entries.keys()), len(entries.keys() - messages.keys()), waiting


def _entry(key: Key, message: Message, old: polib.POEntry | None) -> polib.POEntry:
    plural = min(message.plurals, default="")
    entry = polib.POEntry(msgid=key.singular, msgid_plural=plural, msgctxt=key.context or None)
    if plural:
        entry.msgstr_plural = {0: "", 1: ""} | ({number: spaced(text) for number, text in old.msgstr_plural.items()} if old else {})
    else:
        entry.msgstr = spaced(old.msgstr) if old else ""
    entry.tcomment = old.tcomment if old else ""
    entry.flags = ["python-format"] if "%" in f"{key.singular}{plural}" else []
    return entry


def spaced(text: str) -> str:
    """``text`` with the spaces and the apostrophe of French print."""
    for pattern, right in SPACES:
        text = pattern.sub(right, text)
    return text


def _is_translated(entry: polib.POEntry) -> bool:
    texts: Iterable[str] = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(texts)
