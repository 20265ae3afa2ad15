from django.core.management.base import BaseCommand, CommandError

from mentoring.services.keys import rewrap_keys


class Command(BaseCommand):
    help = "Wraps the keys of mentoring notes with NOTES_KEY, after the former one was moved to NOTES_KEY_FALLBACKS."

    def handle(self, *args, **options):
        """Wrap every key anew and print how many; fail where none of our secrets opens a key, which is then left as it is."""
        wrapped, current, closed = rewrap_keys()
        self.stdout.write(f"{wrapped} wrapped anew, {current} already were.")
        if closed:
            raise CommandError(f"{closed} open with neither NOTES_KEY nor NOTES_KEY_FALLBACKS, and were left as they are.")
