"""The one way into every page of plans: the gate, then the readers, then the second factor, then the log, then the content."""

from functools import wraps

from django.http import Http404

from rse.core.enums import Role
from rse.core.web.stepup import needs_step_up
from rse.governance.decorators import seen_only_if_logged
from rse.governance.enums import Purpose
from rse.governance.gates import gated
from rse.governance.services.access_log import log_access

from . import queries, rules


def log_plans(reader, plans, *, beside=()):
    """Write to the access log that ``reader`` opens ``plans``, about those named in them and the keys of people in ``beside``.

    Openings of live plans are withheld from the people they are about until the decision. One query, and two calls of the log at most.

    Raises:
        AccessLogUnavailable: the log was not written, and nothing may be shown.

    """
    plans = list(plans)
    is_prepared = rules.prepares_plans(reader)
    about = {plan: {*people, *beside} for plan, people in queries.people_named_in(plans).items()}
    for is_withheld in (True, False):
        opened = {("plan", plan.pk): people for plan, people in about.items() if plan.is_live == is_withheld}
        if opened or is_withheld:
            log_access(
                reader=reader,
                opened=opened,
                purpose=Purpose.SUCCESSION if is_prepared else Purpose.COMMITTEE,
                function=Role.HR_SUCCESSION if is_prepared else "",
                is_withheld=is_withheld,
            )


def of_the_register(view):
    """Serve a view, which logs what it shows, to those who prepare plans or may open one, after the second factor; 404 for others."""
    proved = needs_step_up()(view)

    @gated(rules.GATE)
    @seen_only_if_logged
    @wraps(view)
    def door(request, *args, **kwargs):
        if not rules.prepares_plans(request.user) and not queries.register_of(request.user).exists():
            raise Http404
        return proved(request, *args, **kwargs)

    return door


def of_a_plan(view):
    """Pass the view the plan of the address, after the second factor, with the opening logged; 404 for those who may not open it."""

    def logged(request, plan, **kwargs):
        log_plans(request.user, [plan])
        return view(request, plan, **kwargs)

    proved = needs_step_up()(logged)

    @gated(rules.GATE)
    @seen_only_if_logged
    @wraps(view)
    def door(request, plan_id, **kwargs):
        plan = queries.plan_with_facts(request.user).filter(public_id=plan_id).first()
        if plan is None:
            raise Http404
        return proved(request, plan, **kwargs)

    return door
