"""``manage.py serve``: pages, live pages and background work in one process."""

import contextlib
import fcntl
import hashlib
import logging
import os
import sys
import time

from daphne.http_protocol import WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from django.conf import settings
from django.core.management.base import CommandError
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks_db.management.commands.db_worker import Worker

from rse.core.events import schedule
from rse.core.events.dispatcher import STOPS_WITHIN, Background, Dispatcher
from rse.core.ops.commands import SpokenCommand
from rse.core.ops.installation import installation
from rse.core.ops.serving import at_work

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
HEADERS_WITHIN, BODY_WITHIN, KEPT_ALIVE = 20, 60, 75  # seconds
MESSAGE_BYTES = 64 * 1024
PING_EVERY = 30
WORK_EVERY, SCHEDULE_EVERY = 0.25, 2.0
SWITCH_EVERY = 0.001  # seconds that the loop, the views and the work keep the interpreter from each other


class PromptRequest(WebRequest):
    """A request whose headers and body arrive in time, however slowly they trickle."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.began, self.has_headers = time.monotonic(), False

    def gotLength(self, length):  # noqa: N802 - the library's name
        self.has_headers = True
        super().gotLength(length)

    def check_timeouts(self):
        has_arrived = hasattr(self, "request_start")
        within = BODY_WITHIN if self.has_headers else HEADERS_WITHIN
        if not has_arrived and self.channel is not None and time.monotonic() - self.began > within:
            self.channel.forceAbortClient()
        else:
            super().check_timeouts()


class HouseSocket(WebSocketProtocol):
    """A socket that may also say why it closes in the words of the protocol itself: too big, the server restarts."""

    def serverClose(self, code=None):  # noqa: N802 - the library's name
        if code in (1009, 1012):
            self.sendCloseFrame(code=code)
        else:
            super().serverClose(code)


class HouseServer(Server):
    """Daphne with our limits, saying once that it listens."""

    def __init__(self, *, said, **options):
        super().__init__(ready_callable=self._tighten, **options)
        self.said = said
        self.has_failed = False

    def _tighten(self):
        self.ws_factory.protocol = HouseSocket
        self.ws_factory.setProtocolOptions(failByDrop=False)  # close with the code rather than drop
        self.http_factory.timeOut = KEPT_ALIVE
        build = self.http_factory.buildProtocol

        def channel_for(address):
            channel = build(address)
            channel.requestFactory = PromptRequest
            return channel

        self.http_factory.buildProtocol = channel_for

    def listen_success(self, port):
        super().listen_success(port)
        self.said()

    def listen_error(self, failure):
        self.has_failed = True
        super().listen_error(failure)

    def kill_all_applications(self):
        """End what is at work, without those connections whose application has ended: the library stumbles over them."""
        for protocol in [one for one, details in self.connections.items() if "application_instance" not in details]:
            del self.connections[protocol]
        return super().kill_all_applications()


class WorkerThread(Background):
    worker = None

    def work(self):
        self.worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=WORK_EVERY,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        if not self.stopping.is_set():
            self.worker.run()

    def stop(self):
        super().stop()
        if self.worker is not None:
            self.worker.running = False


class SchedulerThread(Background):
    def work(self):
        schedule.fire_due()
        close_old_connections()
        self.stopping.wait(SCHEDULE_EVERY)


@contextlib.contextmanager
def only_process():
    """Hold this database for ourselves as long as live pages reach the sockets of this process only.

    Raises:
        CommandError: another process serves it.

    """
    if not settings.CHANNEL_LAYERS["default"]["BACKEND"].endswith("InMemoryChannelLayer"):
        yield
        return
    database = settings.DATABASES["default"]
    name = hashlib.sha256("|".join(str(database.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME")).encode()).hexdigest()[:12]
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / f"serve-{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommandError(
                _("Another process serves this database, and live pages do not cross processes without Redis: stop it, or set REDIS_URL.")
            ) from error
        yield


class Command(SpokenCommand):
    help = gettext_lazy("Serve pages and live pages, and do the background work, in one process.")

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help=_("the address to listen on (127.0.0.1)"))
        parser.add_argument("--port", type=int, default=8000, help=_("the port to listen on (8000)"))
        parser.add_argument(
            "--no-worker", action="store_true", help=_("leave background work to processes of their own: db_worker and scheduler")
        )

    def handle(self, *, host, port, no_worker, **options):
        if installation().is_demo and host not in LOOPBACK:
            raise CommandError(_("A demonstration is served on this machine only: its people have no secrets. Use --host 127.0.0.1."))
        with only_process(), at_work():
            self._serve(host, port, [] if no_worker else [WorkerThread("worker"), SchedulerThread("scheduler"), Dispatcher()])

    def _serve(self, host, port, threads):
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        said = _("Listening on %(address)s") % {"address": address}  # here: the loop knows no language
        server = HouseServer(
            said=lambda: self.stdout.write(said),
            application=import_string(settings.ASGI_APPLICATION),
            endpoints=[f"tcp:port={port}:interface={host.replace(':', chr(92) + ':')}"],
            websocket_max_message_size=MESSAGE_BYTES,
            websocket_max_frame_size=MESSAGE_BYTES,
            websocket_timeout=-1,  # ours end by themselves
            websocket_handshake_timeout=HEADERS_WITHIN,
            ping_interval=PING_EVERY,
            ping_timeout=PING_EVERY,
            application_close_timeout=2,
            server_name="",
            verbosity=0,
        )
        sys.setswitchinterval(SWITCH_EVERY)
        for thread in threads:
            thread.start()
        server.run()
        for thread in threads:
            thread.stop()
        until = time.monotonic() + STOPS_WITHIN
        for thread in threads:
            thread.join(max(until - time.monotonic(), 0))
        if server.has_failed:
            raise CommandError(
                _("Nothing can listen on %(address)s: another program does, or the address is not this machine’s.") % {"address": address}
            )
        self.stdout.flush()
        logging.shutdown()
        # What a view or a job is still at would hold the process: it rolls back, or is leased and taken up again.
        os._exit(0)
