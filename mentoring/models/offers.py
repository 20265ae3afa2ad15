from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Everyone, Granted, HoldsRole, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import LONGEST_OFFER, MOST_PEOPLE, MOST_SKILLS


class MentoringOffer(models.Model):
    """An offer of one person to help, with how many people at a time. One per person."""

    public_id = public_id_field()
    mentor = models.OneToOneField("core.Person", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("what I can help with"), max_length=LONGEST_OFFER)
    language = models.CharField(_("language of the text"), max_length=2, default="fr")
    languages = models.JSONField(_("languages we can speak"), default=list, blank=True)
    capacity = models.PositiveSmallIntegerField(_("people at a time"), default=1)
    skills = models.ManyToManyField("talent.Skill", through="mentoring.OfferSkill", related_name="+")
    is_open = models.BooleanField(default=True)
    is_hidden = models.BooleanField(default=False)
    published_at = clock.InstantField()
    version = models.PositiveIntegerField(default=1)

    objects = ReadableQuerySet.as_manager()
    reader_words = {"mentor": _("its author")}
    readers = (
        Is("mentor")
        | Everyone().when(is_open=True, is_hidden=False)
        | HoldsRole(Role.HR, person="mentor").when(is_hidden=True)
        | Granted("mentoring_offer")
    )
    denied = None

    class Meta:
        verbose_name = _("mentoring offer")
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1, capacity__lte=MOST_PEOPLE), name="mentoring_offer_one_to_five_people"),
            models.CheckConstraint(condition=~Q(text=""), name="mentoring_offer_says_something"),
        ]

    def __str__(self):
        return f"offer of {self.mentor_id}"

    def get_absolute_url(self):
        return reverse("mentoring:offer", args=[self.public_id])

    @property
    def is_visible(self):
        return self.is_open and not self.is_hidden


class OfferSkill(models.Model):
    """One of the one to five skills of an offer, each in a place of its own."""

    offer = link("mentoring.MentoringOffer", related_name="tags")
    skill = link("talent.Skill", on_delete=models.PROTECT)
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "skill"], name="offer_skill_once"),
            models.UniqueConstraint(fields=["offer", "place"], name="offer_skill_one_per_place"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST_SKILLS), name="offer_skill_five_at_most"),
        ]
        indexes = [models.Index(fields=["skill", "offer"], name="offer_skill_by_skill")]

    def __str__(self):
        return f"{self.skill_id} of {self.offer_id}"
