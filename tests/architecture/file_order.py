"""Inside a room each file imports only what stands above it, directly or through a file that has no place of its own."""

from collections.abc import Iterator

from .rooms import ARROWS
from .tree import Module, Tree, place_of

ORDER = (
    *("enums", "rules", "events"),
    "models",
    *("queries", "services"),
    *("forms", "tasks", "subscribers"),
    *("views", "sockets", "api", "urls", "admin", "templatetags"),
)
RANK = {name: position for position, name in enumerate(ORDER)}

# In the lowest room these two are machines that the others run on, and not what the room has to say or to do.
MACHINES = {"rse.core": {"events", "tasks"}}

# These put a room together: they may import all of it, and no file of it imports them.
COMPOSERS = {"apps", "management", "migrations"}


def violations(tree: Tree) -> list[str]:
    return [sentence for room in ARROWS for sentence in _in_room(room, [one for one in tree.modules if one.room == room])]


def _in_room(room: str, modules: list[Module]) -> Iterator[str]:
    rank = {part: place for part, place in RANK.items() if part not in MACHINES.get(room, ())}
    parts = {module.part for module in modules}
    direct: dict[str, dict[str, str]] = {part: {} for part in parts}  # part -> what it imports -> where
    for module in modules:
        for line, dotted in module.imports(for_types=False):
            target = place_of(dotted.removeprefix(f"{room}.")) if dotted.startswith(f"{room}.") else ""
            if target in parts and target != module.part:
                direct[module.part].setdefault(target, f"{module.place}:{line}")
    for part in sorted(parts - COMPOSERS):
        for target, way in sorted(_reached(part, direct, rank).items()):
            if target in COMPOSERS:
                yield f"{way[0]}: {part} imports {target}, which puts the room together"
            elif part in rank and rank[target] > rank[part]:
                through = f", through {' and '.join(way[1:])}" if len(way) > 1 else ""
                yield f"{way[0]}: {part} imports {target}{through}, which stands below it"


def _reached(part: str, direct: dict[str, dict[str, str]], rank: dict[str, int]) -> dict[str, list[str]]:
    """What ``part`` imports that has a place, each with where it begins and the files without a place it goes through."""
    found: dict[str, list[str]] = {}
    ways = [(target, [where]) for target, where in direct[part].items()]
    seen = set()
    while ways:
        target, way = ways.pop(0)
        if target in seen or target == part:
            continue
        seen.add(target)
        if target in rank or target in COMPOSERS:
            found[target] = way
        else:
            ways.extend((further, [*way, target]) for further in direct[target])
    return found
