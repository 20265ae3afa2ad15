"""What must end in the very transaction that ends a right: sessions, sockets, queued mail."""

from collections.abc import Callable, Sequence

_hooks: dict[str, Callable[[Sequence[int]], None]] = {}


def register(name: str, hook: Callable[[Sequence[int]], None]) -> None:
    """Call ``hook(person_ids)`` inside the transaction in which these people leave or lose what they were allowed."""
    if name in _hooks:
        raise ValueError(f"two leaving hooks are called {name}")
    _hooks[name] = hook


def run(person_ids: Sequence[int]) -> None:
    """Run every hook for ``person_ids``, in the caller's transaction; a hook that fails undoes the whole."""
    for hook in _hooks.values():
        hook(person_ids)
