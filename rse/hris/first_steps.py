"""What an administrator does first with files of HR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rse.core.models import Person
from rse.core.ops import first_steps
from rse.core.ops.first_steps import State, Step

from .queries import first_imported_on

if TYPE_CHECKING:
    from rse.core.models import Person as Reader


def register_all() -> None:
    first_steps.register(
        Step(
            name="people",
            label=gettext_lazy("The file of HR"),
            text=gettext_lazy(
                "People, units and managers come from it, as the HR system exports it. What would change is shown before it is written."
            ),
            look=people,
            order=40,
            url_name="imports:list",
            action=gettext_lazy("Import people"),
        )
    )


def people(_reader: Reader | None) -> State:
    """Return whether a file was ever written, a correction by hand being none, and how many people are here."""
    is_done = first_imported_on() is not None
    count = Person.objects.present().count()
    here = ngettext("%(count)s person is here.", "%(count)s people are here.", count) % {"count": count}
    return State(is_done, here if is_done else _("No file was imported yet. %(here)s") % {"here": here})
