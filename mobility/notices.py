"""How the notices of this room find what they are about: words that name no opening to those who handle, and vanish with the right."""

import datetime

from django.urls import reverse

from rse.notify import wordings

from . import events, rules
from .models import Application, Opening
from .queries import days_with_news, is_in_a_team


def register():
    """Register the wordings of notices of this room; other events are about an application or an opening and are worded by their kind."""
    wordings.register(events.ApplicantsTold.event_name(), told=told_of_changes)
    wordings.register(events.DayOfApplications.event_name(), told=told_of_days)
    wordings.register(events.MemberAdded.event_name(), told=told_of_teams)


def told_of_changes(ids, person):
    """Return what the notices about these openings say, by id, to somebody who has an application there: its address is their own."""
    rows = Application.objects.of(person).live().filter(opening__in=ids).select_related("opening")
    return {row.opening_id: {"title": row.opening.title, "address": row.get_absolute_url()} for row in rows.order_by("pk")}


def told_of_days(ids, person):
    """Return what the notices of these days say, by ordinal: days on which something happened to what the person handles now.

    Never of anybody below that person.
    """
    days = days_with_news(person, [datetime.date.fromordinal(one) for one in ids])
    enters = rules.can_enter_recruitment(person, is_in_a_team=is_in_a_team(person)) if days else False
    address = reverse("recruitment:list" if enters else "home")
    return {day.toordinal(): {"address": address} for day in days}


def told_of_teams(ids, person):
    """Return what the notices about these openings say, by id, to somebody who recruits for them now."""
    rows = Opening.objects.recruited_by(person).filter(pk__in=ids).order_by("pk")
    return {row.pk: {"title": row.title, "address": reverse("recruitment:opening", args=[row.public_id])} for row in rows}
