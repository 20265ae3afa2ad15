from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class MentoringConfig(AppConfig):
    name = "mentoring"
    label = "mentoring"

    def ready(self):
        from allauth.account.signals import authentication_step_completed

        from rse.core.access import leaving, reopening
        from rse.core.events import bus, schedule
        from rse.core.web import slots
        from rse.notify import wordings

        from . import kinds, live_topics, rules, slot_blocks, subscribers
        from .events import ReopeningRefused, WordsOpened, WordsSealed
        from .personal_data import declare_fields
        from .services import asking, erasures, invariants, pairs, seals

        declare_fields()
        invariants.register_all()
        erasures.register_all()
        kinds.register_all()
        live_topics.register()
        leaving.register("end mentoring", pairs.let_go)
        reopening.register("seal the words of pairs", seals.seal_words)
        authentication_step_completed.connect(subscribers.note_factor, dispatch_uid="mentoring notes second factors")
        for event in (WordsSealed, WordsOpened, ReopeningRefused):
            wordings.register(event.event_name(), told=kinds.told_to_oneself, is_mailed=True)
        bus.subscribe("mentoring.spread_to_addresses", subscribers.spread_to_addresses, to=("mentoring.reopening_started",))
        bus.subscribe("mentoring.write_to_address", subscribers.write_to_address, to=("mentoring.reopening_mail_due",), is_outward=True)
        moved = ("hris.people_imported", "core.people_left", "core.people_arrived", "core.people_moved")
        bus.subscribe("mentoring.settle_lines", subscribers.settle_lines, to=moved, within=300)
        bus.subscribe("mentoring.follow_merged_skill", subscribers.follow_merged_skill, to=("talent.skills_merged",))
        schedule.every("10 * * * *", asking.expire_requests, name=gettext_noop("close mentoring requests that ran out"))
        schedule.every(
            "15 * * * *", pairs.settle_lines, name=gettext_noop("settle mentoring pairs")
        )  # dated places have moved people by then
        slots.fill("home.todo", slots.Block("mentoring/_todo.html", slot_blocks.todo, order=40))
        slots.fill("profile.doing", slots.Block("mentoring/_profile.html", slot_blocks.offer_on_profile, order=20))
        slots.navigate(
            slots.Entry(
                "main",
                _("Mentoring"),
                "mentoring:find",
                "handshake",
                order=50,
                tab=5,
                prefixes=tuple(
                    f"mentoring:{name}" for name in ("find", "my", "offer", "ask", "request", "pair", "piece", "hide", "sealed")
                ),
            )
        )
        slots.navigate(
            slots.Entry(
                "hr",
                _("Mentoring"),
                "mentoring:figures",
                "handshake",
                order=125,
                prefixes=("mentoring:reopening",),
                shown=rules.can_see_figures,
            )
        )
