from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import ReopenReason


class AccountReopening(models.Model):
    """An account that somebody had, opened again by two people; the link is made with the second yes."""

    public_id = public_id_field()
    person = link("core.Person")
    reason = models.CharField(_("reason"), max_length=10, choices=ReopenReason.choices)
    asked_by = link("core.Person", on_delete=models.PROTECT)
    asked_at = clock.InstantField()
    agreed_by = link("core.Person", null=True, on_delete=models.PROTECT)
    closed_at = models.DateTimeField(null=True)

    objects = ReadableQuerySet.as_manager()
    readers = HoldsRole(Role.ADMINISTRATOR) | HoldsRole(Role.HR, person="person")
    denied = None

    class Meta:
        verbose_name = _("reopening of an account")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(closed_at=None), name="reopening_one_waiting"),
            models.CheckConstraint(condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="reopening_two_people"),
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="reopening_never_asked_for_oneself"),
            models.CheckConstraint(condition=Q(agreed_by=None) | ~Q(agreed_by=F("person")), name="reopening_never_agreed_for_oneself"),
            models.CheckConstraint(condition=Q(reason__in=ReopenReason.values), name="reopening_known_reason"),
        ]

    def __str__(self):
        return f"reopening of {self.person_id}"
