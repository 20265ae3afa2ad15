"""``manage.py rebuild_search``: makes the search index anew from the rows of every kind, with a bar where somebody watches."""

import sys

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rse.core.ops.commands import SpokenCommand

from ...services import rebuild, reconcile

BAR = 30


class Command(SpokenCommand):
    help = gettext_lazy("Make the search index anew, while people search; with --repair, only put right what differs.")

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help=_("keep what is right, and put right the rest"))

    def handle(self, *, repair, **options):
        counts = (reconcile if repair else rebuild)(move=self._move if sys.stderr.isatty() else lambda done, total: None)
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(
            _("Added: %(added)s. Changed: %(changed)s. Removed: %(removed)s.")
            % {name: counts[name] for name in ("added", "changed", "removed")}
        )

    def _move(self, done, total):
        filled = BAR * done // max(total, 1)
        self.stderr.write(f"\r  [{'█' * filled}{'·' * (BAR - filled)}] {done}/{total}", ending="")
        self.stderr.flush()
