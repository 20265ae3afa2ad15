"""What this room adds to pages of others: the two sides of a profile, and what waits to be kept."""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from rse.core.models import Person
from rse.governance.enums import Purpose
from rse.governance.services.access_log import AccessLogUnavailable, log_access

from . import queries, rules
from .kinds import TALENT_FILE

SHOWN_ON_PROFILE = 6
PURPOSES = {"hr_succession": Purpose.SUCCESSION, "recruiter": Purpose.SEARCH_OF_SKILLS}


def opened_by(reader: Person, subject: Person) -> str | None:
    """Log that ``reader`` opens the doing side of ``subject``, if they decide about them; return their function, or None for others.

    Raises:
        AccessLogUnavailable: it was not written, and nothing may be shown.

    """
    function = rules.function_over(reader, subject)
    if function is not None:
        purpose = PURPOSES.get(function, Purpose.PROFILE)
        log_access(reader=reader, opened={(TALENT_FILE, subject.pk): [subject.pk]}, purpose=purpose, function=function)
    return function


def doing(reader: Person, page: dict[str, Any]) -> dict[str, Any]:
    """Return the context of what the subject did for others, as the reader may read it.

    A reader who decides about the subject is logged.
    """
    subject = page["subject"]
    try:
        function = opened_by(reader, subject)
    except AccessLogUnavailable:
        return {"is_unavailable": True}
    return doing_side(reader, subject) | {"is_logged": function is not None}


def doing_side(reader: Person, subject: Person) -> dict[str, Any]:
    """Return the context of the figures, the skills with their evidence, and the newest moments."""
    lines = queries.lines_for(reader, subject)
    moments = queries.moments_of(lines)
    rows = queries.skills_for(reader, subject, lines)
    is_oneself = reader.pk == subject.pk
    may_confirm = not is_oneself and queries.ground_between(reader, subject) is not None
    for row in queries.confirmable_skills(rows) if may_confirm else ():
        row.may_confirm = row.my_confirmation is None
    return {
        "subject": subject,
        "is_unavailable": False,
        "is_logged": False,
        "is_own": is_oneself,
        "figures": figures(subject, queries.figures_of(lines)),
        "rows": rows,
        "moments": moments[:SHOWN_ON_PROFILE],
        "more": len(moments) > SHOWN_ON_PROFILE,
        "address": reverse("contributions:of", args=[subject.handle]),
    }


def figures(subject: Person, counted: queries.Figures) -> list[dict[str, Any]]:
    """Return each count, in words, with the address of exactly the lines behind it; zeros are left out."""
    address = reverse("contributions:of", args=[subject.handle])
    said = [
        (counted.answers, ngettext("answer kept", "answers kept", counted.answers), "?kind=answer_accepted"),
        (
            counted.by_kind.get("workshop", 0),
            ngettext("workshop led", "workshops led", counted.by_kind.get("workshop", 0)),
            "?kind=workshop",
        ),
        (counted.people, ngettext("person helped", "people helped", counted.people), "?helped=people"),
        (counted.units, ngettext("unit helped", "units helped", counted.units), "?helped=units"),
    ]
    return [{"number": number, "label": label, "url": f"{address}{query}"} for number, label, query in said if number]


def being(reader: Person, page: dict[str, Any]) -> dict[str, Any]:
    """Return the context of the path, the trainings and, for whoever may read it, the wish."""
    subject = page["subject"]
    return {
        "subject": subject,
        "is_own": reader.pk == subject.pk,
        "path": queries.path_of(subject),
        "trainings": queries.trainings_for(reader, subject),
        "wish": _wish(reader, subject),
    }


def _wish(reader: Person, subject: Person) -> dict[str, Any] | None:
    """The wish, with whose it is, only for those who see it whole: a reduced one beside a name would say too much."""
    wish = queries.wish_for(reader, subject) if subject.is_present else None
    return wish if wish and wish.get("wish") else None


def to_keep(reader: Person, page: dict[str, Any]) -> dict[str, Any] | None:
    """Count the lines that wait for their person to keep them; None when none does."""
    count = len(queries.proposed_lines(reader)) if reader.is_present else 0
    return {"count": count} if count else None
