"""Features of HR: their conditions filled in by one person, confirmed by another, switched off by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from rse.core import clock
from rse.core.enums import Role
from rse.core.events.bus import publish
from rse.core.people.services.roles import holders_ids
from rse.core.versions import begun_once, save_over

from .. import gates, rules
from ..events import FeatureClosed, FeatureOpened, FeatureProposed
from ..models import FeatureSwitch

if TYPE_CHECKING:
    from rse.core.models import Person

CONDITIONS = ("impact_assessment", "works_council_on", "works_council_advice", "notice_on", "notice_fr", "notice_en", "owner")


class UnknownFeature(Exception):
    """No room declared a gate of this name."""


class AlreadyOn(Exception):
    """It is confirmed: it is switched off first, and proposed again with its new conditions."""


@transaction.atomic
def propose_feature(*, asker: Person, name: str, version: int = 0, **conditions: Any) -> FeatureSwitch:
    """Write down the conditions of a feature, if nobody did since ``version`` (0: none yet); it waits for the yes of the head of HR.

    Raises:
        PermissionDenied: not an administrator, or a condition that does not exist.
        UnknownFeature: nobody declared it.
        AlreadyOn: it is confirmed.
        EditedMeanwhile: somebody wrote other conditions down first; nothing was changed.

    """
    if not rules.can_propose_feature(asker) or set(conditions) - set(CONDITIONS):
        raise PermissionDenied
    if gates.get(name) is None:
        raise UnknownFeature
    running = FeatureSwitch.objects.running().filter(name=name).first()
    if running is None:
        with begun_once(lambda: FeatureSwitch.objects.running().get(name=name)):
            switch = FeatureSwitch.objects.create(name=name, asked_by=asker, **conditions)
    else:
        if running.is_confirmed:
            raise AlreadyOn
        rows = FeatureSwitch.objects.running().filter(pk=running.pk, on_since=None)
        save_over(rows, version, {"asked_by": asker, "asked_at": clock.now(), **conditions}, current=lambda: running)
        switch = FeatureSwitch.objects.get(pk=running.pk)
    told = tuple(one for one in holders_ids(Role.HR_HEAD) if one != asker.pk) if switch.is_complete else ()
    publish(FeatureProposed(actor_id=asker.pk, subject=("feature_switch", switch.pk), recipient_ids=told))
    return switch


@transaction.atomic
def confirm_feature(*, confirmer: Person, switch: FeatureSwitch, version: int) -> FeatureSwitch:
    """Confirm the conditions as they stood in ``version``: the feature is on from now, or from the later of its two dates.

    Raises:
        PermissionDenied: not the head of HR, or the one who filled them in, or a condition is missing.
        EditedMeanwhile: the conditions have changed since they were read.

    """
    if not rules.can_confirm_feature(confirmer, switch):
        raise PermissionDenied
    rows = FeatureSwitch.objects.running().filter(pk=switch.pk, on_since=None).exclude(asked_by=confirmer)
    save_over(rows, version, {"confirmed_by": confirmer, "on_since": clock.now()})
    switch = FeatureSwitch.objects.get(pk=switch.pk)
    gates.forget(switch.name)
    publish(FeatureOpened(actor_id=confirmer.pk, subject=("feature_switch", switch.pk), recipient_ids=_asker_of(switch)))
    return switch


@transaction.atomic
def close_feature(*, closer: Person, name: str) -> None:
    """Switch a feature off now, or withdraw what was proposed. Its rows stay, and nobody reads them.

    Raises:
        PermissionDenied: neither an administrator nor the head of HR.

    """
    if not rules.can_close_feature(closer):
        raise PermissionDenied
    switch = FeatureSwitch.objects.running().filter(name=name).first()
    if switch is None:
        return
    FeatureSwitch.objects.filter(pk=switch.pk).update(off_at=clock.now(), off_by=closer, version=F("version") + 1)
    gates.forget(name)
    publish(FeatureClosed(actor_id=closer.pk, subject=("feature_switch", switch.pk), recipient_ids=_asker_of(switch)))


def _asker_of(switch: FeatureSwitch) -> tuple[int, ...]:
    return (switch.asked_by_id,) if switch.asked_by_id else ()
