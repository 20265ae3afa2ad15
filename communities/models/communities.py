from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Everyone, InAudience, Is, ReadableQuerySet
from rse.core.columns import FoundByField, SortsAsField, names_begin
from rse.core.enums import HOSTING
from rse.core.models import AudienceMember
from rse.core.models.keys import link, public_id_field

from ..enums import KNOWN_TO_ALL, LONGEST_NAME, LONGEST_PURPOSE, CommunityKind, MemberRole

HOSTS = InAudience(roles=HOSTING)
KNOWN = {"kind__in": KNOWN_TO_ALL, "audience__is_secret": False}


class CommunityQuerySet(ReadableQuerySet):
    def standing(self):
        """Narrow the queryset to communities that nobody deleted."""
        return self.filter(deleted_at=None)

    def known_to_all(self):
        """Narrow the queryset to communities of which everybody may know; a protected one is of them only where everybody reads it."""
        return self.filter(**KNOWN, deleted_at=None)

    def of(self, person):
        """Narrow the queryset to communities that ``person`` is a member of."""
        return self.filter(audience__in=AudienceMember.objects.filter(person=person.pk).values("audience"))

    def not_of(self, person):
        return self.exclude(audience__in=AudienceMember.objects.filter(person=person.pk).values("audience"))

    def with_role_of(self, person):
        """Annotate each community with ``my_role``, the role of ``person`` there: empty for no member."""
        mine = AudienceMember.objects.filter(person=person.pk, audience=OuterRef("audience")).values("role")
        return self.annotate(my_role=Coalesce(Subquery(mine[:1]), models.Value(""), output_field=models.CharField()))

    def with_card(self):
        return self.select_related("audience")

    def named(self, typed):
        """Narrow to those in whose name some word begins with each word of ``typed``, folded; to none where nothing is typed."""
        return self.filter(names_begin(typed))

    def by_name(self):
        return self.order_by("sorts_as", "pk")


class Community(models.Model):
    """A place of its own for a subject: who knows it is said here, who reads what is in it by its audience."""

    public_id = public_id_field()
    audience = models.OneToOneField("core.Audience", on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    found_by = FoundByField("name")
    sorts_as = SortsAsField("name")
    purpose = models.TextField(_("purpose"), max_length=LONGEST_PURPOSE)
    kind = models.CharField(_("who may join"), max_length=10, choices=CommunityKind.choices)
    next_kind = models.CharField(max_length=10, choices=CommunityKind.choices, blank=True)
    next_kind_at = models.DateTimeField(null=True, blank=True)
    is_archived = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    created_at = clock.InstantField()
    deleted_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    deleted_at = models.DateTimeField(null=True, blank=True)
    submission = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - many communities without one are not the same

    objects = CommunityQuerySet.as_manager()
    # Who may know that it exists. What is said in it has the readers of its audience.
    readers = (
        Everyone().when(**KNOWN, deleted_at=None) | InAudience().when(deleted_at=None) | Is("deleted_by").when(deleted_at__isnull=False)
    )
    denied = None

    class Meta:
        verbose_name = _("community")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CommunityKind.values), name="community_known_kind"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose=""), name="community_has_name_and_purpose"),
            models.CheckConstraint(
                condition=Q(next_kind="", next_kind_at=None) | Q(next_kind__in=CommunityKind.values, next_kind_at__isnull=False),
                name="community_announced_with_its_day",
            ),
            models.UniqueConstraint(fields=["created_by", "submission"], name="community_sent_once"),
        ]
        indexes = [
            models.Index(fields=["sorts_as", "id"], name="community_by_name"),
            models.Index(fields=["next_kind_at"], condition=Q(next_kind_at__isnull=False), name="community_announced"),
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="community_deleted"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("communities:detail", args=[self.slug])

    @property
    def is_deleted(self):
        return self.deleted_at is not None

    @property
    def is_open(self):
        return self.kind == CommunityKind.OPEN

    @property
    def is_closed(self):
        return self.kind == CommunityKind.CLOSED

    @property
    def is_known_to_all(self):
        return self.kind in KNOWN_TO_ALL and not self.audience.is_secret


class SetAsideMembership(models.Model):
    """A membership of a deleted community, kept for the thirty days in which it can be restored. It opens nothing."""

    community, person = link("communities.Community"), link("core.Person")
    role = models.CharField(max_length=10, choices=MemberRole.choices)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "person"], name="set_aside_membership_once")]

    def __str__(self):
        return f"{self.person_id} of {self.community_id}"
