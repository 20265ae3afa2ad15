"""What the people of the demo company write: drawn with a seed, filled, and never the same twice until all is used."""

from __future__ import annotations

import dataclasses
import random
from datetime import date
from typing import Any, TypeVar

from .communities import COMMUNITIES, CommunityDraft
from .drafts import ANSWER, Comment, Idea, Line, Message, Question, Thanks, Theme
from .filling import Filler
from .handbook import HandbookPage, charter, welcome_guide
from .journeys import BUDDY_CONFIRMATIONS, BUDDY_MESSAGES, COHORT_WELCOMES, INES, INTRODUCTIONS, STEPS, StepDraft, WelcomeDraft
from .mentoring import OFFERS, PAIRS, REQUESTS, MentoringOffer, MentoringRequest, PairStory
from .openings import APPLICATION_LETTERS, OPENINGS, WISHES, OpeningDraft
from .portraits import PORTRAITS, Portrait
from .skills import SkillDraft, skill_table
from .succession import ACTIONS, KEY_POSITIONS, NOMINATION_REASONS, KeyPositionDraft
from .themes import DRAFTS, THEMES
from .typography import typeset

__all__ = [
    "THEMES",
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
    "charter",
    "communities",
    "counts",
    "introduction_of_ines",
    "journey_steps",
    "key_positions",
    "mentoring_offers",
    "mentoring_requests",
    "openings",
    "pair_stories",
    "portraits",
    "skill_table",
    "succession_actions",
    "welcome_guide",
    "wishes",
]

TRIES = 12
OPENINGS_OF_QUESTIONS = (
    "Bonjour !",
    "Bonjour à toutes et à tous.",
    "Petite question.",
    "Je tente ma chance ici.",
    "Salut !",
)
ENDINGS_OF_QUESTIONS = (
    "Merci d'avance !",
    "Merci !",
    "Tous les avis m'intéressent.",
    "Merci pour vos retours.",
    "Je prends tout, même les idées bizarres.",
    "D'avance merci.",
)
Draft = TypeVar("Draft", Question, Message, Thanks, Idea)


def counts() -> dict[str, dict[str, int]]:
    """How many texts of each kind stand ready for each theme, before any slot is filled."""
    return {key: {kind: len(drafts) for kind, drafts in kinds.items()} for key, kinds in DRAFTS.items()}


def communities() -> tuple[CommunityDraft, ...]:
    """The communities of the company."""
    return typeset(COMMUNITIES, "fr")


def journey_steps() -> tuple[StepDraft, ...]:
    """The ten steps of the newcomer's journey, in order."""
    return typeset(STEPS, "fr")


def key_positions() -> tuple[KeyPositionDraft, ...]:
    """The key positions, some with named people proposed for them."""
    return typeset(KEY_POSITIONS, "fr")


def succession_actions() -> tuple[str, ...]:
    """What may be done to prepare somebody for a key position."""
    return typeset(ACTIONS, "fr")


def openings() -> tuple[OpeningDraft, ...]:
    """Positions and missions."""
    return typeset(OPENINGS, "fr")


def portraits() -> dict[str, Portrait]:
    """What the named people write of themselves, by their key in the cast."""
    return {
        key: dataclasses.replace(
            one,
            about=typeset(one.about, "fr"),
            trainings=tuple((typeset(title, "fr"), year, is_public) for title, year, is_public in one.trainings),
            wish=one.wish and (one.wish[0], typeset(one.wish[1], "fr"), *one.wish[2:]),
        )
        for key, one in PORTRAITS.items()
    }


def wishes() -> tuple[tuple[int, str], ...]:
    """Wishes of people: the horizon in months, then their words."""
    return tuple((months, typeset(text, "fr")) for months, text in WISHES)


def introduction_of_ines() -> Line:
    """What the newcomer of the sign-in page says of herself."""
    return dataclasses.replace(INES, text=typeset(INES.text, INES.language))


def mentoring_offers() -> tuple[MentoringOffer, ...]:
    """What mentors offer."""
    return typeset(OFFERS, "fr")


def mentoring_requests() -> tuple[MentoringRequest, ...]:
    """First messages to a mentor."""
    return typeset(REQUESTS, "fr")


def pair_stories() -> tuple[PairStory, ...]:
    """Goals and session notes of pairs."""
    return typeset(PAIRS, "fr")


