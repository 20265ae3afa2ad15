"""Offers as one reader may find them: with the facts that this reader may open, and without a score, a rank or a share."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from rse.core.columns import SortsAsField, names_begin
from rse.core.enums import PersonState, Role
from rse.core.models import Person, ReportingLine, UnitClosure
from talent.models import Skill
from talent.queries import Moment, ShownLine, lines_of_people, moments_of

from .. import rules
from ..enums import MOST_PENDING, Obstacle, RequestState
from ..models import MentoringOffer, MentoringPair, MentoringRequest, OfferSkill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_FOUND = 300
MOMENTS_SHOWN = 3
NO_UNIT = Value("ff", output_field=SortsAsField())
ALWAYS_LOGGED = (Role.HR_HEAD, Role.HR_SUCCESSION, Role.RECRUITER)


@dataclass(frozen=True)
class Facts:
    """How many lines of a mentor on one skill this reader may open, and the address of exactly those."""

    skill: Skill
    count: int
    url: str


@dataclass(frozen=True)
class FoundOffer:
    """An offer for one reader. ``is_withheld``: the reader decides about this mentor, whose facts are opened on the profile, and logged."""

    offer: MentoringOffer
    skills: tuple[Skill, ...]
    facts: tuple[Facts, ...]
    moments: tuple[Moment, ...]
    latest: datetime.date | None
    obstacle: Obstacle | None
    is_withheld: bool

    @property
    def mentor(self) -> Person:
        return self.offer.mentor

    @property
    def address(self) -> str:
        """Where what the mentor did is listed."""
        return reverse("contributions:of", args=[self.offer.mentor.handle])


def _with_tags(rows: Any) -> Any:
    tags = Prefetch("tags", OfferSkill.objects.select_related("skill").order_by("place"), to_attr="shown_tags")
    return rows.select_related("mentor__unit", "mentor__site").prefetch_related(tags)


def offer_for(reader: Person, public_id: str) -> MentoringOffer | None:
    """Return the offer, if ``reader`` may open it."""
    rows = MentoringOffer.objects.visible_to(reader).filter(public_id=public_id)
    return _with_tags(rows).exclude(mentor__state=PersonState.LEFT).first()


def offer_of(person: Person) -> MentoringOffer | None:
    """Return one's own offer, or None."""
    return _with_tags(MentoringOffer.objects.visible_to(person).filter(mentor=person)).first()


def offer_of_other(reader: Person, subject: Person) -> MentoringOffer | None:
    """Return the offer of ``subject``, where it is open, not hidden, and ``reader`` may open it."""
    rows = MentoringOffer.objects.visible_to(reader).filter(mentor=subject.pk, is_open=True, is_hidden=False)
    return _with_tags(rows).first()


def skills_of_offer(offer: MentoringOffer) -> tuple[Skill, ...]:
    """Return the skills of an offer that was read by one of these functions, in the mentor's order."""
    return tuple(tag.skill for tag in offer.shown_tags)


def _open_offers(reader: Person) -> Any:
    rows = MentoringOffer.objects.visible_to(reader).filter(is_open=True, is_hidden=False, mentor__state=PersonState.ACTIVE)
    return rows.exclude(mentor=reader.pk)


def offered_skills(reader: Person) -> list[Skill]:
    """Return the skills that somebody offers help on, by label."""
    tags = OfferSkill.objects.filter(offer__in=_open_offers(reader).values("pk"))
    return list(Skill.objects.filter(pk__in=tags.values("skill")).by_label())


def offers_to_find(reader: Person, *, skill: Skill | None = None, q: str = "") -> QuerySet[MentoringOffer]:
    """Return the queryset of the open offers of others; on ``skill``, and of mentors named like ``q``, where these are given.

    ``unit_order``: what the unit of the mentor is ordered by; after all of them where there is none.
    """
    rows = _open_offers(reader)
    if skill is not None:
        rows = rows.filter(pk__in=OfferSkill.objects.filter(skill=skill).values("offer"))
    if q:
        rows = rows.filter(names_begin(q, "mentor__found_by"))
    return _with_tags(rows).annotate(unit_order=Coalesce("mentor__unit__sorts_as", NO_UNIT))


