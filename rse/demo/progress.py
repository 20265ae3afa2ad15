"""One line per step on a terminal, with a bar where somebody watches; plain lines where nobody does."""

import sys
import time
from contextlib import contextmanager

from django.utils.translation import gettext as _

BAR = 24


class Steps:
    """Writes steps to ``stream``: ``with steps.step("Title") as move: move(3, 19)``."""

    def __init__(self, stream=None):
        self.stream = stream or sys.stderr
        self.is_watched = self.stream.isatty()

    @contextmanager
    def step(self, title):
        """Write that a step begins, and its end unless it was short and unwatched; yield ``move(done, total)``, which draws a bar."""
        start, drawn = time.monotonic(), [0.0]
        self._write(f"  {title} …" if self.is_watched else f"{title} …\n")

        def move(done, total):
            now = time.monotonic()
            if self.is_watched and (now - drawn[0] > 0.1 or done == total):
                drawn[0] = now
                filled = BAR * done // max(total, 1)
                self._write(f"\r  {title} [{'█' * filled}{'·' * (BAR - filled)}] {done}/{total} ")

        yield move
        seconds = time.monotonic() - start
        if self.is_watched:
            self._write(f"\r\x1b[K✓ {title} ({seconds:.0f} s)\n")
        elif seconds > 2:
            told = _("%(title)s: done in %(seconds)s s") % {"title": title, "seconds": f"{seconds:.0f}"}
            self._write(f"{told}\n")

    def _write(self, text):
        self.stream.write(text)
        self.stream.flush()
