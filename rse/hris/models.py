from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core import clock
from rse.core.access.readers import HoldsRole, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field


class ImportBatchQuerySet(ReadableQuerySet):
    def newest_first(self):
        return self.order_by("-uploaded_at", "-pk")

    def with_file(self):
        """Narrow the queryset to the batches whose file is still needed."""
        return self.filter(state__in=[ImportBatch.State.UPLOADED, ImportBatch.State.PREVIEWED, ImportBatch.State.RUNNING])

    def written(self):
        """Narrow the queryset to the batches that were written and stand."""
        return self.filter(state=ImportBatch.State.APPLIED, undone_at=None)

    def moving(self):
        """Narrow the queryset to the batches on which work goes on in the background."""
        at_work = [ImportBatch.State.RUNNING, ImportBatch.State.UNDOING]
        return self.filter(Q(state__in=at_work) | Q(state=ImportBatch.State.UPLOADED, progress_total__gt=0))


class ImportBatch(models.Model):
    """One file of HR on its way in: what it was read as, what it would change or did change, and what is wrong with its rows."""

    class Kind(models.TextChoices):
        FULL = "full", pgettext_lazy("file of people", "Everybody who works here")
        DELTA = "delta", pgettext_lazy("file of people", "Changes only")

    class State(models.TextChoices):
        UPLOADED = "uploaded", pgettext_lazy("file of people", "Received")
        PREVIEWED = "previewed", pgettext_lazy("file of people", "Compared, waiting for a yes")
        RUNNING = "running", pgettext_lazy("file of people", "Being applied")
        APPLIED = "applied", pgettext_lazy("file of people", "Applied")
        REFUSED = "refused", pgettext_lazy("file of people", "Refused")
        UNDOING = "undoing", pgettext_lazy("file of people", "Being undone")

    public_id = public_id_field()
    file_name = models.CharField(_("file"), max_length=200)
    stored_path = models.CharField(max_length=300, blank=True)  # outside the media folder; emptied when the file is deleted
    kind = models.CharField(_("the file holds"), max_length=10, choices=Kind.choices)
    uploaded_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)  # none: the command on the server
    compared_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)  # who said last what its columns mean
    uploaded_at = clock.InstantField()
    applied_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UPLOADED)
    refusal = models.CharField(max_length=40, blank=True)  # the code of what refused the whole file
    refusal_params = models.JSONField(default=dict, blank=True)

    mapping = models.JSONField(default=dict, blank=True)  # column -> header of the file
    skips_bad_rows = models.BooleanField(_("leave out the bad rows"), default=False)
    allows_departures = models.BooleanField(_("many people may leave"), default=False)

    profile = link("hris.ImportMapping", null=True, blank=True, on_delete=models.SET_NULL)
    is_by_hand = models.BooleanField(default=False)  # one line, written on the page of a person
    is_from_folder = models.BooleanField(default=False)  # nobody sent it: it lay in the folder that is watched
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of what was sent, in hexadecimal digits
    dated_on = models.DateField(_("of"), null=True, blank=True)  # the day of which the file speaks
    allows_older = models.BooleanField(_("an older file is meant"), default=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)

    allowed_holders = models.JSONField(default=list, blank=True)  # handles of those whose rights take two and who may leave

    counts = models.JSONField(default=dict, blank=True)
    examples = models.JSONField(default=list, blank=True)  # the first changes, as the preview shows them
    problems = models.JSONField(default=list, blank=True)  # the first thousand
    problem_count = models.PositiveIntegerField(default=0)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)  # each time somebody works on the file: whoever holds the lease knows the number
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()
    readers = HoldsRole(Role.ADMINISTRATOR) | HoldsRole(Role.HR)
    denied = None

    class Meta:
        verbose_name = _("import of people")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["full", "delta"]), name="import_batch_known_kind"),
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "previewed", "running", "applied", "refused", "undoing"]),
                name="import_batch_known_state",
            ),
            models.CheckConstraint(condition=Q(progress_done__lte=F("progress_total")), name="import_batch_progress_within_total"),
        ]
        indexes = [models.Index(fields=["-uploaded_at"], name="import_batch_newest")]

    def __str__(self):
        return self.file_name

    @property
    def is_full(self):
        return self.kind == self.Kind.FULL

    @property
    def is_moving(self):
        """Whether the row is one of ``moving()``."""
        return self.state in (self.State.RUNNING, self.State.UNDOING) or (self.state == self.State.UPLOADED and self.progress_total > 0)


class BeforeImport(models.Model):
    """What stood before a file was written, a piece of it in each row: for as long as that can be undone."""

    batch = link("hris.ImportBatch")
    what = models.CharField(max_length=20)
    rows = models.JSONField(default=list)

    class Meta:
        verbose_name = _("what stood before an import")

    def __str__(self):
        return f"{self.what} before {self.batch_id}"


