"""Gates of the features of HR that need a consultation first: closed until four conditions are written down and confirmed.

A room declares its gate where it gets ready, and asks it at every door. While it is closed, what stands behind answers like what does
not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import Http404

from rse.core import clock

from .models import FeatureSwitch

KEPT = 5  # seconds; a change made by this process is known at once, one made by another with its own cache within this


@dataclass(frozen=True)
class Gate:
    name: str
    label: Any
    text: Any = ""


_gates: dict[str, Gate] = {}


def declare(name: str, *, label: Any, text: Any = "") -> None:
    """Register the gate ``name``: ``label`` and ``text`` say to employees what stands behind it.

    Raises:
        ValueError: the name is taken.

    """
    if name in _gates:
        raise ValueError(f"two gates are called {name}")
    _gates[name] = Gate(name, label, text)


def every() -> list[Gate]:
    """Return the declared gates, by name."""
    return sorted(_gates.values(), key=lambda gate: gate.name)


def get(name: str) -> Gate | None:
    return _gates.get(name)


def label_of(name: str) -> Any:
    """Return the label of the gate ``name``, or the name where nobody declared such a gate."""
    gate = _gates.get(name)
    return gate.label if gate else name


def _key(name: str) -> str:
    return f"gate:{name}:{clock.today()}"


def gate_is_open(name: str) -> bool:
    """Return whether what stands behind ``name`` may run now, from the cache; a gate that nobody declared is closed."""
    if name not in _gates:
        return False
    is_open = cache.get(_key(name))
    if is_open is None:
        is_open = FeatureSwitch.objects.open_on(clock.today()).filter(name=name).exists()
        cache.set(_key(name), is_open, KEPT)
    return is_open


def forget(name: str) -> None:
    """Ask the database again once the change under way has committed."""
    transaction.on_commit(lambda: cache.delete(_key(name)))


def gated(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let a view answer only while the gate is open; otherwise the same 404 as what does not exist."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def behind_the_gate(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not gate_is_open(name):
                raise Http404
            return view(request, *args, **kwargs)

        return behind_the_gate

    return decorate
