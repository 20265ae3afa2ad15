"""Skills: found in the reference table, and shown for a person from three sources that stay apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from rse.core import clock
from rse.core.access import kinds
from rse.core.models import Holding, Person

from ..enums import Ground, LineKind
from ..models import Confirmation, DeclaredSkill, LedgerLine, Skill
from ..normalization import fold
from .ledger import ShownLine, moments_of, stands

MOST_FOUND = 10
SHORTEST = 2


@dataclass
class SkillRow:
    """One skill of one person for one reader: what they say, who confirms it, the lines that show it."""

    skill: Skill
    declared: DeclaredSkill | None = None
    confirmers: list[Person] = field(default_factory=list)
    lines: list[ShownLine] = field(default_factory=list)
    may_confirm: bool = False
    my_confirmation: Confirmation | None = None

    @property
    def others(self):
        """How many confirm it beside the two who are drawn."""
        return max(len(self.confirmers) - 2, 0)

    @property
    def latest(self):
        """The day of the newest line; None without any."""
        return max((shown.line.on for shown in self.lines), default=None)

    @property
    def names(self):
        return ", ".join(person.name for person in self.confirmers)

    @property
    def moments(self):
        return moments_of(self.lines)

    @property
    def evidence(self):
        """``[(kind, its label, how many moments)]`` in the order of the kinds: an answer that was kept and useful is one."""
        counts: dict[str, int] = {}
        for moment in self.moments:
            counts[moment.kind] = counts.get(moment.kind, 0) + 1
        return [(kind.value, kind.label, counts[kind]) for kind in LineKind if kind in counts]


def find_skills(text: str) -> list[Skill]:
    """Return up to ten skills whose words begin with those of ``text`` in either language; none for less than two letters.

    The names of a merged skill find the one it was merged into. Costs one query, which scans the reference table.
    """
    if len("".join(fold(text).split())) < SHORTEST:
        return []
    found: dict[int, Skill] = {}
    for skill in Skill.objects.named(text).select_related("merged_into").by_label()[: 3 * MOST_FOUND]:
        one = skill.merged_into or skill
        found.setdefault(one.pk, one)
    return list(found.values())[:MOST_FOUND]


def skill_named(text: str) -> Skill | None:
    """Return the skill with this label or code, in either language, whatever the case and the accents; None when there is none."""
    said = fold(text)
    if not said:
        return None
    rows = Skill.objects.filter(words__contains=f" {said}").select_related("merged_into").order_by("pk")
    for skill in rows:
        if said in (fold(skill.label_fr), fold(skill.label_en), fold(skill.code)):
            return skill.merged_into or skill
    return None


def skill_coded(code: str) -> Skill | None:
    skill = Skill.objects.filter(code=code).select_related("merged_into").first()
    return skill and (skill.merged_into or skill)


def declared_by(person: Person) -> list[DeclaredSkill]:
    rows = DeclaredSkill.objects.filter(person=person.pk).select_related("skill")
    return sorted(rows, key=lambda one: (one.skill.sorts_as, one.pk))


def skills_for(reader: Person, person: Person, lines: Sequence[ShownLine]) -> list[SkillRow]:
    """Return one row per skill that ``reader`` may see of ``person``, by label; ``lines`` are those of ``lines_for``."""
    rows: dict[int, SkillRow] = {}

    def row_of(skill: Any) -> SkillRow:
        return rows.setdefault(skill.pk, SkillRow(skill))

    for one in DeclaredSkill.objects.visible_to(reader).filter(person=person.pk).select_related("skill").order_by("pk"):
        row_of(one.skill).declared = one
    given = Confirmation.objects.visible_to(reader).filter(person=person.pk).select_related("skill", "by").order_by("-confirmed_on", "-pk")
    shown_people = Person.objects.visible_to(reader).filter(pk__in=given.values("by"))
    for one in given.filter(by__in=shown_people.values("pk")):
        row = row_of(one.skill)
        row.confirmers.append(one.by)
        if one.by_id == reader.pk:
            row.my_confirmation = one
    for shown in lines:
        for skill in shown.skills:
            row_of(skill).lines.append(shown)
    return sorted(rows.values(), key=lambda row: (row.skill.sorts_as, row.skill.pk))


def narrowed_skills(rows: Sequence[SkillRow], *, q: str = "", source: str = "") -> list[SkillRow]:
    """Return those of ``rows`` whose skill is named like ``q``, and that have something of ``source``: an attribute of the row."""
    words = [f" {word}" for word in fold(q).split()]
    return [row for row in rows if all(word in row.skill.words for word in words) and (not source or getattr(row, source))]


def confirmable_skills(rows: Sequence[SkillRow]) -> list[SkillRow]:
    """Return the rows that a colleague may confirm: what the person declares or has shown."""
    return [row for row in rows if row.declared or row.lines]


def may_be_confirmed(person: Person, skill: Skill, by: Person) -> bool:
    """Return whether ``by`` sees that ``person`` declares ``skill`` or has shown it.

    Nobody puts a skill on somebody who never spoke of it.
    """
    if DeclaredSkill.objects.visible_to(by).filter(person=person.pk, skill=skill).exists():
        return True
    return LedgerLine.objects.visible_to(by).filter(person=person.pk, is_kept=True, tags__skill=skill).exists()


def ground_between(by: Person, person: Person) -> tuple[str, int | None] | None:
    """Return what lets ``by`` confirm a skill of ``person``: ``(ground, audience id)``, or None.

    The ground is the same unit at the same time; or an accepted answer in which one helped the other, that both may open now.
    """
    if by.pk == person.pk or not by.is_present or not by.pk:
        return None
    if _shared_unit(by, person):
        return Ground.UNIT, None
    if line := _shared_answer(by, person):
        return Ground.ANSWER, line.audience_id
    return None


def _shared_unit(one, other):
    if one.unit_id and one.unit_id == other.unit_id and other.is_present:
        return True
    today = clock.today()
    stays = Holding.objects.filter(Q(person=one.pk) | Q(person=other.pk), starts_on__lte=today).select_related("position").order_by("pk")
    mine = [stay for stay in stays if stay.person_id == one.pk]
    theirs = [stay for stay in stays if stay.person_id == other.pk]
    return any(
        a.position.unit_id == b.position.unit_id and a.starts_on <= (b.ends_on or today) and b.starts_on <= (a.ends_on or today)
        for a in mine
        for b in theirs
    )


def _shared_answer(by, person):
    kept = LedgerLine.objects.visible_to(by).filter(kind=LineKind.ANSWER_ACCEPTED, is_kept=True, is_hidden=False).newest_first()
    both = [*kept.filter(person=person.pk, helped=by.pk), *kept.filter(person=by.pk, helped=person.pk)]
    references = {(line.act_kind, line.act_id) for line in both}
    if not references:
        return None
    for_one, for_other = kinds.resolve(references, by), kinds.resolve(references, person)
    shared = {reference for reference, act in for_one.items() if reference in for_other and stands(act)}
    return next((line for line in both if (line.act_kind, line.act_id) in shared), None)


def reference_table(*, q: str = "", group: str = "", is_merged: bool = False) -> QuerySet[Skill]:
    """Return the queryset of the reference table, merged skills among them: named like ``q``, of ``group``, or the merged ones alone."""
    rows = Skill.objects.named(q).select_related("merged_into")
    if group:
        rows = rows.filter(group=group)
    return rows.exclude(merged_into=None) if is_merged else rows


def public_skill_words(people: Sequence[Person]) -> dict[int, str]:
    """Return the skills that ``people`` declare to everyone, in both languages, as words by person id.

    Nothing of those who are not here.
    """
    words: dict[int, list[str]] = {}
    public = DeclaredSkill.objects.filter(person__in=[person.pk for person in people if person.is_present], is_public=True)
    for one in public.select_related("skill").order_by("person", "skill"):
        words.setdefault(one.person_id, []).extend(dict.fromkeys((one.skill.label_fr, one.skill.label_en)))
    return {person_id: " · ".join(labels) for person_id, labels in words.items()}
