from django.apps import AppConfig


class WatchedConfig(AppConfig):
    name = "tests.workers"
    label = "watched_workers"

    def ready(self):
        from rse.core.events import schedule

        from .watched import never_ends, ring, subscribe

        subscribe()
        schedule.every("0 0 1 1 *", ring, name="ring")
        for number in range(6):
            schedule.every("0 0 1 1 *", never_ends, name=f"never ends {number}", within=3)
