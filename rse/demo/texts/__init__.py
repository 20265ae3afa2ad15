"""What the people of the demo company write: drawn with a seed, filled, and never twice.

The words stand in TOML files, each read once, when something of it is first asked for.
"""

from __future__ import annotations

import dataclasses
import random
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from .drafts import (
    Comment,
    CommunityDraft,
    HandbookPage,
    Idea,
    KeyPositionDraft,
    Line,
    MentoringOffer,
    MentoringRequest,
    Message,
    OpeningDraft,
    PairStory,
    Portrait,
    Question,
    Refusal,
    SkillDraft,
    StepDraft,
    Thanks,
    Theme,
    WelcomeDraft,
    Wish,
)
from .filling import Filler
from .loader import read
from .sentences import sentences
from .typography import typeset

__all__ = [
    "Comment",
    "CommunityDraft",
    "HandbookPage",
    "Idea",
    "KeyPositionDraft",
    "Line",
    "MentoringOffer",
    "MentoringRequest",
    "Message",
    "OpeningDraft",
    "PairStory",
    "Portrait",
    "Question",
    "Refusal",
    "SkillDraft",
    "StepDraft",
    "Texts",
    "Thanks",
    "Theme",
    "WelcomeDraft",
    "Wish",
    "charter",
    "communities",
    "drafts_of",
    "introduction_of_ines",
    "journey_steps",
    "key_positions",
    "mentoring_offers",
    "mentoring_requests",
    "openings",
    "pair_stories",
    "portraits",
    "skill_table",
    "themes",
    "welcome_guide",
]

if TYPE_CHECKING:
    from collections.abc import Callable

FILLINGS = 8  # of a line, before the next line is tried
Post = Question | Message | Thanks | Idea
LINES, PAGES = tuple[Line, ...], tuple[HandbookPage, ...]
QUESTIONS = {"question": tuple[Question, ...]}
POSTS = {"message": tuple[Message, ...], "thanks": tuple[Thanks, ...], "idea": tuple[Idea, ...]}
# The tables of each file, by their key, as what they become; each theme has two files more.
TABLES: dict[str, dict[str, Any]] = {
    "applications": {"letter": LINES, "refusal": tuple[Refusal, ...]},
    "communities": {"community": tuple[CommunityDraft, ...]},
    "handbook/charter": {"page": PAGES},
    "handbook/guide_en": {"page": PAGES},
    "handbook/guide_fr": {"page": PAGES},
    "journey": {"step": tuple[StepDraft, ...]},
    "mentoring": {"offer": tuple[MentoringOffer, ...], "request": tuple[MentoringRequest, ...], "pair": tuple[PairStory, ...]},
    "introductions": {"introduction": LINES},
    "newcomers": {
        "ines": Line,
        "welcome": tuple[WelcomeDraft, ...],
        "buddy_message": LINES,
        "buddy_confirmation": LINES,
        "asked": LINES,
        "question": LINES,
        "astonishment": LINES,
    },
    "openings": {"opening": tuple[OpeningDraft, ...]},
    "portraits": {"portrait": dict[str, Portrait], "wishes": tuple[Wish, ...]},
    "skills": {"skills": tuple[SkillDraft, ...]},
    "succession": {"key_position": tuple[KeyPositionDraft, ...]},
    "themes": {"theme": tuple[Theme, ...]},
}


@cache
def written(file: str) -> dict[str, Any]:
    """Return what stands in a file of texts, its slots open, by the key of each table; the file is read once per process.

    Raises:
        BrokenText: the file does not hold what ``TABLES`` says.

    """
    return read(f"{file}.toml", TABLES.get(file) or (POSTS if file.endswith("_posts") else QUESTIONS))


def themes() -> tuple[Theme, ...]:
    """Return the fourteen subjects people write about."""
    return written("themes")["theme"]


def drafts_of(theme: str) -> dict[str, tuple[Any, ...]]:
    """Return the questions, messages, thanks and ideas of a theme by kind, with their slots open."""
    return written(f"themes/{theme}_questions") | written(f"themes/{theme}_posts")


def communities() -> tuple[CommunityDraft, ...]:
    """Return the communities of the company, without the posts that some have for themselves."""
    return typeset(tuple(dataclasses.replace(one, posts=()) for one in written("communities")["community"]), "fr")


def journey_steps() -> tuple[StepDraft, ...]:
    """Return the ten steps of a newcomer's journey, in order."""
    return typeset(written("journey")["step"], "fr")


def key_positions() -> tuple[KeyPositionDraft, ...]:
    """Return the key positions, some with named people proposed for them."""
    return typeset(written("succession")["key_position"], "fr")


def openings() -> tuple[OpeningDraft, ...]:
    """Return the openings, positions and missions."""
    return typeset(written("openings")["opening"], "fr")


def portraits() -> dict[str, Portrait]:
    """Return what the named people write of themselves, by their key in the cast."""
    return {key: typeset(one, "fr") for key, one in written("portraits")["portrait"].items()}


