"""What of a journey a reader sees: cut here, once, for every page, list, export and swap.

The newcomer and HR see every step, with what was written. Its manager and its buddy see titles, dates and what is done, without the
steps that are the newcomer's own business: no word of the newcomer, none of HR. Who stands above the newcomer, or is their buddy,
reads no word whatever role they hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from rse.core import clock
from rse.core.people.handles import held

from . import queries, rules
from .dates import week_of
from .enums import Actor, JourneyState, StepKind

if TYPE_CHECKING:
    import datetime

    from communities.models import Community
    from rse.core.models import Person

    from .models import Cohort, Journey, JourneyStep, TemplateStep, TemplateVersion

A_WEEK_AHEAD = 7
ICONS = {
    StepKind.READ: "book-open",
    StepKind.DO: "square-check",
    StepKind.MEET: "coffee",
    StepKind.JOIN: "users",
    StepKind.WRITE: "pencil",
}


@dataclass
class ShownStep:
    """A step as one reader sees it. ``words`` is None for those who may not know whether there are any."""

    position: int
    kind: str
    actor: str
    title: str
    text: str
    due_on: datetime.date
    week: int
    done_on: datetime.date | None
    is_late: bool
    is_soon: bool
    is_mine: bool
    may_tick: bool
    may_write: bool
    words: str | None = None
    version: int = 0
    page: dict[str, Any] | None = None
    community: Any = None

    @property
    def icon(self) -> str:
        return ICONS[StepKind(self.kind)]

    @property
    def kind_label(self) -> Any:
        return StepKind(self.kind).label

    @property
    def who(self) -> Any:
        return _("You") if self.is_mine else Actor(self.actor).label

    @property
    def state(self) -> str:
        return "done" if self.done_on else "now" if self.is_soon else "later"


@dataclass
class ShownJourney:
    """A journey as one reader sees it."""

    journey: Journey
    actors: frozenset[str]
    reads_words: bool
    cohort_community: Community | None = None
    steps: list[ShownStep] = field(default_factory=list)
    note: str | None = None
    thanks: str | None = None
    is_confirmed: bool = False

    @property
    def count(self) -> int:
        return len(self.steps)

    @property
    def done(self) -> list[ShownStep]:
        return [step for step in self.steps if step.done_on]

    @property
    def soon(self) -> list[ShownStep]:
        return [step for step in self.steps if not step.done_on and step.is_soon]

    @property
    def later(self) -> list[ShownStep]:
        return [step for step in self.steps if not step.done_on and not step.is_soon]

    @property
    def mine(self) -> list[ShownStep]:
        return [step for step in self.steps if step.is_mine and not step.done_on]


def fields_for(reader: Person, journey: Journey) -> ShownJourney:
    """Return ``journey`` cut for ``reader``, who may open it, in a constant number of queries."""
    actors = rules.actors_of(reader, journey)
    reads_words = rules.reads_words(reader, journey, actors)
    shown = ShownJourney(journey, actors, reads_words)
    sees_all = bool(actors & {Actor.NEWCOMER, Actor.HR})
    steps = [step for step in queries.steps_of(journey) if sees_all or not step.template_step.is_private]
    pages = queries.pages_for(reader, [step.template_step.page for step in steps])
    of_cohort = journey.cohort.community_id if journey.cohort else None
    communities = queries.communities_for(reader, [of_cohort, *(step.template_step.community_id for step in steps)])
    shown.cohort_community = communities.get(of_cohort) if of_cohort else None
    today = clock.today(journey.newcomer.time_zone.key)
    for step in steps:
        one = _step(shown, step, today)
        one.page = pages.get(step.template_step.page)
        one.community = communities.get(step.template_step.community_id or 0)
        shown.steps.append(one)
    if Actor.HR in actors and Actor.NEWCOMER not in actors and reads_words:
        shown.note = journey.hr_note
    if actors & {Actor.NEWCOMER, Actor.BUDDY} or reads_words:
        said = queries.thanks_of(journey)
        if said and (Actor.BUDDY not in actors or said.person_id == reader.pk):
            shown.thanks, shown.is_confirmed = said.thanks, queries.is_confirmed(said)
    return shown


@dataclass
class ShownTemplateStep:
    """A step of a version of the template, with its community where its reader may know of it."""

    row: TemplateStep
    community: Community | None


def template_steps_for(reader: Person, version: TemplateVersion) -> list[ShownTemplateStep]:
    """Return the steps of ``version`` cut for ``reader``, who may open it, in the order of the journey."""
    rows = list(version.steps.order_by("position"))
    communities = queries.communities_for(reader, [row.community_id for row in rows])
    return [ShownTemplateStep(row, communities.get(row.community_id or 0)) for row in rows]


def community_of(reader: Person, cohort: Cohort) -> Community | None:
    """Return the community of ``cohort`` where ``reader`` may know of it: HR and its host read a cohort without belonging there."""
    return next(iter(queries.communities_for(reader, [cohort.community_id]).values()), None)


def _step(shown: ShownJourney, step: JourneyStep, today: datetime.date) -> ShownStep:
    template, journey = step.template_step, shown.journey
    is_mine = step.actor in shown.actors
    is_under_way = journey.state == JourneyState.ACTIVE
    is_written = template.kind == StepKind.WRITE
    done_on = step.done_at.astimezone(journey.newcomer.time_zone).date() if step.done_at else None
    days_ahead = (step.due_on - today).days
    return ShownStep(
        position=step.position,
        kind=template.kind,
        actor=step.actor,
        title=template.title,
        text=template.text,
        due_on=step.due_on,
        week=week_of(journey.starts_on, step.due_on),
        done_on=done_on,
        is_late=done_on is None and days_ahead < 0 and is_under_way,
        is_soon=days_ahead <= A_WEEK_AHEAD,
        is_mine=is_mine,
        may_tick=is_mine and is_under_way,
        may_write=is_written and is_under_way and Actor.NEWCOMER in shown.actors,
        words=step.words if shown.reads_words and is_written else None,
        version=step.version if shown.reads_words else 0,
    )


def exported(reader: Person, journey: Journey) -> dict[str, Any]:
    """Return the journey as JSON values, with no more than its reader sees on the page."""
    shown = fields_for(reader, journey)
    said = {
        "first_day": journey.starts_on.isoformat(),
        "state": journey.state,
        "cohort": journey.cohort.name if journey.cohort else None,
        "buddy": journey.buddy.name if journey.buddy else None,
        "steps": [
            {
                "title": step.title,
                "who": step.actor,
                "due": step.due_on.isoformat(),
                "done": step.done_on.isoformat() if step.done_on else None,
                **({"words": held(step.words)} if step.words is not None else {}),
            }
            for step in shown.steps
        ],
    }
    if shown.thanks:
        said["thanks"] = held(shown.thanks)
    return {"journey": said}
