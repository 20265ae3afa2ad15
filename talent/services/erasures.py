"""What people erased of what they are and did, erased again once an older backup was put back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rse.core.models import Person
from rse.core.ops import erasures

from ..models import Confirmation, HelpConfirmation, LedgerLine, Skill, Training, Wish
from .being import remove_wish
from .ledger import erase_line, opt_in, stop_ledger
from .skills import undeclare_skill

if TYPE_CHECKING:
    from collections.abc import Sequence


def register_all() -> None:
    erasures.register("talent.line", _lines)
    erasures.register("talent.ledger", _ledgers)
    erasures.register("talent.ledger_resumed", _resumed)
    erasures.register("talent.help", _help)
    erasures.register("talent.skill", _skills)
    erasures.register("talent.confirmation", lambda keys: Confirmation.objects.filter(public_id__in=keys).delete())
    erasures.register("talent.training", lambda keys: Training.objects.filter(public_id__in=keys).delete())
    erasures.register("talent.wish", _wishes)


def _lines(public_ids: Sequence[str]) -> None:
    for line in LedgerLine.objects.select_related("person").filter(public_id__in=public_ids).order_by("pk"):
        erase_line(person=line.person, line=line)


def _ledgers(keys: Sequence[int]) -> None:
    for person in Person.objects.filter(pk__in=keys).order_by("pk"):
        stop_ledger(person)


def _resumed(keys: Sequence[int]) -> None:
    for person in Person.objects.filter(pk__in=keys).order_by("pk"):
        opt_in(person=person)


def _help(acts: Sequence[list[Any]]) -> None:
    for source_kind, source_id, person_id, by_id in acts:
        HelpConfirmation.objects.filter(source_kind=source_kind, source_id=source_id, person=person_id, by=by_id).delete()


def _skills(declared: Sequence[list[int]]) -> None:
    for person_id, skill_id in declared:
        person, skill = Person.objects.filter(pk=person_id).first(), Skill.objects.filter(pk=skill_id).first()
        if person and skill:
            undeclare_skill(person=person, skill=skill)


def _wishes(public_ids: Sequence[str]) -> None:
    for wish in Wish.objects.select_related("person").filter(public_id__in=public_ids).order_by("pk"):
        remove_wish(person=wish.person)
