from django.db import models
from django.db.models import Q

from .. import clock
from ..enums import DeliveryState
from .keys import link


class RecordedEvent(models.Model):
    """Something that happened, as ids only, written in the transaction of the change it reports."""

    name = models.CharField(max_length=80)
    facets = models.JSONField(default=dict)
    is_confidential = models.BooleanField(default=False)
    at = clock.InstantField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="recorded_event_by_age")]

    def __str__(self):
        return self.name


class Delivery(models.Model):
    """One event on its way to one subscriber: this row is the truth, the task queue only carries its id."""

    event = link("core.RecordedEvent")
    subscriber = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = clock.InstantField()
    leased_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=120, blank=True)  # the class of the exception, never its words

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="delivery_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_known_state"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], condition=~Q(state=DeliveryState.DONE), name="delivery_not_done")]

    def __str__(self):
        return f"{self.event_id} to {self.subscriber}"


class ScheduledJob(models.Model):
    """When a job of the clock is next due; whoever moves ``due_at`` runs it, so that one instance fires."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)

    def __str__(self):
        return self.name


class KeptCount(models.Model):
    """How often something was tried at a door, or that it happened: one row by name, the hash of what is counted."""

    name = models.CharField(max_length=64, unique=True)
    value = models.TextField()  # as JSON
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="kept_count_by_age")]

    def __str__(self):
        return self.name


class RetentionRun(models.Model):
    """When a period was last applied, and how many rows had had their time then."""

    period = models.CharField(max_length=120, unique=True)
    ran_at = models.DateTimeField()
    gone = models.PositiveIntegerField(default=0)

    def __str__(self):
        return self.period
