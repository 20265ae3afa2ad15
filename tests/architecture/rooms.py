"""The rooms of this house and who may know whom: an import, a name in a string, a template or an address all count as knowing."""

GROUND = frozenset({"rse.core", "rse.governance", "rse.pages", "rse.identity", "rse.hris", "rse.notify", "rse.feed"})
MIDDLE = GROUND | {"communities", "talent", "talent.succession", "mentoring", "mobility", "onboarding"}

ARROWS: dict[str, frozenset[str]] = {
    "rse.core": frozenset(),
    "rse.governance": frozenset({"rse.core"}),
    "rse.pages": frozenset({"rse.core", "rse.governance"}),
    "rse.identity": frozenset({"rse.core", "rse.governance"}),
    "rse.hris": frozenset({"rse.core", "rse.governance", "rse.identity"}),
    "rse.notify": frozenset({"rse.core"}),
    "rse.feed": frozenset({"rse.core", "rse.governance", "rse.notify"}),
    "communities": GROUND,
    "talent": frozenset({"rse.core", "rse.governance", "rse.notify"}),
    "talent.succession": frozenset({"rse.core", "rse.governance", "rse.notify", "talent"}),
    "mentoring": GROUND | {"talent"},
    "mobility": GROUND | {"talent"},
    "onboarding": GROUND | {"mentoring", "communities", "talent"},
    # On top: they may know everything below, and nobody knows them.
    "search": MIDDLE,
    "rse.insights": MIDDLE,
    "rse.api": MIDDLE,
    "rse.demo": MIDDLE,
}

# What puts the rooms together: it may know everything, and nobody knows it.
COMPOSITION = frozenset({"rse.settings", "rse.urls", "rse.asgi", "rse.wsgi"})
OUTSIDE = frozenset({"tests", "rse.tooling"})

LABELS = {room.rpartition(".")[2]: room for room in ARROWS}

# The shell, the components and the pages of errors: they belong to the lowest room.
SHARED_TEMPLATES = "rse/templates"


def room_of(dotted: str) -> str | None:
    """The room, or the part of the composition, that a dotted path leads into; None where it leads out of the house."""
    parts = dotted.split(".")
    for length in (2, 1):
        name = ".".join(parts[:length])
        if name in ARROWS or name in COMPOSITION or name in OUTSIDE:
            return name
    return None


def may_know(knower: str, known: str) -> bool:
    if knower == known or knower in COMPOSITION or knower in OUTSIDE:
        return True
    return known in ARROWS.get(knower, ())
