"""The shapes of the texts: the fields of a table in a TOML file, and of what `Texts` returns, where every slot is filled.

``months`` names the months in which a text is in season, ``sites`` the places where it may be written; empty means always and everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

ANSWER: Final = "answer"
Drawing = Literal["casting", "chart", "garden", "machine", "map", "micrograph", "plan", "skyline", "whiteboard"]
# Whoever may write a text: one of the trade (for a question, also those next to it), or only somebody of whom it is true.
By = Literal["trade", "anyone", "newcomer", "veteran", "lead", "night"]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment under a post; ``speaker`` is its author coming back, the person of the good answer ("again" later), or somebody else each time.

    ``trade`` is the theme that somebody else has to know, or "night".
    """

    text: str
    speaker: Literal["asker", "answer", "again", "other"] = "other"
    trade: str = ""


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """A picture that hangs on a post: what is drawn, and what it shows in words."""

    drawing: Drawing
    alt: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, of whose comments one is the good answer; ``skills`` are codes of the skills it shows, ``reasons`` why it was useful."""

    title: str
    body: str
    comments: tuple[Comment, ...]
    skills: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    language: str = "fr"
    theme: str = ""
    months: tuple[int, ...] = ()
    by: By = "trade"
    sites: tuple[str, ...] = ()
    picture: DrawnPicture | None = None

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
    by: By = "trade"
    sites: tuple[str, ...] = ()
    picture: DrawnPicture | None = None


@dataclass(frozen=True, slots=True)
class Idea:
    """A proposal, with what colleagues say of it."""

    title: str
    body: str
    comments: tuple[Comment, ...] = ()
    language: str = "fr"
    theme: str = ""
    months: tuple[int, ...] = ()
    by: By = "trade"
    sites: tuple[str, ...] = ()
    picture: DrawnPicture | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """A thank-you to a person or a team, with the skills it may show."""

    body: str
    skills: tuple[str, ...] = ()
    language: str = "fr"
    theme: str = ""
    months: tuple[int, ...] = ()
    by: By = "trade"
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A text that stands alone."""

    text: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of conversation: the job families that know it and answer, those that comment beside them, and those that ask.

    Where none is named, anybody does.
    """

    key: str
    label_fr: str
    label_en: str
    knows: tuple[str, ...]
    families: tuple[str, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommunityDraft:
    """A community; ``themes`` are what people write about in it, ``site`` is set when it belongs to one place, ``members`` to some people only.

    Where no theme of others is talked of, ``posts`` are all that is written in it, and ``trades`` the themes its members know.

    A protected community belongs to elected representatives: nothing of it may feed talent data or figures.
    """

    key: str
    name: str
    purpose: str
    kind: Literal["open", "closed", "secret"]
    themes: tuple[str, ...]
    site: str = ""
    is_protected: bool = False
    members: Literal["anyone", "lead", "night", "trade", "veteran"] = "anyone"
    trades: tuple[str, ...] = ()
    posts: tuple[Message, ...] = ()
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step of a journey: whoever does it, its ``day`` from the first day (negative: before), and the handbook page it points to."""

    key: str
    kind: Literal["read", "do", "meet", "join", "write"]
    actor: Literal["newcomer", "manager", "buddy", "hr"]
    day: int
    title_fr: str
    title_en: str
    text_fr: str
    text_en: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class WelcomeDraft:
    """A host's first post in a new cohort; its title has the site and the month of it."""

    title: str
    body: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class MentoringOffer:
    """What somebody can help with, on which skills, for how many people at a time."""

    skills: tuple[str, ...]
    text: str
    capacity: int
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class MentoringRequest:
    """A first message to a mentor, written by one of the cast (``mentee``), or by somebody who found them by their evidence."""

    skills: tuple[str, ...]
    text: str
    mentee: str = ""
    language: str = "fr"


class Session(NamedTuple):
    """A session: what it is for, then the notes after it, one that both read, and one of one's own."""

    agenda: str
    both: str
    own: str


@dataclass(frozen=True, slots=True)
class PairStory:
    """A pair's goals, the sessions there were and what the next one is for, and what the mentor notes alone."""

    skills: tuple[str, ...]
    goals: tuple[str, ...]
    sessions: tuple[Session, ...]
    next_agenda: str
    mentor_note: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class OpeningDraft:
    """An opening; days count from its publication, pay is in thousands of euros a year (0 for a mission), ``share`` in per cent."""

    key: str
    kind: Literal["position", "mission"]
    title: str
    unit: str
    site: str
    summary: str
    description: str
    skills_needed: tuple[str, ...]
    skills_learned: tuple[str, ...]
    pay_from: int = 0
    pay_to: int = 0
    level: str = ""
    closes_after: int = 28
    starts_after: int = 75
    lasts_weeks: int = 0
    share: int = 100
    language: str = "fr"


class Training(NamedTuple):
    """A training that somebody had."""

    title: str
    year: int
    is_public: bool


class OwnWish(NamedTuple):
    """What one of the named people would like next, shown to HR or not."""

    horizon: str
    words: str
    is_shown: bool
    is_open: bool


class OwnSkill(NamedTuple):
    """A skill that somebody declares."""

    code: str
    level: Literal["beginner", "confirmed", "expert"]


@dataclass(frozen=True, slots=True)
class Portrait:
    """What one of the named people writes of themselves."""

    about: str
    trainings: tuple[Training, ...] = ()
    wish: OwnWish | None = None
    skills: tuple[OwnSkill, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish of somebody who has no name here: the horizon in months, then the words."""

    months: int
    words: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an application was refused, and what is proposed instead."""

    reason: str
    alternatives: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class SkillDraft:
    """One skill of the reference table, with a stable code."""

    code: str
    label_fr: str
    label_en: str
    theme: str


class Nomination(NamedTuple):
    """A part of the cast who is proposed for a key position; ``action`` is what would prepare them, if anything."""

    person: str
    readiness: Literal["now", "1-2 years", "3-5 years"]
    reason: str
    action: str


@dataclass(frozen=True, slots=True)
class KeyPositionDraft:
    """A key position: the unit it leads, why it matters, and whoever is proposed for it."""

    unit: str
    criticality: str
    horizon_months: int
    why: str
    nominations: tuple[Nomination, ...] = ()
    language: str = "fr"
    single_holder: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """A page in Markdown; ``slug`` is the same in both languages."""

    slug: str
    title: str
    summary: str
    body: str
    language: str
