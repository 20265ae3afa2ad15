from django.db import models
from django.db.models import Q

from .. import clock
from ..enums import Accent
from .keys import link


class Installation(models.Model):
    """The one row about this installation as a whole. A demonstration is a flag written when it is built, never inferred."""

    is_demo = models.BooleanField(default=False)
    company = models.CharField(max_length=120, blank=True)
    logo = models.CharField(max_length=32, blank=True, editable=False)  # what its file is called
    accent = models.CharField(max_length=10, choices=Accent.choices, default=Accent.GREEN)
    is_set_up = models.BooleanField(default=False)  # nothing of the first steps is left to do
    demo_secret = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)  # of what the page of the company shows

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="installation_one_row"),
            models.CheckConstraint(condition=Q(accent__in=Accent.values), name="installation_known_accent"),
        ]

    def __str__(self):
        return self.company


class StepTaken(models.Model):
    """A first step that the product cannot see by itself: who said that it is done, and when."""

    name = models.CharField(max_length=40, unique=True)
    by = link("core.Person", null=True, on_delete=models.SET_NULL)
    at = clock.InstantField()
    facts = models.CharField(max_length=64, blank=True)  # a hash of the settings that it was true of, where it was of some

    def __str__(self):
        return self.name
