"""``manage.py check_invariants``: what must be true of the rows, counted. It prints names and numbers, nothing that anybody wrote."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rse.core.ops import invariants
from rse.core.ops.commands import SpokenCommand


class Command(SpokenCommand):
    help = gettext_lazy(
        "Count the rows that break what must be true, by name; ends with 1 when there are any. Background work should be at rest."
    )

    def handle(self, **options):
        counts = invariants.counts()
        for name, broken in counts.items():
            self.stdout.write(f"{broken:>6}  {name}")
        if wrong := sum(1 for broken in counts.values() if broken):
            raise CommandError(_("%(wrong)s of %(all)s do not hold.") % {"wrong": wrong, "all": len(counts)})
