"""What the pages of plans are filled with."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
    return {name: getattr(plan.key_position, name) for name in services.OF_THE_POSITION} | {"review_on": plan.review_on}


def both_versions(form, theirs, data, *, version, **options):
    """Return the context that shows the values saved meanwhile beside those typed, and a form that may be sent again over ``version``."""
    differences = [
        {"label": field.label, "mine": _said(field, form.cleaned_data[name]), "theirs": _said(field, theirs.get(name))}
        for name, field in form.fields.items()
        if name != "version" and name in theirs and _plain(form.cleaned_data[name]) != _plain(theirs[name])
    ]
    again = data.copy()
    again["version"] = version
    return {"form": type(form)(again, **options), "differences": differences}


def _plain(value):
    if isinstance(value, list | tuple):
        return sorted(value)
    return "" if value is None else value


def _said(field, value):
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "year"):
        return date_format(value, "j F Y")
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, list | tuple):
        return ", ".join(str(choices[one]) for one in value if one in choices)
    return choices.get(value, value)
