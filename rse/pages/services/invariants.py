"""What the handbook answers for: each picture of a page has its file, and each file its picture."""

from __future__ import annotations

from rse.core.ops import invariants
from rse.core.pictures.drawing import missing

from ..models import PagePicture
from .pictures import stray_pictures


def register_all() -> None:
    invariants.register("pictures of pages with their files", pictures_without_files)
    invariants.register("files with their pictures of pages", lambda: len(stray_pictures()))


def pictures_without_files() -> int:
    return missing(PagePicture.objects.values_list("stored", flat=True).iterator())
