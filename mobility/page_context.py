"""What the pages of this room are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rse.core.enums import Role
from rse.core.models import Unit, UnitClosure
from rse.governance.enums import Purpose
from rse.governance.services.access_log import log_access
from talent.queries import declared_by, lines_for

from . import queries, rules
from .enums import LIVE, OUTCOMES, STEPS, ApplicationState, Relation
from .forms import LEARNED, NEEDED, ApplicationForm, MemberForm, StepForm
from .models import Application, Opening
from .services.applications import recruits
from .services.openings import WRITTEN
from .visible_fields import fields_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rse.core.models import Person

TONES = {
    ApplicationState.DRAFT: "",
    ApplicationState.SUBMITTED: "violet",
    ApplicationState.IN_REVIEW: "violet",
    ApplicationState.INTERVIEW: "gold",
    ApplicationState.OFFER: "green",
    ApplicationState.ACCEPTED: "green",
}
STAGES = (ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.INTERVIEW)


def log_opening(reader: Person, applications: Sequence[Application], relation: str) -> None:
    """Log that ``reader`` opens these applications, unless they are their own."""
    functions = {Relation.HR: Role.HR.value, Relation.HEAD: Role.HR_HEAD.value}
    recruiter = Role.RECRUITER.value if reader.holds(Role.RECRUITER) else ""
    opened = {("application", one.pk): [one.applicant_id] for one in applications if one.applicant_id not in (None, reader.pk)}
    function = functions.get(relation, "" if relation == Relation.MANAGER else recruiter)  # type: ignore[call-overload]
    log_access(reader=reader, opened=opened, purpose=Purpose.APPLICATION, function=function)


def capacity_over(reader: Person, opening: Opening) -> str:
    """Return in what capacity ``reader``, who recruits for ``opening``, reads what is sent for that opening."""
    return Relation.HR if reader.holds_over(Role.HR, opening.unit_id) else Relation.TEAM


def opening_logged(reader: Person, opening: Opening, applications: Sequence[Application]) -> None:
    log_opening(reader, applications, capacity_over(reader, opening))


def units_for(person: Person, opening: Opening | None = None) -> Any:
    """Return the queryset of the units for which ``person`` may make openings, and that of ``opening``."""
    over = [unit for role, unit in person.current_grants if role in (Role.RECRUITER, Role.HR)]
    if None in over:
        return Unit.objects.all()
    covered = list(UnitClosure.objects.filter(ancestor__in=over).values_list("unit", flat=True))
    return Unit.objects.filter(pk__in=[*covered, *([opening.unit_id] if opening else [])])


def opening_cards(reader: Person, openings: Sequence[Opening]) -> list[dict[str, Any]]:
    """Return each opening with the reader's fit, bookmark and own application; a constant number of queries."""
    if not openings:
        return []
    fits, kept, own = queries.fits_for(reader, openings), queries.bookmarked_by(reader, openings), queries.own_states(reader, openings)
    return [{"opening": one, "fit": fits[one.pk], "is_kept": one.pk in kept, "own": _shown_own(own.get(one.pk))} for one in openings]


def _shown_own(application: Application | None) -> Application | None:
    return None if application is None or application.state == ApplicationState.WITHDRAWN else application


def opening_page(reader: Person, opening: Opening) -> dict[str, Any]:
    card = opening_cards(reader, [opening])[0]
    in_team = recruits(reader, opening)
    return card | {
        "may_apply": rules.can_apply(reader, opening, is_in_team=in_team) and card["own"] is None,
        "may_keep": rules.can_keep_opening(reader, opening),
        "may_recruit": rules.recruits_for(reader, opening),
        "members": queries.members_of(opening),
    }


def values_of(opening: Opening) -> dict[str, Any]:
    """Return the initial values of the form of an opening."""
    values = {name: getattr(opening, name) for name in WRITTEN} | {"version": opening.version}
    needed, learned = [*opening.needed[:NEEDED], *[None] * NEEDED], [*opening.to_learn[:LEARNED], *[None] * LEARNED]
    values |= {f"needed_{number}": skill.label if skill else "" for number, skill in enumerate(needed[:NEEDED], start=1)}
    return values | {f"learned_{number}": skill.label if skill else "" for number, skill in enumerate(learned[:LEARNED], start=1)}


def application_form(person: Person, data: Any, *, initial: dict[str, Any]) -> ApplicationForm:
    """Return the form with what is the person's own to attach."""
    lines = [shown for shown in lines_for(person, person) if not shown.line.is_hidden]
    skills = [one.skill for one in declared_by(person)]
    is_draft = data is not None and data.get("do") == "keep"
    return ApplicationForm(data, initial=initial, lines=lines, skills=skills, is_draft=is_draft)


def initial_of(application: Application | None) -> dict[str, Any]:
    if application is None:
        return {"version": 0}
    names = ("letter", "letter_for", "availability", "site_answer", "may_contact", "version")
    return {name: getattr(application, name) for name in names} | {
        "lines": list(application.lines.order_by("pk").values_list("line__public_id", flat=True)),
        "skills": list(application.skills.order_by("pk").values_list("skill__code", flat=True)),
    }


