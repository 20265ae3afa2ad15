"""How the notices of this room find what they are about. The others are about a row of a kind, and are worded by it."""

from rse.notify import wordings

from . import events
from .models import BuddyRequest, Journey


def register():
    """Register the wordings of notices about requests and journeys: nothing is said any more to somebody who may not open them."""
    wordings.register(events.BuddyAsked.event_name(), told=told_of_requests)
    for event in (events.JourneyStarted, events.StepsOverdue, events.BuddyAccepted, events.BuddyDeclined, events.BuddyEnded):
        wordings.register(event.event_name(), told=told_of_journeys)


def told_of_requests(ids, person):
    """Return what the notices of these requests say, by id, to the person asked, as long as the request stands."""
    rows = BuddyRequest.objects.visible_to(person).standing().filter(pk__in=ids, person=person.pk).select_related("newcomer")
    return {row.pk: {"who": row.newcomer, "address": row.get_absolute_url()} for row in rows.order_by("pk")}


def told_of_journeys(ids, person):
    """Return what the notices of these journeys say, by id, to whoever may open them."""
    rows = Journey.objects.visible_to(person).filter(pk__in=ids).select_related("newcomer", "buddy")
    return {
        row.pk: {
            "thing": row,
            "who": row.newcomer,
            "is_oneself": row.newcomer_id == person.pk,
            "address": row.get_absolute_url(),
        }
        for row in rows.order_by("pk")
    }
