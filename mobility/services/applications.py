"""What an applicant does: write, send, renew, tell their manager, answer an offer, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.events.bus import publish
from rse.core.ops import erasures
from rse.core.organisation.services.lines import keep_line
from rse.core.people.services.refusals import allow
from rse.core.versions import save_over
from rse.notify import live
from talent.models import DeclaredSkill, LedgerLine

from .. import events, rules
from ..enums import LIVE, LONGEST_LETTER, MOST_OPEN, ApplicationState, Availability, LetterReader, SiteAnswer
from ..models import Application, ApplicationLine, ApplicationSkill, Opening, OpeningMember, StageChange
from ..queries import find_handler
from .assignment import settle_opening

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from rse.core.models import Person

MOST_ATTACHED = 20
CONTENT = ("letter", "letter_for", "availability", "site_answer", "may_contact")
NOTHING: dict[str, Any] = {"letter": "", "letter_for": LetterReader.HR, "availability": "", "site_answer": "", "may_contact": False}
NO_DECISION: dict[str, Any] = {"reason": "", "alternatives": "", "decided_by": None, "decided_at": None}
NOBODY_TOLD: dict[str, Any] = {"informed_manager": None, "informed_at": None}


@dataclass(frozen=True)
class Content:
    """The content of an application; contributions and skills are the applicant's own, by id."""

    letter: str = ""
    letter_for: str = LetterReader.HR
    availability: str = ""
    site_answer: str = ""
    may_contact: bool = False
    line_ids: Sequence[int] = ()
    skill_ids: Sequence[int] = ()

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in CONTENT}


class AlreadyApplied(Exception):
    """This person has applied for it; ``application`` is what they sent."""

    def __init__(self, application: Application):
        self.application = application
        super().__init__("already applied")


class NobodyOutsideTheLine(Exception):
    """Nobody who could handle it stands outside the applicant's line: nothing was sent, and nobody was told."""


class TooManyWait(Exception):
    """Twenty applications of one person wait for an end at most."""


class NotTheManager(Exception):
    """The manager who is told stands directly above today."""


def recruits(person: Person, opening: Opening) -> bool:
    """Return whether ``person`` is named in the team of ``opening`` today."""
    return OpeningMember.objects.current().filter(opening=opening, person=person).exists()


@transaction.atomic
def save_draft(*, applicant: Person, opening: Opening, version: int, content: Content) -> Application:
    """Keep what was typed so far; nobody else can read it. What was withdrawn begins again.

    ``version`` is the one that was read, 0 for none.

    Raises:
        PermissionDenied: it takes no applications, or they recruit for it.
        AlreadyApplied: it was sent.
        EditedMeanwhile: another window saved meanwhile; nothing was written.
        ValidationError: the letter is too long, or an answer is not one of the list.

    """
    allow(rules.can_apply(applicant, opening, is_in_team=recruits(applicant, opening)))
    return _draft(applicant, opening, version, _checked(content))


def _checked(content: Content, *, is_sent: bool = False) -> Content:
    wrong = {}
    if len(content.letter) > LONGEST_LETTER:
        wrong["letter"] = ValidationError(_("%(most)d characters at most."), code="max_length", params={"most": LONGEST_LETTER})
    for name, choices in (("availability", Availability), ("site_answer", SiteAnswer)):
        said = getattr(content, name)
        if said not in choices.values and (said or is_sent):
            wrong[name] = ValidationError(_("Pick one of these."), code="required")
    if content.letter_for not in LetterReader.values:
        wrong["letter_for"] = ValidationError(_("Pick one of these."), code="required")
    if is_sent and not content.letter.strip():
        wrong["letter"] = ValidationError(_("Say in a few words why."), code="required")
    if wrong:
        raise ValidationError(wrong)
    return content


def _draft(applicant: Person, opening: Opening, version: int, content: Content) -> Application:
    row = _row_of(applicant, opening)
    if row is None:
        try:
            with transaction.atomic():
                row = Application.objects.create(opening=opening, unit_id=opening.unit_id, applicant=applicant, **content.columns())
        except IntegrityError:  # another request was a moment earlier
            row = _row_of(applicant, opening)
            if row is None:
                raise
        else:
            _begin(applicant, row, content)
            return row
    if row.is_sent:
        raise AlreadyApplied(row)
    if row.state == ApplicationState.WITHDRAWN:
        version = row.version if version == 0 else version
    elif version == 0 and _says_the_same(row, content):
        return row
    begun = {"state": ApplicationState.DRAFT, "erased_at": None, "stage_at": clock.now()}
    same = Application.objects.filter(pk=row.pk)
    rows = same.filter(state__in=(ApplicationState.DRAFT, ApplicationState.WITHDRAWN))
    save_over(rows, version, content.columns() | begun, current=same.get)
    _begin(applicant, row, content)
    return Application.objects.get(pk=row.pk)


