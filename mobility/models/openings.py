from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Everyone, HoldsRole, Is, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field
from rse.core.models.roles import DatedQuerySet

from ..enums import LONGEST_SUMMARY, LONGEST_TITLE, MemberRole, OpeningKind, OpeningState
from ..reader_parts import InTeam

RECRUITING = InTeam() | HoldsRole(Role.HR, unit="unit")


class OpeningQuerySet(ReadableQuerySet):
    def published(self):
        return self.filter(state=OpeningState.PUBLISHED, is_hidden=False)

    def recruited_by(self, person):
        """Narrow the queryset to the openings for which ``person`` recruits today: named in the team, or HR of the unit."""
        return self.visible_to(person).filter(RECRUITING.q(person)) if person.is_present else self.none()

    def with_card(self):
        """Join and prefetch what a card shows, in a constant number of queries."""
        skills = models.Prefetch("skills", OpeningSkill.objects.select_related("skill__merged_into").order_by("is_to_learn", "pk"))
        return self.select_related("unit", "site").prefetch_related(skills)


class Opening(models.Model):
    """A position or a mission that people of the company may apply for. Everyone reads it while it is published, its team always.

    What was published once is closed and never erased: erasing only what nobody applied for would tell that somebody did.
    """

    public_id = public_id_field()
    kind = models.CharField(_("kind"), max_length=10, choices=OpeningKind.choices)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    summary = models.CharField(_("in one sentence"), max_length=LONGEST_SUMMARY, blank=True)
    description = models.TextField(_("description"))
    language = models.CharField(max_length=5, default="fr")
    unit = link("core.Unit", on_delete=models.PROTECT)
    site = link("core.Site", on_delete=models.PROTECT)
    pay_from = models.PositiveSmallIntegerField(_("pay, from"), null=True, blank=True)  # thousands of euros a year
    pay_to = models.PositiveSmallIntegerField(_("pay, to"), null=True, blank=True)
    level = models.CharField(_("classification level"), max_length=10, blank=True)
    starts_on = models.DateField(_("starts on"))
    closes_on = models.DateField(_("applications until"))
    weeks = models.PositiveSmallIntegerField(_("weeks"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("share of working time"), null=True, blank=True)  # per cent
    state = models.CharField(max_length=10, choices=OpeningState.choices, default=OpeningState.DRAFT)
    is_hidden = models.BooleanField(default=False)
    author = link("core.Person", null=True, on_delete=models.SET_NULL)
    created_at = clock.InstantField()
    published_at = models.DateTimeField(null=True, blank=True)  # the first time
    submission = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 - none is not the same as another none
    version = models.PositiveIntegerField(default=1)

    objects = OpeningQuerySet.as_manager()
    readers = Everyone().when(state=OpeningState.PUBLISHED, is_hidden=False) | InTeam() | HoldsRole(Role.HR, unit="unit")
    denied = None

    class Meta:
        verbose_name = _("opening")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OpeningKind.values), name="opening_known_kind"),
            models.CheckConstraint(condition=Q(state__in=OpeningState.values), name="opening_known_state"),
            models.CheckConstraint(
                condition=Q(pay_from=None, pay_to=None) | Q(pay_from__gt=0, pay_to__isnull=False, pay_to__gte=F("pay_from")),
                name="opening_pay_in_order",
            ),
            models.CheckConstraint(condition=Q(kind=OpeningKind.MISSION) | Q(pay_from__isnull=False), name="opening_position_says_its_pay"),
            models.CheckConstraint(
                condition=Q(kind=OpeningKind.POSITION, weeks=None, share=None)
                | Q(kind=OpeningKind.MISSION, weeks__isnull=False, weeks__gte=1, share__isnull=False, share__gte=1, share__lte=100),
                name="opening_mission_says_how_long",
            ),
            models.CheckConstraint(
                condition=Q(state=OpeningState.DRAFT) | Q(published_at__isnull=False), name="opening_published_at_some_time"
            ),
            models.UniqueConstraint(fields=["author", "submission"], name="opening_once_per_submission"),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(state="published"), name="opening_newest"),
            models.Index(fields=["unit", "state"], name="opening_of_unit"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("jobs:detail", args=[self.public_id])

    @property
    def is_published(self):
        return self.state == OpeningState.PUBLISHED

    @property
    def is_open(self):
        """Whether applications are still taken today."""
        return self.is_published and not self.is_hidden and self.closes_on >= clock.today()

    @property
    def needed(self):
        return [one.skill.merged_into or one.skill for one in self.skills.all() if not one.is_to_learn]

    @property
    def to_learn(self):
        return [one.skill.merged_into or one.skill for one in self.skills.all() if one.is_to_learn]


class OpeningSkill(models.Model):
    """A skill that an opening needs, or lets one learn."""

    opening = link("mobility.Opening", related_name="skills")
    skill = link("talent.Skill", on_delete=models.PROTECT)
    is_to_learn = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("skill of an opening")
        constraints = [models.UniqueConstraint(fields=["opening", "skill"], name="opening_skill_once")]
        indexes = [models.Index(fields=["skill", "opening"], name="opening_skill_by_skill")]

    def __str__(self):
        return f"{self.skill_id} of {self.opening_id}"


class OpeningMember(models.Model):
    """Somebody who recruits for an opening, from one instant until another."""

    opening = link("mobility.Opening", related_name="members")
    person = link("core.Person")
    role = models.CharField(_("part"), max_length=10, choices=MemberRole.choices)
    starts_at = clock.InstantField()
    ends_at = models.DateTimeField(null=True, blank=True)
    added_by = link("core.Person", null=True, on_delete=models.SET_NULL)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a recruiting team")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="opening_member_known_role"),
            models.UniqueConstraint(fields=["opening", "person"], condition=Q(ends_at=None), name="opening_member_once"),
        ]
        indexes = [models.Index(fields=["person", "opening"], name="opening_member_of_person")]

    def __str__(self):
        return f"{self.person_id} recruits for {self.opening_id}"


class Bookmark(models.Model):
    """An opening that somebody keeps for later. Nobody else knows."""

    opening, person = link("mobility.Opening"), link("core.Person")
    at = clock.InstantField()

    objects = ReadableQuerySet.as_manager()
    readers = Is("person")
    denied = None

    class Meta:
        verbose_name = _("opening kept for later")
        constraints = [models.UniqueConstraint(fields=["person", "opening"], name="bookmark_once")]

    def __str__(self):
        return f"{self.opening_id} kept by {self.person_id}"
