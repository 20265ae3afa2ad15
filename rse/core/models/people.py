import zlib
import zoneinfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Replace, Upper
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from .. import clock
from ..access.readers import Everyone, Granted, HoldsRole, InLineOf, Is, ReadableQuerySet, SharesAudience
from ..characters import full_name
from ..columns import FoundByField, SortsAsField, names_begin
from ..enums import SETTLED, AudienceType, PersonState, Role, Visibility, Wording
from ..wording import worded
from .keys import link
from .organisation import ReportingLine, UnitClosure
from .roles import RoleGrant

TONES = 8
# A number as people type it: without case, blanks, and the zeros that a file writes in front. An index of the table is made of it.
BARE_NUMBER = Func(Replace(Upper("employee_number"), Value(" "), Value("")), Value("0"), function="LTRIM")


class PersonQuerySet(ReadableQuerySet):
    def present(self):
        return self.filter(state=PersonState.ACTIVE)

    def gone_after_a_time(self):
        """Narrow the queryset to those who worked here and left, without those who never came."""
        return self.filter(state=PersonState.LEFT, hired_on__lte=F("leaves_on"))

    def named(self, typed):
        """Narrow to those in whose names some word begins with each word of ``typed``, folded; to nobody where nothing is typed."""
        return self.filter(names_begin(typed))

    def above(self, subject):
        """Narrow the queryset to those who stand in the management line of ``subject``."""
        return self.filter(pk__in=ReportingLine.objects.filter(person=subject).values("manager"))

    def by_name(self):
        return self.order_by("sorts_as", "pk")

    def with_card(self):
        """Join what a card shows, in the same query."""
        return self.select_related("unit", "site")


PersonManager = BaseUserManager.from_queryset(PersonQuerySet)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody the company employs, is about to, or did. A rehire with the same employee number is the same row."""

    employee_number = models.CharField(_("employee number"), max_length=40, unique=True, null=True, blank=True)
    handle = models.SlugField(_("handle"), max_length=80, unique=True)
    email = models.EmailField(_("work e-mail"), max_length=254, unique=True, null=True, blank=True)
    private_email = models.EmailField(_("private e-mail"), max_length=254, blank=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    found_by = FoundByField("first_name", "last_name")
    sorts_as = SortsAsField("last_name", "first_name", of_person=True)
    state = models.CharField(_("state"), max_length=10, choices=PersonState.choices, default=PersonState.ACTIVE)

    title = models.CharField(_("job title"), max_length=160, blank=True)
    unit = link("core.Unit", null=True, blank=True, on_delete=models.PROTECT)
    site = link("core.Site", null=True, blank=True, on_delete=models.PROTECT)
    family = link("core.JobFamily", null=True, blank=True, on_delete=models.SET_NULL)
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    trial_ends_on = models.DateField(_("end of trial period"), null=True, blank=True)
    leaves_on = models.DateField(_("last day"), null=True, blank=True)

    unlisted_on = models.DateField(
        _("access ended because no file names them"), null=True, blank=True
    )  # what they have stays theirs for now
    is_cut = models.BooleanField(_("access cut by hand"), default=False)  # no file brings them back by itself
    has_account = models.BooleanField(_("has come in once"), default=False)  # for good: one person alone opens it to nobody any more

    photo = models.CharField(_("photo"), max_length=32, unique=True, null=True, blank=True, editable=False)  # what its files are called
    about = models.TextField(_("in a few words"), max_length=600, blank=True)
    work_phone = models.CharField(_("work phone"), max_length=40, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    language = models.CharField(_("language of the interface"), max_length=2, default="fr")
    wording = models.CharField(_("how I am addressed"), max_length=9, choices=Wording.choices, default=Wording.NEUTRAL)
    about_for = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.EVERYONE)
    work_phone_for = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.EVERYONE)
    languages_for = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.EVERYONE)
    version = models.PositiveIntegerField(default=1)

    last_login = None  # nobody is told when somebody was here

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    readers = (
        Is("pk")
        | Everyone().when(state=PersonState.ACTIVE)
        | InLineOf("pk")
        | HoldsRole(Role.HR, unit="unit")
        | HoldsRole(Role.ADMINISTRATOR)
        | SharesAudience(AudienceType.COHORT).when(state=PersonState.EXPECTED)
        | Granted("person")
    )
    denied = None

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_in_lower_case"),
            models.CheckConstraint(condition=Q(state__in=PersonState.values), name="person_known_state"),
            models.CheckConstraint(condition=Q(unlisted_on=None) | Q(state=PersonState.LEFT), name="person_unlisted_may_not_come_in"),
            models.CheckConstraint(
                condition=Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(has_account=True),
                name="person_with_a_password_has_an_account",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "sorts_as"], name="person_by_name"),
            models.Index(fields=["unit", "state"], name="person_in_unit"),
            models.Index(BARE_NUMBER, name="person_by_bare_number"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("people:detail", args=[self.handle])

    @property
    def name(self):
        """The name; what stands for it where the person left so long ago that none is kept."""
        return full_name(self.first_name, self.last_name) or pgettext("instead of a name", "Former colleague")

    @property
    def called(self):
        """The first name, for those who greet; the only name of whoever has one."""
        return self.first_name or self.name

    @property
    def worded_title(self):
        """The job title, where it has two forms in the one that the person chose."""
        return worded(self.title, self.wording)

    def get_full_name(self):
        """Return the name, under the method that libraries call."""
        return self.name

    @property
    def initials(self):
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def tone(self):
        return zlib.crc32(self.handle.encode()) % TONES

    @property
    def shown_photo(self):
        """The name of the photo in addresses, which is another one for each photo; None where initials are shown."""
        return self.photo if self.may_sign_in else None

    @property
    def is_present(self):
        return self.state == PersonState.ACTIVE

    @property
    def may_sign_in(self):
        return self.state in (PersonState.ACTIVE, PersonState.EXPECTED)

    @property
    def is_active(self):  # type: ignore[override]  # Django reads it and, for a user of ours, never writes it
        return self.may_sign_in

    @property
    def time_zone(self):
        """The zone of the person's site, which dates are shown in; the company's when there is none."""
        return zoneinfo.ZoneInfo(self.site.time_zone if self.site_id else settings.TIME_ZONE)

    @cached_property
    def current_grants(self):
        """The role grants that run now, as ``(role, unit id or None)``; read once, so a Person lives no longer than a request."""
        return frozenset(RoleGrant.objects.current().filter(person=self.pk).values_list("role", "unit")) if self.is_present else frozenset()

    @cached_property
    def settled_grants(self):
        """Those that have run for a day, in the same form: one person may name a helper alone, who counts as a second one no sooner."""
        if not self.is_present:
            return frozenset()
        grants = RoleGrant.objects.current().filter(person=self.pk, starts_at__lte=clock.now() - SETTLED)
        return frozenset(grants.values_list("role", "unit"))

    def holds(self, *roles):
        """Return whether one of ``roles`` is held now, over the company or a part of it."""
        return any(role in roles for role, _unit in self.current_grants)

    def holds_over(self, role, unit_id):
        """Return whether ``role`` is held now over the company or over something that the unit ``unit_id`` is part of."""
        units = {unit for held, unit in self.current_grants if held == role}
        return None in units or (bool(units and unit_id) and UnitClosure.objects.filter(unit=unit_id, ancestor__in=units).exists())
