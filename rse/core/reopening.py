"""What must close in the very transaction that opens an account by anything but its owner's password: words sealed for them alone."""

from collections.abc import Callable, Sequence

_hooks: dict[str, Callable[[Sequence[int]], None]] = {}


def register(name: str, hook: Callable[[Sequence[int]], None]) -> None:
    """Call ``hook(person_ids)`` inside the transaction in which a link or the server opens the accounts of these people again.

    Raises:
        ValueError: another hook has this name.

    """
    if name in _hooks:
        raise ValueError(f"two reopening hooks are called {name}")
    _hooks[name] = hook


def run(person_ids: Sequence[int]) -> None:
    """Run every hook for ``person_ids``, in the caller's transaction; a hook that fails undoes the whole."""
    for hook in _hooks.values():
        hook(person_ids)
