from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..access.readers import HoldsRole, Is, ReadableQuerySet
from ..enums import ROLES_OF_HR, ROLES_THAT_TAKE_TWO, Role
from .keys import link, public_id_field


class DatedQuerySet(models.QuerySet):
    def current(self):
        """Narrow the queryset to the rows that run at this instant: the start is included, the end is not."""
        now = clock.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)

    def not_over(self):
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))


class ReadableDatedQuerySet(DatedQuerySet, ReadableQuerySet):  # type: ignore[override]  # the plugin gives each its own as_manager
    pass


class RoleRequestQuerySet(ReadableQuerySet):
    def waiting(self):
        """Narrow the queryset to open requests, oldest first, each with the person concerned and its approvals, in two queries."""
        said_yes = models.Prefetch("approvals", RoleApproval.objects.select_related("person").order_by("at", "pk"))
        rows = self.filter(closed_at=None).select_related("person", "unit", "asked_by")
        return rows.prefetch_related(said_yes).order_by("asked_at", "pk")


ROLES_BUT_SUCCESSION = tuple(role.value for role in Role if role != Role.HR_SUCCESSION)


class RoleGrant(models.Model):
    """A role of a person over a unit and what is under it (none: the company), from one instant until another."""

    public_id = public_id_field()
    person = link("core.Person")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = link("core.Unit", null=True, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = link("core.Person", null=True, on_delete=models.SET_NULL)

    objects = ReadableDatedQuerySet.as_manager()
    readers = (
        Is("person")
        | HoldsRole(Role.ADMINISTRATOR)
        | HoldsRole(Role.DPO)
        | HoldsRole(Role.HR_SUCCESSION).when(role=Role.HR_SUCCESSION)
        | HoldsRole(Role.HR, unit="unit").when(role__in=ROLES_BUT_SUCCESSION)
    )
    denied = None

    class Meta:
        verbose_name = _("role grant")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_grant_known_role"),
            models.CheckConstraint(condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="role_grant_ends_after_start"),
            models.CheckConstraint(condition=Q(granted_by=None) | ~Q(granted_by=F("person")), name="role_grant_never_to_oneself"),
        ]
        indexes = [
            models.Index(fields=["person", "role"], name="role_grant_of_person"),
            models.Index(fields=["role"], name="role_grant_by_role"),
        ]

    def __str__(self):
        return f"{self.role} of {self.person_id}"


class RoleRequest(models.Model):
    """A role that somebody asked for another person; it becomes a grant once those who must have said yes."""

    public_id = public_id_field()
    person = link("core.Person")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = link("core.Unit", null=True, blank=True)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    asked_by = link("core.Person")
    asked_at = clock.InstantField()
    closed_at = models.DateTimeField(null=True, blank=True)
    grant = models.OneToOneField("core.RoleGrant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RoleRequestQuerySet.as_manager()
    readers = (
        Is("asked_by")
        | HoldsRole(Role.DPO)
        | HoldsRole(Role.ADMINISTRATOR).when(role__in=ROLES_BUT_SUCCESSION)
        | HoldsRole(Role.HR_HEAD).when(role__in=tuple(ROLES_OF_HR | ROLES_THAT_TAKE_TWO))
        | HoldsRole(Role.HR_SUCCESSION).when(role=Role.HR_SUCCESSION)
    )
    denied = Is("person")

    class Meta:
        verbose_name = _("role request")
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="role_request_never_for_oneself"),
            models.UniqueConstraint(fields=["person", "role", "unit"], condition=Q(closed_at=None), name="role_request_open_once"),
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(closed_at=None, unit=None), name="role_request_open_once_for_the_company"
            ),
        ]

    def __str__(self):
        return f"{self.role} for {self.person_id}"


class RoleApproval(models.Model):
    """One yes to a request, in the function that makes it count."""

    request = link("core.RoleRequest", related_name="approvals")
    person = link("core.Person")
    function = models.CharField(max_length=20, choices=Role.choices)
    at = clock.InstantField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "person"], name="role_approval_once")]

    def __str__(self):
        return f"{self.person_id} says yes to {self.request_id}"


class RoleRemoval(models.Model):
    """The end of a role that takes two, or without ``grant`` the cut of an access: one asks, another agrees."""

    public_id = public_id_field()
    person = link("core.Person")
    grant = link("core.RoleGrant", null=True)
    asked_by = link("core.Person")
    asked_at = clock.InstantField()
    approved_by = link("core.Person", null=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReadableQuerySet.as_manager()
    readers = Is("person") | Is("asked_by") | HoldsRole(Role.ADMINISTRATOR) | HoldsRole(Role.DPO) | HoldsRole(Role.HR_HEAD)
    denied = None

    class Meta:
        verbose_name = _("end of rights")
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="role_removal_never_of_oneself"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(closed_at__isnull=False) & ~Q(approved_by=F("asked_by")) & ~Q(approved_by=F("person")),
                name="role_removal_agreed_by_another",
            ),
            models.UniqueConstraint(fields=["grant"], condition=Q(closed_at=None), name="role_removal_open_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(closed_at=None, grant=None), name="role_removal_cut_open_once"),
        ]

    def __str__(self):
        return f"end of rights of {self.person_id}"


class RowGrant(models.Model):
    """One row of one kind opened to one person, from one instant until another."""

    person = link("core.Person")
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    starts_at = clock.InstantField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "kind"], name="row_grant_of_person"),
            models.Index(fields=["kind", "row_id"], name="row_grant_of_row"),
        ]

    def __str__(self):
        return f"{self.kind} {self.row_id} opened to {self.person_id}"
