"""What happens to the charter, to reports, to hidden content, to the access log and to the gates. Ids only."""

from dataclasses import dataclass

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class CharterPublished(Event):
    """A new version asks everybody again, at their next publication."""


@dataclass(frozen=True, kw_only=True)
class CharterAccepted(Event):
    """The actor accepted the charter of ``version``."""

    version: int


@dataclass(frozen=True, kw_only=True)
class ReportReceived(Event):
    """Something was reported; the recipients are those who may handle it. Who reported is not said."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class ReportReminded(Event):
    """A report waits since 48 hours or seven days; the recipients are those who may handle it."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class HandlerMissing(Event):
    """A report waits that nobody may open; the recipient, who is its subject too, may name a handler and learns nothing of the report."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class ReportDecided(Event):
    """A report was handled; the recipient made it."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class ContentHidden(Event):
    """What the recipient wrote was hidden: the article and the reason stand in the subject."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class ContentShown(Event):
    """What the recipient wrote can be read again."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class AppealMade(Event):
    """An author contests; the recipients may decide, and none of them took the decision."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """The appeal of the recipient was decided."""

    is_confidential = True


@dataclass(frozen=True, kw_only=True)
class AccessLogBroken(Event):
    """The access log does not say what was written to it; the recipients are the data protection officer and the head of HR."""


@dataclass(frozen=True, kw_only=True)
class FeatureProposed(Event):
    """The conditions of a feature of HR are filled in; the recipients may confirm them."""


@dataclass(frozen=True, kw_only=True)
class FeatureOpened(Event):
    """A feature of HR is on, or will be on its day."""


@dataclass(frozen=True, kw_only=True)
class FeatureClosed(Event):
    """A feature of HR is off."""
