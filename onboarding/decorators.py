"""The one way to a journey: its readers first, then, for HR who reads what the newcomer wrote, the log of who opened it."""

import datetime
from functools import wraps

from django.http import Http404

from rse.core import clock
from rse.core.enums import Role
from rse.governance.decorators import seen_only_if_logged
from rse.governance.enums import Purpose
from rse.governance.models import AccessLogEntry
from rse.governance.services.access_log import log_access

from . import queries, rules
from .enums import Actor

ONE_SITTING = datetime.timedelta(minutes=15)  # the page of a journey asks itself again when it changes: that is one opening


def log_journey(reader, journey):
    """Write down that HR opens what the newcomer wrote; nothing where the reader sees no word, or opened it a moment ago.

    Raises:
        AccessLogUnavailable: it was not written, and nothing may be shown.

    """
    actors = rules.actors_of(reader, journey)
    opened = {}
    if Actor.NEWCOMER not in actors and rules.reads_words(reader, journey, actors):
        lately = AccessLogEntry.objects.filter(
            reader=reader.pk, kind="journey", row_id=journey.pk, function=Role.HR, at__gt=clock.now() - ONE_SITTING
        )
        if not lately.exists():
            opened = {("journey", journey.pk): [journey.newcomer_id]}
    log_access(reader=reader, opened=opened, purpose=Purpose.JOURNEY, function=Role.HR if opened else "")


def of_a_journey(view):
    """Pass the view the journey that the address names, as the reader may open it, once the opening is logged."""

    @seen_only_if_logged
    @wraps(view)
    def door(request, journey_id, **kwargs):
        journey = queries.opened_journeys(request.user).filter(public_id=journey_id).first()
        if journey is None:
            raise Http404
        log_journey(request.user, journey)
        return view(request, journey, **kwargs)

    return door
