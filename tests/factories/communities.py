"""Communities with their audience and members; what is made here passes the constraints of the database."""

import datetime
import hashlib

import factory
from factory.django import DjangoModelFactory

from communities.models import Community, CommunityInvitation, CreationRequest, JoinRequest
from rse.core import clock
from rse.core.models import AudienceMember

from .core import AudienceFactory, PersonFactory


class CommunityFactory(DjangoModelFactory):
    """An open community of ``owners``, ``hosts`` and ``members``. Traits: ``closed``, ``secret``, ``archived``, ``protected``."""

    class Meta:
        model = Community
        skip_postgeneration_save = True

    class Params:
        closed = factory.Trait(kind="closed")
        secret = factory.Trait(kind="secret", slug=factory.Sequence(lambda n: f"{n:020}"))
        archived = factory.Trait(is_archived=True)
        protected = False

    name = factory.Sequence(lambda n: f"Community {n}")
    purpose = "To ask and answer."
    slug = factory.Sequence(lambda n: f"community-{n}")
    kind = "open"
    audience = factory.LazyAttribute(
        lambda made: AudienceFactory(
            label=made.name,
            address=f"/communities/{made.slug}/",
            is_open=made.kind == "open",
            is_secret=made.kind == "secret" or (made.kind == "closed" and made.protected),
            is_frozen=made.is_archived,
            is_protected=made.protected,
        )
    )
    is_archived = False

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        add(self, extracted or (), "member")

    @factory.post_generation
    def hosts(self, create, extracted, **kwargs):
        add(self, extracted or (), "host")

    @factory.post_generation
    def owners(self, create, extracted, **kwargs):
        add(self, extracted or (), "owner")


def add(community, people, role="member"):
    """Make these people members of ``community``."""
    AudienceMember.objects.bulk_create(AudienceMember(audience=community.audience, person=person, role=role) for person in people)


def role_in(community, person):
    """What ``person`` is there, empty for no member."""
    return AudienceMember.objects.filter(audience=community.audience_id, person=person).values_list("role", flat=True).first() or ""


class JoinRequestFactory(DjangoModelFactory):
    class Meta:
        model = JoinRequest

    community = factory.SubFactory(CommunityFactory, closed=True)
    audience = factory.SelfAttribute("community.audience")
    person = factory.SubFactory(PersonFactory)


class CommunityInvitationFactory(DjangoModelFactory):
    """An invitation that works, by a host, with the token ``token``."""

    class Meta:
        model = CommunityInvitation
        skip_postgeneration_save = True

    class Params:
        token = factory.Sequence(lambda n: f"token-{n}")

    community = factory.SubFactory(CommunityFactory, secret=True)
    audience = factory.SelfAttribute("community.audience")
    person = factory.SubFactory(PersonFactory)
    invited_by = factory.SubFactory(PersonFactory)
    token_hash = factory.LazyAttribute(lambda made: hashlib.sha256(made.token.encode()).hexdigest())
    expires_at = factory.LazyFunction(lambda: clock.now() + datetime.timedelta(days=14))

    @factory.post_generation
    def host(self, create, extracted, **kwargs):
        AudienceMember.objects.get_or_create(audience=self.audience, person=self.invited_by, defaults={"role": "host"})


class CreationRequestFactory(DjangoModelFactory):
    class Meta:
        model = CreationRequest

    name = "Kept from HR"
    purpose = "To help each other."
    asked_by = factory.SubFactory(PersonFactory)
