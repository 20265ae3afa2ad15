from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Is, ReadableQuerySet
from rse.core.models.keys import link, public_id_field

from ..enums import MOST_PEOPLE, RUNNING, NoteKind, PairState
from ..reader_parts import InPair, Sealed


class PairQuerySet(ReadableQuerySet):
    def running(self):
        """Narrow the queryset to the pairs that nobody ended, frozen ones too: they keep their place."""
        return self.filter(state__in=RUNNING)


class MentoringPair(models.Model):
    """A mentor and the person they accompany. Nobody else reads that it is theirs; HR counts it, by another way.

    ``seat`` is the mentor's place that it takes: none twice, so that no mentor ever accompanies more people than they have places.
    """

    public_id = public_id_field()
    mentor, mentee = link("core.Person"), link("core.Person")
    request = models.OneToOneField("mentoring.MentoringRequest", on_delete=models.SET_NULL, null=True, related_name="+")
    key = models.OneToOneField("mentoring.NotesKey", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.ACTIVE)
    seat = models.PositiveSmallIntegerField(null=True)
    began_on = clock.DayField()
    ended_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PairQuerySet.as_manager()
    readers = Is("mentor") | Is("mentee")
    denied = Sealed()

    class Meta:
        verbose_name = _("mentoring pair")
        constraints = [
            models.UniqueConstraint(fields=["mentor", "seat"], name="mentoring_pair_one_per_seat"),
            models.UniqueConstraint(fields=["mentor", "mentee"], condition=~Q(state=PairState.ENDED), name="mentoring_pair_runs_once"),
            models.CheckConstraint(
                # A comparison with nothing is no refusal for a database: that there is a seat is said apart.
                condition=Q(state__in=[one.value for one in RUNNING], seat__isnull=False, seat__gte=1, seat__lte=MOST_PEOPLE, ended_on=None)
                | Q(state=PairState.ENDED, seat=None, ended_on__isnull=False),
                name="mentoring_pair_has_a_seat_until_it_ends",
            ),
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="mentoring_pair_of_two"),
        ]
        indexes = [
            models.Index(fields=["mentee", "state"], name="mentoring_pair_of_mentee"),
            models.Index(fields=["state", "ended_on"], name="mentoring_pair_by_end"),
        ]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("mentoring:pair", args=[self.public_id])

    @property
    def is_running(self):
        return self.state in RUNNING

    def has_met_before(self, day):
        """Return whether a session of the two was written down for a day since the beginning, before ``day``; one query."""
        return Session.objects.filter(pair=self.pk, on__gte=self.began_on, on__lt=day).exists()

    def other_than(self, person):
        """Return the other person of the pair."""
        return self.mentee if person.pk == self.mentor_id else self.mentor


class Goal(models.Model):
    """A goal of the two. Both write it, tick it and erase it."""

    public_id = public_id_field()
    pair = link("mentoring.MentoringPair")
    author = link("core.Person")
    words = models.BinaryField()
    is_done = models.BooleanField(default=False)
    written_at = clock.InstantField()
    version = models.PositiveIntegerField(default=1)

    objects = ReadableQuerySet.as_manager()
    readers = InPair(states=RUNNING)
    denied = Sealed("pair")

    class Meta:
        verbose_name = _("goal")
        indexes = [models.Index(fields=["pair", "written_at"], name="mentoring_goal_of_pair")]

    def __str__(self):
        return self.public_id


class Session(models.Model):
    """A day on which the two meet, or met, and what they want to talk about. Both write it."""

    public_id = public_id_field()
    pair = link("mentoring.MentoringPair")
    author = link("core.Person")
    on = models.DateField(_("day"))
    words = models.BinaryField()
    version = models.PositiveIntegerField(default=1)

    objects = ReadableQuerySet.as_manager()
    readers = InPair(states=RUNNING)
    denied = Sealed("pair")

    class Meta:
        verbose_name = _("session")
        indexes = [models.Index(fields=["pair", "on"], name="mentoring_session_of_pair")]

    def __str__(self):
        return self.public_id


class Note(models.Model):
    """A note of one of the two: for themselves alone, or for both. Nobody else reads it here, whatever role they hold."""

    public_id = public_id_field()
    pair = link("mentoring.MentoringPair")
    author = link("core.Person")
    kind = models.CharField(max_length=4, choices=NoteKind.choices)
    words = models.BinaryField()
    written_at = clock.InstantField()
    version = models.PositiveIntegerField(default=1)

    objects = ReadableQuerySet.as_manager()
    readers = Is("author") | InPair(states=RUNNING).when(kind=NoteKind.OURS)
    denied = Sealed("pair")

    class Meta:
        verbose_name = _("note")
        constraints = [models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="mentoring_note_known_kind")]
        indexes = [models.Index(fields=["pair", "written_at"], name="mentoring_note_of_pair")]

    def __str__(self):
        return self.public_id
