from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class TalentConfig(AppConfig):
    name = "talent"
    label = "talent"

    def ready(self):
        from rse.core.access.kinds import add_words
        from rse.core.events import bus, schedule
        from rse.core.web import slots

        from . import first_steps, kinds, notices, queries, rules, slot_blocks, subscribers
        from .personal_data import declare_fields
        from .services import being, erasures

        declare_fields()
        first_steps.register_all()
        kinds.register()
        add_words("person", queries.public_skill_words)
        notices.register()
        erasures.register_all()
        bus.subscribe("talent.note_contribution", subscribers.note_contribution, facet="contribution")
        schedule.every("35 3 * * *", being.remind_of_wishes, name=gettext_noop("remind of wishes"))
        slots.fill("profile.being", slots.Block("talent/_being.html", slot_blocks.being, order=30))
        slots.fill("profile.doing", slots.Block("talent/_doing.html", slot_blocks.doing, order=30))
        slots.fill("home.todo", slots.Block("talent/_todo.html", slot_blocks.to_keep, order=60))
        slots.navigate(
            slots.Entry(
                "me",
                _("My contributions"),
                "contributions:mine",
                "sparkles",
                order=60,
                prefixes=("contributions:", "skills:", "training:"),
            )
        )
        slots.navigate(slots.Entry("me", _("My wish"), "wishes:mine", "compass", order=62, prefixes=("wishes:",)))
        curated = tuple(f"skills:{act}" for act in ("list", "merge", "restore", "starter"))
        slots.navigate(slots.Entry("hr", _("Wishes"), "wishes:list", "compass", order=120, shown=rules.can_list_wishes))
        slots.navigate(slots.Entry("hr", _("Skills"), "skills:list", "tags", order=130, prefixes=curated, shown=rules.can_curate_skills))
