"""Plans as one reader may open them: the register with its figures, and the names of one plan with what stands beside each."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, Value
from django.db.models.functions import Coalesce

from rse.core import clock
from rse.core.access.readers import readers_of
from rse.core.columns import is_enough, names_begin
from rse.core.enums import PersonState
from rse.core.models import Holding, Person, Position
from talent.queries import Figures, ShownLine, figures_of, lines_of_people, moments_of, wishes_for

from .enums import WITHIN_24_MONTHS
from .models import DevelopmentAction, KeyPosition, Nomination, NominationEvidence, Plan

COVERED_BY = 2  # successors ready within 24 months
NAMED_OFTEN = 2  # a name in more plans than this is no cover for any of them
UNKNOWN = datetime.date(9999, 12, 1)
MOST_FOUND = 20
BY_NAME, BY_LATEST = "name", "latest"


@dataclass(frozen=True)
class Coverage:
    """What the register adds up to, over the plans that the reader may open and no other."""

    positions: int
    covered: int
    empty: int
    named_often: int

    @property
    def share(self):
        """The share of key positions that are covered, in percent; None where there is none."""
        return round(100 * self.covered / self.positions) if self.positions else None


@dataclass
class NameRow:
    """One name of a plan for one reader: the contributions that this reader may open, the wish in its reduced fields, the actions."""

    nomination: Nomination
    lines: list[ShownLine] = field(default_factory=list)
    wish: dict[str, Any] | None = None

    @property
    def person(self):
        return self.nomination.person

    @property
    def latest_on(self):
        return self.lines[0].line.on if self.lines else None

    @property
    def figures(self) -> Figures:
        return figures_of(self.lines)

    @property
    def facts(self):
        return self.figures.in_words

    @property
    def chosen(self):
        """The contributions that the decision rests on and that this reader may open now, each moment once."""
        ids = {one.line_id for one in self.nomination.chosen.all()}
        return [moment.telling for moment in moments_of([shown for shown in self.lines if shown.line.pk in ids])]


def register_of(reader: Person):
    """Return the queryset of current plans that ``reader`` may open, annotated with how many are named and how many ready within 24 months.

    Only people who are active count.
    """
    here = Q(nominations__person__state=PersonState.ACTIVE)
    return (
        Plan.objects.visible_to(reader)
        .current()
        .select_related("key_position__position__site", "unit", "owner")
        .annotate(
            named=Count("nominations", filter=here),
            ready=Count("nominations", filter=here & Q(nominations__readiness__in=WITHIN_24_MONTHS)),
            vacant_first=Coalesce("key_position__vacant_from", Value(UNKNOWN)),
        )
    )


def covered(plans):
    return plans.filter(ready__gte=COVERED_BY)


def empty(plans):
    return plans.filter(named=0)


def coverage_for(reader: Person) -> Coverage:
    """Return the figures over exactly the current plans that ``reader`` may open; two queries, counted in Python."""
    counts = list(register_of(reader).order_by("pk").values_list("named", "ready"))
    return Coverage(
        positions=len(counts),
        covered=sum(ready >= COVERED_BY for _named, ready in counts),
        empty=sum(named == 0 for named, _ready in counts),
        named_often=len(_named_often(reader)),
    )


def _named_often(reader):
    mine = Plan.objects.visible_to(reader).current().values("pk")
    rows = Nomination.objects.filter(plan__in=mine, person__state=PersonState.ACTIVE).values("person").annotate(plans=Count("plan"))
    return set(rows.filter(plans__gt=NAMED_OFTEN).order_by("person").values_list("person", flat=True))


def named_often(reader: Person) -> list[tuple[Person, list[Nomination]]]:
    """Return those who stand in more than two current plans that ``reader`` may open, by name, with their nominations there."""
    mine = Plan.objects.visible_to(reader).current().values("pk")
    rows = Nomination.objects.filter(plan__in=mine, person__in=_named_often(reader)).select_related(
        "person__unit", "plan__key_position__position__unit"
    )
    found: dict[int, tuple[Person, list[Nomination]]] = {}
    for one in rows.order_by("person__sorts_as", "person", "plan__key_position__position__sorts_as", "pk"):
        found.setdefault(one.person_id, (one.person, []))[1].append(one)
    return list(found.values())


def people_named_in(plans: Iterable[Plan]) -> dict[Plan, list[int]]:
    """Return the keys of those named in each plan, for the access log; one query."""
    found: dict[Plan, list[int]] = {plan: [] for plan in plans}
    by_id = {plan.pk: plan for plan in found}
    for plan_id, person_id in Nomination.objects.filter(plan__in=by_id).order_by("pk").values_list("plan", "person"):
        found[by_id[plan_id]].append(person_id)
    return found


def holders_of(position_ids: Iterable[int]) -> dict[int, list[Holding]]:
    """Return who holds each position today, by key of the position, interims last; one query."""
    today = clock.today()
    rows = Holding.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), position__in=position_ids, starts_on__lte=today)
    found: dict[int, list[Holding]] = {}
    for one in rows.select_related("person").order_by("is_interim", "starts_on", "pk"):
        found.setdefault(one.position_id, []).append(one)
    return found


def plan_with_facts(reader: Person):
    """Return the queryset of plans that ``reader`` may open, joined with what a page says of the position."""
    return Plan.objects.visible_to(reader).select_related(
        "key_position__position__unit", "key_position__position__site", "unit", "owner", "decided_by", "deletion_asked_by"
    )


def names_of(reader: Person, plan: Plan, *, order: str = BY_NAME) -> list[NameRow]:
    """Return the names of ``plan``, which ``reader`` may open, by name or by the date of the newest contribution, as the reader chose.

    Nothing ranks these people. The number of queries does not grow with the names.
    """
    rows = plan.nominations.select_related("person__unit", "person__site", "decided_by").prefetch_related(
        "chosen", Prefetch("actions", DevelopmentAction.objects.order_by("is_done", "due_on", "pk"))
    )
    names = list(rows.order_by("person__sorts_as", "person"))
    ids = [one.person_id for one in names]
    lines, wishes = lines_of_people(reader, ids), wishes_for(reader, ids)
    found = [NameRow(one, lines.get(one.person_id, []), _reduced(wishes.get(one.person_id))) for one in names]
    if order == BY_LATEST:
        found.sort(key=lambda row: row.latest_on or datetime.date.min, reverse=True)
    return found


def _reduced(wish):
    """Return what a plan needs of a wish, whatever else the reader may open as HR of that person."""
    return {name: wish[name] for name in ("target_family", "availability")} if wish and "availability" in wish else None


def name_in(plan: Plan, handle: str) -> Nomination | None:
    chosen = Prefetch("chosen", NominationEvidence.objects.select_related("line").order_by("pk"))
    return plan.nominations.select_related("person__unit").prefetch_related(chosen).filter(person__handle=handle).first()


def action_in(plan: Plan, public_id: str) -> DevelopmentAction | None:
    return DevelopmentAction.objects.select_related("nomination").filter(nomination__plan=plan, public_id=public_id).first()


def reader_count(plan: Plan) -> int:
    """Return how many people may open ``plan`` now."""
    return readers_of(plan).count()


def cycles_of(reader: Person, plan: Plan) -> list[Plan]:
    """Return the other cycles of the key position of ``plan`` that ``reader`` may open, the newest first."""
    return list(
        Plan.objects.visible_to(reader).filter(key_position=plan.key_position_id).exclude(pk=plan.pk).order_by("-started_at", "-pk")
    )


def is_declared_twice(reader: Person, plan: Plan) -> bool:
    """Return whether ``reader`` may open another line of the register for the position of ``plan``."""
    lines = KeyPosition.objects.visible_to(reader).filter(position=plan.key_position.position_id)
    return lines.exclude(pk=plan.key_position_id).exists()


def positions_found(reader: Person, text: str) -> list[dict[str, Any]]:
    """Return up to twenty positions by words of their title and unit, or by their code, as dictionaries for a template.

    Each says who holds the position and whether ``reader`` may open a line of the register for it; three queries.
    """
    if not is_enough(text):
        return []
    rows = Position.objects.filter(names_begin(text, "found_by", "unit__found_by") | Q(code__iexact=text.strip()))
    found = list(rows.select_related("unit", "site").order_by("sorts_as", "unit__sorts_as", "pk")[:MOST_FOUND])
    holders = holders_of([one.pk for one in found])
    declared = set(KeyPosition.objects.visible_to(reader).filter(position__in=[one.pk for one in found]).values_list("position", flat=True))
    return [{"position": one, "holders": holders.get(one.pk, []), "is_declared": one.pk in declared} for one in found]


def position_coded(code: str) -> Position | None:
    return Position.objects.select_related("unit", "site").filter(code=code).first()


def people_found(reader: Person, plan: Plan, text: str) -> list[Person]:
    """Return up to twenty people of the directory by the beginning of their names, but nobody of ``already_there`` and not ``reader``."""
    if not is_enough(text):
        return []
    people = Person.objects.visible_to(reader).present().named(text).with_card().exclude(pk=reader.pk)
    return list(people.exclude(pk__in=already_there(plan)).by_name()[:MOST_FOUND])


def already_there(plan: Plan) -> set[int]:
    """Return the keys of those who are named in ``plan`` or hold its position."""
    named = set(plan.nominations.order_by("pk").values_list("person", flat=True))
    holders: Sequence[Holding] = holders_of([plan.key_position.position_id]).get(plan.key_position.position_id, [])
    return named | {one.person_id for one in holders}
