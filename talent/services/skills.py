"""The reference table, and the skills of a person from the two sources that people write: what one says, what others confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.people.services.people import one_at_a_time

from .. import events, queries, rules
from ..enums import Level
from ..models import Confirmation, DeclaredSkill, LineSkill, Skill
from ..normalization import words_of
from ..starter_skills import starter_skills

if TYPE_CHECKING:
    from rse.core.models import Person

MOST_DECLARED = 40


class SkillExists(Exception):
    """A skill has this name already: ``skill`` is the one."""

    def __init__(self, skill: Skill | None):
        self.skill = skill
        super().__init__("skill exists")


class CannotMerge(Exception):
    """A skill is not merged into itself, nor into one that was merged away."""


class TooManySkills(Exception):
    """Forty declared skills say nothing any more."""


@transaction.atomic
def load_starter_skills(*, actor: Person | None = None) -> int:
    """Add what the starter list has and the table has not, by code; return how many. Without an actor it is the server that does it.

    Raises:
        PermissionDenied: not HR.

    """
    if actor and not rules.can_curate_skills(actor):
        raise PermissionDenied
    known = set(Skill.objects.values_list("code", flat=True))
    taken = {label for pair in Skill.objects.values_list("label_fr", "label_en") for label in pair}
    rows = [
        Skill(code=code, label_fr=label_fr, label_en=label_en, group=group, words=words_of(label_fr, label_en, code))
        for code, label_fr, label_en, group in starter_skills()
        if code not in known and not {label_fr, label_en} & taken
    ]
    Skill.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def add_skill(*, actor: Person, label_fr: str, label_en: str, group: str) -> Skill:
    """Add an entry to the reference table.

    Raises:
        PermissionDenied: not HR.
        SkillExists: an entry has one of these names, or had it before it was merged.

    """
    if not rules.can_curate_skills(actor):
        raise PermissionDenied
    for label in (label_fr, label_en):
        if found := queries.skill_named(label):
            raise SkillExists(found)
    code = slugify(label_fr)[:60]
    try:
        with transaction.atomic():
            return Skill.objects.create(
                code=code, label_fr=label_fr, label_en=label_en, group=group, words=words_of(label_fr, label_en, code)
            )
    except IntegrityError as error:
        raise SkillExists(Skill.objects.filter(code=code).first()) from error


@transaction.atomic
def merge_skills(*, actor: Person, source: Skill, into: Skill) -> Skill:
    """Merge ``source`` into another skill: what was said about it moves there, and its names lead there.

    Where both were declared, the higher level stays. What other rooms keep moves when they hear of the event.

    Raises:
        PermissionDenied: not HR.
        CannotMerge: the same skill, or one of them was merged away.

    """
    if not rules.can_curate_skills(actor):
        raise PermissionDenied
    both = Skill.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[source.pk, into.pk]).order_by("pk")
    rows = {skill.pk: skill for skill in both}
    source, into = rows[source.pk], rows[into.pk]
    if source.pk == into.pk or source.merged_into_id or into.merged_into_id:
        raise CannotMerge
    _merge_declared(source, into)
    already = Confirmation.objects.filter(skill=into).values_list("person", "by")
    pairs = set(already)
    doubles = [one.pk for one in Confirmation.objects.filter(skill=source).order_by("pk") if (one.person_id, one.by_id) in pairs]
    Confirmation.objects.filter(pk__in=doubles).delete()
    Confirmation.objects.filter(skill=source).update(skill=into)
    LineSkill.objects.filter(skill=source, line__in=LineSkill.objects.filter(skill=into).values("line")).delete()
    LineSkill.objects.filter(skill=source).update(skill=into)
    Skill.objects.filter(merged_into=source).update(merged_into=into)
    Skill.objects.filter(pk=source.pk).update(merged_into=into)
    publish(events.SkillsMerged(actor_id=actor.pk, source_id=source.pk, into_id=into.pk, document=("person", 0)))
    return into


def _merge_declared(source: Skill, into: Skill) -> None:
    order = list(Level.values)
    kept = {one.person_id: one for one in DeclaredSkill.objects.filter(skill=into).order_by("pk")}
    for one in DeclaredSkill.objects.filter(skill=source).order_by("pk"):
        if (other := kept.get(one.person_id)) is None:
            continue
        if order.index(one.level) > order.index(other.level):
            DeclaredSkill.objects.filter(pk=other.pk).update(level=one.level)
        DeclaredSkill.objects.filter(pk=one.pk).delete()
    DeclaredSkill.objects.filter(skill=source).update(skill=into)


@transaction.atomic
def restore_skill(*, actor: Person, skill: Skill) -> None:
    """Restore a merged skill as an entry of its own, with its names; what was moved stays where it is.

    Raises:
        PermissionDenied: not HR.

    """
    if not rules.can_curate_skills(actor):
        raise PermissionDenied
    Skill.objects.filter(pk=skill.pk).update(merged_into=None)


@transaction.atomic
def declare_skill(*, person: Person, skill: Skill, level: str, is_public: bool = True) -> DeclaredSkill:
    """Record that ``person`` declares ``skill``; a second time the level and who sees it change.

    Raises:
        PermissionDenied: this person writes nothing here.
        TooManySkills: forty are declared already.

    """
    if not rules.can_write_own(person, person):
        raise PermissionDenied
    skill = skill.merged_into or skill
    values = {"level": Level(level), "is_public": is_public, "declared_on": clock.today()}
    one_at_a_time(person)
    mine = DeclaredSkill.objects.filter(person=person)
    if not mine.filter(skill=skill).exists() and mine.count() >= MOST_DECLARED:
        raise TooManySkills
    declared = DeclaredSkill.objects.update_or_create(person=person, skill=skill, defaults=values)[0]
    _say_declared(person)
    return declared


@transaction.atomic
def undeclare_skill(*, person: Person, skill: Skill) -> None:
    """Delete the declaration of ``skill``; what others confirmed stays theirs to withdraw, or the person's to erase."""
    if DeclaredSkill.objects.filter(person=person, skill=skill).delete()[0]:
        erasures.note("talent.skill", [[person.pk, skill.pk]])
        _say_declared(person)


def _say_declared(person: Person) -> None:
    publish(events.SkillsDeclared(actor_id=person.pk, subject=("person", person.pk), document=("person", person.pk)))


@transaction.atomic
def confirm_skill(*, by: Person, person: Person, skill: Skill) -> Confirmation:
    """Record that ``by`` confirms ``skill`` of ``person``; once is enough, and the person is told.

    Raises:
        PermissionDenied: they neither share a unit, now or at the same time before, nor took part in the same accepted answer.

    """
    skill = skill.merged_into or skill
    ground = queries.ground_between(by, person)
    if ground is None or not queries.may_be_confirmed(person, skill, by):
        raise PermissionDenied
    name, audience_id = ground
    row, is_new = Confirmation.objects.get_or_create(
        person=person, skill=skill, by=by, defaults={"ground": name, "audience_id": audience_id, "confirmed_on": clock.today()}
    )
    if is_new:
        publish(events.SkillConfirmed(actor_id=by.pk, subject=("skill_confirmation", row.pk), recipient_ids=(person.pk,)))
    return row


@transaction.atomic
def withdraw_confirmation(*, person: Person, confirmation: Confirmation) -> None:
    """Delete the confirmation.

    Raises:
        PermissionDenied: neither the one who gave it nor the person it is about.

    """
    if not rules.can_withdraw_confirmation(person, confirmation):
        raise PermissionDenied
    erasures.note("talent.confirmation", [confirmation.public_id])
    Confirmation.objects.filter(pk=confirmation.pk).delete()
