from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.models.keys import link


class CharterQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-version")

    def with_accepted(self, person):
        """Annotate each version with ``is_accepted``: whether ``person`` has accepted that very version."""
        return self.annotate(is_accepted=Exists(CharterAcceptance.objects.filter(person=person.pk, charter=OuterRef("pk"))))


class Charter(models.Model):
    """One version of the rules that everybody who publishes here agrees to, in both languages. A version never changes."""

    version = models.PositiveIntegerField(_("version"), unique=True)
    body_fr = models.TextField(_("text in French"))
    body_en = models.TextField(_("text in English"))
    published_at = clock.InstantField()
    published_by = link("core.Person", null=True, on_delete=models.SET_NULL)

    objects = CharterQuerySet.as_manager()

    class Meta:
        verbose_name = _("charter")
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="charter_version_from_one"),
            models.CheckConstraint(condition=~Q(body_fr="") & ~Q(body_en=""), name="charter_in_both_languages"),
        ]

    def __str__(self):
        return f"{self.version}"

    @property
    def body(self):
        """The text in the language of whoever reads."""
        return self.body_fr if (get_language() or "fr").startswith("fr") else self.body_en


class CharterAcceptance(models.Model):
    """One person agreed to one version."""

    person, charter = link("core.Person"), link("governance.Charter")
    at = clock.InstantField()

    class Meta:
        verbose_name = _("acceptance of the charter")
        constraints = [models.UniqueConstraint(fields=["person", "charter"], name="charter_accepted_once")]

    def __str__(self):
        return f"{self.person_id} accepts {self.charter_id}"
