"""Every write of the ledger: lines come from what happened, and belong to their person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from rse.core import clock
from rse.core.access import kinds
from rse.core.events.bus import Contribution, publish
from rse.core.models import Audience, Person
from rse.core.ops import erasures
from rse.core.people.private_words import refuse_private
from rse.core.people.services.audiences import ensure_everyone

from .. import events, queries, rules
from ..enums import AT_ONCE, CONFIRMED_BY_THE_OTHER, HELPED_UNNAMED, LineKind
from ..models import HelpConfirmation, HelpedPerson, LedgerLine, LedgerOptOut, LineSkill, Skill
from ..models.ledger import LONGEST_COMMENT

if TYPE_CHECKING:
    from rse.core.access.kinds import Reference

MOST_TAGS = 5


class NotForThese(Exception):
    """A line is shown to everyone or to a space its person belongs to, never to a protected one."""


@transaction.atomic
def add_line(*, contribution: Contribution) -> LedgerLine | None:
    """Write the line of one fact, once per act and person, and return it; None where there must be none.

    There is no line for a person who wants no ledger, from a protected space, or on an act that its person may not open.

    Raises:
        ValueError: the kind is not one of the facts that may stand in a ledger.

    """
    kind, act = LineKind(contribution.kind), contribution.act
    person = Person.objects.filter(pk=contribution.person_id).first()
    audience = Audience.objects.filter(pk=contribution.audience_id).first()
    if person is None or not person.may_sign_in or audience is None or audience.is_protected:
        return None
    if LedgerOptOut.objects.filter(person=person).exists() or not kinds.resolve([act], person):
        return None
    is_kept = kind in AT_ONCE and not contribution.is_proposed
    line, is_new = LedgerLine.objects.get_or_create(
        act_kind=act[0],
        act_id=act[1],
        person=person,
        defaults={
            "kind": kind,
            "on": contribution.on,
            "audience": audience,
            "is_kept": is_kept,
        },
    )
    if is_new:
        if kind not in HELPED_UNNAMED:
            helped = _known(contribution.helped_ids, person)
            HelpedPerson.objects.bulk_create(HelpedPerson(line=line, person_id=one) for one in helped)
        _tag(line, _current(contribution.skills))
        told = events.LineAdded if is_kept else events.LineProposed
        publish(told(subject=("ledger_line", line.pk), recipient_ids=(person.pk,)))
    return line


def _known(ids: Sequence[int], person: Person) -> list[int]:
    """Those of ``ids`` who exist, without the person themselves, once each."""
    return sorted(Person.objects.filter(pk__in=ids).exclude(pk=person.pk).values_list("pk", flat=True))


def _current(ids: Sequence[int]) -> list[Skill]:
    found = Skill.objects.filter(pk__in=ids).select_related("merged_into").order_by("pk")
    return list({skill.pk: skill for skill in (one.merged_into or one for one in found)}.values())


def _tag(line: LedgerLine, skills: Sequence[Skill]) -> None:
    LineSkill.objects.bulk_create([LineSkill(line=line, skill=skill) for skill in skills[:MOST_TAGS]], ignore_conflicts=True)


def _own(person: Person, line: LedgerLine) -> LedgerLine:
    if not rules.can_change_line(person, line):
        raise PermissionDenied
    return LedgerLine.objects.select_for_update(of=("self",), no_key=True).get(pk=line.pk)


@transaction.atomic
def keep_line(*, person: Person, line: LedgerLine, audience: Audience | None = None) -> LedgerLine:
    """Keep a proposed line in the ledger, for ``audience`` where its act is a confirmed help.

    Raises:
        PermissionDenied: not one's own line.
        NotForThese: the audience is protected, or one that the person does not belong to.

    """
    line = _own(person, line)
    if line.act_kind == "help_confirmation":
        audience = audience or line.audience
        if audience.is_protected or not queries.audiences_to_choose(person).filter(pk=audience.pk).exists():
            raise NotForThese
        HelpConfirmation.objects.filter(pk=line.act_id, person=person).update(is_shown=not line.is_hidden, audience=audience)
        line.audience = audience
    line.is_kept = True
    line.save(update_fields=["is_kept", "audience"])
    return line


@transaction.atomic
def erase_line(*, person: Person, line: LedgerLine) -> None:
    """Delete the line, proposed or kept; its act stays what it was.

    Raises:
        PermissionDenied: not one's own line.

    """
    line = _own(person, line)
    _show_acts([line], is_shown=False)
    erasures.note("talent.line", [line.public_id])
    line.delete()


def _show_acts(lines: Sequence[LedgerLine], *, is_shown: bool) -> None:
    """What a line stands on here is shown exactly while the line is."""
    acts = [line.act_id for line in lines if line.act_kind == "help_confirmation" and line.is_kept]
    HelpConfirmation.objects.filter(pk__in=acts).update(is_shown=is_shown)


@transaction.atomic
def hide_lines(*, person: Person, lines: Sequence[LedgerLine], is_hidden: bool = True) -> None:
    """Hide these lines from everybody else, or show them again to those who saw them before.

    Raises:
        PermissionDenied: one of them is not one's own; none was changed.

    """
    if not all(rules.can_change_line(person, line) for line in lines):
        raise PermissionDenied
    LedgerLine.objects.filter(pk__in=[line.pk for line in lines]).update(is_hidden=is_hidden)
    _show_acts(lines, is_shown=not is_hidden)


@transaction.atomic
def comment_line(*, person: Person, line: LedgerLine, comment: str) -> None:
    """Set the comment of the person on their own line, shown with the line; an empty one removes it.

    Raises:
        PermissionDenied: not one's own line.
        ValidationError: longer than 280 characters, or a PrivateWord.

    """
    line = _own(person, line)
    comment = " ".join(comment.split())
    if len(comment) > LONGEST_COMMENT:
        raise ValidationError(_("280 characters at most."), code="max_length")
    refuse_private(comment, by=person, about=person)
    LedgerLine.objects.filter(pk=line.pk).update(comment=comment)


@transaction.atomic
def tag_line(*, person: Person, line: LedgerLine, skills: Sequence[Skill]) -> None:
    """Replace the skills that the line shows by these, five at most.

    Raises:
        PermissionDenied: not one's own line.

    """
    line = _own(person, line)
    LineSkill.objects.filter(line=line).delete()
    _tag(line, _current([skill.pk for skill in skills]))


@transaction.atomic
def opt_out(*, person: Person) -> int:
    """Delete the ledger of ``person`` and start no line of theirs from now on; return how many lines went.

    Nobody else can tell it from a ledger with nothing in it.

    Raises:
        PermissionDenied: this person writes nothing here.

    """
    if not rules.can_write_own(person, person):
        raise PermissionDenied
    return stop_ledger(person)


def stop_ledger(person: Person) -> int:
    """Delete the ledger of ``person`` in the caller's transaction, and start no line from now on. The caller asked who may."""
    LedgerOptOut.objects.get_or_create(person=person)
    erasures.note("talent.ledger", [person.pk])
    count = LedgerLine.objects.filter(person=person).count()
    LedgerLine.objects.filter(person=person).delete()
    HelpConfirmation.objects.filter(person=person).delete()
    return count


