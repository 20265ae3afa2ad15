"""What must be guarded in the very transaction in which an account that existed opens by another way than what its person knew."""

from collections.abc import Callable, Sequence

_hooks: dict[str, Callable[[Sequence[int]], None]] = {}


def register(name: str, hook: Callable[[Sequence[int]], None]) -> None:
    """Call ``hook(person_ids)`` where a link sets the password of these people, or their second factor is forgotten.

    Raises:
        ValueError: the name is taken.

    """
    if name in _hooks:
        raise ValueError(f"two reopening hooks are called {name}")
    _hooks[name] = hook


def run(person_ids: Sequence[int]) -> None:
    """Run every hook for ``person_ids``, in the caller's transaction; a hook that fails undoes the whole.

    Second factors still stand as they were: run this before one is forgotten.
    """
    for hook in _hooks.values():
        hook(person_ids)
