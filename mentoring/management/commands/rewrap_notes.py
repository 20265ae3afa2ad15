from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.services.keys import rewrap_keys
from rse.core.ops.commands import SpokenCommand


class Command(SpokenCommand):
    help = gettext_lazy("Wraps the keys of mentoring notes with NOTES_KEY, after the former one was moved to NOTES_KEY_FALLBACKS.")

    def handle(self, *args, **options):
        """Wrap every key anew and print how many; fail where none of our secrets opens a key, which is then left as it is."""
        wrapped, current, closed = rewrap_keys()
        self.stdout.write(
            _("Wrapped anew: %(wrapped)s. As they should be already: %(current)s.") % {"wrapped": wrapped, "current": current}
        )
        if closed:
            raise CommandError(
                _("Opened by neither NOTES_KEY nor NOTES_KEY_FALLBACKS, and left as they are: %(closed)s.") % {"closed": closed}
            )
