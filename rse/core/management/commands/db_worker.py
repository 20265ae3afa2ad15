"""``manage.py db_worker``: the library's worker of the queue, with the lanes of this house beside it."""

from typing import Any

from django.utils.translation import gettext_lazy
from django_tasks_db.management.commands import db_worker

from rse.core.events.dispatcher import Dispatcher
from rse.core.ops.commands import Spoken
from rse.core.ops.serving import at_work


class Command(Spoken, db_worker.Command):
    help: Any = gettext_lazy(
        "Do background work until told to stop: the queue, the deliveries of events, the jobs that are due. Several may run."
    )

    def handle(self, *, batch, max_tasks, **options):
        if batch or max_tasks is not None:  # it ends when its work is done: there is nothing beside it
            super().handle(batch=batch, max_tasks=max_tasks, **options)
            return
        with at_work():
            dispatcher = Dispatcher()
            dispatcher.start()
            try:
                super().handle(batch=batch, max_tasks=max_tasks, **options)
            finally:
                dispatcher.stop()
