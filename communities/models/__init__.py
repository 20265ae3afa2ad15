from .asking import CommunityInvitation, CreationRequest, JoinRequest
from .communities import Community, SetAsideMembership

__all__ = ["Community", "CommunityInvitation", "CreationRequest", "JoinRequest", "SetAsideMembership"]
