"""What must end in the very transaction that ends a right: sessions, sockets, queued mail."""

from collections.abc import Callable, Sequence

_hooks: dict[str, Callable[[Sequence[int]], None]] = {}
_shutting: set[str] = set()


def register(name: str, hook: Callable[[Sequence[int]], None], *, shuts: bool = False) -> None:
    """Call ``hook(person_ids)`` inside the transaction in which these people leave or lose what they were allowed.

    One that ``shuts`` ends nothing but ways in, and takes nothing from anybody: it runs too where somebody only may not come in for now.
    """
    if name in _hooks:
        raise ValueError(f"two leaving hooks are called {name}")
    _hooks[name] = hook
    if shuts:
        _shutting.add(name)


def run(person_ids: Sequence[int]) -> None:
    """Run every hook for ``person_ids``, in the caller's transaction; a hook that fails undoes the whole."""
    for hook in _hooks.values():
        hook(person_ids)


def shut(person_ids: Sequence[int]) -> None:
    """Run the hooks that end ways in, in the caller's transaction: what these people have stays theirs."""
    for name, hook in _hooks.items():
        if name in _shutting:
            hook(person_ids)