def tell_offers(reader: Person, offers: Iterable[MentoringOffer], *, skill: Skill | None = None) -> list[FoundOffer]:
    """Return each of ``offers``, of ``offers_to_find``, with what ``reader`` may know of it; a constant number of queries."""
    return _tell(reader, list(offers), skill)


def found_offer(reader: Person, offer: MentoringOffer) -> FoundOffer:
    """Return one offer as ``reader`` may know it."""
    return _tell(reader, [offer], None)[0]


def _tell(reader: Person, offers: Sequence[MentoringOffer], skill: Skill | None) -> list[FoundOffer]:
    mentors = [offer.mentor for offer in offers]
    withheld = decided_about(reader, mentors)
    lines = lines_of_people(reader, [mentor.pk for mentor in mentors if mentor.pk not in withheld])
    obstacles = _obstacles(reader, offers)
    found = []
    for offer in offers:
        skills = skills_of_offer(offer)
        facts, shown = _facts(offer, [skill] if skill else skills, lines.get(offer.mentor_id, ()))
        found.append(
            FoundOffer(
                offer=offer,
                skills=skills,
                facts=facts,
                moments=tuple(moments_of(shown)[:MOMENTS_SHOWN]),
                latest=shown[0].line.on if shown else None,
                obstacle=obstacles.get(offer.pk),
                is_withheld=offer.mentor_id in withheld,
            )
        )
    return found


def _facts(offer: MentoringOffer, skills: Iterable[Skill], lines: Iterable[ShownLine]) -> tuple[tuple[Facts, ...], tuple[ShownLine, ...]]:
    """For each skill how many lines, and those lines once each, the newest first."""
    address = reverse("contributions:of", args=[offer.mentor.handle])
    wanted = {skill.pk for skill in skills}
    shown = tuple(one for one in lines if not one.is_reduced and any(skill.pk in wanted for skill in one.skills))
    counted = Counter(skill.pk for one in shown for skill in one.skills)
    facts = tuple(Facts(skill, counted[skill.pk], f"{address}?skill={skill.code}") for skill in skills if counted[skill.pk])
    return facts, shown


def decided_about(reader: Person, people: Sequence[Person]) -> set[int]:
    """Return those of ``people`` about whom ``reader`` decides, by id: HR of their unit, a recruiter, their line.

    Their file is not opened in passing. Costs two queries at most.
    """
    ids = {person.pk for person in people} - {reader.pk}
    if reader.holds(*ALWAYS_LOGGED):
        return ids
    units = {unit for role, unit in reader.current_grants if role == Role.HR}
    if None in units:
        return ids
    found = set(ReportingLine.objects.filter(manager=reader.pk, person__in=ids).values_list("person", flat=True))
    if units:
        covered = set(UnitClosure.objects.filter(ancestor__in=units).values_list("unit", flat=True))
        found |= {person.pk for person in people if person.unit_id in covered}
    return found & ids


def _obstacles(reader: Person, offers: Sequence[MentoringOffer]) -> dict[int, Obstacle]:
    mentors = [offer.mentor_id for offer in offers]
    waiting = MentoringRequest.objects.visible_to(reader).filter(mentee=reader.pk, state=RequestState.PENDING)
    asked = set(waiting.values_list("mentor", flat=True))
    paired = set(MentoringPair.objects.visible_to(reader).running().filter(mentee=reader.pk).values_list("mentor", flat=True))
    in_line = rules.lines_with(reader, mentors)
    found = {}
    for offer in offers:
        reasons = {
            Obstacle.ONESELF: offer.mentor_id == reader.pk,
            Obstacle.LINE: offer.mentor_id in in_line,
            Obstacle.PAIR: offer.mentor_id in paired,
            Obstacle.WAITING: offer.mentor_id in asked,
            Obstacle.NOT_OPEN: not offer.is_visible or not offer.mentor.is_present,
            Obstacle.TOO_MANY: len(asked) >= MOST_PENDING,
        }
        first = next((reason for reason, holds in reasons.items() if holds), None)
        if first:
            found[offer.pk] = first
    return found


def obstacle_for(reader: Person, offer: MentoringOffer) -> Obstacle | None:
    """Return why ``reader`` cannot ask for this offer now, or None.

    Nothing in the answer depends on whom the mentor accompanies, except the reader.
    """
    return _obstacles(reader, [offer]).get(offer.pk)
