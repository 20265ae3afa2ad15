from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CommunityKind(TextChoices):
    """How widely a community is known, joined and read, from the widest."""

    OPEN = "open", pgettext_lazy("community", "Open")
    CLOSED = "closed", pgettext_lazy("community", "On request")
    SECRET = "secret", pgettext_lazy("community", "Secret")


class MemberRole(TextChoices):
    """The roles of a member, from the least."""

    MEMBER = "member", pgettext_lazy("community", "Member")
    HOST = "host", pgettext_lazy("community", "Host")
    OWNER = "owner", pgettext_lazy("community", "Owner")


KNOWN_TO_ALL = (CommunityKind.OPEN.value, CommunityKind.CLOSED.value)
RANKS = {role: rank for rank, role in enumerate(("", *MemberRole.values))}
WIDTHS = {kind: width for width, kind in enumerate(reversed(CommunityKind.values))}

LONGEST_NAME = 80
LONGEST_PURPOSE = 600
LONGEST_REQUEST = 280
FEWEST_COUNTED = 5  # smaller groups are never given a number
