import os
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile the translations that changed since they were compiled last. Needs no gettext; silent when there is nothing to do."
    requires_system_checks = ()

    def handle(self, **options):
        for source in sources():
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns:
                compile_one(source, compiled)
                if options["verbosity"] > 1:
                    self.stdout.write(f"{compiled} is up to date")


def sources() -> list[Path]:
    """Return every catalogue of ours: those of LOCALE_PATHS and of the apps under the project's folder, not those of libraries."""
    ours = [Path(config.path) / "locale" for config in apps.get_app_configs() if is_ours(Path(config.path))]
    folders = {Path(folder).resolve() for folder in [*settings.LOCALE_PATHS, *ours]}
    return [path for folder in sorted(folders) for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))]


def is_ours(folder: Path) -> bool:
    return folder.is_relative_to(settings.ROOT) and "site-packages" not in folder.parts


def compile_one(source: Path, compiled: Path) -> None:
    """Write ``compiled`` whole or not at all: another process may be reading it, or doing the same."""
    import polib  # noqa: PLC0415 - nearly every start finds nothing to compile

    try:
        catalogue = polib.pofile(str(source))
        with tempfile.NamedTemporaryFile(dir=compiled.parent, delete=False) as draft:
            draft.write(catalogue.to_binary())
        Path(draft.name).chmod(0o644)
        os.replace(draft.name, compiled)  # noqa: PTH105 - in one step
    except (OSError, ValueError) as error:
        raise CommandError(f"{source} could not be compiled: {error}") from error
