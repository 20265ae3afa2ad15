"""Openings: written, published, changed, closed, and who recruits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.people.handles import HANDLE_IN_NAME, holds_handle
from rse.core.people.services.refusals import allow
from rse.core.versions import save_over
from rse.feed.language import guess_language
from rse.governance.charter import require_charter
from rse.notify import live

from .. import events, rules
from ..enums import LONGEST_DESCRIPTION, LONGEST_SUMMARY, LONGEST_TITLE, ApplicationState, MemberRole, OpeningKind, OpeningState
from ..models import Application, Bookmark, Opening, OpeningMember, OpeningSkill
from .applications import delete_applications
from .assignment import settle_opening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from rse.core.models import Person
    from talent.models import Skill

MOST_SKILLS = 6
WHOLE = 100  # per cent
WRITTEN = (
    *("kind", "title", "summary", "description", "unit", "site", "pay_from", "pay_to", "level"),
    *("starts_on", "closes_on", "weeks", "share"),
)
LONGEST = {"title": LONGEST_TITLE, "summary": LONGEST_SUMMARY, "description": LONGEST_DESCRIPTION}


class ClosedAlready(Exception):
    """Applications end before today: it cannot be published so."""


class AlreadyInTeam(Exception):
    """This person recruits for it already."""


def _locked(opening: Opening) -> Opening:
    return Opening.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=opening.pk)


def _wrong_pay(values: dict[str, Any]) -> dict[str, ValidationError]:
    least, most = values["pay_from"], values["pay_to"]
    if values["kind"] == OpeningKind.POSITION and None in (least, most):
        return {"pay_from": ValidationError(_("A position says its pay, from and to."), code="required")}
    if (least is None) != (most is None):
        return {"pay_to": ValidationError(_("Say both ends of the pay, or neither."), code="required")}
    if least is not None and not 0 < least <= most:
        return {"pay_to": ValidationError(_("The pay ends below where it begins."), code="order")}
    return {}


def _wrong_length(values: dict[str, Any]) -> dict[str, ValidationError]:
    wrong = {}
    if values["kind"] == OpeningKind.MISSION and not values["weeks"]:
        wrong["weeks"] = ValidationError(_("Say how many weeks the mission lasts."), code="required")
    if values["kind"] == OpeningKind.MISSION and not 0 < (values["share"] or 0) <= WHOLE:
        wrong["share"] = ValidationError(_("Between 1 and 100 per cent of the working time."), code="range")
    return wrong


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values of an opening as they are kept.

    Raises:
        ValidationError: one is missing, too long or does not go with the others, or the title holds a handle; by field.

    """
    wrong = {}
    for name, most in LONGEST.items():
        if len(values[name]) > most:
            wrong[name] = ValidationError(_("%(most)d characters at most."), code="max_length", params={"most": most})
    if not values["title"].strip():
        wrong["title"] = ValidationError(_("Give it a title."), code="required")
    elif holds_handle(values["title"]):
        wrong["title"] = ValidationError(HANDLE_IN_NAME, code="handle")
    if values["kind"] == OpeningKind.POSITION:
        values = values | {"weeks": None, "share": None}
    wrong |= _wrong_pay(values) | _wrong_length(values)
    if wrong:
        raise ValidationError(wrong)
    return values | {"language": guess_language(f"{values['title']} {values['description']}", default="fr")}


@transaction.atomic
def create_opening(
    *, author: Person, needed: Sequence[Skill] = (), to_learn: Sequence[Skill] = (), key: str = "", **values: Any
) -> Opening:
    """Create a draft that ``author`` recruits for. One ``key`` makes one draft, however often it is sent.

    Raises:
        PermissionDenied: neither a recruiter nor HR over that unit.
        CharterRequired: the charter has to be accepted first.
        ValidationError: a value is missing or does not go with the others; by field.

    """
    allow(rules.can_create_opening(author, values.get("unit")) and set(values) == set(WRITTEN))
    require_charter(author)
    values = _checked(values)
    if key and (made := Opening.objects.filter(author=author, submission=key).first()):
        return made
    try:
        with transaction.atomic():
            opening = Opening.objects.create(author=author, submission=key or None, **values)
    except IntegrityError:
        if key and (made := Opening.objects.filter(author=author, submission=key).first()):
            return made
        raise
    _tag(opening, needed, to_learn)
    OpeningMember.objects.create(opening=opening, person=author, role=MemberRole.RECRUITER, added_by=author)
    return opening


