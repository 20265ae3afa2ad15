"""What happens around mentoring. Ids only; all but offers are confidential, and none names who acted: a notice never says with whom."""

from dataclasses import dataclass
from typing import ClassVar

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class OfferPublished(Event):
    """Somebody offers help."""


@dataclass(frozen=True, kw_only=True)
class RequestReceived(Event):
    """Somebody asks the recipient to be their mentor."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class RequestAnswered(Event):
    """The request of the recipient was accepted or declined."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class RequestClosed(Event):
    """The request of the recipient ran out, or the offer it was made to is gone."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PairChanged(Event):
    """The other half of the pair of the recipient shared something."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PairFrozen(Event):
    """One of the recipients came to stand in the line of the other: the pair is read, and nothing is written in it."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PairResumed(Event):
    """Neither stands in the line of the other any more: the pair goes on."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class PairEnded(Event):
    """The pair of the recipient has ended; who ended it is written nowhere."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class WordsSealed(Event):
    """The account of the recipient opened by a link or lost its second factor: the words of their pairs are closed to them."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class WordsOpened(Event):
    """The words of the recipient's pairs are open to them again."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ReopeningStarted(Event):
    """Somebody asks HR to take a seal off: every address of theirs is written to."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ReopeningMailDue(Event):
    """One of the addresses kept with a seal is written to: the one at ``place`` in their order."""

    is_confidential: ClassVar[bool] = True
    place: int = 0


@dataclass(frozen=True, kw_only=True)
class ReopeningAsked(Event):
    """The recipients, of HR, are asked whether it is indeed the person who wants a seal taken off."""

    is_confidential: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class ReopeningRefused(Event):
    """HR did not recognise who asked: the recipient may ask again."""

    is_confidential: ClassVar[bool] = True
