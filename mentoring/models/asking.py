from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Is, ReadableQuerySet
from rse.core.models.keys import link, public_id_field

from ..enums import MOST_PENDING, DeclineReason, RequestState
from ..reader_parts import Sealed


class MentoringRequest(models.Model):
    """Somebody asks somebody else to be their mentor. What they write is sealed; once it is closed, only they read it, for a while."""

    public_id = public_id_field()
    mentee, mentor = link("core.Person"), link("core.Person")
    offer = link("mentoring.MentoringOffer", null=True, on_delete=models.SET_NULL)
    key = models.OneToOneField("mentoring.NotesKey", on_delete=models.SET_NULL, null=True, related_name="+")
    words = models.BinaryField()
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.PENDING)
    place = models.PositiveSmallIntegerField(null=True)  # among the requests of this person that wait
    reason = models.CharField(max_length=20, choices=DeclineReason.choices, blank=True)
    asked_at = clock.InstantField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReadableQuerySet.as_manager()
    reader_words = {"mentee": _("the person who asks"), "mentor": _("the person who is asked")}
    readers = Is("mentee") | Is("mentor").when(state__in=(RequestState.PENDING, RequestState.ACCEPTED))
    denied = Sealed()

    class Meta:
        verbose_name = _("mentoring request")
        constraints = [
            models.UniqueConstraint(
                fields=["mentee", "mentor"], condition=Q(state=RequestState.PENDING), name="mentoring_request_waits_once"
            ),
            models.UniqueConstraint(fields=["mentee", "place"], name="mentoring_request_one_per_place"),
            models.CheckConstraint(
                condition=Q(state=RequestState.PENDING, place__isnull=False, place__gte=1, place__lte=MOST_PENDING, closed_at=None)
                | ~Q(state=RequestState.PENDING) & Q(place=None, closed_at__isnull=False),
                name="mentoring_request_three_wait_at_most",
            ),
            models.CheckConstraint(condition=~Q(mentee=F("mentor")), name="mentoring_request_never_to_oneself"),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="mentoring_request_known_state"),
            models.CheckConstraint(
                condition=Q(reason="") | Q(state=RequestState.DECLINED, reason__in=DeclineReason.values),
                name="mentoring_request_neutral_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["mentor", "state"], name="mentoring_request_received"),
            models.Index(fields=["state", "expires_at"], name="mentoring_request_runs_out"),
        ]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("mentoring:request", args=[self.public_id])

    @property
    def is_pending(self):
        return self.state == RequestState.PENDING
