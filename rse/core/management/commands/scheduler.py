"""``manage.py scheduler``: the jobs of the clock, in a process of their own."""

import signal
import threading

import structlog
from django.db import close_old_connections
from django.utils.translation import gettext_lazy

from rse.core.events import schedule
from rse.core.ops.commands import SpokenCommand
from rse.core.ops.serving import at_work

log = structlog.get_logger(__name__)
EVERY = 2.0


class Command(SpokenCommand):
    help = gettext_lazy("Run the jobs that are due, until told to stop. Several may run: each job is fired by one.")

    def handle(self, **options):
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_signal: stopping.set())
        with at_work():
            while not stopping.is_set():
                try:
                    schedule.fire_due()
                except Exception as error:  # noqa: BLE001 - the database may be away: it is asked again
                    log.warning("schedule not read", error=type(error).__name__)
                close_old_connections()
                stopping.wait(EVERY)
