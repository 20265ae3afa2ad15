"""What happens to cohorts and journeys. Ids only; a journey and who is asked for it are confidential."""

from dataclasses import dataclass
from typing import ClassVar

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class CohortOpened(Event):
    """The cohort of ``subject`` has its community; the recipients are its host and its first members."""


@dataclass(frozen=True, kw_only=True)
class CohortFilled(Event):
    """The people whose ids are in ``person_ids`` came into the cohort of ``subject``: their journeys may begin."""

    person_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JourneyStarted(Event):
    """A journey has its steps; the recipients are the newcomer and who manages them."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class JourneyEnded(Event):
    """A journey is over, or archived; nobody is told."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class StepsOverdue(Event):
    """Steps wait past their day; the recipients are those whose steps they are, told once of each step."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class BuddyAsked(Event):
    """Somebody is asked to welcome a newcomer."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class BuddyAccepted(Event):
    """A newcomer has a buddy; the recipients are the newcomer and who asked."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class BuddyDeclined(Event):
    """The person asked said no, or did not answer in time; the recipient is whoever asked."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class BuddyEnded(Event):
    """A newcomer has no buddy any more; the recipients are those who may ask another."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class TemplatePublished(Event):
    """A version of the journey is published: journeys that begin from now on follow it."""
