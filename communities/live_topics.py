"""The topic of this room: ``community.<public id>``, for whoever may read what is in it."""

from rse.core.access.readers import readers_of
from rse.core.models import Audience
from rse.notify import topics

from .models import Community


def register():
    """Let pages watch the communities that they show."""
    topics.register("community", readable=_readable, readers=_readers)


def _readable(person, ids):
    audiences = Audience.objects.visible_to(person).values("pk")
    return set(Community.objects.standing().filter(public_id__in=ids, audience__in=audiences).values_list("public_id", flat=True))


def _readers(public_id, people):
    community = Community.objects.standing().select_related("audience").filter(public_id=public_id).first()
    return set(readers_of(community.audience).filter(pk__in=people).values_list("pk", flat=True)) if community else set()
