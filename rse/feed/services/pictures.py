"""Pictures: drawn anew when they are uploaded, hung on a post or a comment once, erased with their files."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from rse.core import clock
from rse.core.ops import erasures
from rse.core.people.services.people import one_at_a_time
from rse.core.people.services.refusals import allow
from rse.core.pictures.drawing import MIB, check_weight, draw_anew, erase, name_in
from rse.core.pictures.drawing import stray_files as files_beside
from rse.core.public_ids import random_id
from rse.core.web.limits import seconds_until, wait_in_words

from .. import rules
from ..enums import MOST_PICTURES
from ..models import Picture
from ..pokes import poke_thread
from ..validators import check_alt, plain_line
from .texts import bump, locked_post

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

    from rse.core.models import Person

    from ..models import Comment, Post

FOLDER = "pictures"
LARGE, SMALL = 2560, 960
MOST_IN_A_DAY = 200 * MIB
MOST_IN_ALL = 2048 * MIB
MOST_LOOSE = 40  # uploaded, and not yet on anything
LOOSE_FOR = datetime.timedelta(days=1)


class TooMuch(Exception):
    """More than one person may keep here; ``sentence`` says it, and until when where waiting helps."""

    def __init__(self, sentence: str):
        self.sentence = sentence
        super().__init__(sentence)


class PictureGone(PermissionDenied):
    """A picture that is not this person's, or hangs on something already."""


def upload_picture(*, owner: Person, file: UploadedFile, alt: str = "") -> Picture:
    """Draw ``file`` anew and keep it, for its owner alone until it hangs on something.

    Raises:
        BadPicture: no picture, too large, damaged.
        TooMuch: the day's or the person's allowance is used up.
        ValidationError: ``alt`` is too long.

    """
    alt = plain_line(alt)
    check_alt(alt)
    size = check_weight(file)
    _check_allowance(owner, size)
    stored, stored_small = (name_in(FOLDER, random_id()) for _name in ("large", "small"))
    (width, height), (small_width, small_height) = draw_anew(file, {stored: LARGE, stored_small: SMALL})
    try:
        with transaction.atomic():
            one_at_a_time(owner)
            _check_allowance(owner, size)  # again: others may have been drawn meanwhile
            return Picture.objects.create(
                owner=owner,
                alt=alt,
                stored=stored,
                stored_small=stored_small,
                width=width,
                height=height,
                small_width=small_width,
                small_height=small_height,
                size=size,
                uploaded_at=clock.now(),
            )
    except Exception:
        erase([stored, stored_small])
        raise


def _check_allowance(owner: Person, size: int) -> None:
    own = Picture.objects.filter(owner=owner)
    if (own.aggregate(sum=Sum("size"))["sum"] or 0) + size > MOST_IN_ALL:
        raise TooMuch(_("Your pictures take all the room that one person has here. Delete posts with pictures that are no longer needed."))
    today = list(own.filter(uploaded_at__gt=clock.now() - LOOSE_FOR).order_by("uploaded_at", "pk"))
    loose = [picture for picture in today if picture.audience_id is None]
    if ends := [*_room_after(today, size), *[picture.uploaded_at for picture in loose[: max(0, len(loose) - MOST_LOOSE + 1)]]]:
        raise TooMuch(_("You have sent many pictures lately.") + " " + wait_in_words(seconds_until(max(ends) + LOOSE_FOR)))


def _room_after(today: list[Picture], size: int) -> list[datetime.datetime]:
    """When those of a day's pictures, oldest first, were uploaded that must be a day old before ``size`` bytes more are taken."""
    over = sum(picture.size for picture in today) + size - MOST_IN_A_DAY
    ends = []
    for picture in today:
        if over <= 0:
            break
        over -= picture.size
        ends.append(picture.uploaded_at)
    return ends


def attach(pictures: Sequence[tuple[str, str]], *, owner: Person, post: Post | None = None, comment: Comment | None = None) -> None:
    """Attach ``pictures`` (pairs of public id and what is shown) to a post or a comment, in this order.

    Raises:
        PictureGone: one is not the owner's, or hangs on something already; nothing is attached then.
        ValidationError: too many, or what one shows is said too long.

    """
    thing: Any = post or comment
    check_number(pictures)
    for place, (public_id, alt) in enumerate(pictures):
        alt = plain_line(alt)  # noqa: PLW2901 - as it is kept
        check_alt(alt)
        free = Picture.objects.filter(public_id=public_id, owner=owner, audience=None)
        if not free.update(post=post, comment=comment, audience_id=thing.audience_id, is_visible=thing.is_visible, place=place, alt=alt):
            raise PictureGone


def check_number(pictures: Sequence[Any]) -> None:
    if len(pictures) > MOST_PICTURES:
        raise ValidationError(_("%(most)d pictures at most."), code="too_many_pictures", params={"most": MOST_PICTURES})


def rearrange(pictures: Sequence[tuple[str, str]], *, owner: Person, post: Post | None = None, comment: Comment | None = None) -> None:
    """Leave exactly ``pictures`` on a post or a comment: new ones are hung, absent ones are erased."""
    check_number(pictures)
    hanging = Picture.objects.filter(post=post) if post else Picture.objects.filter(comment=comment)
    kept = set(hanging.values_list("public_id", flat=True))
    wanted = [public_id for public_id, _alt in pictures]
    _forget(hanging.exclude(public_id__in=wanted))
    for place, (public_id, alt) in enumerate(pictures):
        if public_id in kept:
            alt = plain_line(alt)  # noqa: PLW2901 - as it is kept
            check_alt(alt)
            Picture.objects.filter(public_id=public_id).update(place=place, alt=alt)
        else:
            attach([(public_id, alt)], owner=owner, post=post, comment=comment)
            Picture.objects.filter(public_id=public_id).update(place=place)


@transaction.atomic
def remove_picture(*, actor: Person, picture: Picture) -> None:
    """Erase a picture: one's own, or as a host one that hangs in that place.

    Raises:
        PermissionDenied: neither.

    """
    allow(rules.can_remove_picture(actor, picture))
    thread_id = picture.post_id or (picture.comment.post_id if picture.comment_id else None)
    post = locked_post(thread_id) if thread_id else None
    _forget(Picture.objects.filter(pk=picture.pk))
    if post:
        poke_thread(post, bump(post.pk))


def _forget(pictures: QuerySet[Picture]) -> int:
    drop_files(pictures)
    return pictures.delete()[0]


def drop_files(pictures: QuerySet[Picture]) -> None:
    """Erase the files of ``pictures`` once the transaction that erases their rows is through."""
    rows = list(pictures.order_by("pk").values_list("public_id", "stored", "stored_small"))
    names = [name for _public_id, *pair in rows for name in pair]
    erasures.note("feed.picture", [row[0] for row in rows])
    transaction.on_commit(partial(erase, names))


@transaction.atomic
def erase_pictures(keys: Sequence[int]) -> None:
    """Erase these pictures, with their files."""
    _forget(Picture.objects.filter(pk__in=keys))


def stray_files(*, older_than: datetime.timedelta = 2 * LOOSE_FOR) -> list[str]:
    """Return the names of the files that no row of a picture knows."""
    return files_beside(FOLDER, _known, older_than=older_than)


def _known(names: Collection[str]) -> set[str]:
    rows = Picture.objects.filter(Q(stored__in=names) | Q(stored_small__in=names))
    return {name for pair in rows.values_list("stored", "stored_small") for name in pair}


def forget_stray_files() -> int:
    """Erase the files of more than a day ago that no row knows; return how many."""
    stray = stray_files(older_than=LOOSE_FOR)
    erase(stray)
    return len(stray)
