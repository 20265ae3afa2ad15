"""Succession plans: how each action is tried. Same shape as ``probes``, which joins these. The subject stands in the plan.

What no address does (an export, the access-request desk) is absent for everybody.
"""

from django.urls import reverse

from talent.succession.models import Plan
from tests.factories import PositionFactory
from tests.talent.succession import plans

BUILT = {("succession_plan", "live"), ("succession_plan", "decided")}
CODES = {200: "A", 403: "F", 404: "N", 409: "A", 422: "A"}


def answer(response):
    if response.status_code == 302:
        return "L" if reverse("account_login") in response.url else "A"
    return CODES[response.status_code]


def plan_of(world, variant):
    plans.open_gate()
    plan = plans.plan_for(is_decided=variant == "decided")
    plans.name(plan, world.SU)
    return plan


def on_plan(variant, act):
    def probe(world, person, browser):
        return act(plan_of(world, variant), browser)

    return probe


def listed(plan, browser):
    page = browser.get(reverse("succession:register"))
    return answer(page) if page.status_code != 200 else plan.get_absolute_url() in page.text


def viewed(plan, browser):
    return answer(browser.get(plan.get_absolute_url()))


def created(plan, browser):
    position = PositionFactory()
    said = answer(browser.post(reverse("succession:declare"), {"position": position.code, "criticality": "high"}))
    return "A" if Plan.objects.filter(key_position__position=position).exists() else said


def edited(plan, browser):
    return answer(browser.post(reverse("succession:edit", args=[plan.public_id]), {"version": 1, "criticality": "low"}))


def deleted(plan, browser):
    """Asked for by another who prepares plans; the other side of this condition has its test beside the service."""
    Plan.objects.filter(pk=plan.pk).update(deletion_asked_by=plans.planner())
    said = answer(browser.post(reverse("succession:delete", args=[plan.public_id])))
    return said if said != "A" else not Plan.objects.filter(pk=plan.pk).exists()


def exported(plan, browser):
    if answer(browser.get(reverse("home"))) == "L":
        return "L"
    return answer(browser.get(f"{plan.get_absolute_url()}export/"))


PROBES = {
    **{
        ("succession_plan", variant, action): on_plan(variant, act)
        for variant in ("live", "decided")
        for action, act in {"list": listed, "view": viewed, "edit": edited, "delete": deleted, "export": exported}.items()
    },
    ("succession_plan", "live", "create"): on_plan("live", created),
}
CONDITIONS = {
    ("succession_plan", "live", "delete"): {"HS": "A"},
    ("succession_plan", "decided", "delete"): {"HS": "A"},
    ("succession_plan", "live", "export"): {"HS": "N"},
    ("succession_plan", "decided", "export"): {"HS": "N", "DP": "N"},
    ("succession_plan", "decided", "view"): {"SU": "N"},
}
