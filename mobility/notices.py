"""How the notices of this room find what they are about: words that name no opening to those who handle, and vanish with the right."""

from django.urls import reverse

from rse.notify import wordings

from . import events
from .models import Application, Opening


def register():
    """Word what is told here; the other events are about an application or an opening and are worded by their kind."""
    wordings.register(events.ApplicantsTold.event_name(), told=told_of_changes)
    wordings.register(events.ApplicationWithdrawn.event_name(), told=told_of_withdrawals)
    wordings.register(events.MemberAdded.event_name(), told=told_of_teams)


def told_of_changes(ids, person):
    """Openings for which the person has an application: its address is their own."""
    rows = Application.objects.of(person).live().filter(opening__in=ids).select_related("opening")
    return {row.opening_id: {"title": row.opening.title, "address": row.get_absolute_url()} for row in rows.order_by("pk")}


def told_of_withdrawals(ids, person):
    """Those that the person handled, and would still: never of anybody below them."""
    rows = Application.objects.within_reach_of(person).filter(pk__in=ids).select_related("opening").order_by("pk")
    return {row.pk: {"address": reverse("recruitment:opening", args=[row.opening.public_id])} for row in rows}


def told_of_teams(ids, person):
    """Openings for which the person recruits now."""
    rows = Opening.objects.recruited_by(person).filter(pk__in=ids).order_by("pk")
    return {row.pk: {"title": row.title, "address": reverse("recruitment:opening", args=[row.public_id])} for row in rows}
