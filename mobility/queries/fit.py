"""What a person has of what an opening needs, what they would learn, and what of their own shows it. No percentage, and no order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talent.queries import figures_of, lines_for, skills_for

if TYPE_CHECKING:
    from rse.core.models import Person
    from talent.models import Skill
    from talent.queries import ShownLine

    from ..models import Opening


@dataclass(frozen=True)
class Held:
    """A skill that is needed and that the reader says, had confirmed or has shown."""

    skill: Skill
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return self.skill.label


@dataclass(frozen=True)
class Fit:
    """For one opening and one reader, seen by that reader alone."""

    have: tuple[Held, ...]
    learn: tuple[Skill, ...]
    taught: tuple[Skill, ...]
    lines: tuple[ShownLine, ...]

    @property
    def evidence(self) -> list[str]:
        """The reader's own contributions on these skills, counted by kind, in words."""
        return figures_of(self.lines).kinds_in_words


def fits_for(reader: Person, openings: Iterable[Opening]) -> dict[int, Fit]:
    """Compare the needs of openings with the reader's own skills and contributions: ``{opening id: fit}``; a constant number of queries.

    A skill is held when it is declared, confirmed or shown by a contribution; merged skills count as what they became. Nothing is scored.
    """
    lines = lines_for(reader, reader)
    rows = {row.skill.merged_into_id or row.skill.pk: row for row in skills_for(reader, reader, lines)}
    return {opening.pk: _fit(opening, rows, lines) for opening in openings}


def _fit(opening: Opening, rows: dict[int, Any], lines: list[ShownLine]) -> Fit:
    needed, taught = opening.needed, opening.to_learn
    wanted = {skill.pk for skill in needed}
    shown = [one for one in lines if any(skill.pk in wanted for skill in one.skills)]
    return Fit(
        have=tuple(Held(skill, _sources(rows[skill.pk])) for skill in needed if skill.pk in rows),
        learn=tuple(skill for skill in needed if skill.pk not in rows),
        taught=tuple(skill for skill in taught if skill.pk not in rows),
        lines=tuple(shown),
    )


def _sources(row: Any) -> tuple[str, ...]:
    said = ((row.declared, _("you say so")), (row.confirmers, _("confirmed by colleagues")), (row.lines, _("shown by what you did")))
    return tuple(words for is_there, words in said if is_there)
