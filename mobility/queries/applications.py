"""Applications as each reader may read them. Everything here starts from who may."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone

from rse.core import clock
from rse.core.enums import PersonState, Role
from rse.core.models import Person, ReportingLine, RoleGrant
from rse.governance.queries import openings_of_my_file
from talent.models import HelpConfirmation, Skill
from talent.queries import lines_for

from ..enums import BY_APPLICANTS, SENT, ApplicationState, MemberRole, Relation
from ..models import Application, ApplicationLine, ApplicationSkill, Opening, OpeningMember, StageChange
from ..models.applications import HANDLING, HR, RIVALS, TEAM, TOLD, outside

if TYPE_CHECKING:
    from talent.queries import ShownLine


@dataclass(frozen=True)
class Knower:
    """Somebody who may open an application now, and why."""

    person: Person
    relation: str

    @property
    def reason(self) -> Any:
        return Relation(self.relation).label


def application_of(reader: Person, public_id: str) -> Application | None:
    """Return the application, if ``reader`` may open it in any capacity."""
    return Application.objects.visible_to(reader).with_card().filter(public_id=public_id).first()


def applications_of(person: Person) -> Any:
    """Return the queryset of the applications of ``person``, what moved last first."""
    return Application.objects.of(person).with_card().newest_first()


def applications_to_read(reader: Person, opening: Opening) -> Any:
    """Return the queryset of the applications for ``opening`` that ``reader`` handles; the caller sorts them by when they came."""
    return Application.objects.handled_by(reader).filter(opening=opening.pk).select_related("opening", "applicant__unit", "applicant__site")


def handled_counts(reader: Person, openings: Iterable[Opening]) -> dict[int, int]:
    """Count by opening the applications that ``reader`` may open in order to handle them; others are counted nowhere."""
    rows = Application.objects.handled_by(reader).filter(opening__in=[one.pk for one in openings])
    counted = rows.order_by().values("opening").annotate(count=Count("pk"))
    return {line["opening"]: line["count"] for line in counted}


def waiting_for(reader: Person) -> int:
    """Count the applications that ``reader`` may open and nobody has begun to read."""
    return Application.objects.handled_by(reader).filter(state=ApplicationState.SUBMITTED).count()


def days_with_news(reader: Person, days: Iterable[datetime.date]) -> set[datetime.date]:
    """Return those of ``days``, of the company's calendar, on which an applicant did something with what ``reader`` handles."""
    days = set(days)
    steps = _steps_of_applicants(min(days), max(days)).filter(application__in=Application.objects.within_reach_of(reader))
    zone = timezone.get_default_timezone()
    return {at.astimezone(zone).date() for at in steps.order_by("at").values_list("at", flat=True)} & days


def _steps_of_applicants(first: datetime.date, last: datetime.date) -> Any:
    zone = timezone.get_default_timezone()
    start, end = (datetime.datetime.combine(day, datetime.time.min, zone) for day in (first, last + datetime.timedelta(days=1)))
    return StageChange.objects.filter(state__in=BY_APPLICANTS, at__gte=start, at__lt=end)


def concerned_on(day: datetime.date) -> list[int]:
    """Return the keys of the people who may handle what applicants did on ``day``; each is asked again before they are told."""
    moved = Application.objects.filter(pk__in=_steps_of_applicants(day, day).values("application"), applicant__isnull=False)
    found: set[int] = set()
    for application in moved.select_related("opening").order_by("pk"):
        found |= set(HANDLING.people(application).values_list("pk", flat=True))
    return sorted(found)


def offers_to_answer(person: Person) -> list[Application]:
    return list(Application.objects.of(person).filter(state=ApplicationState.OFFER).select_related("opening").order_by("stage_at", "pk"))


def informing(manager: Person) -> list[Application]:
    """Return the applications of which the applicant told ``manager``, while that manager stands directly above."""
    rows = Application.objects.visible_to(manager).filter(informed_manager=manager.pk)
    return list(rows.exclude(applicant=manager.pk).with_card().newest_first())


def direct_managers_of(person: Person) -> list[Person]:
    direct = ReportingLine.objects.filter(person=person.pk, depth=1).values("manager")
    return list(Person.objects.filter(pk__in=direct).by_name())


def relation_to(reader: Person, application: Application) -> str:
    """Return in what capacity ``reader`` may open the application, the narrowest one; empty where they may not."""
    rows = Application.objects.with_capacity_of(reader).filter(pk=application.pk)
    return rows.order_by("pk").values_list("capacity", flat=True).first() or ""


def attached_to(reader: Person, application: Application) -> tuple[list[ShownLine], list[Skill]]:
    """Return the contributions that the applicant attached and that ``reader`` may open, and the skills."""
    ids = set(ApplicationLine.objects.filter(application=application).values_list("line", flat=True))
    lines = [shown for shown in lines_for(reader, application.applicant) if shown.line.pk in ids] if ids and application.applicant else []
    tags = ApplicationSkill.objects.filter(application=application).select_related("skill__merged_into").order_by("pk")
    return lines, [tag.skill.merged_into or tag.skill for tag in tags]


def steps_of(application: Application) -> list[StageChange]:
    """Return the steps of the application, the newest first."""
    return list(StageChange.objects.filter(application=application).select_related("by").order_by("-at", "-pk"))