def _begin(applicant: Person, row: Application, content: Content) -> None:
    """Hang on what was picked, and note who stands above: they stay denied, whatever the line says later."""
    _attach(row, content)
    keep_line(kind="application", row_id=row.pk, person_ids=[applicant.pk])


def _row_of(applicant: Person, opening: Opening) -> Application | None:
    rows = Application.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(applicant=applicant, opening=opening).first()


def _says_the_same(row: Application, content: Content) -> bool:
    return all(getattr(row, name) == value for name, value in content.columns().items())


def _attach(application: Application, content: Content) -> None:
    """Hang on what the person picked of their own."""
    ApplicationLine.objects.filter(application=application).delete()
    ApplicationSkill.objects.filter(application=application).delete()
    own = LedgerLine.objects.visible_to(application.applicant).filter(person=application.applicant_id, is_kept=True)
    lines = own.filter(pk__in=content.line_ids).newest_first()
    skills = DeclaredSkill.objects.filter(person=application.applicant_id, skill__in=content.skill_ids).order_by("pk")
    ApplicationLine.objects.bulk_create(ApplicationLine(application=application, line=line) for line in lines[:MOST_ATTACHED])
    ApplicationSkill.objects.bulk_create(ApplicationSkill(application=application, skill_id=one.skill_id) for one in skills[:MOST_ATTACHED])


@transaction.atomic
def send_application(*, applicant: Person, opening: Opening, version: int, content: Content) -> Application:
    """Send the application, once, to those who handle it, outside the applicant's line; they learn of it when the day is over.

    Raises:
        PermissionDenied: it takes no applications, or they recruit for it.
        EditedMeanwhile: another window saved meanwhile; nothing was written.
        ValidationError: the letter is missing or too long, or an answer is not one of the list.
        AlreadyApplied: it was sent, by this window or another.
        TooManyWait: twenty wait already.
        NobodyOutsideTheLine: nobody can receive it; nothing was sent, and nobody was told.

    """
    allow(rules.can_apply(applicant, opening, is_in_team=recruits(applicant, opening)))
    row = _draft(applicant, opening, version, _checked(content, is_sent=True))
    keep_line(kind="application", row_id=row.pk, person_ids=[applicant.pk])
    handler = find_handler(row)
    if handler is None:
        raise NobodyOutsideTheLine
    place, now = _free_place(applicant), clock.now()
    sent = {"state": ApplicationState.SUBMITTED, "handler": handler, "submitted_at": now, "stage_at": now, "place": place}
    try:
        with transaction.atomic():
            if not Application.objects.filter(pk=row.pk, state=ApplicationState.DRAFT).update(**sent, version=F("version") + 1):
                raise AlreadyApplied(Application.objects.get(pk=row.pk))
    except IntegrityError as error:  # the last place went to another window
        raise TooManyWait from error
    StageChange.objects.create(application=row, state=ApplicationState.SUBMITTED, by=applicant)
    settle_opening(opening.pk)  # whoever applies handles nobody else's for the same opening
    return _told(row, events.ApplicationSent(actor_id=applicant.pk, subject=("application", row.pk)))


def _free_place(applicant: Person) -> int:
    taken = set(Application.objects.filter(applicant=applicant, place__isnull=False).values_list("place", flat=True))
    free = next((place for place in range(1, MOST_OPEN + 1) if place not in taken), None)
    if free is None:
        raise TooManyWait
    return free


def _told(application: Application, event: events.Event) -> Application:
    """Publish, and tell the pages of those who read it; never those of its opening, which others watch."""
    publish(event)
    fresh = Application.objects.select_related("opening").get(pk=application.pk)
    live.poke("application", fresh.public_id, fresh.version)
    return fresh


@transaction.atomic
def renew_application(*, applicant: Person, application: Application, version: int, content: Content) -> Application:
    """Put a new version in place of what was sent, until somebody has begun to read it.

    Raises:
        PermissionDenied: another's, or it is being read.
        EditedMeanwhile: another window saved meanwhile; nothing was written.
        ValidationError: the letter is missing or too long, or an answer is not one of the list.

    """
    row = _own(applicant, application)
    allow(rules.can_renew(applicant, row))
    content = _checked(content, is_sent=True)
    rows = Application.objects.filter(pk=row.pk, state=ApplicationState.SUBMITTED)
    save_over(rows, version, content.columns() | {"stage_at": clock.now()}, current=lambda: row)
    _attach(row, content)
    StageChange.objects.create(application=row, state=ApplicationState.SUBMITTED, by=applicant)
    return _told(row, events.ApplicationSent(actor_id=applicant.pk, subject=("application", row.pk)))


