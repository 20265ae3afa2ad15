"""Cohorts, journeys, their template and requests for a buddy: how each action is tried. Same shape as ``probes``, which joins these.

NH and SU are both the newcomer, BU is the buddy (or who is asked), MB a member of the cohort and MO its host.
"""

from django.urls import reverse

from onboarding.models import BuddyRequest, Cohort, Journey
from onboarding.services import buddies, cohorts, journeys, steps, templates
from rse.core.access.readers import get_visible_or_404
from rse.core.models import AudienceMember
from tests.factories import PersonFactory
from tests.factories.communities import add
from tests.factories.onboarding import BuddyRequestFactory, CohortFactory, JourneyFactory, step_of

BUILT = {("onboarding_journey", "active"), ("cohort", "planned"), ("cohort", "open"), ("buddy_request", "pending")}
BUILT |= {("journey_template", "published"), ("journey_template", "draft")}


def signed_in_only(act):
    """The anonymous and those who left never reach a service: the page sends them to sign in."""

    def probe(world, person, browser):
        if person is None or not person.may_sign_in:
            answer = browser.get(reverse("journeys:mine"))
            return "L" if answer.status_code == 302 else str(answer.status_code)
        return act(world, type(person).objects.get(pk=person.pk), browser)

    return probe


def answered(response):
    return {200: "A", 302: "A", 403: "F", 404: "N"}[response.status_code]


def newcomer_of(world, person):
    return world.principal("NH") if person.pk == world.principal("NH").pk else world.SU


def journey_of(world, person, *, with_buddy=True):
    newcomer = newcomer_of(world, person)
    buddy = world.principal("BU") if with_buddy else None
    return JourneyFactory(newcomer=newcomer, buddy=buddy, hr_note="canary")


def on_journey(act):
    @signed_in_only
    def probe(world, person, browser):
        return act(world, person, browser, journey_of(world, person))

    return probe


def journey_list(world, person, browser, journey):
    """The list of one's own relation: the own page, that of who follows, that of HR."""
    own = browser.get(reverse("journeys:mine"))
    if person.pk == journey.newcomer_id:
        return own.context["journey"] == journey
    if person.holds("hr"):
        return journey in list(browser.get(reverse("journeys:list")).context["page"].rows)
    followed = browser.get(reverse("journeys:followed")).context
    return journey in [*followed["managed"], *followed["welcomed"]]


def journey_view(world, person, browser, journey):
    return answered(browser.get(journey.get_absolute_url()))


@signed_in_only
def journey_create(world, person, browser):
    """There is one address for it: for HR, and only of those whom they are HR of."""
    answer = browser.get(reverse("journeys:create"))
    if answer.status_code == 200:
        journeys.create_journey(actor=person, newcomer=newcomer_of(world, person))
    return answered(answer)


def journey_edit(world, person, browser, journey):
    """Each their own step; HR also steers."""
    get_visible_or_404(Journey, person, pk=journey.pk)
    if person.holds("hr"):
        journeys.shift_journey(actor=person, journey=journey, starts_on=journey.starts_on)
    actor = {world.principal("BU").pk: "buddy", journey.newcomer_id: "newcomer"}.get(person.pk)
    actor = actor or ("hr" if person.holds("hr") else "manager")
    steps.tick_step(actor=person, journey=journey, position=step_of(journey, actor).position, is_done=True)
    return "A"


def journey_delete(world, person, browser, journey):
    """Nothing is deleted: it is archived."""
    get_visible_or_404(Journey, person, pk=journey.pk)
    journeys.archive_journey(actor=person, journey=journey)
    return "A"


def journey_export(world, person, browser, journey):
    return answered(browser.get(reverse("journeys:export", args=[journey.public_id])))


def cohort_of(world, state):
    host = world.principal("MO")
    cohort = CohortFactory(open=state == "open", host=host)
    people = [world.principal(code) for code in ("MB", "NH", "BU")]
    if state == "open":
        add(cohort.community, people)
    return cohort


def on_cohort(state, act):
    @signed_in_only
    def probe(world, person, browser):
        return act(person, browser, cohort_of(world, state))

    return probe


