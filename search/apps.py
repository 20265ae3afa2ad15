from django.apps import AppConfig
from django.utils.translation import gettext_noop


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from rse.core.events import bus, schedule
        from rse.core.ops import restoring
        from rse.core.web import slots

        from . import checks, services, slot_blocks, subscribers
        from .personal_data import declare_fields

        declare_fields()
        services.register_invariants()
        restoring.leave_out("search.SearchDocument")
        restoring.rebuild_with("search", services.rebuild)
        checks.register_all()
        bus.subscribe("search.follow", subscribers.follow, facet="document", catch_up=services.reconcile, within=1800)
        schedule.every("15 4 * * *", services.reconcile, name=gettext_noop("put the search index right"))
        slots.fill("shell.top", slots.Block("search/_box.html", slot_blocks.box, order=10))
