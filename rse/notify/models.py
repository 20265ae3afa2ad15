from django.db import models
from django.db.models import Q

from rse.core import clock
from rse.core.access.readers import Is, ReadableQuerySet
from rse.core.models.keys import link


class Notification(models.Model):
    """Something that named a person, as references only: its words are made when it is read, from what that person may read then."""

    recipient = link("core.Person")
    event_id = models.BigIntegerField()  # of the recorded event, which is forgotten on its own day
    act_id = models.BigIntegerField(null=True)  # of the first event of the act that it tells of
    event = models.CharField(max_length=80)
    actor = link("core.Person", null=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    created_at = clock.InstantField()
    is_opened = models.BooleanField(default=False, db_default=False)  # what it tells was opened since; no time is kept

    objects = ReadableQuerySet.as_manager()
    readers = Is("recipient")
    denied = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "recipient"], name="notification_once")]
        indexes = [
            models.Index(fields=["recipient", "id"], name="notification_of_person"),
            models.Index(fields=["created_at"], name="notification_by_age"),
            models.Index(fields=["act_id", "recipient"], name="notification_of_act"),
        ]

    def __str__(self):
        return f"{self.event} to {self.recipient_id}"


class SeenPosition(models.Model):
    """Up to which notification a person has seen theirs: a place in a list and no time."""

    person = models.OneToOneField("core.Person", on_delete=models.CASCADE, related_name="+")
    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(position__gte=0), name="seen_position_not_negative")]

    def __str__(self):
        return f"{self.person_id} up to {self.position}"


class QueuedMail(models.Model):
    """A notification that is to be mailed: gone once it was, or once nobody may be told any more."""

    notification = models.OneToOneField("notify.Notification", on_delete=models.CASCADE, related_name="+")
    due_at = clock.InstantField()
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="queued_mail_due")]

    def __str__(self):
        return f"mail of {self.notification_id}"