class _Deck:
    """Cards in a random order, given one by one, shuffled anew when all were given; knows how often it was shuffled."""

    def __init__(self, rng: random.Random, cards: tuple) -> None:
        self._rng = rng
        self._cards = cards
        self._left: list = []
        self.rounds = 0

    def draw(self, month: int = 0, language: str = "") -> Any:
        """The next card that is in season and in the language asked; any card when none is."""
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

    `on` sets the dates inside a text, `site` (the writer's) is not the site the text speaks of, `language` asks for one language.
    """

    def __init__(self, seed: int = 1) -> None:
        self._rng = random.Random(f"texts {seed}")
        self._decks: dict[tuple[str, str], _Deck] = {}
        self._seen: set[str] = set()

    def question(self, theme: str, *, on: date | None = None, site: str = "", language: str = "") -> Question:
        """A question with its comments, the good answer among them."""
        return self._draw("question", theme, on=on, site=site, language=language)

    def message(self, theme: str, *, on: date | None = None, site: str = "", language: str = "") -> Message:
        """An ordinary post with its comments."""
        return self._draw("message", theme, on=on, site=site, language=language)

    def thanks(self, theme: str, *, to: str = "", on: date | None = None, site: str = "", language: str = "") -> Thanks:
        """A thank-you to `to`, a name or a mention."""
        return self._draw("thanks", theme, on=on, site=site, language=language, to=to)

    def idea(self, theme: str, *, on: date | None = None, site: str = "", language: str = "") -> Idea:
        """A proposal with its comments."""
        return self._draw("idea", theme, on=on, site=site, language=language)

    def cohort_welcome(self, *, site: str, month: str, language: str = "fr") -> WelcomeDraft:
        """The host's first post in a cohort of that site and month (both as they are written in the sentence)."""
        draft = self._deck("cohort", "", COHORT_WELCOMES).draw(language=language)
        words = {"site": site, "mois": month, "month": month}
        title, body = (text.format(**words) for text in (draft.title, draft.body))
        return typeset(WelcomeDraft(title, body, draft.language), draft.language)

    def introduction(self, *, on: date | None = None) -> Line:
        """How a newcomer introduces themselves to the cohort."""
        return self._line("introduction", INTRODUCTIONS, on)

    def buddy_message(self, *, on: date | None = None) -> Line:
        """A buddy's first message."""
        return self._line("buddy", BUDDY_MESSAGES, on)

    def buddy_confirmation(self) -> Line:
        """What a newcomer says of the buddy when confirming the help."""
        return self._line("confirmation", BUDDY_CONFIRMATIONS, None)

    def application_letter(self, *, on: date | None = None) -> Line:
        """Why somebody applies."""
        return self._line("letter", APPLICATION_LETTERS, on)

    def nomination_reason(self, *, on: date | None = None) -> Line:
        """A fact behind a name in a succession plan."""
        return self._line("nomination", NOMINATION_REASONS, on)

    def _deck(self, kind: str, theme: str, cards: tuple) -> _Deck:
        return self._decks.setdefault((kind, theme), _Deck(self._rng, cards))

    def _line(self, kind: str, cards: tuple[Line, ...], on: date | None) -> Line:
        line = self._deck(kind, "", cards).draw()
        return typeset(Filler(self._rng, line.language, on=on).fill(line), line.language)

    def _draw(self, kind: str, theme: str, *, on: date | None, site: str, language: str, to: str = "") -> Any:
        deck = self._deck(kind, theme, DRAFTS[theme][kind])
        month = on.month if on else 0
        for _ in range(TRIES * len(DRAFTS[theme][kind])):
            draft = deck.draw(month, language)
            filler = Filler(self._rng, draft.language, on=on, site=site, to=to)
            text = filler.fill(self._in_other_words(draft) if kind == "question" else draft)
            text = typeset(dataclasses.replace(text, theme=theme), draft.language)
            if text.body not in self._seen:
                break
        self._seen.add(text.body)
        return self._fewer_comments(text) if deck.rounds > 1 and hasattr(text, "comments") else text

    def _in_other_words(self, draft: Question) -> Question:
        """The question, now and then with a word of greeting before it or of thanks after it."""
        body = draft.body
        if draft.language != "fr":
            return draft
        if not body.lstrip("{").startswith(("Bonjour", "Salut", "Question")) and self._rng.random() < 0.2:
            body = f"{self._rng.choice(OPENINGS_OF_QUESTIONS)} {body}"
        if self._rng.random() < 0.25:
            body = f"{body} {self._rng.choice(ENDINGS_OF_QUESTIONS)}"
        return dataclasses.replace(draft, body=body)

    def _fewer_comments(self, text: Draft) -> Draft:
        """A text drawn again loses one of its lesser comments, so that the two threads differ."""
        lesser = [place for place, comment in enumerate(text.comments) if comment.speaker != ANSWER]
        if len(text.comments) < 3 or not lesser:
            return text
        gone = self._rng.choice(lesser)
        return dataclasses.replace(text, comments=tuple(comment for place, comment in enumerate(text.comments) if place != gone))
