"""What a worker does beside its queue: hands out what is due, and leaves behind what takes too long."""

import threading
import time

import structlog
from django.db import close_old_connections

from . import deliveries, lanes

log = structlog.get_logger(__name__)

EVERY, SWEEP_EVERY = 0.25, 10.0  # seconds
STOPS_WITHIN = 1.5


class Background(threading.Thread):
    """Work beside the server, begun again when it breaks, until it is told to stop."""

    def __init__(self, name):
        super().__init__(name=name, daemon=True)
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.is_set():
            try:
                self.work()
            except Exception as error:  # whatever broke, the next round begins afresh
                log.exception("background work broke off", thread=self.name, error=type(error).__name__)
                self.stopping.wait(1)
            finally:
                close_old_connections()

    def work(self):
        raise NotImplementedError

    def stop(self):
        self.stopping.set()


class Dispatcher(Background):
    """Opens the lanes of this process, and closes them when it stops."""

    def __init__(self):
        super().__init__("dispatcher")
        self.swept_at = 0.0

    def start(self):
        lanes.open_lanes()
        super().start()

    def work(self):
        lanes.watch()
        if time.monotonic() > self.swept_at + SWEEP_EVERY:
            deliveries.take_over()
            self.swept_at = time.monotonic()
        deliveries.dispatch()
        self.stopping.wait(EVERY)

    def stop(self):
        super().stop()
        lanes.close_lanes(within=STOPS_WITHIN)
