"""What an administrator does first, each step seen by the product itself: each room registers its own, one page shows them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction

from .. import clock
from ..access import rules
from ..events.bus import publish
from ..events.happenings import FirstStepTaken
from ..models import Installation, StepTaken
from .installation import KEY, installation

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from ..models import Person

    Words = str | Promise


@dataclass(frozen=True)
class State:
    """How far a step is: counts and a yes or a no, never a name; ``waits`` are sentences that say what waits, and for whose yes."""

    is_done: bool
    said: str = ""
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step; ``look(reader)`` says how far it is, in a constant number of queries, and without a reader whether it is done.

    ``by_hand`` is what an administrator says where nothing can be seen; ``template`` stands under a step that takes more than a link.
    """

    name: str
    label: Words
    text: Words
    look: Callable[[Person | None], State]
    order: int
    url_name: str = ""
    action: Words = ""
    by_hand: Words = ""
    template: str = ""
    may_go: Callable[[Person], bool] = lambda reader: True  # whether the page of ``url_name`` is open to the reader
    facts: Callable[[], str] = field(default=lambda: "")  # a hash of what the word of an administrator was about


@dataclass(frozen=True)
class Line:
    step: Step
    state: State
    taken: StepTaken | None

    @property
    def is_done(self) -> bool:
        return self.state.is_done or self.taken is not None


class UnknownStep(Exception):
    """No room has such a step, or this one is not said by hand."""


_steps: dict[str, Step] = {}


def register(step: Step) -> None:
    """Register ``step``.

    Raises:
        ValueError: the name is taken.

    """
    if step.name in _steps:
        raise ValueError(f"two first steps are called {step.name}")
    _steps[step.name] = step


def lines(reader: Person | None = None) -> list[Line]:
    """Return every step in its order, with how far it is; what was said of other settings than those of today is not counted."""
    taken = {one.name: one for one in StepTaken.objects.select_related("by").order_by("pk")}
    found = []
    for step in sorted(_steps.values(), key=lambda one: (one.order, one.name)):
        said = taken.get(step.name)
        found.append(Line(step, step.look(reader), said if said and said.facts == step.facts() else None))
    return found


def are_left(reader: Person) -> bool:
    """Return whether ``reader`` takes first steps and some are left, as they were last looked at: no query of its own."""
    return rules.can_take_first_steps(reader) and not installation().is_set_up


@transaction.atomic
def take_by_hand(*, by: Person, name: str) -> None:
    """Write down that ``by`` says the step is done.

    Raises:
        PermissionDenied: not an administrator.
        UnknownStep: there is none of this name that is said by hand.

    """
    if not rules.can_take_first_steps(by):
        raise PermissionDenied
    step = _steps.get(name)
    if step is None or not step.by_hand:
        raise UnknownStep
    write_down(step, by)


def write_down(step: Step, by: Person) -> None:
    """Write in the caller's transaction who took the step, and when; done again, the last word counts."""
    StepTaken.objects.update_or_create(name=step.name, defaults={"by": by, "at": clock.now(), "facts": step.facts()})
    publish(FirstStepTaken(actor_id=by.pk))
    note()


def step_called(name: str) -> Step:
    """Return the step ``name``.

    Raises:
        KeyError: there is none.

    """
    return _steps[name]


@transaction.atomic
def note() -> None:
    """Write down whether anything is left to do, where that has changed: every page of an administrator reads it."""
    is_set_up = all(line.is_done for line in lines())
    Installation.objects.get_or_create(pk=1)
    if Installation.objects.exclude(is_set_up=is_set_up).update(is_set_up=is_set_up):
        transaction.on_commit(lambda: cache.delete(KEY))
