"""The shapes of the texts; in the data modules their slots are still open, what `Texts` returns is filled.

`months` names the months in which a text is in season; empty means always.
"""

from __future__ import annotations

from dataclasses import dataclass

ASKER, ANSWER, OTHER = "asker", "answer", "other"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment under a post; `speaker` is the asker coming back, the person of the good answer, or somebody else each time."""

    text: str
    speaker: str = OTHER


def asker(text: str) -> Comment:
    """A comment by the person who asked."""
    return Comment(text, ASKER)


def answer(text: str) -> Comment:
    """The comment that deserves to be the accepted answer; a reply of the same person may follow as an ordinary comment."""
    return Comment(text, ANSWER)


def other(text: str) -> Comment:
    """A comment by somebody else."""
    return Comment(text, OTHER)


@dataclass(frozen=True, slots=True)
class Question:
    """A question; exactly one of its comments is the good answer, `skills` are codes of the skills it shows, `reasons` why it was useful."""

    title: str
    body: str
    comments: tuple[Comment, ...]
    skills: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    language: str = "fr"
    theme: str = ""
    months: tuple[int, ...] = ()

    @property
    def accepted(self) -> int:
        """The place of the good answer among the comments."""
        return next(place for place, comment in enumerate(self.comments) if comment.speaker == ANSWER)


@dataclass(frozen=True, slots=True)
class Message:
    """An ordinary post; many have no title."""

    title: str
    body: str
    comments: tuple[Comment, ...] = ()
    language: str = "fr"
    theme: str = ""
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Idea:
    """A proposal, with what colleagues say of it."""

    title: str
    body: str
    comments: tuple[Comment, ...] = ()
    language: str = "fr"
    theme: str = ""
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Thanks:
    """A thank-you to a person or a team, with the skills it may show."""

    body: str
    skills: tuple[str, ...] = ()
    language: str = "fr"
    theme: str = ""
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A text that stands alone."""

    text: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of conversation; people of `families` write about it most."""

    key: str
    label_fr: str
    label_en: str
    families: tuple[str, ...]
