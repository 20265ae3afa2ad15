"""What happens to the pages of the handbook. Ids only."""

from dataclasses import dataclass

from rse.core.events.bus import Event


@dataclass(frozen=True, kw_only=True)
class PagePublished(Event):
    """What everybody reads on a page is another text from now on."""


@dataclass(frozen=True, kw_only=True)
class PageUnpublished(Event):
    """A page is read by its editors only, or is gone."""


@dataclass(frozen=True, kw_only=True)
class PageMoved(Event):
    """A page, with what is under it, stands in another place of the handbook."""


@dataclass(frozen=True, kw_only=True)
class SectionEditorNamed(Event):
    """Somebody edits a section from now on; the recipient is they."""


@dataclass(frozen=True, kw_only=True)
class SectionEditorEnded(Event):
    """Somebody edits a section no more; the recipient is they."""
