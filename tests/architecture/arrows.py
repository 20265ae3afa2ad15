"""Which room knows which: by an import, wherever it stands, and by every name that leads somewhere without one."""

import ast
import re
from collections.abc import Iterator

from .rooms import ARROWS, COMPOSITION, LABELS, may_know, room_of
from .tree import Module, Template, Tree

MODEL = re.compile(r"([a-z_]+)\.[A-Z]\w*")
MODEL_IN_MIGRATION = re.compile(r"([a-z_]+)\.\w+")
TEMPLATE = re.compile(r"[\w/-]+\.(html|txt|xml)")
DOTTED = re.compile(r"[a-z_]\w*(\.\w+)+")
ADDRESS = re.compile(r"[\w-]+(:[\w-]+)*")
ADDRESSED = {"reverse", "reverse_lazy", "redirect", "resolve_url"}

LINK = re.compile(r"""{%\s*(include|extends|url)\s+(["'])(?P<name>[^"']+)\2""")
LOAD = re.compile(r"{%\s*load\s+(?P<names>[^%]+?)\s*%}")


def violations(tree: Tree) -> list[str]:
    """Every arrow that the table of rooms does not hold, as a sentence with its place."""
    return [*_unknown_rooms(tree), *_in_python(tree), *_in_templates(tree)]


def _unknown_rooms(tree: Tree) -> Iterator[str]:
    for module in tree.modules:
        if module.room is None and module.name != "rse":
            yield f"{module.place}: {module.name} is in no room: give it one, or its room a line in the table"


def _in_python(tree: Tree) -> Iterator[str]:
    addresses = _addresses(tree)
    for module in tree.modules:
        if module.room is None or module.room in COMPOSITION:
            continue
        found = {*_imported(module), *_named(module, tree), *_addressed(module, addresses)}
        for line, known, how in sorted(found):
            if not may_know(module.room, known):
                yield f"{module.place}:{line}: {how} leads from {module.room} to {known}"


def _imported(module: Module) -> Iterator[tuple[int, str, str]]:
    for line, dotted in module.imports():
        if known := room_of(dotted):
            yield line, known, f"the import of {dotted}"


def _named(module: Module, tree: Tree) -> Iterator[tuple[int, str, str]]:
    for word in module.words:
        if known := _room_named_by(word.value, tree):
            yield word.lineno, known, f'"{word.value}"'
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _called(node) == "get_model" and (label := _text(node.args[:1])) in LABELS:
            yield node.lineno, LABELS[label], f'get_model("{label}", …)'
        elif module.is_migration and isinstance(node, ast.keyword) and node.arg == "to" and (target := _text([node.value])):
            match = MODEL_IN_MIGRATION.fullmatch(target)
            if match and match[1] in LABELS:
                yield node.value.lineno, LABELS[match[1]], f'"{target}"'
        elif (
            module.is_migration
            and isinstance(node, ast.Tuple)
            and (label := _text(node.elts[:1])) in LABELS
            and re.match(r"\d{4}_", _text(node.elts[1:]))
        ):
            yield node.lineno, LABELS[label], f"the migration of {label}"


def _room_named_by(text: str, tree: Tree) -> str | None:
    if (match := MODEL.fullmatch(text)) and match[1] in LABELS:
        return LABELS[match[1]]
    if TEMPLATE.fullmatch(text) and "/" in text:
        return LABELS.get(text.partition("/")[0])
    if DOTTED.fullmatch(text) and (room := room_of(text)) and room != text and tree.has(text):
        return room
    return None


def _addressed(module: Module, addresses: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Call)
            and _called(node) in ADDRESSED
            and (name := _text(node.args[:1]))
            and (known := _owner(name, addresses))
        ):
            yield node.lineno, known, f'the address "{name}"'


def _addresses(tree: Tree) -> dict[str, str]:
    """The room of every namespace (``people:``) and of every address without one (``home``), as the rooms' urls declare them."""
    owners: dict[str, str] = {f"{label}:": room for label, room in LABELS.items()}
    for module in tree.modules:
        if module.part != "urls" or module.room not in ARROWS:
            continue
        spaces, names = set(), set()
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == "app_name" for one in node.targets):
                spaces.add(_text([node.value]))
            elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.List | ast.Name):
                spaces.add(_text(node.elts[1:]))
            elif isinstance(node, ast.keyword) and node.arg == "name":
                names.add(_text([node.value]))
        owners |= {f"{space}:": module.room for space in spaces if space}
        owners |= {name: module.room for name in names if name and name not in owners}
    return owners


def _owner(name: str, addresses: dict[str, str]) -> str | None:
    if not ADDRESS.fullmatch(name):
        return None
    space, colon, _ = name.partition(":")
    return addresses.get(f"{space}:" if colon else name)


def _in_templates(tree: Tree) -> Iterator[str]:
    addresses = _addresses(tree)
    libraries = {module.path.stem: module.room for module in tree.modules if module.part == "templatetags" and module.room}
    for template in tree.templates:
        if template.room not in ARROWS:
            continue
        for line, known, how in _linked(template, tree, addresses, libraries):
            if not any(may_know(template.room, room) for room in known):
                yield f"{template.place}:{line}: {how} leads from {template.room} to {' or '.join(sorted(known))}"


def _linked(template: Template, tree: Tree, addresses: dict[str, str], libraries: dict[str, str]) -> Iterator[tuple[int, set[str], str]]:
    for match in LINK.finditer(template.spoken):
        kind, name, line = match[1], match["name"], template.line_at(match.start())
        if kind == "url":
            owner = _owner(name, addresses)
            known = {owner} if owner else set()
        else:
            known = tree.homes.get(name) or ({LABELS[name.partition("/")[0]]} if name.partition("/")[0] in LABELS else set())
        if known:
            yield line, known, f'{{% {kind} "{name}" %}}'
    for match in LOAD.finditer(template.spoken):
        for name in match["names"].split():
            if name in libraries:
                yield template.line_at(match.start()), {libraries[name]}, f"{{% load {name} %}}"


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""


def _text(nodes: list[ast.expr]) -> str:
    """The only word among ``nodes``, or nothing."""
    return nodes[0].value if len(nodes) == 1 and isinstance(nodes[0], ast.Constant) and isinstance(nodes[0].value, str) else ""
