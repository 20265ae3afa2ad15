"""Another address for somebody who has an account: written down here, and theirs only once those who must have said yes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import AddressKind, ChangeState, HandReason, Voice


class AddressChangeQuerySet(ReadableQuerySet):
    def waiting(self):
        return self.filter(state=ChangeState.WAITING)


class AddressMove(models.Model):
    """Many addresses of one file that leave one domain for another, the names before the @ unchanged: one act of two people."""

    public_id = public_id_field()
    old_domain = models.CharField(max_length=254)
    new_domain = models.CharField(max_length=254)
    asked_at = clock.InstantField()
    first_by = link("core.Person", null=True, on_delete=models.PROTECT)
    first_at = models.DateTimeField(null=True)
    second_by = link("core.Person", null=True, on_delete=models.PROTECT)
    second_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    objects = ReadableQuerySet.as_manager()
    readers = HoldsRole(Role.ADMINISTRATOR) | HoldsRole(Role.HR) | HoldsRole(Role.HR_HEAD)
    denied = None

    class Meta:
        verbose_name = _("move to another domain")
        constraints = [
            models.CheckConstraint(condition=Q(second_by=None) | ~Q(second_by=F("first_by")), name="address_move_two_people"),
            models.CheckConstraint(condition=Q(second_by=None) | Q(first_by__isnull=False), name="address_move_first_then_second"),
        ]

    def __str__(self):
        return f"{self.old_domain} to {self.new_domain}"

    @property
    def is_waiting(self):
        return self.second_at is None and self.refused_at is None


class AddressChange(models.Model):
    """One address that a file or somebody gives a person who has an account; meanwhile the old one goes on."""

    public_id = public_id_field()
    person = link("core.Person")
    kind = models.CharField(_("which address"), max_length=20, choices=AddressKind.choices)
    old_address = models.CharField(max_length=254, blank=True)
    new_address = models.EmailField(max_length=254)
    sent_by = link("core.Person", null=True, on_delete=models.SET_NULL)  # who sent the file that asks; none: the server, or no file
    compared_by = link("core.Person", null=True, on_delete=models.SET_NULL)  # who said what the columns of that file mean
    asked_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    asked_at = clock.InstantField()
    move = link("identity.AddressMove", null=True, on_delete=models.SET_NULL)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING)
    closed_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True)  # of the link mailed to the old address
    token_expires_at = models.DateTimeField(null=True)
    new_token_hash = models.CharField(max_length=64, blank=True)  # of the link mailed to the new address that somebody asks for themselves
    new_token_expires_at = models.DateTimeField(null=True)
    new_said_at = models.DateTimeField(null=True)  # when the new mailbox said yes

    objects = AddressChangeQuerySet.as_manager()
    # The data protection officer stands in for the head of HR: what waits for that is narrowed in ``changes_to_look_at``.
    readers = (
        Is("person")
        | HoldsRole(Role.ADMINISTRATOR)
        | HoldsRole(Role.HR, person="person")
        | HoldsRole(Role.HR_HEAD)
        | HoldsRole(Role.DPO).when(state="waiting")
    )
    denied = None

    class Meta:
        verbose_name = _("change of an address")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(state="waiting"), name="address_change_one_waiting"),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="address_change_token_once"),
            models.UniqueConstraint(fields=["new_token_hash"], condition=~Q(new_token_hash=""), name="address_change_new_token_once"),
            models.CheckConstraint(condition=Q(kind__in=AddressKind.values), name="address_change_known_kind"),
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="address_change_known_state"),
            models.CheckConstraint(
                condition=Q(state="waiting", closed_at=None) | (~Q(state="waiting") & Q(closed_at__isnull=False)),
                name="address_change_waits_or_is_closed",
            ),
        ]

    def __str__(self):
        return f"{self.kind} of {self.person_id}"

    @property
    def is_own(self):
        """Whether its owner asks for it, so that the new mailbox must say yes too."""
        return self.asked_by_id == self.person_id

    @property
    def hint(self):
        """The new address as somebody else may read it: whole at work, its first letter and its domain at home."""
        if self.kind == AddressKind.WORK:
            return self.new_address
        name, _at, domain = self.new_address.partition("@")
        return f"{name[:1]}…@{domain}"


class AddressYes(models.Model):
    """One yes to another address: whatever their functions, one person says one."""

    change = link("identity.AddressChange", related_name="yeses")
    person = link("core.Person", on_delete=models.PROTECT)
    voice = models.CharField(max_length=10, choices=Voice.choices)
    reason = models.CharField(max_length=10, choices=HandReason.choices, blank=True)
    at = clock.InstantField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "person"], name="address_yes_once"),
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="address_yes_known_voice"),
            models.CheckConstraint(condition=~Q(voice="hand") | ~Q(reason=""), name="address_yes_face_to_face_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.person_id} says yes to {self.change_id}"
