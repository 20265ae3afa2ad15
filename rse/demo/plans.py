"""The succession plans of the demonstration: the works council is consulted first, as at a customer's."""

import datetime

from rse.core import clock
from rse.core.models import Holding, Person, Position
from rse.demo import texts
from rse.governance.enums import Advice
from rse.governance.services.features import confirm_feature, propose_feature
from talent.queries import lines_for
from talent.succession.enums import ActionKind, Criticality, Readiness
from talent.succession.rules import GATE
from talent.succession.services import HoldsThePosition, add_action, declare_key_position, name_person

READINESS = {"now": Readiness.NOW, "1-2 years": Readiness.SOON, "3-5 years": Readiness.LATER}
ALTERNATIVES = "Deux autres personnes envisagées ; le souhait et les faits datés ont été comparés en comité restreint."


def prepare(company):
    """Open the gate with its conditions, declare the key positions, and propose the names that HR would."""
    cast = {key: Person.objects.get(employee_number=number) for key, number in company.cast.items()}
    consult(cast)
    for draft in texts.key_positions():
        position = leading(draft.unit)
        if position is not None:
            declare(draft, position, cast)


def consult(cast):
    """Open the gate with its impact assessment, opinion and notice: proposed by an administrator, confirmed by the head of HR."""
    today = clock.today()
    switch = propose_feature(
        asker=cast["gwenaelle"],
        name=GATE,
        impact_assessment="AIPD 2026-03, plans de relève",
        works_council_on=today - datetime.timedelta(days=60),
        works_council_advice=Advice.RESERVED,
        notice_on=today - datetime.timedelta(days=45),
        notice_fr="Les RH préparent des plans de relève pour les postes clés. Chaque consultation est notée ; vous pourrez lire votre ligne après décision.",
        notice_en="HR prepares succession plans for key positions. Each opening is written down; you may read your own line after a decision.",
        owner=cast["anne_laure"],
    )
    confirm_feature(confirmer=cast["anne_laure"], switch=switch, version=switch.version)


def leading(unit):
    """Return the position at the head of the unit of code ``unit``, the one that reports out of it, or None."""
    inside = Position.objects.filter(unit__code=unit, is_shared=False)
    return inside.exclude(reports_to__in=inside.values("pk")).order_by("pk").first()


def declare(draft, position, cast):
    """Declare ``position`` as a key position, and propose the people of ``draft`` who are present and do not hold it."""
    actor = cast["helene"]
    plan = declare_key_position(
        actor=actor,
        position=position,
        criticality=Criticality(draft.criticality),
        note=draft.why,
        is_single_holder=draft.single_holder,
        vacant_from=clock.today() + datetime.timedelta(days=30 * draft.horizon_months),
    )
    holders = set(Holding.objects.filter(position=position, ends_on=None).values_list("person", flat=True))
    for key, readiness, reason, action in draft.nominations:
        person = cast[key]
        if person.pk in holders or not person.is_present:
            continue
        evidence = [shown.line.pk for shown in lines_for(actor, person)[:3]]
        try:
            nomination = name_person(
                actor=actor,
                plan=plan,
                person=person,
                readiness=READINESS[readiness],
                reason=reason,
                alternatives=ALTERNATIVES,
                evidence_ids=evidence,
            )
        except HoldsThePosition:
            continue
        if action:
            add_action(actor=actor, nomination=nomination, kind=ActionKind.MISSION, words=action[:140])
