"""What the pages of contributions and skills are filled with."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from rse.core.people.handles import held

from . import queries, rules
from .enums import LineKind
from .forms import CommentForm, KeepForm, TagForm
from .slot_blocks import figures

HELPED = {"people", "units"}


def my_contributions(person, *, open_line=None, open_form=None):
    """Return the context of one's own lines, each with its forms; ``open_form`` of ``open_line`` keeps what was typed and its errors."""
    lines = queries.lines_for(person, person)
    proposed = queries.proposed_lines(person)

    def form_of(kind, shown):
        if shown.line.pk == open_line and isinstance(open_form, kind):
            return open_form
        public_id = shown.line.public_id
        if kind is KeepForm:
            return KeepForm(line=shown.line, initial={"audience": shown.line.audience}, auto_id=f"id_keep_{public_id}_%s")
        if kind is CommentForm:
            return CommentForm(initial={"comment": shown.line.comment}, auto_id=f"id_comment_{public_id}_%s")
        return TagForm(auto_id=f"id_tag_{public_id}_%s")

    return {
        "subject": person,
        "address": reverse("contributions:of", args=[person.handle]),
        "proposed": [
            {"shown": shown, "keep_form": form_of(KeepForm, shown) if shown.line.act_kind == "help_confirmation" else None}
            for shown in proposed
        ],
        "lines": [
            {
                "shown": shown,
                "moment": queries.Moment((shown,)),
                "comment_form": form_of(CommentForm, shown),
                "tag_form": form_of(TagForm, shown),
                "is_open": shown.line.pk == open_line,
            }
            for shown in lines
        ],
        "figures": figures(person, queries.figures_of(lines)),
        "has_opted_out": queries.has_opted_out(person),
        "options": [],
    }


def contributions_of(reader, subject, asked):
    """Return the context of the lines that one figure counted.

    ``asked`` narrows them to a kind, a skill, or those that helped somebody.
    """
    lines = queries.lines_for(reader, subject)
    title = _("Contributions")
    kind, code, helped = asked.get("kind", ""), asked.get("skill", ""), asked.get("helped", "")
    if kind in LineKind.values:
        told = queries.moments_of([shown for shown in lines if not shown.is_reduced])
        lines = [shown for moment in told if moment.kind == kind for shown in moment.lines]
        title = str(LineKind(kind).label)
    if code:
        lines = [shown for shown in lines if any(skill.code == code for skill in shown.skills)]
        skill = queries.skill_coded(code)
        title = f"{title} · {skill.label}" if skill else title
    if helped in HELPED:
        lines = [shown for shown in lines if shown.helped and (helped == "people" or shown.units)]
        title = _("People helped") if helped == "people" else _("Units helped")
    people = {person.pk: person for shown in lines for person in shown.helped}
    units = {unit.pk: unit for shown in lines for unit in shown.units}
    known = queries.known_among(reader, people.values()) if helped == "people" else []
    return {
        "subject": subject,
        "address": reverse("contributions:of", args=[subject.handle]),
        "heading": title,
        "is_own": reader.pk == subject.pk,
        "is_narrowed": bool(kind or code or helped),
        "moments": queries.moments_of(lines),
        "people": known,
        "gone_count": len(people) - len(known) if helped == "people" else 0,
        "units": sorted(units.values(), key=lambda unit: (unit.sorts_as, unit.pk)) if helped == "units" else [],
    }


def exported_lines(reader, subject):
    """Return the lines of ``subject`` as JSON values, for nobody but that person.

    Raises:
        PermissionDenied: another asks.

    """
    if not rules.can_export_lines(reader, subject):
        raise PermissionDenied
    return [
        {
            "date": shown.line.on.isoformat(),
            "kind": shown.line.kind,
            **(
                {}
                if shown.is_reduced
                else {
                    "title": shown.title,
                    "address": shown.address,
                    "people_helped": len(shown.helped),
                    "units_helped": [unit.name for unit in shown.units],
                    "skills": [skill.code for skill in shown.skills],
                    "comment": held(shown.line.comment),
                    "is_hidden": shown.line.is_hidden,
                }
            ),
        }
        for shown in queries.lines_for(subject, subject)
    ]