class UnlistedPersonQuerySet(ReadableQuerySet):
    def open(self):
        """Narrow the queryset to the people of whom no file has said since what became of them."""
        return self.filter(closed_at=None)

    def waiting(self):
        """Narrow the queryset to those of whom HR said nothing either."""
        return self.open().filter(answer="")


class UnlistedPerson(models.Model):
    """Somebody whom a file of everybody does not name: HR is asked what became of them, and what follows where nobody answers."""

    class Answer(models.TextChoices):
        STAYS = "stays", pgettext_lazy("somebody who is not in the file", "Still here")
        LEFT = "left", pgettext_lazy("somebody who is not in the file", "Has left")

    class Closed(models.TextChoices):
        LISTED = "listed", pgettext_lazy("somebody who is not in the file", "A file names them again")
        LEFT = "left", pgettext_lazy("somebody who is not in the file", "Has left")
        UNDONE = "undone", pgettext_lazy("somebody who is not in the file", "The file was undone")

    person = link("core.Person")
    batch = link("hris.ImportBatch", null=True, on_delete=models.SET_NULL)
    noticed_at = clock.InstantField()
    due_on = models.DateField(_("access ends on"))
    answer = models.CharField(_("what HR says"), max_length=10, choices=Answer.choices, blank=True)
    answered_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    answered_at = models.DateTimeField(null=True, blank=True)
    shut_out_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_as = models.CharField(max_length=10, choices=Closed.choices, blank=True)

    objects = UnlistedPersonQuerySet.as_manager()
    readers = Is("person") | HoldsRole(Role.HR, person="person") | HoldsRole(Role.ADMINISTRATOR)
    denied = None

    class Meta:
        verbose_name = _("person whom no file names")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(closed_at=None), name="unlisted_once_at_a_time"),
            models.CheckConstraint(condition=Q(answer__in=["", "stays", "left"]), name="unlisted_known_answer"),
            models.CheckConstraint(condition=Q(closed_as__in=["", "listed", "left", "undone"]), name="unlisted_known_end"),
            models.CheckConstraint(condition=Q(closed_at=None, closed_as="") | Q(closed_at__isnull=False), name="unlisted_ends_somehow"),
            models.CheckConstraint(condition=Q(answered_by=None) | ~Q(answered_by=F("person")), name="unlisted_answered_by_another"),
        ]

    def __str__(self):
        return f"unlisted {self.person_id}"


class CorrectionQuerySet(ReadableQuerySet):
    def standing(self):
        """Narrow the queryset to the corrections that no file has confirmed or replaced since."""
        return self.filter(closed_at=None)


class Correction(models.Model):
    """What HR of a unit corrected by hand of somebody's facts, with the reason: the next file asks before it writes something else."""

    class Reason(models.TextChoices):
        MISTAKE = "mistake", pgettext_lazy("why facts are corrected", "The file is wrong")
        LATE = "late", pgettext_lazy("why facts are corrected", "The file does not know it yet")
        ASKED = "asked", pgettext_lazy("why facts are corrected", "The person asked for it")

    person = link("core.Person")
    batch = link("hris.ImportBatch", null=True, on_delete=models.SET_NULL)
    corrected_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    corrected_at = clock.InstantField()
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    values = models.JSONField(default=dict)  # what stands since, as texts by column; of a superior, the codes of both positions
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()
    readers = Is("person") | HoldsRole(Role.HR, person="person")
    denied = None

    class Meta:
        verbose_name = _("correction by hand")
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=["mistake", "late", "asked"]), name="correction_known_reason"),
            models.CheckConstraint(condition=Q(corrected_by=None) | ~Q(corrected_by=F("person")), name="correction_by_another"),
        ]

    def __str__(self):
        return f"correction of {self.person_id}"


class ImportMapping(models.Model):
    """A profile: which column of files with the same headers means what, and what the words in them mean."""

    public_id = public_id_field()
    name = models.CharField(_("name of the profile"), max_length=80, blank=True)
    signature = models.CharField(max_length=64, unique=True)
    headers = models.JSONField(default=list, blank=True)  # of the file that was last read by it
    columns = models.JSONField(default=dict)
    kind = models.CharField(max_length=10, choices=ImportBatch.Kind.choices, default=ImportBatch.Kind.FULL)
    used_at = clock.InstantField()
    version = models.PositiveIntegerField(default=1)

    objects = ReadableQuerySet.as_manager()
    readers = HoldsRole(Role.ADMINISTRATOR) | HoldsRole(Role.HR)
    denied = None

    class Meta:
        verbose_name = _("profile of files")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["full", "delta"]), name="import_mapping_known_kind"),
            models.UniqueConstraint(fields=["name"], condition=~Q(name=""), name="import_mapping_named_once"),
        ]

    def __str__(self):
        return self.name or self.signature
