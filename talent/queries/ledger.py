"""The lines of a ledger as one reader may read them: fetched by who may see them, then kept only where what they stand on resolves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import ngettext

from rse.core import clock
from rse.core.access import kinds
from rse.core.enums import AudienceType
from rse.core.models import Audience, Person

from ..enums import LineKind
from ..models import HelpedPerson, LedgerLine, LedgerOptOut, LineSkill
from .being import months_before

MONTHS_SHOWN = 24
ICONS = {
    LineKind.ANSWER_ACCEPTED: "check",
    LineKind.USEFUL_MARK: "thumbs-up",
    LineKind.BUDDYING: "door-open",
    LineKind.MENTORING: "handshake",
    LineKind.WORKSHOP: "presentation",
    LineKind.MISSION: "flag",
}


@dataclass(frozen=True)
class ShownLine:
    """A line with what this reader may know of it. One that ``is_reduced`` says its date and its kind, and nothing else."""

    line: LedgerLine
    is_reduced: bool = False
    title: str = ""
    address: str = ""
    place: str = ""
    helped: tuple[Person, ...] = ()
    skills: tuple[Any, ...] = ()

    @property
    def kind(self):
        return self.line.kind

    @property
    def icon(self):
        return ICONS[LineKind(self.line.kind)]

    @property
    def units(self):
        """The units of whom it helped, by name."""
        return sorted({person.unit for person in self.helped if person.unit_id}, key=lambda unit: (unit.sorts_as, unit.pk))


@dataclass(frozen=True)
class Moment:
    """The lines that stand on the same thing, told once: the newest first."""

    lines: tuple[ShownLine, ...]

    @property
    def first(self):
        return self.lines[0]

    @property
    def telling(self):
        """Return the line that says most of it: that an answer was kept says more than that it was useful."""
        order = {kind: place for place, kind in enumerate(LineKind.values)}
        return min(self.lines, key=lambda shown: order.get(shown.line.kind, len(order)))

    @property
    def kind(self):
        return self.telling.line.kind

    @property
    def icon(self):
        return ICONS[self.kind]

    @property
    def helped(self):
        return tuple({person.pk: person for shown in self.lines for person in shown.helped}.values())

    @property
    def units(self):
        units = {unit.pk: unit for shown in self.lines for unit in shown.units}
        return sorted(units.values(), key=lambda unit: (unit.sorts_as, unit.pk))

    @property
    def skills(self):
        return tuple({skill.pk: skill for shown in self.lines for skill in shown.skills}.values())

    @property
    def is_hidden(self):
        return all(shown.line.is_hidden for shown in self.lines)

    @property
    def comments(self):
        return [shown.line.comment for shown in self.lines if shown.line.comment]


@dataclass(frozen=True)
class Figures:
    """Counts of exactly the lines that were shown: answers kept, people helped, units helped. Nothing else is counted."""

    answers: int = 0
    people: int = 0
    units: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)

    @property
    def kinds_in_words(self) -> list[str]:
        """Return the count of each kind as a sentence, in the order of ``LineKind``; nothing where there is none."""
        return [evidence_in_words(kind, self.by_kind[kind]) for kind in LineKind if self.by_kind.get(kind)]

    @property
    def in_words(self) -> list[str]:
        """Return ``kinds_in_words`` and how many units were helped."""
        units = ngettext("helped %(count)s unit", "helped %(count)s units", self.units) % {"count": self.units}
        return [*self.kinds_in_words, *([units] if self.units else [])]


def evidence_in_words(kind: LineKind, count: int) -> str:
    """Return that there are ``count`` moments of ``kind``, in the language of the page: every page says it so."""
    said = {
        LineKind.ANSWER_ACCEPTED: ngettext("%(count)s answer kept", "%(count)s answers kept", count),
        LineKind.USEFUL_MARK: ngettext("useful in %(count)s exchange", "useful in %(count)s exchanges", count),
        LineKind.BUDDYING: ngettext("%(count)s newcomer welcomed", "%(count)s newcomers welcomed", count),
        LineKind.MENTORING: ngettext("%(count)s mentoring", "%(count)s mentorings", count),
        LineKind.WORKSHOP: ngettext("%(count)s workshop led", "%(count)s workshops led", count),
        LineKind.MISSION: ngettext("%(count)s mission carried out", "%(count)s missions carried out", count),
    }
    return said[kind] % {"count": count}


def first_day_shown():
    """Return the first day of the twenty-four rolling months for which lines are shown."""
    return months_before(clock.today(), MONTHS_SHOWN)


def lines_for(reader: Person, person: Person) -> list[ShownLine]:
    """Return the lines of the ledger of ``person`` that ``reader`` may read, the newest first, without proposed ones.

    Costs a constant number of queries, one per kind of act. A line whose act was deleted or hidden is absent for everyone.
    """
    rows = LedgerLine.objects.visible_to(reader).filter(person=person.pk, is_kept=True, on__gte=first_day_shown())
    return _shown(rows, reader)


def proposed_lines(person: Person) -> list[ShownLine]:
    """Return the lines that wait for ``person`` to keep them; nobody else sees those."""
    rows = LedgerLine.objects.visible_to(person).filter(person=person.pk, is_kept=False, on__gte=first_day_shown())
    return _shown(rows, person)


def own_lines(person: Person, public_ids: Iterable[str]) -> list[LedgerLine]:
    """Return the lines of ``person`` among ``public_ids``."""
    return list(LedgerLine.objects.filter(person=person.pk, public_id__in=public_ids).order_by("pk"))


def standing_lines(person: Person, ids: Iterable[int]) -> list[LedgerLine]:
    """Return those of the lines of ``person`` among ``ids`` whose act still stands."""
    rows = LedgerLine.objects.visible_to(person).filter(person=person.pk, pk__in=ids)
    return [shown.line for shown in _shown(rows, person)]


def lines_of_people(reader: Person, person_ids: Iterable[int]) -> dict[int, list[ShownLine]]:
    """Return what ``lines_for`` does for several people at once, in as many queries as for one: ``{person id: lines}``."""
    rows = LedgerLine.objects.visible_to(reader).filter(person__in=person_ids, is_kept=True, on__gte=first_day_shown())
    found: dict[int, list[ShownLine]] = {}
    for shown in _shown(rows, reader):
        found.setdefault(shown.line.person_id, []).append(shown)
    return found


def _shown(rows, reader):
    tags = Prefetch("tags", LineSkill.objects.select_related("skill").order_by("skill__code"), to_attr="shown_tags")
    lines = list(rows.select_related("audience").prefetch_related(tags).newest_first())
    if not lines:
        return []
    acts = kinds.resolve({(line.act_kind, line.act_id) for line in lines}, reader)
    mine = [line for line in lines if line.person_id == reader.pk]
    open_to_me, still_there = _own_state(mine, acts, reader)
    kept = []
    for line in lines:
        reference = (line.act_kind, line.act_id)
        act = acts.get(reference)
        if line.person_id == reader.pk and line.audience_id not in open_to_me and reference in still_there:
            kept.append((line, None))
        elif act is not None and stands(act):
            kept.append((line, act))
    helped = _helped([line.pk for line, act in kept if act is not None], reader)
    return [_tell(line, act, helped.get(line.pk, ())) for line, act in kept]


def _helped(line_ids: Sequence[int], reader: Person) -> dict[int, list[Person]]:
    """Return whom each of these lines helped, of the people whom ``reader`` may see or who have left since: ``{line id: people}``.

    A dated fact keeps its count; whoever shows names asks ``known_among``.
    """
    people = Q(person__in=Person.objects.visible_to(reader).values("pk")) | Q(person__in=Person.objects.gone_after_a_time().values("pk"))
    rows = HelpedPerson.objects.filter(people, line__in=line_ids).select_related("person__unit").order_by("line", "person")
    found: dict[int, list[Person]] = {}
    for row in rows:
        found.setdefault(row.line_id, []).append(row.person)
    return found


def known_among(reader: Person, people: Iterable[Person]) -> list[Person]:
    """Return those of ``people`` whose card ``reader`` may open, by name: one query."""
    return list(Person.objects.visible_to(reader).filter(pk__in=[one.pk for one in people]).with_card().by_name())


def _own_state(mine, acts, reader):
    """For one's own lines: the audiences one may still open, and the acts that exist and are not hidden although one may not open them."""
    if not mine:
        return set(), set()
    wanted = {line.audience_id for line in mine}
    open_to_me = set(Audience.objects.visible_to(reader).filter(pk__in=wanted).values_list("pk", flat=True))
    outside: dict[str, set[int]] = {}
    for line in mine:
        if line.audience_id not in open_to_me:
            outside.setdefault(line.act_kind, set()).add(line.act_id)
    still_there = set()
    for name, ids in outside.items():
        if kind := kinds.get(name):
            there = kind.model._base_manager.filter(pk__in=ids).order_by("pk")
            still_there |= {(name, act.pk) for act in there if stands(act)}
    return open_to_me, still_there


