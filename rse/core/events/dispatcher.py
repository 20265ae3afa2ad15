"""What a worker does beside its queue: hands out what is due, and leaves behind what takes too long."""

import threading
import time
from abc import ABC, abstractmethod

import structlog
from django.db import close_old_connections

from . import deliveries, lanes

log = structlog.get_logger(__name__)

EVERY, SWEEP_EVERY = 0.25, 10.0  # seconds
STOPS_WITHIN = 1.5


class Background(threading.Thread, ABC):
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

    @abstractmethod
    def work(self):
        """Run one round."""

    def stop(self):
        self.stopping.set()


class Watcher(Background):
    """Leaves behind what takes too long, in a thread that no lock of the database holds up."""

    def __init__(self):
        super().__init__("watcher")

    def work(self):
        lanes.watch()
        self.stopping.wait(EVERY)


class Dispatcher(Background):
    """Opens the lanes of this process, has them watched, and closes them when it stops."""

    def __init__(self):
        super().__init__("dispatcher")
        self.swept_at = 0.0
        self.watcher = Watcher()

    def start(self):
        lanes.open_lanes()
        self.watcher.start()
        super().start()

    def work(self):
        if time.monotonic() > self.swept_at + SWEEP_EVERY:
            deliveries.take_over()
            self.swept_at = time.monotonic()
        deliveries.dispatch()
        self.stopping.wait(EVERY)

    def stop(self):
        super().stop()
        self.watcher.stop()
        lanes.close_lanes(within=STOPS_WITHIN)
