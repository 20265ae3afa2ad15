from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.models.keys import link

from ..enums import Way


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Narrow the queryset to the invitations whose link still works."""
        return self.filter(used_at=None, ended_at=None, expires_at__gt=clock.now())

    def by_mail_since(self, instant):
        """Narrow the queryset to those whose mail left after ``instant``."""
        return self.filter(created_at__gt=instant).exclude(sent_to=Way.HAND)

    def newest_first(self):
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """One link with which one person sets their first password, once. Only what the token hashes to is kept."""

    person = link("core.Person")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = clock.InstantField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    sent_to = models.CharField(max_length=10, choices=Way.choices)
    reopening = link("identity.AccountReopening", null=True)  # without one, no link opens an account that exists

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(used_at=None, ended_at=None), name="invitation_one_open_per_person"),
            models.CheckConstraint(condition=Q(sent_to__in=Way.values), name="invitation_known_way"),
        ]
        indexes = [models.Index(fields=["person", "-created_at"], name="invitation_of_person")]

    def __str__(self):
        return f"invitation of {self.person_id}"
