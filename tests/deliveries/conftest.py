"""Work as it is done in production: queued with the change, and done after the commit, by somebody else."""

import os
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from django.db import connection, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from rse.core.models import Delivery
from tests.notify.house import ROOT, environment


def in_a_thread(_folder):
    """The worker of ``manage.py serve``, until nothing is queued: another connection of this process."""

    def run():
        try:
            Worker(
                queue_names=["*"],
                excluded_queue_names=[],
                interval=0.05,
                batch=True,
                backend_name="default",
                startup_delay=False,
                max_tasks=None,
                worker_id=get_random_string(32),
            ).run()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def apart(folder):
    """``manage.py db_worker``, until nothing is queued: a process of its own, with the settings of a company."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{known['NAME']}"
    else:
        host = f"{known['HOST']}:{known['PORT']}"
        url = f"postgres://{quote(known['USER'])}:{quote(known['PASSWORD'])}@{host}/{known['NAME']}"
    own = environment(folder) | {"DATABASE_URL": url} | {name: os.environ[name] for name in ("REDIS_URL",) if name in os.environ}
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "db_worker", "--batch", "--no-startup-delay"], env=own, check=True)


@pytest.fixture
def work(request, settings, tmp_path, transactional_db):
    """Do what is queued: ``work()``, in a thread unless the test says ``apart``. Nothing is done before; what fails fails the test."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    def done():
        getattr(request, "param", in_a_thread)(tmp_path)
        assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()
        assert set(Delivery.objects.values_list("state", "error")) <= {("done", "")}

    return done
