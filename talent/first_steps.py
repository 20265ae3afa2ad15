"""What is done first with skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

from rse.core.ops import first_steps
from rse.core.ops.first_steps import State, Step

from . import rules
from .models import Skill

if TYPE_CHECKING:
    from rse.core.models import Person


def register_all() -> None:
    first_steps.register(
        Step(
            name="skills",
            label=gettext_lazy("A list of skills"),
            text=gettext_lazy(
                "People say what they know with words that all share. HR keeps the list, and may begin with one that is ready."
            ),
            look=skills,
            order=70,
            url_name="skills:list",
            action=gettext_lazy("Open the skills"),
            may_go=rules.can_curate_skills,
        )
    )


def skills(_reader: Person | None) -> State:
    """Return how many skills the table has, merged ones left out."""
    count = Skill.objects.filter(merged_into=None).count()
    return State(bool(count), ngettext("%(count)s skill.", "%(count)s skills.", count) % {"count": count})
