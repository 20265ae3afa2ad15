import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rse.core.ops.catalogues import compiled, is_stale, sources
from rse.core.ops.commands import SpokenCommand


class Command(SpokenCommand):
    help = gettext_lazy(
        "Compile the translations that changed since they were compiled last. Needs no gettext; silent when there is nothing to do."
    )
    requires_system_checks = ()

    def handle(self, **options):
        for source in sources():
            if is_stale(source):
                compile_one(source, compiled(source))
                if options["verbosity"] > 1:
                    self.stdout.write(_("%(file)s is up to date") % {"file": compiled(source)})


def compile_one(source: Path, target: Path) -> None:
    """Write ``target`` whole or not at all: another process may be reading it, or doing the same."""
    import polib  # noqa: PLC0415 - nearly every start finds nothing to compile

    try:
        catalogue = polib.pofile(str(source))
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
            draft.write(catalogue.to_binary())
        Path(draft.name).chmod(0o644)
        os.replace(draft.name, target)  # noqa: PTH105 - in one step
    except (OSError, ValueError) as error:
        raise CommandError(_("%(file)s could not be compiled: %(error)s") % {"file": source, "error": error}) from error
