"""The notices of core's own events: roles are told to every holder of one, and mailed, for whoever holds one can read more than others."""

from django.urls import reverse

from rse.core.access import rules
from rse.core.events import happenings
from rse.core.models import RoleGrant, RoleRemoval, RoleRequest

from . import wordings


def register():
    """Register the wording of the notices of core's own events."""
    wordings.register(happenings.RoleGranted.event_name(), told=told_of_grants, is_mailed=True)
    wordings.register(happenings.RoleEnded.event_name(), told=told_of_grants, is_mailed=True)
    for event in (happenings.RoleRemovalAsked, happenings.RoleRemovalRefused):
        wordings.register(event.event_name(), told=told_of_removals, is_mailed=True)
    wordings.register(happenings.RoleRequested.event_name(), told=told_of_requests, is_mailed=True)


def told_of_grants(ids, person):
    """Return what the notices of these grants say, by id, for the person concerned and for whoever holds a role now."""
    rows = RoleGrant.objects.filter(pk__in=ids).select_related("person", "unit")
    holds_one = bool(person.current_grants)
    return {row.pk: _said(row, person) for row in rows.order_by("pk") if holds_one or row.person_id == person.pk}


def told_of_requests(ids, person):
    """Return what the notices of these role requests say, by id, for those that this person may read."""
    rows = RoleRequest.objects.visible_to(person).filter(pk__in=ids).select_related("person", "unit")
    return {row.pk: _said(row, person) for row in rows.order_by("pk")}


def told_of_removals(ids, person):
    """Return what the notices of these ends of rights say, by id, for the person concerned, whoever asked and whoever holds a role now."""
    rows = RoleRemoval.objects.filter(pk__in=ids).select_related("person", "grant__unit", "asked_by")
    holds_one = bool(person.current_grants)
    return {
        row.pk: {
            "holder": row.person,
            "asker": row.asked_by,
            "is_oneself": row.person_id == person.pk,
            "role": row.grant.get_role_display() if row.grant else "",
            "address": reverse("roles:list") if rules.can_see_roles(person) else "",
        }
        for row in rows.order_by("pk")
        if holds_one or person.pk in (row.person_id, row.asked_by_id)
    }


def _said(row, person):
    return {
        "holder": row.person,
        "is_oneself": row.person_id == person.pk,
        "role": row.get_role_display(),
        "unit": row.unit,
        "address": reverse("roles:list") if rules.can_see_roles(person) else "",
    }