def apply_page(person: Person, opening: Opening, form: ApplicationForm, row: Application | None) -> dict[str, Any]:
    """Return the context of the form, with who would read the application once it is sent."""
    return {
        "opening": opening,
        "form": form,
        "row": row,
        "is_new_version": bool(row and row.is_sent),
        "readers": queries.future_readers(person, opening),
        "line": queries.direct_managers_of(person),
    }


def stages_of(application: Application, steps: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the stages of an application: done, now or later; with the day that was said for the present one."""
    reached = {step.state: step for step in reversed(list(steps))}
    dates = {step.state: step.due_on for step in reversed(list(steps)) if step.due_on}
    last = application.state if application.state in (ApplicationState.OFFER, *_ENDS) else ApplicationState.OFFER
    order = [*STAGES, last]
    now = order.index(application.state) if application.state in order else len(order) - 1
    labels = {ApplicationState.OFFER: _("Answer")} if application.state != ApplicationState.OFFER else {}
    return [
        {
            "label": labels.get(state, ApplicationState(state).label),  # type: ignore[call-overload]
            "state": "done" if place < now or application.state in _ENDS else "now" if place == now else "later",
            "at": reached[state].at if state in reached and place <= now else None,
            "due_on": dates.get(state) if place == now else None,
        }
        for place, state in enumerate(order)
    ]


_ENDS = (ApplicationState.ACCEPTED, ApplicationState.REFUSED)


def application_page(person: Person, application: Application) -> dict[str, Any]:
    """Return the context of one's own application: how it stands, who knows now, who opened it before, and what one may do."""
    fields = fields_for(person, application, relation=Relation.APPLICANT)
    knowers = queries.who_knows(application) if application.is_sent else []
    knowing = {one.person.pk for one in knowers}
    return {
        "application": application,
        "fields": fields,
        "tone": TONES.get(ApplicationState(application.state), ""),
        "stages": stages_of(application, fields["steps"]) if application.is_sent else [],
        "knowers": knowers,
        "unaware": [one for one in queries.direct_managers_of(person) if one.pk not in knowing],
        "opened": queries.files_opened(person, application),
        "is_readable": Opening.objects.visible_to(person).filter(pk=application.opening_id).exists(),
        "may_renew": rules.can_renew(person, application),
        "may_withdraw": rules.can_withdraw(person, application),
        "may_inform": rules.can_inform_manager(person, application),
        "may_answer": rules.can_answer_offer(person, application),
    }


def file_page(reader: Person, application: Application, relation: str, *, step_form: StepForm | None = None) -> dict[str, Any]:
    """Return the context of somebody else's application, cut for ``reader``, with what they may do next."""
    fields = fields_for(reader, application, relation=relation)
    context: dict[str, Any] = {"application": application, "fields": fields, "relation": relation, "was_moved": False}
    if relation == Relation.MANAGER:
        return context
    may_handle = rules.can_handle(reader, application)
    is_mission_over = queries.mission_is_over(application.opening)
    confirmed = queries.mission_confirmation(application) if application.state == ApplicationState.ACCEPTED else None
    steps = STEPS.get(ApplicationState(application.state), ()) if may_handle else ()
    return context | {
        "tone": TONES.get(ApplicationState(application.state), ""),
        "stages": stages_of(application, fields["steps"]),
        "next_steps": [{"state": state, "label": ApplicationState(state).label} for state in steps],
        "step_form": step_form or StepForm(reader=reader, application=application),
        "may_decide": may_handle and bool(OUTCOMES.get(ApplicationState(application.state))),
        "may_confirm": confirmed is None and rules.can_confirm_mission(reader, application, is_over=is_mission_over),
        "confirmed": confirmed,
        "is_live": application.state in LIVE,
    }


def decision_of(reader: Person, application: Application, relation: str) -> dict[str, Any]:
    """Return what a decision would be made over, by field of its form: how the application stands and, once decided, that record."""
    fields = fields_for(reader, application, relation=relation)
    said = {"version": application.version, "outcome": application.stage}
    if "reason" not in fields:
        return said
    considered = application.lines.filter(is_considered=True).order_by("pk").values_list("line__public_id", flat=True)
    return said | {
        "reason": fields["reason"],
        "alternatives": fields["alternatives"],
        "lines": list(considered),
        "due_on": fields["steps"][0].due_on,
    }


def recruited_page(reader: Person, opening: Opening, page: Any, *, member_form: MemberForm | None = None) -> dict[str, Any]:
    """Return the context of an opening for those who recruit for it.

    Everything about applications starts from those that ``reader`` may open.
    """
    relation = capacity_over(reader, opening)
    return {
        "opening": opening,
        "page": page,
        "rows": [
            {
                "application": one,
                "fields": fields_for(reader, one, relation=relation, is_whole=False),
                "tone": TONES.get(ApplicationState(one.state), ""),
            }
            for one in page.rows
        ],
        "count": queries.handled_counts(reader, [opening]).get(opening.pk, 0),
        "members": queries.members_of(opening),
        "member_form": member_form or MemberForm(reader=reader, opening=opening),
        "may_change_team": rules.can_change_team(reader, opening),
        "may_publish": rules.can_publish_opening(reader, opening),
        "may_close": rules.can_close_opening(reader, opening),
        "may_reopen": rules.can_reopen_opening(reader, opening),
        "may_delete": rules.can_delete_opening(reader, opening),
    }
