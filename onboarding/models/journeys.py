from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, InLineOf, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import (
    LONGEST_MESSAGE,
    LONGEST_THANKS,
    LONGEST_WORDS,
    MOST_AT_ONCE,
    RUNNING,
    STANDING,
    Actor,
    EndReason,
    JourneyState,
    RequestState,
)

ENDED = (JourneyState.CLOSED, JourneyState.ARCHIVED)


class JourneyQuerySet(ReadableQuerySet):
    def running(self):
        return self.filter(state__in=RUNNING)

    def under_way(self):
        return self.filter(state=JourneyState.ACTIVE)

    def with_card(self):
        return self.select_related("newcomer__unit", "newcomer__site", "buddy__unit", "buddy__site", "cohort__site")

    def with_progress(self, *, private):
        """Annotate each journey with ``step_count`` and ``done_count``.

        Without ``private``, of the steps that a manager and a buddy see.
        """
        counted = Q() if private else Q(steps__template_step__is_private=False)
        done = counted & Q(steps__done_at__isnull=False)
        return self.annotate(step_count=Count("steps", filter=counted), done_count=Count("steps", filter=done))

    def earliest_first(self):
        return self.order_by("starts_on", "newcomer__sorts_as", "pk")


class Journey(models.Model):
    """The way of one newcomer into the company, from a version of the template that it keeps.

    Its manager and its buddy read what is due and what is done, never a word of it, and nothing at all once it is over.
    """

    public_id = public_id_field()
    newcomer = link("core.Person")
    buddy = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    buddy_seat = models.PositiveSmallIntegerField(null=True, blank=True)
    cohort = link("onboarding.Cohort", null=True, blank=True, on_delete=models.SET_NULL)
    template_version = link("onboarding.TemplateVersion", null=True, on_delete=models.PROTECT)
    hired_on = models.DateField(_("hired on"))  # as the file of HR said when it was last followed
    starts_on = models.DateField(_("first day of the journey"))  # the due dates are counted from it
    state = models.CharField(max_length=10, choices=JourneyState.choices, default=JourneyState.PLANNED)
    admitted_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=10, choices=EndReason.choices, blank=True)
    hr_note = models.TextField(_("note of HR"), max_length=LONGEST_WORDS, blank=True)
    note_version = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    objects = JourneyQuerySet.as_manager()
    reader_words = {"newcomer": _("the newcomer"), "buddy": _("the buddy")}
    readers = (
        Is("newcomer")
        | Is("buddy").when(state__in=RUNNING)
        | InLineOf("newcomer", depth=1).when(state__in=RUNNING)
        | HoldsRole(Role.HR, person="newcomer")
    )
    field_readers = {
        "words": (
            Is("newcomer") | HoldsRole(Role.HR, person="newcomer"),
            Is("buddy").when(state__in=RUNNING) | InLineOf("newcomer"),
        )
    }
    denied = None

    class Meta:
        verbose_name = _("onboarding journey")
        constraints = [
            models.UniqueConstraint(fields=["newcomer"], condition=Q(state__in=RUNNING), name="journey_one_running_per_newcomer"),
            models.UniqueConstraint(
                fields=["buddy", "buddy_seat"], condition=Q(state__in=RUNNING, buddy__isnull=False), name="journey_seats_of_a_buddy"
            ),
            models.CheckConstraint(
                condition=Q(buddy_seat=None) | Q(buddy_seat__gte=1, buddy_seat__lte=MOST_AT_ONCE), name="journey_buddy_has_few_seats"
            ),
            models.CheckConstraint(
                condition=Q(buddy=None) | ~Q(state__in=RUNNING) | Q(buddy_seat__isnull=False), name="journey_buddy_has_a_seat"
            ),
            models.CheckConstraint(condition=Q(buddy=None) | ~Q(buddy=F("newcomer")), name="journey_buddy_is_another"),
            models.CheckConstraint(condition=Q(state__in=JourneyState.values), name="journey_known_state"),
            models.CheckConstraint(
                condition=Q(state__in=RUNNING, ended_at=None, ended_because="")
                | Q(state__in=ENDED, ended_at__isnull=False, ended_because__in=EndReason.values),
                name="journey_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=JourneyState.PAUSED, paused_on__isnull=False) | (~Q(state=JourneyState.PAUSED) & Q(paused_on=None)),
                name="journey_paused_since_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["newcomer", "state"], name="journey_of_newcomer"),
            models.Index(fields=["buddy", "state"], name="journey_of_buddy"),
            models.Index(fields=["state", "starts_on"], name="journey_by_state"),
        ]

    def __str__(self):
        return f"journey {self.pk}"

    def get_absolute_url(self):
        return reverse("journeys:detail", args=[self.public_id])

    @property
    def is_running(self):
        return self.state in RUNNING


class JourneyStep(models.Model):
    """A step of a journey: whose it is, when it is due, whether it is done. ``words`` are the newcomer's."""

    journey = link("onboarding.Journey", related_name="steps")
    template_step = link("onboarding.TemplateStep", on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=10, choices=Actor.choices)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    words = models.TextField(_("what you write"), max_length=LONGEST_WORDS, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("step")
        constraints = [
            models.UniqueConstraint(fields=["journey", "position"], name="journey_step_position_once"),
            models.UniqueConstraint(fields=["journey", "template_step"], name="journey_step_once"),
            models.CheckConstraint(condition=Q(actor__in=Actor.values), name="journey_step_known_actor"),
            models.CheckConstraint(condition=Q(words="") | Q(actor=Actor.NEWCOMER), name="journey_step_words_of_the_newcomer"),
        ]
        indexes = [models.Index(fields=["actor", "due_on"], condition=Q(done_at=None), name="journey_step_waiting")]

    def __str__(self):
        return f"step {self.position} of {self.journey_id}"


class BuddyRequestQuerySet(ReadableQuerySet):
    def pending(self):
        return self.filter(state=RequestState.PENDING)

    def standing(self):
        return self.filter(state__in=STANDING)

    def with_card(self):
        return self.select_related("journey__cohort__site", "newcomer__unit", "newcomer__site", "person__unit", "asked_by")


class BuddyRequest(models.Model):
    """Somebody is asked to welcome a newcomer. The newcomer does not read what was said to the person asked."""

    public_id = public_id_field()
    journey = link("onboarding.Journey", related_name="buddy_requests")
    newcomer = link("core.Person")
    person = link("core.Person")
    asked_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    message = models.CharField(_("a word to them"), max_length=LONGEST_MESSAGE, blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.PENDING)
    asked_at = clock.InstantField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    thanks = models.CharField(_("a sentence"), max_length=LONGEST_THANKS, blank=True)
    confirmation = link("talent.HelpConfirmation", null=True, blank=True, on_delete=models.SET_NULL)

    objects = BuddyRequestQuerySet.as_manager()
    readers = (
        Is("person").when(state__in=STANDING)
        | InLineOf("newcomer", depth=1).when(state__in=STANDING)
        | HoldsRole(Role.HR, person="newcomer")
    )
    reader_words = {"newcomer": _("the newcomer"), "person": _("the buddy")}
    field_readers = {
        "thanks": (
            Is("newcomer") | Is("person").when(state__in=STANDING) | HoldsRole(Role.HR, person="newcomer"),
            InLineOf("newcomer"),
        )
    }
    denied = Is("newcomer")

    class Meta:
        verbose_name = _("request for a buddy")
        constraints = [
            models.UniqueConstraint(fields=["journey"], condition=Q(state__in=STANDING), name="buddy_request_one_standing"),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="buddy_request_known_state"),
            models.CheckConstraint(condition=~Q(person=F("newcomer")), name="buddy_request_never_of_oneself"),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="buddy_request_of_person"),
            models.Index(fields=["expires_at"], condition=Q(state=RequestState.PENDING), name="buddy_request_expiring"),
        ]

    def __str__(self):
        return f"{self.person_id} for {self.journey_id}"

    def get_absolute_url(self):
        return reverse("journeys:buddy_answer", args=[self.public_id])
