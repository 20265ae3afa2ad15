"""The few ways in which an audience of the ground floor and its members are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from ... import clock
from ...columns import beside_names
from ...enums import AudienceType
from ...models import Audience, AudienceMember

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...models import Person


def open_audience(*, kind: str, label: str, **flags: bool) -> Audience:
    """Create an audience without members."""
    return Audience.objects.create(kind=kind, label=label, **flags)


def ensure_everyone() -> Audience:
    """Return the audience of everyone in the company, created on the first call, in the language of the company."""
    with translation.override(settings.LANGUAGE_CODE):
        label = str(AudienceType.EVERYONE.label)
    return Audience.objects.get_or_create(kind=AudienceType.EVERYONE, defaults={"label": label, "is_open": True})[0]


def describe(audience_id: int, **values: Any) -> None:
    """Write what an audience is called, where it is, and how open it is."""
    Audience.objects.filter(pk=audience_id).update(**beside_names(Audience, **values))


def close_to_all(audience_id: int) -> None:
    """Close the audience, secret and frozen, and delete its memberships, so that nobody reads it and nothing is written there."""
    describe(audience_id, is_open=False, is_secret=True, is_frozen=True)
    AudienceMember.objects.filter(audience=audience_id).delete()


def admit(audience_id: int, person: Person, *, role: str) -> bool:
    """Add ``person`` to the audience; return False, and change nothing, if they were a member already."""
    try:
        with transaction.atomic():
            AudienceMember.objects.create(audience_id=audience_id, person=person, role=role, joined_at=clock.now())
    except IntegrityError:
        return False
    return True


def admit_all(audience_id: int, person_ids: Iterable[int], *, role: str) -> list[int]:
    """Add these people to the audience; return the ids of those who were not members before."""
    wanted = sorted(set(person_ids))
    present = set(AudienceMember.objects.filter(audience=audience_id, person__in=wanted).values_list("person", flat=True))
    new = [person_id for person_id in wanted if person_id not in present]
    now = clock.now()
    AudienceMember.objects.bulk_create(
        [AudienceMember(audience_id=audience_id, person_id=person_id, role=role, joined_at=now) for person_id in new],
        ignore_conflicts=True,
        batch_size=1000,
    )
    return new


def put_back(audience_id: int, members: Iterable[AudienceMember]) -> None:
    """Restore these memberships as they were."""
    AudienceMember.objects.bulk_create(members, ignore_conflicts=True, batch_size=1000)


def dismiss(audience_ids: Iterable[int], person_ids: Iterable[int]) -> int:
    """Remove these people from these audiences; return how many memberships ended."""
    return AudienceMember.objects.filter(audience__in=list(audience_ids), person__in=list(person_ids)).delete()[0]


def set_role(audience_id: int, person_id: int, role: str) -> bool:
    """Update the role of a member; return False if the person is no member."""
    return bool(AudienceMember.objects.filter(audience=audience_id, person=person_id).update(role=role))


def erase(audience_id: int) -> None:
    """Delete the audience with everything that was for it."""
    Audience.objects.filter(pk=audience_id).delete()