def find_handler(application: Application) -> Person | None:
    """Return somebody of the team (recruiters first), else HR of the unit, else the head of HR; never from the applicant's line.

    None when nobody stands outside that line. Whoever applies too is passed over; where there is nobody else the application is given to
    them, who read nothing of it until their own has ended: that it could not be sent would tell that they apply. So would a head of HR who
    is given what one of those below them, now or when these applied, would handle if they did not apply too, or where the team has somebody
    outside. Costs one query more for each head of HR.
    """
    near, heads = _near(application), list(_heads())
    others = set(RIVALS.people(application).values_list("pk", flat=True))
    there = Person.objects.present().filter(pk__in=[*near, *heads])
    allowed = set(outside(application, there).values_list("pk", flat=True))
    rivals_near = (others & allowed).intersection(near)
    competing = Application.objects.live().filter(opening=application.opening_id, applicant__in=rivals_near)
    above_rivals = {head.pk for head in Person.objects.filter(pk__in=heads).order_by("pk") if competing.from_below(head).exists()}
    may_go_up = not _team_outside(application).exists()
    wanted = [
        *(one for one in near if one not in others),
        *(one for one in heads if may_go_up and one not in others | above_rivals),
        *near,
        *heads,
    ]
    first = next((one for one in wanted if one in allowed), None)
    return Person.objects.get(pk=first) if first else None


def _team_outside(application: Application) -> Any:
    return outside(application, TEAM.people(application))


def _near(application: Application) -> list[int]:
    team = list(
        OpeningMember.objects.current()
        .filter(opening=application.opening_id)
        .order_by("starts_at", "pk")
        .values_list("person", "role", "person__state")
    )
    recruiters = [person for person, role, _state in team if role == MemberRole.RECRUITER]
    others = [person for person, role, _state in team if role != MemberRole.RECRUITER]
    return [*recruiters, *others, *HR.people(application).order_by("pk").values_list("pk", flat=True)]


def _heads() -> Any:
    return RoleGrant.objects.current().filter(role=Role.HR_HEAD).order_by("person", "pk").values_list("person", flat=True)


def future_readers(applicant: Person, opening: Opening) -> list[Knower]:
    """Return who would be able to open an application of ``applicant`` once it is sent, before anything is written."""
    begun = Application.objects.of(applicant).filter(opening=opening.pk).first()
    thing = begun or Application(opening=opening, applicant=applicant)
    thing.unit_id = opening.unit_id
    thing.handler = find_handler(thing)
    return _known(outside(thing, _handling(thing)), thing)


def who_knows(application: Application) -> list[Knower]:
    """Return who may open the application now, beside the applicant.

    Whoever handles it and applies too is named like the others, and opens nothing: leaving them out would tell that they apply.
    """
    if application.state not in SENT or application.erased_at:
        return []
    told = Person.objects.filter(pk__in=TOLD.people(application).values("pk"))
    return _known(outside(application, _handling(application)) | told, application)


def _handling(application: Application) -> Any:
    """Return the people named as those who may handle it.

    Where nobody of its team may, HR does, or a head of HR while they apply too: every head is named in both cases, since one name alone
    would tell that somebody of HR applies.
    """
    people = Person.objects.filter(pk__in=HANDLING.people(application).values("pk"))
    if _team_outside(application).exists():
        return people
    heads = outside(application, Person.objects.present().filter(pk__in=_heads()))
    return people | Person.objects.filter(pk__in=heads.values("pk"))


def _known(people: Any, thing: Application) -> list[Knower]:
    """Each of ``people`` with the capacity in which they read: a constant number of queries."""
    found = list(people.exclude(state=PersonState.LEFT).select_related("unit").by_name())
    team = set(TEAM.people(thing).order_by("pk").values_list("pk", flat=True))
    heads, near = set(_heads()), set(HR.people(thing).values_list("pk", flat=True))

    def relation(person: Person) -> str:
        if person.pk == thing.informed_manager_id:
            return Relation.MANAGER
        if person.pk in team:
            return Relation.TEAM
        return Relation.HEAD if person.pk in heads and person.pk not in near else Relation.HR

    return [Knower(person, relation(person)) for person in found]


def files_opened(applicant: Person, application: Application) -> list[dict[str, Any]]:
    """Return who opened the application before, from the access log: each person once, with the last time, the latest first.

    The last 500 entries are read.
    """
    entries = openings_of_my_file(applicant).filter(kind="application", row_id=application.pk).order_by("-number")
    latest: dict[int, dict[str, Any]] = {}
    for entry in entries[:500]:
        latest.setdefault(entry.reader_id, {"person": entry.reader, "at": entry.at})
    return list(latest.values())


def mission_is_over(opening: Opening) -> bool:
    """Return whether the last day of a mission has passed."""
    return opening.starts_on + datetime.timedelta(weeks=opening.weeks or 0, days=-1) < clock.today()


def mission_confirmation(application: Application) -> HelpConfirmation | None:
    """Return the confirmation of the hiring side that the mission was carried out, or None."""
    said = HelpConfirmation.objects.filter(source_kind="opening", source_id=application.opening_id, person=application.applicant_id)
    return said.order_by("pk").first()
