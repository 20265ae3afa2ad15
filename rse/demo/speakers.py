"""Who of the demonstration may believably say what: by trade, language, site, and the time they have been here."""

import re

from .texts import themes
from .texts.filling import SITES

NEW, AT_HOME, SETTLED, VETERAN = 60, 90, 365, 8 * 365  # days since the first one
_NAMED_SITE = re.compile(rf"\b({'|'.join((*SITES, 'Porto'))})\b")


class Speakers:
    """The people present in one month, and what each may say; ``leads`` are those who lead others.

    ``known_for`` says for which themes somebody is known, by employee number, and for which skills of these where it is not for all.
    """

    def __init__(self, people, known_for, leads):
        self.people, self.known_for, self.leads = people, known_for, leads
        self.themes = {theme.key: theme for theme in themes()}

    def knows(self, person, theme, skills, on):
        """Return whether ``person`` answers as one who knows: of the trade or known for these ``skills`` in it, and here for a year."""
        return (is_of_the_trade(person, theme) or self.is_known_for(person, theme, skills)) and days_here(person, on) >= SETTLED

    def is_known_for(self, person, theme, skills=()):
        """Return whether ``person`` is known for ``theme``: for all of it, or, where it is a few skills, for one of ``skills``."""
        themes, own = self.known_for.get(person.employee_number, ((), ()))
        return theme.key in themes and (not own or not skills or not set(own).isdisjoint(skills))

    def writes_about(self, person, theme):
        """Return whether ``theme`` is of the work of ``person``, or of the work next to it."""
        anybody = not theme.families
        return anybody or family_of(person) in (*theme.knows, *theme.families) or self.is_known_for(person, theme)

    def is_one(self, person, by, on):
        """Return whether what only newcomers, veterans, leads or people of the night may say is true of ``person``."""
        days = days_here(person, on)
        return {
            "newcomer": days <= NEW,
            "veteran": days >= VETERAN,
            "lead": person.pk in self.leads and days > AT_HOME,
            "night": works_at_night(person),
        }.get(by, days > AT_HOME)

    def may_write(self, person, kind, theme, draft, on):
        """Return whether ``person`` may publish ``draft``, a question, message, idea or thanks (``kind``) of ``theme``."""
        if draft.language != language_of(person) or not self.is_one(person, draft.by, on):
            return False
        if draft.by != "trade":
            return True
        if kind == "question":
            return not theme.asks or family_of(person) in theme.asks
        return kind == "thanks" or is_of_the_trade(person, theme)

    def may_answer(self, person, author, theme, draft, on):
        """Return whether ``person`` may give the good answer to ``author``: knows what it is on, speaks its language, is where it happens."""
        is_near = theme.key != "site" or person.site_id == author.site_id
        return person.pk != author.pk and is_near and speaks(person, draft.language) and self.knows(person, theme, draft.skills, on)

    def may_comment(self, person, author, theme, comment, language, on):
        """Return whether ``person`` may say ``comment`` under what ``author`` wrote.

        Whoever names sites works at one of them; whoever speaks for a trade is of it.
        """
        if person.pk == author.pk or not speaks(person, language) or days_here(person, on) <= AT_HOME:
            return False
        if theme.key == "site" and person.site_id != author.site_id:
            return False
        if comment.trade == "night":
            return works_at_night(person)
        if not (is_of_the_trade(person, self.themes[comment.trade]) if comment.trade else self.writes_about(person, theme)):
            return False
        named = set(_NAMED_SITE.findall(comment.text))
        return not named or bool(person.site and person.site.name in named)


def is_of_the_trade(person, theme):
    """Return whether the job family of ``person`` is one that knows ``theme``; where none is named, everybody's is."""
    return not theme.knows or family_of(person) in theme.knows


def family_of(person):
    return person.family.label if person.family else ""


def language_of(person):
    """Return the language in which ``person`` writes first."""
    return person.language if speaks(person, person.language) else next((one for one in ("fr", "en") if speaks(person, one)), "")


def speaks(person, language):
    return language in person.languages


def works_at_night(person):
    return "nuit" in person.title


def days_here(person, on):
    """Return how many days ``person`` has been here on the day ``on``; 0 where nobody knows."""
    return (on - person.hired_on).days if person.hired_on else 0
