from django.apps import AppConfig
from django.utils.translation import gettext_noop


class NotifyConfig(AppConfig):
    name = "rse.notify"
    label = "notify"

    def ready(self):
        from django.contrib.auth.signals import user_logged_out

        from rse.core.access import leaving
        from rse.core.events import bus, schedule
        from rse.core.web import slots

        from . import core_notices, live, live_topics, services, slot_blocks, subscribers, tasks
        from .personal_data import declare_fields

        declare_fields()
        live_topics.register()
        core_notices.register()
        leaving.register("sockets", services.let_go, shuts=True)
        user_logged_out.connect(live.when_signed_out, dispatch_uid="close the sockets of a session")
        bus.subscribe("notify.tell", subscribers.tell, facet="recipient_ids")
        schedule.every("* * * * *", tasks.begin_sending, name=gettext_noop("send due mails"))
        slots.fill("shell.top", slots.Block("notify/bell.html", slot_blocks.bell, order=80))
