"""``manage.py up``: prepares the database and the files, builds the demonstration company when there is nobody, and serves everything."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation.reloader import translation_file_changed

from rse.core.models import Person
from rse.core.ops.commands import SpokenCommand
from rse.core.ops.installation import installation

from ... import freshness
from ...personas import is_local_name, personas
from ...progress import Steps
from ...unfinished import begin_again, is_unfinished, only_builder


class Command(SpokenCommand):
    help = gettext_lazy(
        "Prepare, build the demonstration company if the database is empty, and serve pages, live pages and background work."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=300, help=_("people of the demonstration company, when it is built"))
        parser.add_argument("--port", type=int, default=8000, help=_("the port to listen on (8000)"))
        parser.add_argument("--host", default="127.0.0.1", help=_("the address to listen on (127.0.0.1)"))

    def handle(self, *, people, port, host, **options):
        if urlsplit(settings.SITE_URL).netloc == "localhost:8000":  # links in mails and invitations lead to where it answers
            settings.SITE_URL = settings.SITE_ORIGIN = f"http://localhost:{port}"
        steps = Steps()
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        with steps.step(_("Translations")):
            call_command("compile_translations", verbosity=0)
            # This process may have looked for them before they were there, and remembers that they were not.
            translation_file_changed(sender=None, file_path=Path("django.mo"))
        with steps.step(_("Database")):
            if not freshness.is_migrated():
                call_command("migrate", interactive=False, verbosity=0)
        with steps.step(_("Static files")):
            if not freshness.are_files_collected():
                call_command("collectstatic", interactive=False, verbosity=0)
                freshness.note_collected()
        self._build(steps, people)
        if installation().is_demo and not is_local_name(host):
            raise CommandError(_("A demonstration lets anybody in: it answers on this machine only, and not on %(host)s.") % {"host": host})
        self._announce(host, port)
        call_command("serve", host=host, port=port)

    def _build(self, steps, people):
        """Build the company where there is nobody; one that was interrupted is begun again."""
        try:
            with only_builder():
                if is_unfinished():
                    with steps.step(_("The company was interrupted: it is begun again")):
                        begin_again()
                if not Person.objects.exists():
                    from ...build import build  # noqa: PLC0415 - nearly every start finds it built

                    title = ngettext(
                        "A company of %(count)d person, over eighteen months", "A company of %(count)d people, over eighteen months", people
                    )
                    with steps.step(title % {"count": people}) as move:
                        build(people=people, move=move)
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted. The next start begins the company again.")) from None

    def _announce(self, host, port):
        answers = _("Maillage answers on %(address)s  (Ctrl-C stops it, and keeps the data)") % {"address": f"http://{host}:{port}/"}
        self.stdout.write(f"\n{answers}\n")
        if installation().is_demo:
            self.stdout.write(_("Sign in as:"))
            for one in personas():
                self.stdout.write(f"  {one.person.email:<36} {one.label}")
            self.stdout.write(_("The sign-in page shows them as buttons."))
        self.stdout.flush()
