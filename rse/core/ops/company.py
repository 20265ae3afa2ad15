"""What the company looks like here: its name, its logo and the colour of what one acts on, changed by administrators alone."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ..access import rules
from ..events.bus import publish
from ..events.happenings import CompanyDescribed
from ..models import Installation
from ..pictures.drawing import draw_anew, erase, missing, name_in, stray_files
from ..public_ids import random_id
from ..versions import save_over
from .installation import KEY

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.core.files.uploadedfile import UploadedFile

    from ..models import Person

FOLDER = "logos"
LONGEST_SIDE = 512  # pixels
STRAY_AFTER = datetime.timedelta(days=1)


def file_of(logo: str) -> str:
    """Return the name in the storage of the logo called ``logo``."""
    return name_in(FOLDER, logo)


@transaction.atomic
def describe_company(*, by: Person, name: str, accent: str, version: int) -> None:
    """Write the name and the colour of the company, if nobody did since ``version``.

    Raises:
        PermissionDenied: not an administrator.
        EditedMeanwhile: another administrator wrote others first; nothing was changed.

    """
    _check(by)
    Installation.objects.get_or_create(pk=1)
    save_over(Installation.objects.filter(pk=1), version, {"company": name, "accent": accent})
    _tell(by)


def keep_logo(*, by: Person, file: UploadedFile) -> None:
    """Draw ``file`` anew and make it the logo; the file of the one before is erased.

    Raises:
        PermissionDenied: not an administrator.
        BadPicture: no picture, too large, damaged.

    """
    _check(by)
    logo = random_id()
    draw_anew(file, {file_of(logo): LONGEST_SIDE})
    try:
        with transaction.atomic():
            _write(by, logo)
    except Exception:
        erase([file_of(logo)])
        raise


@transaction.atomic
def remove_logo(*, by: Person) -> None:
    """Leave the company without a logo: the mark of the product is shown again.

    Raises:
        PermissionDenied: not an administrator.

    """
    _check(by)
    _write(by, "")


def _check(person: Person) -> None:
    if not rules.can_describe_company(person):
        raise PermissionDenied


def _write(by: Person, logo: str) -> None:
    Installation.objects.get_or_create(pk=1)
    row = Installation.objects.select_for_update(no_key=True).get(pk=1)
    if row.logo:
        transaction.on_commit(partial(erase, [file_of(row.logo)]))
    Installation.objects.filter(pk=1).update(logo=logo)
    _tell(by)


def _tell(by: Person) -> None:
    transaction.on_commit(lambda: cache.delete(KEY))
    publish(CompanyDescribed(actor_id=by.pk))


def logos_without_files() -> int:
    """Count the files that the logo lacks: one, or none."""
    return missing(_known(()))


def stray_logos(*, older_than: datetime.timedelta = 2 * STRAY_AFTER) -> list[str]:
    """Return the names of the files that are not the logo."""
    return stray_files(FOLDER, _known, older_than=older_than)


def _known(_names: Collection[str]) -> set[str]:
    return {file_of(logo) for logo in Installation.objects.exclude(logo="").values_list("logo", flat=True)}


def forget_stray_logos() -> int:
    """Erase the files of more than a day ago that are not the logo; return how many."""
    stray = stray_logos(older_than=STRAY_AFTER)
    erase(stray)
    return len(stray)