def cohort_listed(person, browser, cohort):
    return Cohort.objects.visible_to(person).filter(pk=cohort.pk).exists()


def cohort_view(person, browser, cohort):
    return answered(browser.get(cohort.get_absolute_url()))


def cohort_edit(person, browser, cohort):
    get_visible_or_404(Cohort, person, pk=cohort.pk)
    cohorts.name_host(actor=person, cohort=cohort, host=PersonFactory())
    assert cohort.audience_id is None or AudienceMember.objects.filter(audience=cohort.audience_id, role="owner").count() == 1
    return "A"


def page_of_the_template(act):
    """Its page says who may come near; what they then do is asked of the service."""

    @signed_in_only
    def probe(world, person, browser):
        seen = answered(browser.get(reverse("template:detail")))
        return act(person) if seen == "A" else seen

    return probe


def drafted():
    return templates.start_draft(editor=PersonFactory(role="hr"))


def published_edit(person):
    step = templates.current_version().steps.select_related("of").order_by("position").first()
    templates.remove_step(editor=person, step=step)


def draft_create(person):
    return templates.start_draft(editor=person)


def draft_edit(person):
    return templates.move_step(editor=person, step=drafted().steps.select_related("of").order_by("position").first(), is_up=False) or "A"


def draft_delete(person):
    return templates.discard_draft(editor=person, draft=drafted()) or "A"


def on_request(act):
    @signed_in_only
    def probe(world, person, browser):
        journey = journey_of(world, person, with_buddy=False)
        return act(world, person, browser, BuddyRequestFactory(journey=journey, person=world.principal("BU")))

    return probe


def request_view(world, person, browser, asked):
    if person.pk == asked.person_id:
        return answered(browser.get(asked.get_absolute_url()))
    return BuddyRequest.objects.visible_to(person).filter(pk=asked.pk).exists()


@signed_in_only
def request_create(world, person, browser):
    journey = get_visible_or_404(Journey, person, pk=journey_of(world, person, with_buddy=False).pk)
    return bool(buddies.ask_buddy(actor=person, journey=journey, person=world.principal("BU")))


def request_edit(world, person, browser, asked):
    address = asked.get_absolute_url()
    return answered(browser.post(address, {"answer": "yes"}))


def request_delete(world, person, browser, asked):
    journey = get_visible_or_404(Journey, person, pk=asked.journey_id)
    buddies.withdraw_request(actor=person, journey=journey)
    return "A"


def found(person):
    return "A"


PROBES = {
    ("onboarding_journey", "active", "list"): on_journey(journey_list),
    ("onboarding_journey", "active", "view"): on_journey(journey_view),
    ("onboarding_journey", "active", "create"): journey_create,
    ("onboarding_journey", "active", "edit"): on_journey(journey_edit),
    ("onboarding_journey", "active", "delete"): on_journey(journey_delete),
    ("onboarding_journey", "active", "export"): on_journey(journey_export),
    **{
        ("cohort", state, action): on_cohort(state, act)
        for state in ("planned", "open")
        for action, act in {"list": cohort_listed, "view": cohort_view, "edit": cohort_edit}.items()
    },
    ("journey_template", "published", "view"): page_of_the_template(found),
    ("journey_template", "published", "edit"): page_of_the_template(published_edit),
    ("journey_template", "draft", "view"): page_of_the_template(found),
    ("journey_template", "draft", "create"): page_of_the_template(draft_create),
    ("journey_template", "draft", "edit"): page_of_the_template(draft_edit),
    ("journey_template", "draft", "delete"): page_of_the_template(draft_delete),
    ("buddy_request", "pending", "view"): on_request(request_view),
    ("buddy_request", "pending", "create"): request_create,
    ("buddy_request", "pending", "edit"): on_request(request_edit),
    ("buddy_request", "pending", "delete"): on_request(request_delete),
}
CONDITIONS = {
    # A manager proposes nobody: HR begins journeys that the file of HR did not.
    ("onboarding_journey", "active", "create"): {"MD": "F"},
    ("onboarding_journey", "active", "delete"): {"HR": "A"},
}
