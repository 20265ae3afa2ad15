from django.apps import AppConfig
from django.utils.translation import gettext_noop


class FeedConfig(AppConfig):
    name = "rse.feed"
    label = "feed"

    def ready(self):
        from rse.core import schedule, slots
        from rse.core.models import Audience
        from rse.notify import topics

        from . import blocks, kinds, models, services
        from .personal_data import declare_fields

        declare_fields()
        kinds.register_all()
        topics.register_rows("post", models.Post)
        topics.register_rows("audience", Audience)
        slots.fill("home.main", slots.Block("feed/_home.html", blocks.home_feed_block, order=50))
        schedule.every("25 3 * * *", services.forget_deleted, name=gettext_noop("erase deleted posts and comments"))
        schedule.every("35 3 * * *", services.forget_loose_pictures, name=gettext_noop("erase loose pictures"))
        schedule.every("55 * * * *", services.erase_stray_files, name=gettext_noop("erase files without a picture"))
