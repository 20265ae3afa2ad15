"""``manage.py doctor``: what is well, what to look at and what would hurt; nothing is written or sent, and no secret is shown."""

import shutil
import sys
import textwrap

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.ops import doctor
from rse.core.ops.commands import SpokenCommand
from rse.core.ops.doctor import Level

NARROWEST, WIDEST = 60, 140


class Command(SpokenCommand):
    help = gettext_lazy(
        "Say what is well, what to look at and what would hurt here, and what to do; ends with 1 when something would hurt. "
        "Nothing is written or sent."
    )
    requires_system_checks = ()

    def handle(self, **options):
        lines = doctor.examine()
        column = max(len(line.name) for line in lines) + 2
        for level, title in (
            (Level.HURTS, _("What would hurt")),
            (Level.LOOK, _("What to look at")),
            (Level.WELL, _("What is well")),
        ):
            found = [line for line in lines if line.level is level]
            if found:
                self.stdout.write(f"{title}\n")
                for line in found:
                    self._say(line, column)
                self.stdout.write("")
        hurting = self._summary(lines)
        if hurting:
            self.stdout.flush()
            sys.exit(1)

    def _say(self, line, column):
        """Write the name, the sentence beside it, and under it what to do; wrapped where somebody reads it on a terminal."""
        for name, said in ((line.name, line.what), ("", line.do and f"→ {line.do}")):
            if said:
                first = f"  {name:<{column}}"
                self.stdout.write("\n".join(self._wrapped(said, first, " " * len(first))))

    def _wrapped(self, said, first, rest):
        if not self.stdout.isatty():
            return [first + said]
        width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
        # Only where a word ends: a command to copy stays in one piece.
        return textwrap.wrap(said, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False)

    def _summary(self, lines):
        """Write how many of each, and return how many would hurt."""
        count = {level: sum(line.level is level for line in lines) for level in Level}
        hurting, looking = count[Level.HURTS], count[Level.LOOK]
        said = [
            ngettext("%(count)s thing would hurt", "%(count)s things would hurt", hurting) % {"count": hurting},
            ngettext("%(count)s to look at", "%(count)s to look at", looking) % {"count": looking},
            ngettext("%(count)s is well", "%(count)s are well", count[Level.WELL]) % {"count": count[Level.WELL]},
        ]
        self.stdout.write(f"{', '.join(said)}.")
        return hurting
