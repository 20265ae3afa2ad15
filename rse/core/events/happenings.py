"""What happens to people and roles, said to whoever subscribed."""

from dataclasses import dataclass
from typing import ClassVar

from .bus import Event


@dataclass(frozen=True, kw_only=True)
class RoleRequested(Event):
    """A role waits for a yes; the recipients are those who may say it. Whom it is about, who may be an operator, does not know."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """A role was granted; every holder of a role is told."""


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    """A role was ended; every holder of a role is told."""


@dataclass(frozen=True, kw_only=True)
class RoleRemovalAsked(Event):
    """Rights that two people take away wait for the second yes; whoever loses them and every holder of a role are told."""


@dataclass(frozen=True, kw_only=True)
class RoleRemovalRefused(Event):
    """What was asked is not done; the same people are told."""


@dataclass(frozen=True, kw_only=True)
class CompanyDescribed(Event):
    """The name, the logo or the colour of the company was changed by an administrator."""


@dataclass(frozen=True, kw_only=True)
class FirstStepTaken(Event):
    """An administrator said, or proved, that a first step is done."""


@dataclass(frozen=True, kw_only=True)
class PeopleLeft(Event):
    """The people whose ids are in ``person_ids`` no longer work here."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeopleShutOut(Event):
    """The people whose ids are in ``person_ids`` may not come in for now: no file of HR names them."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeopleTakenBack(Event):
    """The people whose ids are in ``person_ids`` had been shut out, and are here again with all that was theirs."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeopleArrived(Event):
    """The people whose ids are in ``person_ids`` were expected, and are here from today."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeopleMoved(Event):
    """The people whose ids are in ``person_ids`` took a place that began: their title, unit or site is another."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PeopleRenamed(Event):
    """The people whose ids are in ``person_ids`` have another name, and another address."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PhotoChanged(Event):
    """The people whose ids are in ``person_ids`` have another photo, or none any more."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FormerNameForgotten(Event):
    """The actor's former addresses lead nowhere any more: that they had some is nobody else's business."""

    is_confidential: ClassVar[bool] = True
