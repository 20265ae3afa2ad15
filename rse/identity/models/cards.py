import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, InLineOf, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import CardState

WORKS_FOR = datetime.timedelta(hours=24)


class SignInCardQuerySet(ReadableQuerySet):
    def open(self):
        """Narrow the queryset to the cards that were neither used nor ended: what they open depends on when they were handed."""
        return self.filter(used_at=None, ended_at=None)


class SignInCard(models.Model):
    """A card on paper with which one person, who may have no e-mail, sets a password, once. What is on it is kept as hashes only."""

    public_id = public_id_field()
    person = link("core.Person")
    number = models.CharField(_("employee number"), max_length=40)  # as printed: with another number the card opens nothing
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    printed_at = clock.InstantField()
    printed_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reopening = link("identity.AccountReopening", null=True)  # without one, no card opens an account that exists

    objects = SignInCardQuerySet.as_manager()
    readers = (
        Is("person")
        | InLineOf("person", depth=1).when(reopening=None)
        | HoldsRole(Role.HR, person="person")
        | HoldsRole(Role.ADMINISTRATOR)
    )
    denied = None

    class Meta:
        verbose_name = _("sign-in card")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(used_at=None, ended_at=None), name="sign_in_card_one_open_per_person"),
            models.CheckConstraint(condition=Q(handed_by=None) | Q(handed_at__isnull=False), name="sign_in_card_handed_at_a_time"),
            models.CheckConstraint(condition=Q(used_at=None) | Q(handed_at__isnull=False), name="sign_in_card_used_once_handed"),
        ]
        indexes = [
            models.Index(fields=["person", "-printed_at"], name="sign_in_card_of_person"),
            models.Index(fields=["-printed_at", "-id"], name="sign_in_card_newest_first"),
        ]

    def __str__(self):
        return f"card of {self.person_id}"

    @property
    def works_until(self):
        """Return when a card that was handed over stops working; None before. One of two people works for a day after it was printed."""
        if not self.handed_at:
            return None
        return (self.printed_at if self.reopening_id else self.handed_at) + WORKS_FOR

    @property
    def is_too_old(self):
        """Return whether nobody may hand the card over any more: what two people agreed on holds for a day."""
        return self.reopening_id is not None and clock.now() >= self.printed_at + WORKS_FOR

    @property
    def state(self):
        """Return what became of the card, at this instant."""
        if self.used_at:
            return CardState.USED
        if self.ended_at or self.number != self.person.employee_number:
            return CardState.ENDED
        if not self.handed_at:
            return CardState.ENDED if self.is_too_old else CardState.PRINTED
        return CardState.HANDED if clock.now() < self.works_until else CardState.OVER

    @property
    def state_label(self):
        return self.state.label


class RecoveryCode(models.Model):
    """One of the codes with which somebody without e-mail and second factor sets another password, once; only its hash is kept."""

    person = link("core.Person")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = clock.InstantField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        indexes = [models.Index(fields=["person"], name="recovery_code_of_person")]

    def __str__(self):
        return f"recovery code of {self.person_id}"