def _tag(opening: Opening, needed: Sequence[Skill], to_learn: Sequence[Skill]) -> None:
    OpeningSkill.objects.filter(opening=opening).delete()
    wanted = {skill.merged_into_id or skill.pk: False for skill in needed[:MOST_SKILLS]}
    for skill in to_learn[:MOST_SKILLS]:
        wanted.setdefault(skill.merged_into_id or skill.pk, True)
    OpeningSkill.objects.bulk_create(
        OpeningSkill(opening=opening, skill_id=skill_id, is_to_learn=is_to_learn) for skill_id, is_to_learn in wanted.items()
    )


@transaction.atomic
def edit_opening(
    *, editor: Person, opening: Opening, version: int, needed: Sequence[Skill] = (), to_learn: Sequence[Skill] = (), **values: Any
) -> Opening:
    """Save the words of an opening, if nobody saved since ``version``; where it is published, those who applied are told.

    Raises:
        PermissionDenied: the editor does not recruit for it, or moves it to a unit that is not theirs.
        ValidationError: a value is missing or does not go with the others; by field.
        EditedMeanwhile: it has moved on; nothing was written.

    """
    opening = _locked(opening)
    allow(rules.can_edit_opening(editor, opening) and set(values) == set(WRITTEN))
    if values["unit"].pk != opening.unit_id:
        allow(rules.can_create_opening(editor, values["unit"]))
    values = _checked(values)
    save_over(Opening.objects.filter(pk=opening.pk), version, values, current=lambda: Opening.objects.with_card().get(pk=opening.pk))
    _tag(opening, needed, to_learn)
    if values["unit"].pk != opening.unit_id:
        Application.objects.filter(opening=opening).update(unit=values["unit"])
        settle_opening(opening.pk)
        live.recheck("job", opening.public_id)
    return _changed(opening, events.OpeningChanged(actor_id=editor.pk, **_said(opening)), tell=opening.is_published)


def _said(opening: Opening) -> dict[str, Any]:
    return {"subject": ("opening", opening.pk), "document": ("opening", opening.pk)}


def _changed(opening: Opening, event: events.Event, *, tell: bool = False) -> Opening:
    """Say that ``opening`` is not what it was: to search and pages, and to those who applied where ``tell`` says so."""
    publish(event)
    if tell:
        waiting = Application.objects.live().filter(opening=opening.pk, applicant__isnull=False)
        applicants = tuple(waiting.order_by("applicant").values_list("applicant", flat=True))
        publish(events.ApplicantsTold(subject=("opening", opening.pk), recipient_ids=applicants))
    fresh = Opening.objects.get(pk=opening.pk)
    live.poke("job", fresh.public_id, fresh.version)
    return fresh


@transaction.atomic
def publish_opening(*, actor: Person, opening: Opening) -> Opening:
    """Publish the opening: everyone reads it and may apply, until the day it names. A second time changes nothing.

    Raises:
        PermissionDenied: the actor does not recruit for it, or it is closed.
        CharterRequired: the charter has to be accepted first.
        ClosedAlready: that day is over.

    """
    opening = _locked(opening)
    if opening.is_published and rules.recruits_for(actor, opening):
        return opening
    allow(rules.can_publish_opening(actor, opening))
    require_charter(actor)
    if opening.closes_on < clock.today():
        raise ClosedAlready
    first = opening.published_at or clock.now()
    Opening.objects.filter(pk=opening.pk).update(state=OpeningState.PUBLISHED, published_at=first, version=F("version") + 1)
    return _changed(opening, events.OpeningPublished(actor_id=actor.pk, **_said(opening)))


@transaction.atomic
def close_opening(*, actor: Person, opening: Opening) -> Opening:
    """Close the opening: it leaves the list, and the applications that were sent go on. A second time changes nothing.

    Raises:
        PermissionDenied: the actor does not recruit for it, or it is a draft.

    """
    opening = _locked(opening)
    if opening.state == OpeningState.CLOSED and rules.recruits_for(actor, opening):
        return opening
    allow(rules.can_close_opening(actor, opening))
    _close(opening, Opening.objects.filter(state=OpeningState.PUBLISHED), actor_id=actor.pk)
    return Opening.objects.with_card().get(pk=opening.pk)


