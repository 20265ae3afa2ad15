from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REQUEST
from .communities import HOSTS


class AskingQuerySet(ReadableQuerySet):
    def open(self):
        """Narrow the queryset to requests that wait for an answer."""
        return self.filter(answered_at=None)

    def oldest_first(self):
        return self.order_by("asked_at", "pk")


class JoinRequest(models.Model):
    """Somebody asks to join a community where hosts answer."""

    public_id = public_id_field()
    community, audience, person = link("communities.Community"), link("core.Audience"), link("core.Person")
    words = models.CharField(_("a word to the hosts"), max_length=LONGEST_REQUEST, blank=True)
    asked_at = clock.InstantField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    is_accepted = models.BooleanField(default=False)

    objects = AskingQuerySet.as_manager()
    readers = Is("person") | HOSTS
    denied = None

    class Meta:
        verbose_name = _("request to join")
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], condition=Q(answered_at=None), name="join_request_open_once"),
            models.CheckConstraint(
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False), name="join_request_accepted_by_an_answer"
            ),
        ]
        indexes = [models.Index(fields=["person", "answered_at"], name="join_request_of_person")]

    def __str__(self):
        return f"{self.person_id} to {self.community_id}"

    def get_absolute_url(self):
        return reverse("communities:waiting", args=[self.community.slug])


class InvitationQuerySet(ReadableQuerySet):
    def open(self):
        """Narrow the queryset to invitations that still work."""
        return self.filter(used_at=None, expires_at__gt=clock.now())

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class CommunityInvitation(models.Model):
    """A host lets one person in, once, until a day. Only what the token hashes to is kept; a dead invitation is erased."""

    public_id = public_id_field()
    community, audience, person = link("communities.Community"), link("core.Audience"), link("core.Person")
    invited_by = link("core.Person")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = clock.InstantField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    readers = Is("person").when(used_at=None) | HOSTS
    denied = None

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], condition=Q(used_at=None), name="community_invitation_open_once")
        ]
        indexes = [
            models.Index(fields=["person", "used_at"], name="community_invitation_of_person"),
            models.Index(fields=["expires_at"], name="community_invitation_by_end"),
        ]

    def __str__(self):
        return f"{self.person_id} into {self.community_id}"

    def get_absolute_url(self):
        return reverse("communities:invitation", args=[self.public_id])


class CreationRequest(models.Model):
    """A secret community, or one that is to become secret, waits for the yes of HR.

    They learn its purpose and who owns it: neither its name nor its members. Of a protected one, nothing once they have answered.
    """

    public_id = public_id_field()
    community = link("communities.Community", null=True, blank=True)  # the one that is to become secret
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    purpose = models.TextField(_("purpose"), max_length=LONGEST_PURPOSE)
    is_protected = models.BooleanField(default=False)
    asked_by = link("core.Person")
    asked_at = clock.InstantField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    is_approved = models.BooleanField(default=False)

    objects = AskingQuerySet.as_manager()
    readers = (
        Is("asked_by")
        | HoldsRole(Role.HR, person="asked_by").when(is_protected=False)
        | HoldsRole(Role.HR, person="asked_by").when(is_protected=True, answered_at=None)
    )
    denied = None

    class Meta:
        verbose_name = _("request for a secret community")
        constraints = [
            models.UniqueConstraint(fields=["asked_by"], condition=Q(answered_at=None), name="creation_request_open_once"),
            models.CheckConstraint(
                condition=Q(is_approved=False) | Q(answered_at__isnull=False), name="creation_request_approved_by_an_answer"
            ),
        ]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("communities:creation", args=[self.public_id])

    @property
    def is_open(self):
        return self.answered_at is None
