"""What a supervisor asks: is the process alive, and can it serve."""

import datetime
import secrets

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from ... import clock
from ...enums import DeliveryState
from ...models import Delivery

log = structlog.get_logger(__name__)
OLDEST_WAIT = datetime.timedelta(minutes=15)


@login_not_required
@require_safe
def healthz(request):
    """Answer 200 as long as this process runs."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def readyz(request):
    """Answer 200 when everything this process needs answers, else 503; each check by name, never why."""
    checks = {
        "database": _database,
        "cache": _cache,
        "channel_layer": _channel_layer,
        "migrations": _migrations,
        "queue": _queue,
    }
    found = {name: _holds(name, check) for name, check in checks.items()}
    return JsonResponse(
        {"status": "ok" if all(found.values()) else "unavailable", "checks": found}, status=200 if all(found.values()) else 503
    )


def _holds(name, check):
    try:
        return bool(check())
    except Exception as error:  # noqa: BLE001 - whatever breaks, the answer is that it is not ready
        log.warning("not ready", check=name, error=type(error).__name__)
        return False


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache():
    key = f"ready:{secrets.token_hex(4)}"
    cache.set(key, 1, 5)
    return cache.get(key) == 1


def _channel_layer():
    @async_to_sync
    async def round_trip():
        layer = get_channel_layer()
        channel = await layer.new_channel()
        await layer.send(channel, {"type": "ready"})
        return (await layer.receive(channel))["type"] == "ready"

    return round_trip()


def _migrations():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _queue():
    return not Delivery.objects.filter(state=DeliveryState.PENDING, due_at__lt=clock.now() - OLDEST_WAIT).exists()
