"""What the ground floor answers for: closures say what they are made from, and no event lost a delivery."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Min, Q

from . import clock
from .columns import BesideNames
from .enums import DeliveryState
from .events import subscriptions
from .models import Delivery, RecordedEvent, ReportingLine, UnitClosure
from .ops import invariants
from .ops.company import logos_without_files, stray_logos
from .organisation.services.reporting import rebuild_reporting_lines, rebuild_units
from .people.services.photos import photos_without_files, stray_photos

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model

FORGOTTEN_AFTER = datetime.timedelta(minutes=15)  # the sweep comes every minute


def register_all() -> None:
    invariants.register("closure of units as its tree says", lambda: _differences(UnitClosure, rebuild_units))
    invariants.register("reporting lines as positions say", lambda: _differences(ReportingLine, rebuild_reporting_lines))
    invariants.register("events with all their deliveries", events_without_a_delivery)
    invariants.register("deliveries held or due, never forgotten", forgotten_deliveries)
    invariants.register("references that lead somewhere", dangling_references)
    invariants.register("photos with their files", photos_without_files)
    invariants.register("files with their photos", lambda: len(stray_photos()))
    invariants.register("a logo with its file", logos_without_files)
    invariants.register("files with their logo", lambda: len(stray_logos()))
    invariants.register("found and ordered by their names", beside_other_names)


def _differences(model: type[Model], rebuild: Callable[[], int]) -> int:
    """Count the rows that ``rebuild`` would add, remove or change; what it writes is undone."""
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    with transaction.atomic():
        before = set(model._base_manager.values_list(*columns))
        rebuild()
        after = set(model._base_manager.values_list(*columns))
        transaction.set_rollback(True)
    return len(before ^ after)


def beside_other_names() -> int:
    """Count the people and things that are not found or ordered by the names that they have, in one query per model."""
    count = 0
    for model in apps.get_models():
        beside = [field for field in model._meta.get_fields() if isinstance(field, BesideNames)]
        if beside:
            read = [name for field in beside for name in (field.attname, *field.names)]  # type: ignore[attr-defined]
            rows = model._base_manager.values(*dict.fromkeys(read))
            count += sum(
                any(row[field.attname] != field.made_of(*(row[name] for name in field.names)) for field in beside)  # type: ignore[attr-defined]
                for row in rows.iterator()
            )
    return count


def events_without_a_delivery() -> int:
    """Count the events that a subscriber wants and that have no delivery to it.

    A subscriber counts from its first delivery on; one that can catch up is left out, because a bulk change tells it of nothing.
    """
    missing = 0
    since = dict(Delivery.objects.values_list("subscriber").annotate(first=Min("event")))
    for key, subscription in subscriptions.SUBSCRIPTIONS.items():
        if key not in since or subscription.catch_up:
            continue
        told = set(Delivery.objects.filter(subscriber=key).values_list("event", flat=True))
        events = RecordedEvent.objects.filter(pk__gte=since[key]).values_list("pk", "name", "facets")
        missing += sum(1 for pk, name, facets in events.iterator() if pk not in told and subscription.wants(name, facets))
    return missing


def forgotten_deliveries() -> int:
    """Count the deliveries that no worker holds any more and no sweep gave back."""
    past = clock.now() - FORGOTTEN_AFTER
    held = Q(state=DeliveryState.RUNNING) & (Q(leased_until=None) | Q(leased_until__lt=past))
    return Delivery.objects.filter(held | Q(state=DeliveryState.PENDING, due_at__lt=past)).count()


def dangling_references() -> int:
    """Return 1 where the database itself finds a reference that leads nowhere, 0 otherwise."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError:
        return 1
    return 0
