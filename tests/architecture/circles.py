"""Files that know each other in a circle: by an import, wherever it stands, or by a dotted name that leads to a file.

The folders of a room may know each other in no circle either; there, what is imported for types only leads nowhere.
"""

import re

from .rooms import COMPOSITION
from .tree import Module, Tree

DOTTED = re.compile(r"[a-z_]\w*(\.\w+)+")


def violations(tree: Tree) -> list[str]:
    """Every circle of files, as a sentence that names them in the order of their names."""
    return _sentences(_arrows(tree))


def violations_of_folders(tree: Tree) -> list[str]:
    """Every circle of the folders of rooms, and of files that stand beside them, as a sentence that names them."""
    knows: dict[str, set[str]] = {}
    part_of = {module.name: f"{module.room}.{module.name.removeprefix(f'{module.room}.').partition('.')[0]}" for module in tree.modules}
    for name, known in _arrows(tree, for_types=False).items():
        knows.setdefault(part_of[name], set()).update({part_of[one] for one in known} - {part_of[name]})
    return _sentences(knows)


def _sentences(knows: dict[str, set[str]]) -> list[str]:
    return [f"{' and '.join(circle)} know each other" for circle in _circles(knows)]


def _arrows(tree: Tree, *, for_types: bool = True) -> dict[str, set[str]]:
    """Return, for each module, the modules that it knows; a name inside a module stands for the module."""
    modules = {module.name: module for module in tree.modules}
    return {name: _known(module, modules, for_types=for_types) - {name} for name, module in modules.items()}


def _known(module: Module, modules: dict[str, Module], *, for_types: bool) -> set[str]:
    """Return the modules that this one imports, also inside functions, and those that its strings name."""
    named = {word.value for word in module.words if DOTTED.fullmatch(word.value)} if module.room not in COMPOSITION else set()
    imported = (path for _, path in module.imports(for_types=for_types))
    return {known for dotted in {*imported, *named} if (known := _file_of(dotted, modules))}


def _file_of(dotted: str, modules: dict[str, Module]) -> str:
    """Return the module that a dotted path leads to or into; nothing where it leads out of the house."""
    while dotted and dotted not in modules:
        dotted = dotted.rpartition(".")[0]
    return dotted if "." in dotted else ""


def _circles(knows: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules each of which leads to all the others, sorted. Kosaraju's algorithm, linear in arrows."""
    known_by: dict[str, set[str]] = {name: set() for name in knows}
    for name, known in knows.items():
        for one in known:
            known_by[one].add(name)
    order: list[str] = []
    seen: set[str] = set()
    for name in sorted(knows):
        order += _reached(name, knows, seen)
    seen.clear()
    groups = [_reached(name, known_by, seen) for name in reversed(order)]
    return sorted(sorted(group) for group in groups if len(group) > 1)


def _reached(start: str, arrows: dict[str, set[str]], seen: set[str]) -> list[str]:
    """Return what is reached from ``start`` and was not seen, each after all that it leads to; what is returned is seen."""
    left: list[str] = []
    ways = [] if start in seen else [(start, iter(sorted(arrows[start])))]
    seen.add(start)
    while ways:
        name, further = ways[-1]
        for one in further:
            if one not in seen:
                seen.add(one)
                ways.append((one, iter(sorted(arrows[one]))))
                break
        else:
            left.append(name)
            ways.pop()
    return left
