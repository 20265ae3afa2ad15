"""The catalogues of translations that are ours, and what was compiled from them."""

from pathlib import Path

from django.apps import apps
from django.conf import settings


def sources() -> list[Path]:
    """Return every catalogue of ours: those of LOCALE_PATHS and of the apps under the project's folder, not those of libraries."""
    ours = [Path(config.path) / "locale" for config in apps.get_app_configs() if is_ours(Path(config.path))]
    folders = {Path(folder).resolve() for folder in [*settings.LOCALE_PATHS, *ours]}
    return [path for folder in sorted(folders) for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))]


def is_ours(folder: Path) -> bool:
    return folder.is_relative_to(settings.ROOT) and "site-packages" not in folder.parts


def compiled(source: Path) -> Path:
    """Return where the catalogue ``source`` is compiled to."""
    return source.with_suffix(".mo")


def is_stale(source: Path) -> bool:
    """Return whether ``source`` was never compiled, or has changed since."""
    made = compiled(source)
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns
