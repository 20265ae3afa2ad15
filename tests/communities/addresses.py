"""What the addresses of communities are made with, for the table of every URL × every role: a closed one that nobody of the table is in."""

from tests.factories import PersonFactory
from tests.factories.communities import CommunityFactory, CommunityInvitationFactory, CreationRequestFactory, JoinRequestFactory


def closed(world):
    return CommunityFactory(closed=True, owners=[world.SU])


def slug(world):
    return [closed(world).slug]


def member(world):
    return [closed(world).slug, world.SU.handle]


def invitation(world):
    return [CommunityInvitationFactory(community=closed(world), person=PersonFactory()).public_id]


def creation(world):
    return [CreationRequestFactory(asked_by=world.SU).public_id]


def waiting(world):
    request = JoinRequestFactory(community=closed(world))
    return [request.community.slug, request.public_id]


OF_A_COMMUNITY = (
    "detail", "head", "unanswered", "about", "members", "export", "join", "ask", "withdraw_request", "leave", "take_over", "waiting",
    "invite", "edit", "kind", "cancel_kind", "archive", "reopen", "delete", "restore",
)  # fmt: skip
ARGUMENTS = {
    **{f"communities:{name}": slug for name in OF_A_COMMUNITY},
    **{f"communities:{name}": member for name in ("role", "remove")},
    **{f"communities:{name}": invitation for name in ("invitation", "accept", "decline", "withdraw_invitation")},
    **{f"communities:{name}": creation for name in ("creation", "answer_creation", "withdraw_creation")},
    "communities:answer": waiting,
    "communities:invitation_link": lambda world: ["no-such-token"],
}
