"""Photos of people: kept, replaced and removed by themselves alone, and erased with their files."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from ...access import rules
from ...events.bus import publish
from ...events.happenings import PhotoChanged
from ...models import Person
from ...ops import erasures
from ...pictures.drawing import draw_anew, erase, missing, name_in, stray_files
from ...public_ids import random_id
from .people import one_at_a_time
from .refusals import allow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

    from ...pictures.drawing import Square

FOLDER = "photos"
SIDES = (256, 96, 48)  # pixels, the longest first
STRAY_AFTER = datetime.timedelta(days=1)


def file_of(photo: str, side: int) -> str:
    """Return the name in the storage of the photo called ``photo``, as large as ``side``."""
    return name_in(FOLDER, f"{photo}-{side}")


def keep_photo(*, person: Person, file: UploadedFile, square: Square) -> None:
    """Draw ``square`` of ``file`` anew and make it the photo of ``person``; the files of the one before are erased.

    Raises:
        PermissionDenied: the person is not here, or changed their photo meanwhile.
        BadPicture: no picture, too large, damaged.

    """
    allow(rules.can_edit_profile(person, person))
    photo, before = random_id(), person.photo
    draw_anew(file, {file_of(photo, side): side for side in SIDES}, square=square)
    try:
        with transaction.atomic():
            # Drawing takes seconds: whoever left meanwhile, or changed their photo in another window, is given none.
            present = _locked(person)
            allow(rules.can_edit_profile(present, present) and present.photo == before)
            _write(person, photo)
    except Exception:
        erase(_files([photo]))
        raise


@transaction.atomic
def remove_photo(*, person: Person) -> None:
    """Leave ``person`` without a photo: initials are shown again, and its addresses lead nowhere.

    Raises:
        PermissionDenied: the person is not here.

    """
    allow(rules.can_edit_profile(person, person))
    _locked(person)
    _write(person, None)


def _locked(person: Person) -> Person:
    """Return the row of ``person`` as it is now, held until the transaction ends."""
    one_at_a_time(person)
    return Person.objects.get(pk=person.pk)


def _write(person: Person, photo: str | None) -> None:
    drop_photos([person.pk])
    Person.objects.filter(pk=person.pk).update(photo=photo)
    person.photo = photo  # whoever asked shows it at once
    publish(PhotoChanged(person_ids=(person.pk,)))


def drop_photos(keys: Sequence[int]) -> None:
    """Erase the files of the photos of these people once the transaction that takes them out of their rows is through."""
    people = Person.objects.filter(pk__in=keys)
    erasures.note("core.photo", list(people.exclude(photo=None).order_by("pk").values_list("photo", flat=True)))
    transaction.on_commit(partial(erase, list(_files_of(people))))


@transaction.atomic
def forget_photos(photos: Sequence[str]) -> None:
    """Leave the people who have one of these photos without a photo."""
    for person in Person.objects.filter(photo__in=photos).order_by("pk"):
        _write(person, None)


def _files(photos: Iterable[str | None]) -> Iterator[str]:
    return (file_of(photo, side) for photo in photos if photo for side in SIDES)


def _files_of(people: QuerySet[Person]) -> Iterator[str]:
    return _files(people.exclude(photo=None).values_list("photo", flat=True))


def photos_without_files() -> int:
    """Count the files that photos lack."""
    return missing(_files_of(Person.objects.all()))


def stray_photos(*, older_than: datetime.timedelta = 2 * STRAY_AFTER) -> list[str]:
    """Return the names of the files that are no photo of anybody."""
    return stray_files(FOLDER, _known, older_than=older_than)


def _known(names: Collection[str]) -> set[str]:
    photos = {name.rpartition("/")[2].rpartition("-")[0] for name in names}
    return set(_files_of(Person.objects.filter(photo__in=photos)))


def forget_stray_photos() -> int:
    """Erase the files of more than a day ago that are no photo of anybody; return how many."""
    stray = stray_photos(older_than=STRAY_AFTER)
    erase(stray)
    return len(stray)