def skill_table() -> tuple[SkillDraft, ...]:
    """Return the reference table of skills, in the order of the themes."""
    return written("skills")["skills"]


def introduction_of_ines() -> Line:
    """Return what the newcomer of the sign-in page says of herself."""
    return typeset(written("newcomers")["ines"], "fr")


def mentoring_offers() -> tuple[MentoringOffer, ...]:
    """Return what mentors offer."""
    return typeset(written("mentoring")["offer"], "fr")


def mentoring_requests() -> tuple[MentoringRequest, ...]:
    """Return first messages to a mentor."""
    return typeset(written("mentoring")["request"], "fr")


def pair_stories() -> tuple[PairStory, ...]:
    """Return goals and session notes of pairs."""
    return typeset(written("mentoring")["pair"], "fr")


def charter() -> dict[str, HandbookPage]:
    """Return the charter, by language."""
    return {page.language: typeset(page, page.language) for page in written("handbook/charter")["page"]}


def welcome_guide() -> dict[str, tuple[HandbookPage, ...]]:
    """Return the five pages of the welcome guide by language, in reading order; a page has one slug in both."""
    return {language: typeset(written(f"handbook/guide_{language}")["page"], language) for language in ("fr", "en")}


class _Deck:
    """Cards in a random order, each given once."""

    def __init__(self, rng: random.Random, cards: tuple) -> None:
        self._left = list(cards)
        self._kept = len(cards)
        rng.shuffle(self._left)

    def draw(self, fits: Callable[[Any], bool], share: float) -> Any:
        """Return the next card that ``fits``; None when no such card is left, or when the ``share`` of all that may be given now is."""
        if len(self._left) <= self._kept * (1 - share):
            return None
        card = next(filter(fits, self._left), None)
        if card is not None:
            self._left.remove(card)
        return card


class Texts:
    """Draws texts, none of them twice; the same seed and the same calls give the same texts.

    ``share`` is how much of what there is to say may have been said by now, so that something is left to say at the end.
    """

    def __init__(self, seed: int = 1) -> None:
        self._rng = random.Random(f"texts {seed}")
        self._decks: dict[tuple[str, str], _Deck] = {}
        self._lines: dict[tuple[str, str], list[Any]] = {}
        self._said: set[str] = set()
        self.share = 1.0

    def post(
        self, kind: str, theme: str, *, on: date, site: str = "", to: str = "", fits: Callable[[Any], bool] = lambda draft: True
    ) -> Post | None:
        """Return a question, message, thanks or idea (``kind``) that is in season and ``fits``, filled; None when none is left.

        ``on`` sets the dates inside it, ``site`` (the writer's) is not the site it speaks of, ``to`` is whom it thanks.
        """
        deck = self._deck(kind, theme, drafts_of(theme)[kind])

        def is_for_here(one: Any) -> bool:
            return (not one.months or on.month in one.months) and (not one.sites or site in one.sites) and fits(one)

        draft = deck.draw(is_for_here, self.share)
        if draft is None:
            return None
        filled = Filler(self._rng, draft.language, on=on, site=site, to=to).fill(draft)
        return typeset(dataclasses.replace(filled, theme=theme), draft.language)

    def own_post(self, community: str, *, on: date) -> Message | None:
        """Return the next of the posts that a community has for itself, filled; None when none is left."""
        deck = self._decks.get(("own", community))
        if deck is None:
            drafts = next(one.posts for one in written("communities")["community"] if one.key == community)
            deck = self._decks.setdefault(("own", community), _Deck(self._rng, drafts))
        draft = deck.draw(lambda one: True, self.share)
        return draft and typeset(Filler(self._rng, draft.language, on=on).fill(draft), draft.language)

    def cohort_welcome(self, *, site: str, month: str) -> WelcomeDraft | None:
        """Return the host's first post in a cohort of that site and month (as a title writes both); None when none is left."""
        return self.line("newcomers", "welcome", words={"ici": site, "promotion": month})

    def line(
        self,
        file: str,
        kind: str,
        *,
        on: date | None = None,
        fits: Callable[[Any], bool] = lambda line: True,
        words: dict[str, str] | None = None,
    ) -> Any:
        """Return a text of the table ``kind`` of ``file`` that ``fits``, filled, no sentence of which was said; None when none is left.

        Those that were not drawn for the longest time come first. ``words`` are the values of slots.
        """
        if (file, kind) not in self._lines:
            self._lines[file, kind] = self._rng.sample(written(file)[kind], len(written(file)[kind]))
        lines = self._lines[file, kind]
        for line in [line for line in lines if fits(line) for _ in range(FILLINGS)]:
            filled = typeset(Filler(self._rng, line.language, on=on, words=words).fill(line), line.language)
            said = sentences(filled)
            if not said & self._said:
                lines.append(lines.pop(lines.index(line)))
                self._said |= said
                return filled
        return None

    def _deck(self, kind: str, theme: str, cards: tuple) -> _Deck:
        return self._decks.setdefault((kind, theme), _Deck(self._rng, cards))