def stands(act):
    """Return whether an act carries a line: one that is hidden or deleted does not, not even for those who moderate it."""
    return getattr(act, "is_visible", True) and not getattr(act, "is_hidden", False) and not getattr(act, "is_deleted", False)


def _tell(line, act, helped):
    if act is None:
        return ShownLine(line, is_reduced=True)
    kind = kinds.get(line.act_kind)
    return ShownLine(
        line,
        title=str(kind.title(act)),
        address=kind.address(act),
        place="" if line.audience.kind == AudienceType.EVERYONE else line.audience.label,
        helped=tuple(helped),
        skills=tuple(tag.skill for tag in line.shown_tags),
    )


def figures_of(lines: Sequence[ShownLine]) -> Figures:
    """Count ``lines``: each moment once, by kind, and the different people and units helped; reduced lines are not counted."""
    told = [shown for shown in lines if not shown.is_reduced]
    by_kind: dict[str, int] = {}
    for moment in moments_of(told):
        by_kind[moment.kind] = by_kind.get(moment.kind, 0) + 1
    people = {person.pk for shown in told for person in shown.helped}
    units = {unit.pk for shown in told for unit in shown.units}
    return Figures(by_kind.get(LineKind.ANSWER_ACCEPTED, 0), len(people), len(units), by_kind)


def moments_of(lines: Sequence[ShownLine]) -> list[Moment]:
    """Group ``lines`` by what they stand on, in the order of the newest of each group."""
    together: dict[Any, list[ShownLine]] = {}
    for shown in lines:
        key = shown.address if shown.address and shown.line.kind in (LineKind.ANSWER_ACCEPTED, LineKind.USEFUL_MARK) else shown.line.pk
        together.setdefault(key, []).append(shown)
    return [Moment(tuple(group)) for group in together.values()]


def has_opted_out(person: Person) -> bool:
    return LedgerOptOut.objects.filter(person=person.pk).exists()


def audiences_to_choose(person: Person):
    """Return the queryset of the audiences that a confirmed help may be shown to.

    Everyone, and the spaces of ``person``, without protected ones and pairs.
    """
    shown = Audience.objects.visible_to(person).filter(is_protected=False, is_frozen=False)
    return shown.filter(kind__in=(AudienceType.EVERYONE, AudienceType.COMMUNITY, AudienceType.COHORT)).order_by("sorts_as", "pk")
