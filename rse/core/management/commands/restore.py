"""``manage.py restore``: puts a backup in the place of what is here, and erases again what was erased since."""

from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.ops import invariants
from rse.core.ops.backups import restore
from rse.core.ops.backups.problems import BackupIncomplete, BackupRefused
from rse.core.ops.commands import SpokenCommand

from .migrate import patient


class Command(SpokenCommand):
    help = gettext_lazy("Verify a backup and put it in the place of what is here. Every other process of the product is stopped before.")
    requires_system_checks = ()  # a restore that was cut off is the one thing that they refuse

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--replace", action="store_true", help=_("replace the company that is here, whose name is asked for"))
        parser.add_argument("--yes", metavar="NAME", default="", help=_("the name of the company to replace, where nobody can be asked"))
        parser.add_argument(
            "--erasures", type=Path, metavar="FILE", help=_("the journal of erasures, where it is not that of the settings")
        )
        parser.add_argument("--without-notes-key", action="store_true", help=_("lose the mentoring notes: their key is not here"))
        parser.add_argument("--without-secret-key", action="store_true", help=_("lose the second factors: their key is not here"))

    def handle(self, *, archive, replace, yes, erasures, without_notes_key, without_secret_key, **options):
        lost = {"NOTES_KEY": without_notes_key, "SECRET_KEY": without_secret_key}
        try:
            if restore.finish():
                self.stdout.write(_("The restore that was cut off is finished: its files were ready, and are in place now."))
                return
            with patient(connection):
                self._restore(archive, replace, yes, erasures, frozenset(name for name, is_lost in lost.items() if is_lost))
        except (BackupRefused, BackupIncomplete) as error:
            raise CommandError(str(error)) from error

    def _restore(self, path, replace, yes, given, lost):
        manifest = restore.inspect(path)
        self.stdout.write(
            _("%(path)s is whole: %(company)s on %(at)s, version %(version)s.")
            % {"path": path, "company": manifest["company"], "at": restore.said_of(manifest["at"]), "version": manifest["version"]}
        )
        journal, warning = restore.journal_for(manifest, given)
        if warning:
            self.stderr.write(warning)
        for name in restore.unknown_keys(manifest):
            if name in lost:
                self.stderr.write(restore.loses(name))
        agreed = restore.Permissions(replaced=yes or (self._asked() if replace else ""), lost_keys=lost)
        done = restore.put_back(path=path, manifest=manifest, agreed=agreed, journal=journal)
        self._tell(done)

    def _asked(self):
        """Return the name that is typed, where there is something to replace; nothing where nobody answers."""
        company = restore.company_here()
        if company is None:
            return ""
        try:
            return input(_("Type the name of the company that is replaced (%(company)s): ") % {"company": company}).strip()
        except EOFError:
            return ""

    def _tell(self, done):
        tables = len(done.manifest["database"]["rows"])
        self.stdout.write(
            _("As the manifest says: rows %(rows)d, tables %(tables)d, uploads %(files)d. Nobody is signed in.")
            % {"rows": done.rows, "tables": tables, "files": done.files}
        )
        self.stdout.write(
            ngettext("%(count)d erasure since then was made again.", "%(count)d erasures since then were made again.", done.erased)
            % {"count": done.erased}
        )
        if done.set_aside:
            self.stderr.write(
                _("The journal of erasures that was here is damaged, and kept as %(path)s: what it alone noted was not erased again.")
                % {"path": done.set_aside}
            )
        total = len(invariants.names())
        self.stdout.write(
            _("%(sound)d of %(total)d invariants hold, the chain of the access log among them.") % {"sound": total, "total": total}
            if not done.broken
            else _("%(sound)d of %(total)d invariants hold.") % {"sound": total - len(done.broken), "total": total}
        )
        for name, count in done.broken.items():
            self.stderr.write(f"{count:>6}  {name}")
        self.stdout.write(
            _("Since then people may have left, lost a role or changed a password: import today’s file of HR, and read the page Roles.")
        )
        if done.failed:
            raise CommandError(_("The backup is in place, and these were not erased again: %(what)s") % {"what": ", ".join(done.failed)})
        if done.broken:
            raise CommandError(_("The backup is in place, and something in it does not hold: see above."))
