import hashlib
import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, NamedIn, ReadableQuerySet, StoodInLine
from rse.core.enums import Role
from rse.core.models.keys import link

from ..enums import Purpose
from ..reader_parts import InLineOfNamed

GENESIS = "0" * 64


class AccessLogEntry(models.Model):
    """Somebody opened something about somebody. Rows are added and never changed: the database refuses it.

    Each holds the hash of the one before, so that a row that was altered, taken out or put in shows.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    reader = link("core.Person", on_delete=models.PROTECT)
    function = models.CharField(max_length=20, choices=Role.choices, blank=True)
    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    is_withheld = models.BooleanField(default=False)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = ReadableQuerySet.as_manager()
    readers = HoldsRole(Role.DPO)
    # An application or a wish is nobody's business above its person, and neither is that somebody opened one.
    denied = (
        NamedIn("governance.AccessLogSubject", "entry").when(is_withheld=True)
        | InLineOfNamed("governance.AccessLogSubject", "entry").when(purpose=Purpose.APPLICATION)
        | InLineOfNamed("governance.AccessLogSubject", "entry").when(kind="wish")
        | StoodInLine("application", column="row_id").when(kind="application")
        | StoodInLine("wish", column="row_id").when(kind="wish")
    )

    class Meta:
        verbose_name = _("opening of a file")
        indexes = [
            models.Index(fields=["at"], name="access_log_by_age"),
            models.Index(fields=["kind", "row_id"], name="access_log_of_row"),
        ]

    def __str__(self):
        return f"{self.number}"

    def computed_hash(self, about_ids):
        """Compute the SHA-256 that ``hash`` must hold for this row, about these people, after ``prev_hash``; in hexadecimal."""
        said = {
            "number": self.number,
            "at": self.at.isoformat(timespec="microseconds"),
            "reader": self.reader_id,
            "function": self.function,
            "kind": self.kind,
            "row": self.row_id,
            "purpose": self.purpose,
            "withheld": self.is_withheld,
            "about": sorted(about_ids),
            "previous": self.prev_hash,
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class AccessLogSubject(models.Model):
    """A person whom an entry is about."""

    entry = link("governance.AccessLogEntry", on_delete=models.PROTECT)
    person = link("core.Person", on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="access_log_subject_once")]

    def __str__(self):
        return f"{self.entry_id} about {self.person_id}"


class AccessLogHead(models.Model):
    """The last link of the chain: one row, which every writer holds while it adds the next."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="access_log_one_head")]

    def __str__(self):
        return f"{self.number}"


class AccessLogCheckpoint(models.Model):
    """Up to here the entries were erased because of their age; the chain is read from the hash that stands here."""

    number = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    at = clock.InstantField()

    def __str__(self):
        return f"{self.number}"


class AccessLogRelease(models.Model):
    """A decision was taken about a row: its openings up to ``up_to`` are no longer withheld from the people they were about.

    With a ``person``, from that one only.
    """

    kind = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    person = link("core.Person", null=True, on_delete=models.PROTECT)
    up_to = models.BigIntegerField()
    at = clock.InstantField()

    class Meta:
        indexes = [models.Index(fields=["kind", "row_id"], name="access_log_release_of_row")]

    def __str__(self):
        return f"{self.kind} {self.row_id} up to {self.up_to}"


class AccessLogVerification(models.Model):
    """One reading of the whole chain: how many entries it held, and the first that does not say what was written."""

    at = clock.InstantField()
    entries = models.BigIntegerField()
    head = models.CharField(max_length=64)
    first_broken = models.BigIntegerField(null=True, blank=True)

    objects = ReadableQuerySet.as_manager()
    readers = HoldsRole(Role.DPO) | HoldsRole(Role.ADMINISTRATOR) | HoldsRole(Role.HR_HEAD)
    denied = None

    class Meta:
        verbose_name = _("reading of the access log")
        indexes = [models.Index(fields=["-at"], name="access_log_verified")]

    def __str__(self):
        return f"{self.entries} entries"
