"""``manage.py rebuild_search``: makes the search index anew from the rows of every kind, with a bar where somebody watches."""

import sys

from django.core.management.base import BaseCommand

from ...services import rebuild, reconcile

BAR = 30


class Command(BaseCommand):
    help = "Make the search index anew, while people search; with --repair, only put right what differs."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="keep what is right, and put right the rest")

    def handle(self, *, repair, **options):
        counts = (reconcile if repair else rebuild)(move=self._move if sys.stderr.isatty() else lambda done, total: None)
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(f"{counts['added']} added, {counts['changed']} changed, {counts['removed']} removed")

    def _move(self, done, total):
        filled = BAR * done // max(total, 1)
        self.stderr.write(f"\r  [{'█' * filled}{'·' * (BAR - filled)}] {done}/{total}", ending="")
        self.stderr.flush()
