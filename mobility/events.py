"""What happens to openings and applications. Ids only; what concerns an application is confidential."""

from dataclasses import dataclass
from typing import ClassVar

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class OpeningPublished(Event):
    """Everyone may read it and apply."""


@dataclass(frozen=True, kw_only=True)
class OpeningChanged(Event):
    """Its words are others."""


@dataclass(frozen=True, kw_only=True)
class OpeningClosed(Event):
    """It leaves the list; those who applied keep their own application."""


@dataclass(frozen=True, kw_only=True)
class OpeningReopened(Event):
    """It is a draft again."""


@dataclass(frozen=True, kw_only=True)
class OpeningHidden(Event):
    """It was hidden after a report."""


@dataclass(frozen=True, kw_only=True)
class OpeningShown(Event):
    """It can be read again."""


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """The recipient recruits for the opening from now on."""


@dataclass(frozen=True, kw_only=True)
class ApplicantsTold(Event):
    """A published opening was changed; the recipients applied for it, if anybody did. ``OpeningChanged`` says nothing of them."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ApplicationSent(Event):
    """An application, or a new version of it, can be read by those who handle it: ``DayOfApplications`` tells them."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ApplicationMoved(Event):
    """The application of the recipient took a step."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Event):
    """Nothing of it is left."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(Event):
    """The offer that an application led to was accepted."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class DayOfApplications(Event):
    """A day is over, on which applications were sent, accepted or withdrawn, or none.

    The recipients may be concerned: each is told if something happened to an application that they may open. Nobody is told at the
    moment at which somebody applies: the notice that does not come would say that the applicant is one's own.
    """

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ManagerInformed(Event):
    """The recipient, a direct manager, was told by the applicant."""

    is_confidential: ClassVar[bool] = True