@transaction.atomic
def opt_in(*, person: Person) -> None:
    """Resume the ledger of ``person``: what they do from now on makes lines again, what was erased stays erased."""
    LedgerOptOut.objects.filter(person=person).delete()
    erasures.note("talent.ledger_resumed", [person.pk])


@transaction.atomic
def confirm_help(
    *, by: Person, person: Person, kind: str, source: Reference, helped: Sequence[Person] = (), skills: Sequence[Skill] = ()
) -> HelpConfirmation:
    """Record that ``person`` helped ``by``; the line is proposed to that person, and is theirs alone until they keep it.

    ``source`` (a pair, a journey, a workshop) is remembered so that one thing is confirmed once by each; it is opened to nobody. Who may
    say so is asked by the room that calls.

    Raises:
        PermissionDenied: of oneself, or somebody who is not here says it.
        ValueError: the kind is not one that another confirms.

    """
    kind = LineKind(kind)
    if kind not in CONFIRMED_BY_THE_OTHER:
        raise ValueError(kind)
    if by.pk == person.pk or not by.may_sign_in:
        raise PermissionDenied
    everyone = ensure_everyone()
    act, is_new = HelpConfirmation.objects.get_or_create(
        person=person,
        by=by,
        source_kind=source[0],
        source_id=source[1],
        defaults={"kind": kind, "audience": everyone, "confirmed_on": clock.today()},
    )
    if is_new:
        publish(
            events.HelpConfirmed(
                actor_id=by.pk,
                contribution=Contribution(
                    person_id=person.pk,
                    kind=kind.value,
                    act=("help_confirmation", act.pk),
                    audience_id=everyone.pk,
                    on=clock.today(),
                    helped_ids=tuple(one.pk for one in helped),
                    skills=tuple(skill.pk for skill in skills),
                    is_proposed=True,
                ),
            )
        )
    return act


@transaction.atomic
def withdraw_help(*, by: Person, act: HelpConfirmation) -> None:
    """Withdraw a confirmed help as the one who gave it: the line that stands on it falls.

    Raises:
        PermissionDenied: somebody else gave it.

    """
    if by.pk != act.by_id:
        raise PermissionDenied
    erasures.note("talent.help", [[act.source_kind, act.source_id, act.person_id, act.by_id]])
    HelpConfirmation.objects.filter(pk=act.pk).delete()
