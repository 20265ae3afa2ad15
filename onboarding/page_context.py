"""What several pages of this room share: both versions of a conflict, the cards beside a journey."""

from . import queries, rules
from .enums import Actor


def both_versions(form, theirs, data, *, version, **options):
    """Return what stands now beside what was typed, and a form that may be sent again over it."""
    differences = [
        {"label": field.label, "mine": _said(field, form.cleaned_data[name]), "theirs": _said(field, theirs.get(name))}
        for name, field in form.fields.items()
        if name in theirs and _plain(form.cleaned_data[name]) != _plain(theirs[name])
    ]
    again = data.copy()
    again["version"] = version
    again = type(form)(again, **options)
    again.is_valid()
    return {"form": again, "differences": differences}


def _plain(value):
    return "" if value is None else value


def _said(field, value):
    if isinstance(value, bool):
        return field.label if value else ""
    choices = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
    return choices.get(value, value)


def beside(reader, shown):
    """Return the context of the column beside a journey: the buddy, the cohort with its faces, who manages."""
    journey = shown.journey
    faces, members = queries.faces_of(reader, journey.cohort)
    return {
        "buddy": journey.buddy,
        "asked": queries.standing_request(reader, journey) if rules.can_ask_buddy(reader, journey) else None,
        "faces": faces,
        "member_count": members,
        "managers": queries.managers_of(journey),
        "may_ask_buddy": rules.can_ask_buddy(reader, journey),
        "may_end_buddy": rules.can_end_buddy(reader, journey),
        "may_thank": rules.can_thank(reader, journey),
        "may_steer": rules.can_steer(reader, journey),
        "may_note": rules.can_note(reader, journey),
        "may_export": rules.can_export(reader, journey),
        "is_newcomer": Actor.NEWCOMER in shown.actors,
        "is_hr": Actor.HR in shown.actors,
    }
