from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.enums import Role
from rse.core.models import RoleGrant
from rse.core.models.keys import link


class SectionEditorQuerySet(models.QuerySet):
    def without_role(self):
        """Narrow the queryset to rows whose person no longer holds the role of an editor."""
        return self.exclude(person__in=RoleGrant.objects.current().filter(role=Role.EDITOR).values("person"))


class SectionEditor(models.Model):
    """One person edits one section, for as long as they hold the role of an editor."""

    section = link("pages.HandbookPage", related_name="editors")
    person = link("core.Person")
    named_by = link("core.Person", null=True, on_delete=models.SET_NULL)
    named_at = clock.InstantField()

    objects = SectionEditorQuerySet.as_manager()

    class Meta:
        verbose_name = _("editor of a section")
        constraints = [
            models.UniqueConstraint(fields=["section", "person"], name="section_editor_once"),
            models.CheckConstraint(condition=Q(named_by=None) | ~Q(named_by=F("person")), name="section_editor_never_oneself"),
        ]

    def __str__(self):
        return f"{self.person_id} edits {self.section_id}"
