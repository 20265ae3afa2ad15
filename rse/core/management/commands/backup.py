"""``manage.py backup``: one file with the database and the uploads, written while the product runs."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.ops.backups.making import make_backup
from rse.core.ops.backups.problems import BackupRefused
from rse.core.ops.commands import SpokenCommand


class Command(SpokenCommand):
    help = gettext_lazy(
        "Write one file with the database and the uploads, while the product runs. The keys and the journal of erasures are not in it."
    )

    def add_arguments(self, parser):
        parser.add_argument("target", nargs="?", type=Path, help=_("a folder, or a file that ends with .tar.gz (BACKUP_DIR)"))
        parser.add_argument(
            "--keep", type=int, help=_("then delete all but this many of the backups that this command wrote to the folder")
        )

    def handle(self, *, target, keep, **options):
        if keep is not None and keep < 1:
            raise CommandError(_("--keep takes a number from 1 on."))
        try:
            made = make_backup(target=target or settings.BACKUP_DIR, keep=keep)
        except BackupRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(_("The backup could not be written: %(what)s") % {"what": error.strerror or error}) from error
        files = ngettext("%(count)d upload", "%(count)d uploads", made.files) % {"count": made.files}
        self.stdout.write(f"{made.path} ({files}, {made.size / 1_000_000:.1f} MB)")
        if made.forgotten:
            self.stdout.write(
                ngettext("%(count)d older backup deleted.", "%(count)d older backups deleted.", made.forgotten) % {"count": made.forgotten}
            )
        self.stdout.write(
            _("Not in it, to be kept elsewhere: SECRET_KEY, NOTES_KEY and %(journal)s.") % {"journal": settings.ERASURES_JOURNAL}
        )