def _own(applicant: Person, application: Application) -> Application:
    row = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    allow(rules.is_own(applicant, row))
    return row


@transaction.atomic
def withdraw_application(*, applicant: Person, application: Application) -> None:
    """Withdraw the application: its content is erased at once, and an empty row stays; a draft is deleted. Twice is once.

    Raises:
        PermissionDenied: another's, or it has come to its end.

    """
    row = _own(applicant, application)
    if row.state == ApplicationState.WITHDRAWN:
        return
    allow(rules.can_withdraw(applicant, row))
    if row.state == ApplicationState.DRAFT:
        delete_applications(Application.objects.filter(pk=row.pk))
        return
    _withdraw(row)


def _withdraw(row: Application) -> None:
    erasures.note("mobility.application", [row.public_id])
    erase_content([row.pk])
    now = clock.now()
    Application.objects.filter(pk=row.pk).update(state=ApplicationState.WITHDRAWN, place=None, stage_at=now, version=F("version") + 1)
    StageChange.objects.filter(application=row).update(by=None, due_on=None)
    StageChange.objects.create(application=row, state=ApplicationState.WITHDRAWN)
    live.recheck("application", row.public_id)
    _told(row, events.ApplicationWithdrawn(actor_id=row.applicant_id, subject=("application", row.pk)))
    settle_opening(row.opening_id)


def erase_content(ids: Sequence[int]) -> None:
    """Erase everything that was written in these applications, or about them; the rows stay."""
    ApplicationLine.objects.filter(application__in=ids).delete()
    ApplicationSkill.objects.filter(application__in=ids).delete()
    now = clock.now()
    Application.objects.filter(pk__in=ids).update(**NOTHING, **NO_DECISION, **NOBODY_TOLD, place=None, erased_at=now)


@transaction.atomic
def inform_manager(*, applicant: Person, application: Application, manager: Person) -> Application:
    """Let one direct manager know that there is an application and how it stands; nothing else of it, and nobody else.

    Those who handle it learn nothing of that: neither their forms nor their pages move.

    Raises:
        PermissionDenied: another's application, at its end, or a manager was told already.
        NotTheManager: this person does not stand directly above.

    """
    row = _own(applicant, application)
    allow(rules.can_inform_manager(applicant, row))
    if not rules.stands_directly_above(manager, applicant):
        raise NotTheManager
    Application.objects.filter(pk=row.pk).update(informed_manager=manager, informed_at=clock.now())
    publish(events.ManagerInformed(actor_id=applicant.pk, subject=("application", row.pk), recipient_ids=(manager.pk,)))
    return Application.objects.select_related("opening").get(pk=row.pk)


@transaction.atomic
def accept_offer(*, applicant: Person, application: Application) -> Application:
    """Accept the offer as the applicant. A second time changes nothing; to say no is to withdraw.

    Raises:
        PermissionDenied: another's, or there is no offer.

    """
    row = _own(applicant, application)
    if row.state == ApplicationState.ACCEPTED:
        return row
    allow(rules.can_answer_offer(applicant, row))
    now = clock.now()
    Application.objects.filter(pk=row.pk).update(state=ApplicationState.ACCEPTED, place=None, stage_at=now, version=F("version") + 1)
    StageChange.objects.create(application=row, state=ApplicationState.ACCEPTED, by=applicant)
    return _told(row, events.OfferAccepted(actor_id=applicant.pk, subject=("application", row.pk)))


def delete_applications(rows: QuerySet[Application]) -> None:
    """Delete these rows with everything that hangs on them, in the caller's transaction."""
    erasures.note("mobility.draft", list(rows.order_by("pk").values_list("public_id", flat=True)))
    rows.delete()


def withdraw_of_leavers(person_ids: Sequence[int]) -> None:
    """Withdraw the applications of those who left, in the caller's transaction; drafts are deleted."""
    rows = Application.objects.filter(applicant__in=person_ids)
    delete_applications(rows.filter(state=ApplicationState.DRAFT))
    withdraw_again(rows.filter(state__in=LIVE))


def withdraw_again(rows: QuerySet[Application]) -> None:
    """Withdraw these live applications, in the caller's transaction, whoever may."""
    for row in rows.order_by("pk"):
        _withdraw(row)
