from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop


class FeedConfig(AppConfig):
    name = "rse.feed"
    label = "feed"

    def ready(self):
        from rse.core.events import bus, schedule
        from rse.core.models import Audience
        from rse.core.web import slots
        from rse.notify import topics

        from . import kinds, models, services, slot_blocks, subscribers
        from .personal_data import declare_fields
        from .services import erasures, invariants

        declare_fields()
        kinds.register_all()
        topics.register_rows("post", models.Post)
        topics.register_rows("audience", Audience)
        named = ("core.people_renamed", "core.people_arrived", "core.people_left", "core.people_shut_out", "core.people_taken_back")
        bus.subscribe("feed.follow_people", subscribers.follow_people, to=named)
        bus.subscribe("feed.follow_faces", subscribers.follow_faces, to=("core.photo_changed",))
        slots.navigate(slots.Entry("main", _("Publish"), "feed:compose", "square-pen", order=10, tab=0, is_act=True))
        slots.fill("profile.actions", slots.Block("feed/_ask_on_profile.html", slot_blocks.ask_on_profile, order=20))
        slots.fill("home.main", slots.Block("feed/_home.html", slot_blocks.home_feed_block, order=50))
        schedule.every("38 3 * * *", services.forget_stray_files, name=gettext_noop("erase files that no picture has"))
        invariants.register_all()
        erasures.register_all()
