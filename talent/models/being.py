from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Everyone, HoldsRole, InLineOf, Is, ReadableQuerySet, StoodInLine
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import Horizon, WishVisibility

LONGEST_WISH = 280


class Training(models.Model):
    """A training or a diploma, as its person writes it."""

    public_id = public_id_field()
    person = link("core.Person")
    title = models.CharField(_("training or diploma"), max_length=160)
    year = models.PositiveSmallIntegerField(_("year"))
    is_public = models.BooleanField(_("shown to everyone"), default=True)

    objects = ReadableQuerySet.as_manager()
    readers = Is("person") | Everyone().when(is_public=True)
    denied = None

    class Meta:
        verbose_name = _("training")
        constraints = [models.UniqueConstraint(fields=["person", "title", "year"], name="training_once")]

    def __str__(self):
        return f"{self.title} ({self.year})"


class Wish(models.Model):
    """Where a person would like to go next. Their line, now or when it was written, never reads it, whatever roles it holds."""

    public_id = public_id_field()
    person = models.OneToOneField("core.Person", on_delete=models.CASCADE, related_name="+")
    horizon = models.CharField(_("when"), max_length=10, choices=Horizon.choices)
    text = models.CharField(_("what I would like to do"), max_length=LONGEST_WISH, blank=True)
    family = link("core.JobFamily", null=True, blank=True, on_delete=models.SET_NULL)
    site = link("core.Site", null=True, blank=True, on_delete=models.SET_NULL)
    is_open_to_talk = models.BooleanField(_("I am open to talk"), default=False)
    visibility = models.CharField(_("shown to"), max_length=2, choices=WishVisibility.choices, default=WishVisibility.ME)
    touched_on = clock.DayField()
    is_reminded = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ReadableQuerySet.as_manager()
    reader_words = {"person": _("the person whose wish it is")}
    readers = (
        Is("person")
        | HoldsRole(Role.HR, person="person").when(visibility=WishVisibility.HR)
        | HoldsRole(Role.HR_SUCCESSION).when(visibility=WishVisibility.HR)
        | HoldsRole(Role.RECRUITER).when(visibility=WishVisibility.HR)
    )
    denied = InLineOf("person") | StoodInLine("wish")

    class Meta:
        verbose_name = _("wish")
        constraints = [
            models.CheckConstraint(condition=Q(horizon__in=Horizon.values), name="wish_known_horizon"),
            models.CheckConstraint(condition=Q(visibility__in=WishVisibility.values), name="wish_known_visibility"),
        ]
        indexes = [models.Index(fields=["touched_on"], name="wish_by_age")]

    def __str__(self):
        return f"wish of {self.person_id}"

    def get_absolute_url(self):
        return reverse("wishes:mine")