def _close(opening: Opening, among: QuerySet[Opening], *, actor_id: int | None = None) -> bool:
    """Close it if it stands ``among`` those that are to be closed at this moment; whether it did."""
    if not among.filter(pk=opening.pk).update(state=OpeningState.CLOSED, version=F("version") + 1):
        return False
    live.recheck("job", opening.public_id)
    _changed(opening, events.OpeningClosed(actor_id=actor_id, **_said(opening)))
    return True


def close_past() -> int:
    """Close the openings whose last day for applications is over; return how many were."""
    past = Opening.objects.filter(state=OpeningState.PUBLISHED, closes_on__lt=clock.today())
    closed = 0
    for opening in past.order_by("pk"):
        with transaction.atomic():
            closed += _close(opening, past)  # asked again: somebody may have given it another day
    return closed


@transaction.atomic
def reopen_opening(*, actor: Person, opening: Opening) -> Opening:
    """Turn a closed opening into a draft, to be read over before it is published.

    Raises:
        PermissionDenied: the actor does not recruit for it, or it is not closed.

    """
    opening = _locked(opening)
    allow(rules.can_reopen_opening(actor, opening))
    Opening.objects.filter(pk=opening.pk).update(state=OpeningState.DRAFT, version=F("version") + 1)
    return _changed(opening, events.OpeningReopened(actor_id=actor.pk, **_said(opening)))


@transaction.atomic
def delete_opening(*, actor: Person, opening: Opening) -> None:
    """Erase a draft that was never published.

    Raises:
        PermissionDenied: it was published once, or the actor does not recruit for it.

    """
    opening = _locked(opening)
    allow(rules.can_delete_opening(actor, opening))
    opening.delete()


@transaction.atomic
def add_member(*, actor: Person, opening: Opening, person: Person, role: str) -> OpeningMember:
    """Add ``person`` to the team of the opening, and tell them.

    Raises:
        PermissionDenied: the actor neither made it nor is HR of its unit, or the person is not here.
        AlreadyInTeam: they are in it.

    """
    allow(rules.can_change_team(actor, opening) and person.is_present and role in MemberRole.values)
    try:
        with transaction.atomic():
            member = OpeningMember.objects.create(opening=opening, person=person, role=role, added_by=actor)
    except IntegrityError as error:
        raise AlreadyInTeam from error
    delete_applications(Application.objects.filter(opening=opening, applicant=person, state=ApplicationState.DRAFT))
    settle_opening(opening.pk)
    publish(events.MemberAdded(actor_id=actor.pk, subject=("opening", opening.pk), recipient_ids=(person.pk,)))
    return member


@transaction.atomic
def remove_member(*, actor: Person, opening: Opening, person: Person) -> None:
    """Remove ``person`` from the team at once; what they handled goes to somebody else.

    Raises:
        PermissionDenied: the actor neither made it nor is HR of its unit.

    """
    allow(rules.can_change_team(actor, opening))
    OpeningMember.objects.current().filter(opening=opening, person=person).update(ends_at=clock.now())
    settle_opening(opening.pk)
    live.recheck("job", opening.public_id)


@transaction.atomic
def keep_opening(*, person: Person, opening: Opening, is_kept: bool) -> None:
    """Keep an opening for later, or not any more; nobody else knows.

    Raises:
        PermissionDenied: the person is not here, or it is not published.

    """
    if not is_kept:
        Bookmark.objects.filter(person=person, opening=opening).delete()
        return
    allow(rules.can_keep_opening(person, opening))
    Bookmark.objects.get_or_create(person=person, opening=opening)


def hide_opening_row(opening: Opening, *, by: Person, reason: str = "") -> None:
    """Take it out of everybody's sight but its team's. The caller asked who may, and keeps why."""
    _show(opening, events.OpeningHidden(actor_id=by.pk, **_said(opening)), is_hidden=True)
    live.recheck("job", opening.public_id)


def show_opening_row(opening: Opening, *, by: Person, reason: str = "") -> None:
    """Show the opening again. The caller asked who may."""
    _show(opening, events.OpeningShown(actor_id=by.pk, **_said(opening)), is_hidden=False)


def _show(opening: Opening, event: events.Event, *, is_hidden: bool) -> None:
    if Opening.objects.filter(pk=opening.pk, is_hidden=not is_hidden).update(is_hidden=is_hidden, version=F("version") + 1):
        _changed(opening, event)
