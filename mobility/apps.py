from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class MobilityConfig(AppConfig):
    name = "mobility"

    def ready(self):
        from rse.core.access import leaving
        from rse.core.events import bus, happenings, schedule
        from rse.core.web import person_picker, slots
        from rse.hris.events import PeopleImported
        from talent.events import SkillsMerged

        from . import kinds, live_topics, notices, rules, slot_blocks, subscribers
        from .personal_data import declare_fields
        from .queries import possible_recruiters
        from .services import assignment, endings, erasures, handling, invariants, openings

        declare_fields()
        person_picker.register("recruiting", possible_recruiters)
        invariants.register_all()
        erasures.register_all()
        kinds.register_all()
        notices.register()
        live_topics.register()
        people = (PeopleImported, happenings.PeopleLeft, happenings.PeopleArrived, happenings.PeopleMoved)
        lines = (*people, happenings.RoleGranted, happenings.RoleEnded)
        bus.subscribe("mobility.settle_lines", subscribers.settle_lines, to=tuple(one.event_name() for one in lines), within=300)
        bus.subscribe("mobility.follow_skills", subscribers.follow_skills, to=(SkillsMerged.event_name(),))
        leaving.register("applications and recruiting teams", endings.end_for)
        schedule.every("10 * * * *", assignment.settle, name=gettext_noop("settle who handles applications"))
        schedule.every("30 7 * * *", handling.tell_of_yesterday, name=gettext_noop("tell of yesterday's applications"))
        schedule.every("5 0 * * *", openings.close_past, name=gettext_noop("close openings whose day is over"))
        slots.fill("home.todo", slots.Block("mobility/_todo.html", slot_blocks.todo, order=35))
        slots.fill("home.aside", slots.Block("mobility/_newest.html", slot_blocks.newest, order=50))
        slots.navigate(slots.Entry("main", _("Openings"), "jobs:list", "briefcase", order=25, tab=4, prefixes=("jobs:", "applications:")))
        slots.navigate(
            slots.Entry(
                "hr",
                _("Recruitment"),
                "recruitment:list",
                "users-round",
                order=95,
                prefixes=("recruitment:",),
                shown=rules.can_enter_recruitment,
            )
        )
