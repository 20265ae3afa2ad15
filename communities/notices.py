"""How the notices of this room find their subject, and who is told of it now."""

from rse.notify import wordings

from . import events
from .models import Community, CommunityInvitation, CreationRequest, JoinRequest


def register():
    """Register the wordings of what is asked here; the other events are about a community and are worded by its kind."""
    wordings.register(events.JoinRequested.event_name(), told=told_of_requests)
    wordings.register(events.JoinAnswered.event_name(), told=told_of_answers)
    wordings.register(events.MemberInvited.event_name(), told=told_of_invitations)
    wordings.register(events.CreationRequested.event_name(), told=told_of_creations)
    wordings.register(events.CreationAnswered.event_name(), told=told_of_creations)


def _requests(ids, person):
    known = Community.objects.visible_to(person).standing().values("pk")
    rows = JoinRequest.objects.visible_to(person).filter(pk__in=ids, community__in=known)
    return rows.select_related("community", "person").order_by("pk")


def told_of_requests(ids, person):
    """Return what the notices of these requests say, by id, to the hosts of the communities."""
    return {
        row.pk: {"title": row.community.name, "who": row.person, "address": row.get_absolute_url()}
        for row in _requests(ids, person).exclude(person=person)
    }


def told_of_answers(ids, person):
    """Return what the notices of the answers say, by request, to those who asked, as long as they may know the community."""
    return {
        row.pk: {"title": row.community.name, "is_accepted": row.is_accepted, "address": row.community.get_absolute_url()}
        for row in _requests(ids, person).filter(person=person)
    }


def told_of_invitations(ids, person):
    """Return what the notices of these invitations say, by id, to the person invited, as long as they work."""
    rows = CommunityInvitation.objects.visible_to(person).open().filter(pk__in=ids, person=person, community__deleted_at=None)
    return {
        row.pk: {"title": row.community.name, "address": row.get_absolute_url()} for row in rows.select_related("community").order_by("pk")
    }


def told_of_creations(ids, person):
    """Return what the notices of these requests say, by id: with the name for whoever asked, without it for HR."""
    rows = CreationRequest.objects.visible_to(person).filter(pk__in=ids).select_related("asked_by").order_by("pk")
    return {
        row.pk: {
            "title": row.name if row.asked_by_id == person.pk else "",
            "who": row.asked_by,
            "is_approved": row.is_approved,
            "address": row.get_absolute_url(),
        }
        for row in rows
    }
