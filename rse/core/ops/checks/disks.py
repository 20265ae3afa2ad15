"""What lies on the disks: room, rights, what has to be prepared before pages are served, and the last backup."""

from __future__ import annotations

import datetime
import json
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import clock
from ...days import date_format
from .. import catalogues
from ..doctor import Finding, Level, hurts, look, well

GIB, MIB = 1024**3, 1024**2
SCARCE, NEARLY_FULL, LEAST = 0.10, 0.02, 500 * MIB
BACKUP = "last_backup.json"
OLDEST_BACKUP = datetime.timedelta(days=8)


def _places() -> list[Path]:
    """Return the folders that grow, each once."""
    found = [Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT), Path(settings.FILE_UPLOAD_TEMP_DIR)]
    if settings.IS_SQLITE:
        found.append(Path(settings.DATABASES["default"]["NAME"]).parent)
    return list(dict.fromkeys(place.absolute() for place in found))


def space() -> Finding:
    """Check the free room of each disk that we write to, and tell of the one that has least."""
    disks: dict[int, tuple[Any, Path]] = {}
    for place in _places():
        there = next((one for one in (place, *place.parents) if one.exists()), place)
        disks.setdefault(there.stat().st_dev, (shutil.disk_usage(there), place))
    usage, place = min(disks.values(), key=lambda one: one[0].free)
    return _room(usage.free, usage.total, place)


def _room(free: int, total: int, place: Path) -> Finding:
    told = {"free": _size(free), "folder": place, "percent": round(100 * free / max(total, 1))}
    do = _("Make room, or move DATA_DIR or MEDIA_ROOT to a larger disk: where none is left, nothing is saved.")
    if free < LEAST or free < total * NEARLY_FULL:
        return hurts(_("%(free)s are left for %(folder)s (%(percent)s %%).") % told, do)
    if free < total * SCARCE:
        return look(_("%(free)s are left for %(folder)s (%(percent)s %%).") % told, do)
    return well(_("%(free)s are left for %(folder)s (%(percent)s %%).") % told)


def _size(octets: int) -> str:
    if octets >= GIB:
        return _("%(count)s GB") % {"count": octets // GIB}
    return _("%(count)s MB") % {"count": octets // MIB}


def folders() -> Finding:
    """Check whether each folder that we write to can be written, and by nobody else."""
    found = [_rights(place) for place in _places() if place.exists()]
    return max(found, key=lambda one: list(Level).index(one.level), default=well(_("No folder has been made yet.")))


def _rights(place: Path) -> Finding:
    told = {"folder": place}
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError:
        return hurts(
            _("%(folder)s cannot be written.") % told,
            _("Give %(folder)s to the user that runs the product (chown), with chmod 700.") % told,
        )
    mode = stat.S_IMODE(place.stat().st_mode)
    if mode & 0o002:
        return hurts(_("%(folder)s can be written by every user of this machine.") % told, _("Run chmod 700 %(folder)s.") % told)
    if mode & 0o077:
        return look(_("%(folder)s is open to other users of this machine.") % told, _("Run chmod 700 %(folder)s.") % told)
    return well(_("The folders are ours alone, and can be written."))


def translations() -> Finding:
    """Check whether each catalogue was compiled since it changed."""
    sources = catalogues.sources()
    do = _("Run manage.py compile_translations, then start again.")
    if not all(catalogues.compiled(source).exists() for source in sources):
        return hurts(_("The translations were not compiled: everything is in English."), do)
    if any(catalogues.is_stale(source) for source in sources):
        return look(_("The translations have changed since they were compiled."), do)
    return well(_("The translations are compiled."))


def static_files() -> Finding:
    """Check whether the static files were collected since they changed."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return well(_("The static files are served as they are."))
    return _collected(Path(settings.STATIC_ROOT) / staticfiles_storage.manifest_name)


def _collected(manifest: Path) -> Finding:
    do = _("Run manage.py collectstatic --no-input, then start again.")
    if not manifest.exists():
        return hurts(_("The static files were not collected: no page can be shown."), do)
    made = manifest.stat().st_mtime
    files = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    if any(file.stat().st_mtime > made for file in files):
        return look(_("The static files have changed since they were collected."), do)
    return well(_("The static files are collected."))


def last_backup() -> Finding:
    """Read when a backup last succeeded, which it says in a file beside the data."""
    make = _("Run manage.py backup, every night at best, and keep what it makes on another machine.")
    try:
        said = json.loads((Path(settings.DATA_DIR) / BACKUP).read_text(encoding="utf-8"))
        at = datetime.datetime.fromisoformat(said["at"])
        at = at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
    except FileNotFoundError:
        return look(_("No backup was ever made here."), make)
    except (OSError, ValueError, TypeError, KeyError):
        return look(_("What the last backup left (%(file)s) cannot be read.") % {"file": BACKUP}, make)
    told = {"day": date_format(clock.date_of(at)), "path": said.get("path", ""), "version": said.get("version", "")}
    if clock.now() - at > OLDEST_BACKUP:
        days = (clock.now() - at).days
        what = ngettext("The last backup is %(count)s day old, of %(day)s.", "The last backup is %(count)s days old, of %(day)s.", days)
        return look(what % {**told, "count": days}, make)
    return well(_("The last backup is of %(day)s, by version %(version)s: %(path)s.") % told)
