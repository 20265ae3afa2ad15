"""What happens in the database of the house under test, in a process of its own: ``prepare`` it, or ``settle`` what is left."""

import json
import os
import sys
from collections import Counter

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rse.settings")
django.setup()

from communities.models import Community  # noqa: E402
from mobility.models import Application  # noqa: E402
from rse.core import clock  # noqa: E402
from rse.core.enums import DeliveryState, Role  # noqa: E402
from rse.core.events import deliveries  # noqa: E402
from rse.core.models import AudienceMember, Delivery, RecordedEvent  # noqa: E402
from rse.core.ops import invariants  # noqa: E402
from rse.feed.models import Comment, Post  # noqa: E402
from rse.notify.models import Notification  # noqa: E402
from search.services import reconcile  # noqa: E402
from tests.factories import PersonFactory  # noqa: E402
from tests.factories.communities import CommunityFactory  # noqa: E402
from tests.factories.core import PASSWORD, put_under  # noqa: E402
from tests.factories.mobility import OpeningFactory  # noqa: E402

PEOPLE, PLACES, OPENINGS = 4, 40, 8


def prepare():
    """People who write, one above another; places to join, openings to apply for, each with somebody to receive it."""
    call_command("collectstatic", interactive=False, verbosity=0)
    people = [PersonFactory() for _ in range(PEOPLE)]
    put_under(people[1], people[0])
    owner, recruiter = PersonFactory(password=False), PersonFactory(password=False, role=Role.RECRUITER)
    square = CommunityFactory(name="Square", slug="square", owners=[owner], members=people)
    places = [CommunityFactory(owners=[owner]).slug for _ in range(PLACES)]
    openings = [OpeningFactory(team=[recruiter]).public_id for _ in range(OPENINGS)]
    reconcile()
    return {
        "people": [{"id": one.pk, "email": one.email, "password": PASSWORD} for one in people],
        "square": square.audience.public_id,
        "places": places,
        "openings": openings,
    }


def settle():
    """What stands once everybody who was killed is given up for lost and what waited is done; the processes are stopped by now."""
    states = Counter(Delivery.objects.values_list("state", flat=True))
    Delivery.objects.filter(state=DeliveryState.RUNNING).update(leased_until=clock.now())
    Delivery.objects.filter(state=DeliveryState.PENDING).update(due_at=clock.now())
    with deliveries.held():
        deliveries.sweep()
        deliveries.drain()
    told = Counter(Notification.objects.values_list("event_id", "recipient"))
    wanted = [(event.pk, one) for event in RecordedEvent.objects.order_by("pk") for one in event.facets.get("recipient_ids", ())]
    places = dict(Community.objects.values_list("audience", "slug"))
    members = AudienceMember.objects.values_list("audience", "person")
    return {
        "before": states,
        "after": Counter(Delivery.objects.values_list("state", flat=True)),
        "untold": len([pair for pair in wanted if not told[pair]]),
        "invariants": {name: broken for name, broken in invariants.counts().items() if broken},
        "events": Counter(RecordedEvent.objects.values_list("name", flat=True)),
        "posts": list(Post.objects.values_list("body", flat=True)),
        "comments": list(Comment.objects.values_list("body", flat=True)),
        "joins": [f"{places[audience]} {person}" for audience, person in members if audience in places],
        "applications": [
            f"{public_id} {person}"
            for public_id, person in Application.objects.filter(state="submitted").values_list("opening__public_id", "applicant")
        ],
    }


if __name__ == "__main__":
    print(json.dumps({"prepare": prepare, "settle": settle}[sys.argv[1]]()))
