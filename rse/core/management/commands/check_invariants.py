"""``manage.py check_invariants``: what must be true of the rows, counted. It prints names and numbers, nothing that anybody wrote."""

from django.core.management.base import BaseCommand, CommandError

from rse.core.ops import invariants


class Command(BaseCommand):
    help = "Count the rows that break what must be true, by name; ends with 1 when there are any. Background work should be at rest."

    def handle(self, **options):
        counts = invariants.counts()
        for name, broken in counts.items():
            self.stdout.write(f"{broken:>6}  {name}")
        if wrong := sum(1 for broken in counts.values() if broken):
            raise CommandError(f"{wrong} of {len(counts)} do not hold.")
