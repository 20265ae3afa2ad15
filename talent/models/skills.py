from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.access.readers import Everyone, InAudience, Is, ReadableQuerySet
from rse.core.columns import SortsAsField
from rse.core.models.keys import link, public_id_field

from ..enums import Ground, Level, SkillGroup
from ..normalization import fold
from .ledger import UNPROTECTED

MOST_WORDS = 6  # that are looked for


class SkillQuerySet(models.QuerySet):
    def current(self):
        """Narrow the queryset to the skills that were not merged into another."""
        return self.filter(merged_into=None)

    def named(self, typed):
        """Narrow the queryset to those whose words begin with those of ``typed``, folded, in either language; all of them without any."""
        rows = self
        for word in fold(typed).split()[:MOST_WORDS]:
            rows = rows.filter(words__contains=f" {word}")
        return rows

    def by_label(self):
        return self.order_by(f"sorts_as_{language_of_labels()}", "pk")


def language_of_labels():
    return "en" if (get_language() or "fr").startswith("en") else "fr"


class Skill(models.Model):
    """One entry of the reference table. One that was merged keeps its names, which lead to the other."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    label_fr = models.CharField(_("French label"), max_length=80, unique=True)
    label_en = models.CharField(_("English label"), max_length=80, unique=True)
    sorts_as_fr, sorts_as_en = SortsAsField("label_fr"), SortsAsField("label_en")
    words = models.CharField(max_length=400, blank=True)  # both labels and the code, folded, to be found by
    group = models.CharField(_("group"), max_length=40)
    merged_into = link("talent.Skill", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    objects = SkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("skill")
        constraints = [models.CheckConstraint(condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="skill_not_merged_into_itself")]
        indexes = [models.Index(fields=["merged_into"], name="skill_current")]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """Its name in the language of the page."""
        return self.label_en if language_of_labels() == "en" else self.label_fr

    @property
    def group_label(self):
        return str(dict(SkillGroup.choices).get(self.group, self.group))

    @property
    def sorts_as(self):
        """What it is ordered by in the language of the page."""
        return self.sorts_as_en if language_of_labels() == "en" else self.sorts_as_fr


class DeclaredSkill(models.Model):
    """A skill that a person says they have."""

    person, skill = link("core.Person"), link("talent.Skill", on_delete=models.PROTECT)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    is_public = models.BooleanField(_("shown to everyone"), default=True)
    declared_on = clock.DayField()

    objects = ReadableQuerySet.as_manager()
    readers = Is("person") | Everyone().when(is_public=True)
    denied = None

    class Meta:
        verbose_name = _("declared skill")
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="declared_skill_once"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="declared_skill_known_level"),
        ]
        indexes = [models.Index(fields=["skill", "person"], name="declared_skill_by_skill")]

    def __str__(self):
        return f"{self.skill_id} of {self.person_id}"


class Confirmation(models.Model):
    """Somebody who worked with a person says that they have a skill.

    What rests on an answer is for those who may open that space, and counts in no profile once it is protected.
    """

    public_id = public_id_field()
    person, skill = link("core.Person"), link("talent.Skill", on_delete=models.PROTECT)
    by = link("core.Person")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    audience = link("core.Audience", null=True, blank=True)
    confirmed_on = clock.DayField()

    objects = ReadableQuerySet.as_manager()
    readers = (
        Is("person")
        | Is("by")
        | Everyone().when(ground=Ground.UNIT)
        | InAudience().when(ground=Ground.ANSWER, audience__isnull=False, **UNPROTECTED)
    )
    denied = None

    class Meta:
        verbose_name = _("confirmation of a skill")
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "by"], name="confirmation_once"),
            models.CheckConstraint(condition=~Q(person=F("by")), name="confirmation_never_of_oneself"),
            models.CheckConstraint(
                condition=Q(ground=Ground.UNIT, audience=None) | Q(ground=Ground.ANSWER, audience__isnull=False),
                name="confirmation_known_ground",
            ),
        ]
        indexes = [models.Index(fields=["by", "person"], name="confirmation_given")]

    def __str__(self):
        return f"{self.by_id} confirms {self.skill_id} of {self.person_id}"
