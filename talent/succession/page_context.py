"""What the pages of plans are filled with."""

from . import queries, rules, services
from .enums import Criticality, Readiness

TONES = {Readiness.NOW: "green", Readiness.SOON: "gold", Readiness.LATER: "violet", Readiness.INTERIM: ""}
CRITICALITY_TONES = {Criticality.HIGH: "red", Criticality.MEDIUM: "gold", Criticality.LOW: ""}


def register_page(reader, page, show):
    """Return the context of the register: its lines, who holds each position, and the figures over all plans that ``reader`` may open."""
    holders = queries.holders_of([plan.key_position.position_id for plan in page.rows])
    return {
        "page": page,
        "show": show,
        "rows": [
            {
                "plan": plan,
                "key_position": plan.key_position,
                "holders": holders.get(plan.key_position.position_id, []),
                "tone": CRITICALITY_TONES[plan.key_position.criticality],
            }
            for plan in page.rows
        ],
        "coverage": queries.coverage_for(reader),
        "may_declare": rules.can_declare_key_position(reader),
    }


def plan_page(reader, plan, *, order):
    """Return the context of the page of ``plan`` for ``reader``, who may open it; an unknown ``order`` is that by name."""
    order = order if order in (queries.BY_NAME, queries.BY_LATEST) else queries.BY_NAME
    may_edit = rules.can_edit_plan(reader, plan)
    rows = [
        {
            "name": row,
            "tone": TONES[Readiness(row.nomination.readiness)],
            "has_left": not row.person.is_present,
        }
        for row in queries.names_of(reader, plan, order=order)
    ]
    return {
        "plan": plan,
        "key_position": plan.key_position,
        "position": plan.key_position.position,
        "holders": queries.holders_of([plan.key_position.position_id]).get(plan.key_position.position_id, []),
        "rows": rows,
        "order": order,
        "reader_count": queries.reader_count(plan),
        "other_cycles": queries.cycles_of(reader, plan),
        "is_declared_twice": queries.is_declared_twice(reader, plan),
        "may_edit": may_edit,
        "may_own": may_edit and plan.owner_id != reader.pk,
        "may_start_cycle": rules.can_start_cycle(reader, plan),
        "may_ask_deletion": rules.can_ask_deletion(reader, plan),
        "may_confirm_deletion": rules.can_confirm_deletion(reader, plan),
        "may_keep": rules.can_keep_plan(reader, plan),
    }


def facts_of(plan):
    """Return the initial values of the form of a plan."""
    said = {name: getattr(plan.key_position, name) for name in services.OF_THE_POSITION}
    return said | {"review_on": plan.review_on, "version": plan.version}
