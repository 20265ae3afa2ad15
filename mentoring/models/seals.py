from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, InLineOf, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field


class Seal(models.Model):
    """The words of one person's pairs and requests are closed to them, since their account opened by a link or without its second factor.

    ``kept`` is that factor as it was set up before, encrypted; one of its codes opens the seal, as do two people of HR who are asked.
    """

    public_id = public_id_field()
    person = models.OneToOneField("core.Person", on_delete=models.CASCADE, related_name="+")
    since = clock.InstantField()
    kept = models.JSONField(default=dict)
    addresses = models.JSONField(default=list)  # where the person was reached when it began
    asked_at = models.DateTimeField(null=True, blank=True)

    objects = ReadableQuerySet.as_manager()
    readers = (
        Is("person")
        | HoldsRole(Role.HR, person="person").when(asked_at__isnull=False)
        | HoldsRole(Role.HR_HEAD).when(asked_at__isnull=False)
    )
    denied = InLineOf("person")

    class Meta:
        verbose_name = _("words under seal")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at=None) | Q(asked_at__gte=models.F("since")), name="mentoring_seal_asked_after_it_began"
            )
        ]

    def __str__(self):
        return self.public_id


class SealConfirmation(models.Model):
    """One person of HR made sure that it is indeed the person who asks."""

    seal = link("mentoring.Seal", related_name="confirmations")
    person = link("core.Person")
    at = clock.InstantField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "person"], name="mentoring_seal_confirmed_once_by_each")]

    def __str__(self):
        return f"{self.person_id} confirms {self.seal_id}"
