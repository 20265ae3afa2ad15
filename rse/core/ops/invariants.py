"""What is true of the rows at any quiet moment, by name: each room registers what it answers for, ``manage.py check_invariants`` asks."""

from collections.abc import Callable

_checks: dict[str, Callable[[], int]] = {}


def register(name: str, broken: Callable[[], int]) -> None:
    """Register under ``name`` the check ``broken()``: the number of rows that break the invariant, without changing any."""
    if name in _checks:
        raise ValueError(f"two invariants are called {name}")
    _checks[name] = broken


def names() -> list[str]:
    """Return the names of what the rooms answer for, in order."""
    return sorted(_checks)


def counts() -> dict[str, int]:
    """Return how many rows break each invariant, by name; 0 where all is well."""
    return {name: _checks[name]() for name in sorted(_checks)}
