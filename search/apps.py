from django.apps import AppConfig
from django.utils.translation import gettext_noop


class SearchConfig(AppConfig):
    name = "search"

    def ready(self):
        from rse.core import events, schedule, slots

        from . import blocks, services, subscribers
        from .personal_data import declare_fields

        declare_fields()
        services.register_invariants()
        events.subscribe("search.follow", subscribers.follow, facet="document", catch_up=services.reconcile, within=1800)
        schedule.every("15 4 * * *", services.reconcile, name=gettext_noop("put the search index right"))
        slots.fill("shell.top", slots.Block("search/_box.html", blocks.box, order=10))
