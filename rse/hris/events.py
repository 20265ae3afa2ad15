"""What happens to files of HR. Ids only."""

from dataclasses import dataclass

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Event):
    """A file of HR was applied: one event however many people it changed; ``batch_id`` is the key of the ``ImportBatch``."""

    batch_id: int = 0


@dataclass(frozen=True, kw_only=True)
class ImportWaits(Event):
    """The file of ``subject``, which nobody sent by hand, was refused or waits for an answer; the recipients may import people."""


@dataclass(frozen=True, kw_only=True)
class FactsCorrected(Event):
    """HR corrected facts of the person of ``subject`` by hand; the recipient is that person."""


@dataclass(frozen=True, kw_only=True)
class PeopleUnlisted(Event):
    """A file does not name the person of ``subject``, and maybe others; the recipients are those who may say what became of them."""
