"""Tables that leave this room, in the words of its pages: each row by its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from rse.core.web.csv_export import csv_response

from .visible_fields import fields_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from rse.core.models import Person

    from .models import Application, Opening

OF_AN_OPENING = (
    *(_("Kind"), _("Title"), _("Unit"), _("Site"), _("Classification level"), _("Pay from, in k€ a year"), _("Pay to, in k€ a year")),
    *(_("Starts on"), _("Applications until"), _("Mission: weeks"), _("Mission: share of the working time, in %"), _("State")),
)
OF_AN_APPLICATION = {
    "name": _("Name"),
    "opening": _("Opening"),
    "stage": _("State"),
    "sent_at": _("Sent on"),
    "availability": _("When could you begin?"),
    "site_answer": _("And the site?"),
    "e_mail": _("Work e-mail"),
    "phone": _("Work phone"),
    "skills": _("Skills"),
}
FREE_TEXT = {"letter": _("Why this, in your words"), "reason": _("Why"), "alternatives": _("What else was considered")}


def openings_table(openings: Iterable[Opening]) -> HttpResponse:
    return csv_response("openings", OF_AN_OPENING, (_opening(one) for one in openings))


def _opening(opening: Opening) -> list[Any]:
    where = [opening.unit, opening.site, opening.level]
    terms = [opening.pay_from, opening.pay_to, opening.starts_on, opening.closes_on, opening.weeks, opening.share]
    return [opening.get_kind_display(), opening.title, *where, *terms, opening.get_state_display()]


def application_table(reader: Person, application: Application, *, relation: str, has_free_text: bool) -> HttpResponse:
    """Return one application as CSV, as ``reader`` sees it; its free text only for the applicant and HR. What is cut is empty."""
    fields = fields_for(reader, application, relation=relation)
    fields["stage"] = application.get_state_display() if "stage" in fields else ""
    fields["skills"] = ", ".join(skill.label for skill in fields.get("skills", ()))
    columns = OF_AN_APPLICATION | (FREE_TEXT if has_free_text else {})
    return csv_response("application", list(columns.values()), [[fields.get(name) for name in columns]])
