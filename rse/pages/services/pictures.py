"""Pictures of pages: drawn anew when they are added, erased with their page and their files."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rse.core import clock
from rse.core.people.services.refusals import allow
from rse.core.pictures.drawing import BadPicture, draw_anew, erase, name_in
from rse.core.pictures.drawing import stray_files as files_beside
from rse.core.public_ids import random_id

from .. import rules
from ..models import HandbookPage, PagePicture

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.core.files.uploadedfile import UploadedFile

    from rse.core.models import Person

__all__ = ["MOST_PICTURES", "BadPicture", "TooManyPictures", "add_picture", "drop_pictures", "forget_stray_pictures", "stray_pictures"]

FOLDER = "handbook"
SIDE = 1600  # pixels of the longer side
MOST_PICTURES = 60  # on one page, those that its text shows no more included
STRAY_AFTER = datetime.timedelta(days=1)


class TooManyPictures(Exception):
    """The page has as many pictures as one page may; ``sentence`` says what to do."""

    def __init__(self) -> None:
        self.sentence = _("This page has %(most)d pictures, and takes no more: go on in another page of the section.") % {
            "most": MOST_PICTURES
        }
        super().__init__(self.sentence)


def add_picture(*, actor: Person, page: HandbookPage, file: UploadedFile) -> PagePicture:
    """Draw ``file`` anew and keep it for whoever reads ``page``.

    Raises:
        PermissionDenied: the actor may not put pictures on this page.
        BadPicture: no picture, too large, damaged.
        TooManyPictures: the page has as many as it may.

    """
    allow(rules.can_add_picture(actor, page))
    _check_number(page)
    stored = name_in(FOLDER, random_id())
    ((width, height),) = draw_anew(file, {stored: SIDE})
    try:
        with transaction.atomic():
            # Drawing takes seconds: the page may have moved meanwhile, or be gone, and others may have drawn too.
            present = HandbookPage.objects.select_for_update(of=("self",), no_key=True).filter(pk=page.pk).first()
            allow(present is not None and rules.can_add_picture(actor, present))
            _check_number(page)
            return PagePicture.objects.create(handbook_page=page, stored=stored, width=width, height=height, uploaded_at=clock.now())
    except Exception:
        erase([stored])
        raise


def _check_number(page: HandbookPage) -> None:
    if PagePicture.objects.filter(handbook_page=page).count() >= MOST_PICTURES:
        raise TooManyPictures


def drop_pictures(pages: Iterable[HandbookPage]) -> None:
    """Erase the files of the pictures of ``pages``, and of what stands under them, once the transaction that deletes them is through."""
    gone = Q(pk__in=[])
    for page in pages:
        gone |= Q(handbook_page__path__startswith=page.path)
    transaction.on_commit(partial(_erase_unknown, list(PagePicture.objects.filter(gone).values_list("stored", flat=True))))


def _erase_unknown(names: Collection[str]) -> None:
    """Erase those of these files that no row knows: where nothing was deleted after all, all of them stay."""
    known = _known(names)
    erase(name for name in names if name not in known)


def _known(names: Collection[str]) -> set[str]:
    return set(PagePicture.objects.filter(stored__in=names).values_list("stored", flat=True))


def stray_pictures(*, older_than: datetime.timedelta = 2 * STRAY_AFTER) -> list[str]:
    """Return the names of the files that are no picture of any page."""
    return files_beside(FOLDER, _known, older_than=older_than)


def forget_stray_pictures() -> int:
    """Erase the files of more than a day ago that are no picture of any page; return how many."""
    stray = stray_pictures(older_than=STRAY_AFTER)
    erase(stray)
    return len(stray)
