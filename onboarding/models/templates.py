from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import HoldsRole, ReadableQuerySet
from rse.core.enums import Role
from rse.core.models.keys import link, public_id_field

from ..enums import EARLIEST_DAY, LATEST_DAY, LONGEST_TEXT, LONGEST_TITLE, Actor, StepKind, VersionState


class JourneyTemplate(models.Model):
    """The journey of those who arrive; its versions say what it is made of."""

    code = models.SlugField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("journey template")

    def __str__(self):
        return self.code


class TemplateVersionQuerySet(ReadableQuerySet):
    def published(self):
        return self.filter(state=VersionState.PUBLISHED)

    def newest_first(self):
        return self.order_by("-number")


class TemplateVersion(models.Model):
    """One numbered state of a template: a draft that HR works on, or published and never changed again."""

    template = link("onboarding.JourneyTemplate", related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    version = models.PositiveIntegerField(default=1)  # of the draft: counts every change of a step
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = link("core.Person", null=True, blank=True, on_delete=models.SET_NULL)
    created_at = clock.InstantField()

    objects = TemplateVersionQuerySet.as_manager()
    readers = HoldsRole(Role.HR)
    denied = None

    class Meta:
        verbose_name = _("version of the journey template")
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_number_once"),
            models.UniqueConstraint(fields=["template"], condition=Q(state=VersionState.DRAFT), name="template_one_draft"),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="template_version_known_state"),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, published_at=None) | Q(state=VersionState.PUBLISHED, published_at__isnull=False),
                name="template_version_published_at_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.template_id} version {self.number}"

    @property
    def is_draft(self):
        return self.state == VersionState.DRAFT


class TemplateStep(models.Model):
    """A step of a version. ``day`` 1 is the first day, -1 the day before; ``is_private`` keeps it from manager and buddy."""

    public_id = public_id_field()
    of = link("onboarding.TemplateVersion", related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of step"), max_length=10, choices=StepKind.choices)
    actor = models.CharField(_("who does it"), max_length=10, choices=Actor.choices)
    day = models.SmallIntegerField(_("day"))
    title_fr = models.CharField(_("title in French"), max_length=LONGEST_TITLE)
    title_en = models.CharField(_("title in English"), max_length=LONGEST_TITLE)
    text_fr = models.TextField(_("text in French"), max_length=LONGEST_TEXT, blank=True)
    text_en = models.TextField(_("text in English"), max_length=LONGEST_TEXT, blank=True)
    page = models.SlugField(_("page of the handbook"), max_length=100, blank=True)
    community = link("communities.Community", null=True, blank=True, on_delete=models.SET_NULL)
    is_private = models.BooleanField(_("only the newcomer and HR see it"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("step of the journey template")
        constraints = [
            models.UniqueConstraint(fields=["of", "position"], name="template_step_position_once"),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="template_step_known_kind"),
            models.CheckConstraint(condition=Q(actor__in=Actor.values), name="template_step_known_actor"),
            models.CheckConstraint(condition=Q(day__gte=EARLIEST_DAY, day__lte=LATEST_DAY) & ~Q(day=0), name="template_step_day_in_range"),
            models.CheckConstraint(condition=~Q(title_fr="") & ~Q(title_en=""), name="template_step_has_titles"),
            models.CheckConstraint(condition=~Q(kind=StepKind.WRITE) | Q(actor=Actor.NEWCOMER), name="template_step_only_newcomers_write"),
            models.CheckConstraint(
                condition=Q(is_private=False) | Q(actor__in=(Actor.NEWCOMER, Actor.HR)), name="template_step_private_to_who_does_it"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        """The title in the reader's language."""
        return self.title_fr if (translation.get_language() or "").startswith("fr") else self.title_en

    @property
    def text(self):
        return self.text_fr if (translation.get_language() or "").startswith("fr") else self.text_en
