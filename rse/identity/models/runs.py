"""Invitations of many people at once: who asked for them, and what became of the mail to each person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import MAIL_OPEN, MailState, RunSource


class InvitationRun(models.Model):
    """One yes to invitations of many: ``count`` mails, and as many people ``without_address`` as it said."""

    public_id = public_id_field()
    started_by = link("core.Person", null=True, on_delete=models.SET_NULL)  # none: the server, by the file of HR
    source = models.CharField(max_length=10, choices=RunSource.choices)
    asked = models.JSONField(default=dict)  # what narrowed the list, as its address says it
    count = models.PositiveIntegerField()
    without_address = models.PositiveIntegerField(default=0)
    started_at = clock.InstantField()
    stopped_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ReadableQuerySet.as_manager()
    readers = Is("started_by") | HoldsRole(Role.ADMINISTRATOR)
    denied = None

    class Meta:
        verbose_name = _("run of invitations")
        constraints = [
            models.CheckConstraint(condition=Q(source__in=RunSource.values), name="invitation_run_known_source"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="invitation_run_ends_after_start"),
        ]

    def __str__(self):
        return f"{self.count} invitations"


class RunMember(models.Model):
    """One person of a run, and what became of their mail. ``event`` is what had it sent, once its turn came."""

    run = link("identity.InvitationRun")
    person = link("core.Person")
    event = link("core.RecordedEvent", null=True, on_delete=models.SET_NULL)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    changed_at = clock.InstantField()

    class Meta:
        verbose_name = _("person of a run of invitations")
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="run_member_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=MAIL_OPEN), name="run_member_in_one_that_runs"),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="run_member_known_state"),
        ]
        indexes = [models.Index(fields=["run", "state"], name="run_member_by_state")]

    def __str__(self):
        return f"{self.person_id} in {self.run_id}"
