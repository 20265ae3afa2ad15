"""What the people of the demo company write: drawn with a seed, filled, and never the same twice until all is used.

The words stand in TOML files, each read once, when something of it is first asked for.
"""

from __future__ import annotations

import dataclasses
import random
from datetime import date
from functools import cache
from typing import Any, TypeVar

from .drafts import (
    ANSWER,
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
    SkillDraft,
    StepDraft,
    Thanks,
    Theme,
    WelcomeDraft,
    Wish,
)
from .filling import Filler
from .loader import read
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
    "wishes",
]

TRIES = 12
Discussed = TypeVar("Discussed", Question, Message, Idea)
LINES, PAGES = tuple[Line, ...], tuple[HandbookPage, ...]
QUESTIONS = {"question": tuple[Question, ...]}
POSTS = {"message": tuple[Message, ...], "thanks": tuple[Thanks, ...], "idea": tuple[Idea, ...]}
# The tables of each file, by their key, as what they become; each theme has two files more.
TABLES: dict[str, dict[str, Any]] = {
    "applications": {"letter": LINES},
    "communities": {"community": tuple[CommunityDraft, ...]},
    "greetings": {"before": tuple[str, ...], "after": tuple[str, ...]},
    "handbook/charter": {"page": PAGES},
    "handbook/guide_en": {"page": PAGES},
    "handbook/guide_fr": {"page": PAGES},
    "journey": {"step": tuple[StepDraft, ...]},
    "mentoring": {"offer": tuple[MentoringOffer, ...], "request": tuple[MentoringRequest, ...], "pair": tuple[PairStory, ...]},
    "newcomers": {
        "ines": Line,
        "welcome": tuple[WelcomeDraft, ...],
        "introduction": LINES,
        "buddy_message": LINES,
        "buddy_confirmation": LINES,
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
    """Return the communities of the company."""
    return typeset(written("communities")["community"], "fr")


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


def wishes() -> tuple[Wish, ...]:
    """Return wishes of people who have no name here: the horizon in months, then the words."""
    return typeset(written("portraits")["wishes"], "fr")


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
    """Cards in a random order, given one by one, shuffled anew when all were given; knows how often it was shuffled."""

    def __init__(self, rng: random.Random, cards: tuple) -> None:
        self._rng = rng
        self._cards = cards
        self._left: list = []
        self.rounds = 0

    def draw(self, month: int = 0, language: str = "") -> Any:
        """Return the next card that is in season and in the language asked; any card when none is."""
        for _ in range(2):
            for card in self._left:
                in_season = not month or not getattr(card, "months", ()) or month in card.months
                if in_season and (not language or card.language == language):
                    self._left.remove(card)
                    return card
            self._left = list(self._cards)
            self._rng.shuffle(self._left)
            self.rounds += 1
        return self._left.pop()


class Texts:
    """Draws texts; the same seed and the same calls give the same texts.

    ``on`` sets the dates inside a text, ``site`` (the writer's) is not the site the text speaks of, ``language`` asks for one language.
    """

    def __init__(self, seed: int = 1) -> None:
        self._rng = random.Random(f"texts {seed}")
        self._decks: dict[tuple[str, str], _Deck] = {}
        self._seen: set[str] = set()

    def question(self, theme: str, *, on: date | None = None, site: str = "", language: str = "") -> Question:
        """Return a question with its comments, the good answer among them."""
        return self._draw("question", theme, on=on, site=site, language=language)

    def message(self, theme: str, *, on: date | None = None, site: str = "", language: str = "") -> Message:
        """Return an ordinary post with its comments."""
        return self._draw("message", theme, on=on, site=site, language=language)

    def thanks(self, theme: str, *, to: str = "", on: date | None = None, site: str = "", language: str = "") -> Thanks:
        """Return a thank-you to ``to``, a name or a mention."""
        return self._draw("thanks", theme, on=on, site=site, language=language, to=to)

    def idea(self, theme: str, *, on: date | None = None, site: str = "", language: str = "") -> Idea:
        """Return a proposal with its comments."""
        return self._draw("idea", theme, on=on, site=site, language=language)

    def cohort_welcome(self, *, site: str, month: str, language: str = "fr") -> WelcomeDraft:
        """Return the host's first post in a cohort of that site and month (both as the sentence writes them)."""
        draft = self._deck("cohort", "", written("newcomers")["welcome"]).draw(language=language)
        words = {"site": site, "mois": month, "month": month}
        title, body = (text.format(**words) for text in (draft.title, draft.body))
        return typeset(WelcomeDraft(title, body, draft.language), draft.language)

    def introduction(self, *, on: date | None = None) -> Line:
        """Return how a newcomer introduces themselves to the cohort."""
        return self._line("introduction", written("newcomers")["introduction"], on)

    def buddy_message(self, *, on: date | None = None) -> Line:
        """Return a buddy's first message."""
        return self._line("buddy", written("newcomers")["buddy_message"], on)

    def buddy_confirmation(self) -> Line:
        """Return what a newcomer says of the buddy when confirming the help."""
        return self._line("confirmation", written("newcomers")["buddy_confirmation"], None)

    def application_letter(self, *, on: date | None = None) -> Line:
        """Return why somebody applies."""
        return self._line("letter", written("applications")["letter"], on)

    def _deck(self, kind: str, theme: str, cards: tuple) -> _Deck:
        return self._decks.setdefault((kind, theme), _Deck(self._rng, cards))

    def _line(self, kind: str, cards: tuple[Line, ...], on: date | None) -> Line:
        line = self._deck(kind, "", cards).draw()
        return typeset(Filler(self._rng, line.language, on=on).fill(line), line.language)

    def _draw(self, kind: str, theme: str, *, on: date | None, site: str, language: str, to: str = "") -> Any:
        drafts = drafts_of(theme)[kind]
        deck = self._deck(kind, theme, drafts)
        month = on.month if on else 0
        for _ in range(TRIES * len(drafts)):
            draft = deck.draw(month, language)
            filler = Filler(self._rng, draft.language, on=on, site=site, to=to)
            text = filler.fill(self._in_other_words(draft) if kind == "question" else draft)
            text = typeset(dataclasses.replace(text, theme=theme), draft.language)
            if text.body not in self._seen:
                break
        self._seen.add(text.body)
        return self._fewer_comments(text) if deck.rounds > 1 and hasattr(text, "comments") else text

    def _in_other_words(self, draft: Question) -> Question:
        """Return the question, now and then with a word of greeting before it or of thanks after it; one in French only."""
        body, greetings = draft.body, written("greetings")
        if draft.language != "fr":
            return draft
        if not body.lstrip("{").startswith(("Bonjour", "Salut", "Question")) and self._rng.random() < 0.2:
            body = f"{self._rng.choice(greetings['before'])} {body}"
        if self._rng.random() < 0.25:
            body = f"{body} {self._rng.choice(greetings['after'])}"
        return dataclasses.replace(draft, body=body)

    def _fewer_comments(self, text: Discussed) -> Discussed:
        """Return a text drawn again without one of its lesser comments, so that the two threads differ."""
        lesser = [place for place, comment in enumerate(text.comments) if comment.speaker != ANSWER]
        if len(text.comments) < 3 or not lesser:
            return text
        gone = self._rng.choice(lesser)
        return dataclasses.replace(text, comments=tuple(comment for place, comment in enumerate(text.comments) if place != gone))
