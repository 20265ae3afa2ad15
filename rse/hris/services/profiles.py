"""Profiles of files of HR: what their columns mean, under a name that people know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rse.core.versions import save_over

from ..models import ImportMapping
from ..rules import can_import_people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rse.core.models import Person


class NameTaken(Exception):
    """Another profile has this name."""


@transaction.atomic
def save_profile(*, actor: Person, profile: ImportMapping, version: int, name: str, kind: str, columns: Mapping[str, Any]) -> None:
    """Save what a person says of a profile, if nobody saved since ``version``; ``columns`` are as ``ColumnMapping.as_json`` writes them.

    Raises:
        PermissionDenied: this person imports nobody.
        EditedMeanwhile: the profile has moved on; nothing was written.
        NameTaken: another one has this name.

    """
    if not can_import_people(actor):
        raise PermissionDenied
    try:
        with transaction.atomic():
            save_over(ImportMapping.objects.filter(pk=profile.pk), version, {"name": name, "kind": kind, "columns": dict(columns)})
    except IntegrityError as error:
        raise NameTaken from error


@transaction.atomic
def forget_profile(*, actor: Person, profile: ImportMapping) -> None:
    """Delete a profile: the next file with these headers is read as any other. Files that were read by it stay on record.

    Raises:
        PermissionDenied: this person imports nobody.

    """
    if not can_import_people(actor):
        raise PermissionDenied
    ImportMapping.objects.filter(pk=profile.pk).delete()
