"""The source as the rules read it: parsed once, each module with the room and the file of that room it belongs to."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .rooms import OUTSIDE, SHARED_TEMPLATES, room_of

HOUSE = Path(__file__).resolve().parent.parent.parent
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)


PLACES = frozenset(
    "enums rules events models queries services forms tasks subscribers".split()
    + "views sockets api urls admin templatetags apps management migrations".split()
)
# Folders of the lowest room: each of their files has a place of its own.
FOLDERS = frozenset({"access", "people", "organisation", "web", "ops"})


def place_of(inside: str) -> str:
    """Where a dotted path stands in its room: a part of a room (``succession.models``) has the places of a room."""
    names = inside.split(".")
    own = ".".join(names[:2]) if names[0] in FOLDERS else names[0]
    return next((name for name in names[:2] if name in PLACES), own)


@dataclass(frozen=True)
class Module:
    path: Path
    place: str  # the path as people write it, from the root
    name: str
    tree: ast.Module
    lines: int

    @property
    def room(self) -> str | None:
        return room_of(self.name)

    @property
    def part(self) -> str:
        """The file or package of the room it is or belongs to: ``models`` for ``rse.core.models.people``."""
        return place_of(self.name.removeprefix(f"{self.room}").lstrip("."))

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.name.split(".")

    @cached_property
    def words(self) -> list[ast.Constant]:
        """Every string that is a value, which a docstring is not."""
        docstrings = {node.value for node in ast.walk(self.tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
        found = (node for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
        return [node for node in found if node not in docstrings]

    def imports(self, *, for_types: bool = True) -> Iterator[tuple[int, str]]:
        """Every import as ``(line, dotted path)``, also inside functions; those for types only on demand."""
        apart = set() if for_types else for_types_only(self.tree)
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        for node in ast.walk(self.tree):
            if node in apart:
                continue
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                parents = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
                origin = ".".join([*parents, *([node.module] if node.module else [])])
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def for_types_only(tree: ast.Module) -> set[ast.AST]:
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test))
    return {inner for block in blocks for statement in block.body for inner in ast.walk(statement)}


@dataclass(frozen=True)
class Template:
    path: Path
    place: str
    name: str  # as a view or an include names it
    room: str
    text: str

    @cached_property
    def spoken(self) -> str:
        """The text with its comments blanked, line for line."""
        return COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self.text)

    def line_at(self, position: int) -> int:
        return self.text.count("\n", 0, position) + 1


class Tree:
    """The product under ``root``; what stands in tests, tools and data folders is not part of it."""

    def __init__(self, root: Path = HOUSE):
        self.root = root

    @cached_property
    def modules(self) -> list[Module]:
        return [self._module(path) for path in self._files("*.py")]

    @cached_property
    def templates(self) -> list[Template]:
        return [
            self._template(path) for path in self._files("*.html", "*.txt", "*.xml") if "templates" in path.relative_to(self.root).parts
        ]

    @cached_property
    def scripts(self) -> list[Path]:
        """The JavaScript that is ours."""
        return [path for path in self._files("*.js") if not {"vendor", "node_modules"} & set(path.parts)]

    @cached_property
    def homes(self) -> dict[str, set[str]]:
        """The rooms in which each template is found by its name."""
        homes: dict[str, set[str]] = {}
        for template in self.templates:
            homes.setdefault(template.name, set()).add(template.room)
        return homes

    def has(self, dotted: str) -> bool:
        """Whether this dotted path is a module of ours, or a name inside one."""
        path = self.root.joinpath(*dotted.split("."))
        return any(
            one.is_dir() or one.with_suffix(".py").is_file() for one in (path, path.parent) if one not in {self.root, self.root / "rse"}
        )

    def place(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _files(self, *patterns: str) -> Iterable[Path]:
        for top in sorted(self.root.iterdir()):
            if top.is_dir() and top.name not in OUTSIDE | {"var"} and not top.name.startswith("."):
                for pattern in patterns:
                    yield from sorted(path for path in top.rglob(pattern) if "__pycache__" not in path.parts)

    def _module(self, path: Path) -> Module:
        text = path.read_text(encoding="utf-8")
        parts = path.relative_to(self.root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        return Module(path, self.place(path), name, ast.parse(text, str(path)), text.count("\n"))

    def _template(self, path: Path) -> Template:
        place = self.place(path)
        before, _, name = place.partition("/templates/")
        room = "rse.core" if place.startswith(f"{SHARED_TEMPLATES}/") else room_of(before.replace("/", ".")) or before
        return Template(path, place, name, room, path.read_text(encoding="utf-8"))
