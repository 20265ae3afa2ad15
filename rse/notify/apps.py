from django.apps import AppConfig
from django.utils.translation import gettext_noop


class NotifyConfig(AppConfig):
    name = "rse.notify"
    label = "notify"

    def ready(self):
        from django.contrib.auth.signals import user_logged_out

        from rse.core import events, leaving, schedule, slots

        from . import blocks, core_notices, live, services, subscribers, tasks, watched
        from .personal_data import declare_fields

        declare_fields()
        watched.register()
        core_notices.register()
        leaving.register("sockets", services.let_go)
        user_logged_out.connect(live.when_signed_out, dispatch_uid="close the sockets of a session")
        events.subscribe("notify.tell", subscribers.tell, facet="recipient_ids")
        schedule.every("* * * * *", tasks.begin_sending, name=gettext_noop("send due mails"))
        slots.fill("shell.top", slots.Block("notify/bell.html", blocks.bell, order=80))
