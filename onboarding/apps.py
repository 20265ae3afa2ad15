from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class OnboardingConfig(AppConfig):
    name = "onboarding"

    def ready(self):
        from rse.core.access import kinds, leaving
        from rse.core.events import bus, schedule
        from rse.core.web import person_picker, slots
        from rse.hris import sending
        from rse.notify import topics

        from . import notices, queries, rules, slot_blocks, subscribers
        from .models import BuddyRequest, Cohort, Journey
        from .personal_data import declare_fields
        from .services import buddies, cohorts, erasures, journeys

        declare_fields()
        person_picker.register("newcomer", queries.possible_newcomers)
        person_picker.register("cohort_host", queries.other_hosts)
        notices.register()
        erasures.register_all()
        topics.register_rows("journey", Journey)
        kinds.register(
            kinds.Kind(
                name="cohort",
                model=Cohort,
                label=_("Cohort"),
                icon="users",
                address=lambda cohort: cohort.get_absolute_url(),
                title=lambda cohort: cohort.name,
                about=lambda cohort: cohort.host_id,
                hosts_decide=False,
                with_card=lambda rows: rows.with_card(),
            )
        )
        kinds.register(
            kinds.Kind(
                name="journey",
                model=Journey,
                label=_("Onboarding journey"),
                icon="route",
                is_confidential=True,
                address=lambda journey: journey.get_absolute_url(),
                title=lambda journey: _("An onboarding journey"),
                about=lambda journey: journey.newcomer_id,
            )
        )
        kinds.register(
            kinds.Kind(
                name="buddy_request",
                model=BuddyRequest,
                label=_("Request for a buddy"),
                icon="hand-heart",
                is_confidential=True,
                address=lambda request: request.get_absolute_url(),
                title=lambda request: _("A request for a buddy"),
                about=lambda request: request.asked_by_id,
            )
        )
        sending.register("cohorts", cohorts.invited_on)
        leaving.register("buddies", buddies.end_for_leavers)
        leaving.register("journeys", journeys.end_for_leavers)
        bus.subscribe("onboarding.follow_file", subscribers.follow_file, to=("hris.people_imported",), within=300)
        moved = ("core.people_arrived", "core.people_left", "core.people_moved")
        bus.subscribe("onboarding.follow_lines", subscribers.follow_lines, to=moved, within=300)
        bus.subscribe("onboarding.begin_journeys", subscribers.begin_journeys, to=("onboarding.cohort_filled",), within=300)
        schedule.every("15 * * * *", cohorts.tend, name=gettext_noop("tend cohorts"))
        slots.fill("home.todo", slots.Block("onboarding/_todo.html", slot_blocks.todo, order=20))
        slots.fill("home.todo", slots.Block("onboarding/_own.html", slot_blocks.own_journey, order=15))
        slots.fill("home.todo", slots.Block("onboarding/_late.html", slot_blocks.late, order=50))
        slots.navigate(
            slots.Entry(
                "main",
                _("My journey"),
                "journeys:mine",
                "route",
                order=30,
                tab=3,
                prefixes=tuple(f"journeys:{name}" for name in ("mine", "tick", "write", "thank", "unthank")),
                shown=queries.has_journey,
            )
        )
        slots.navigate(
            slots.Entry(
                "main",
                _("Newcomers"),
                "journeys:followed",
                "hand-heart",
                order=32,
                prefixes=("journeys:followed", "journeys:"),
                shown=queries.follows_somebody,
            )
        )
        slots.navigate(
            slots.Entry(
                "hr",
                _("Cohorts and journeys"),
                "cohorts:list",
                "route",
                order=100,
                prefixes=("cohorts:", "journeys:list", "journeys:late", "journeys:", "template:"),
                shown=rules.can_see_cohorts,
            )
        )
