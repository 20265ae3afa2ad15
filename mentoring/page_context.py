"""What the pages of this room are filled with."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import queries, rules
from .enums import NoteKind
from .forms import ConfirmForm, FindForm, GoalForm, NoteForm, OfferForm, SealCodeForm, SessionForm
from .queries import Order

PAGE = 20


def tabs(person, current):
    """The sides of mentoring for one person."""
    sides = (
        ("find", _("Find a mentor"), None),
        ("my_offer", _("My offer"), None),
        ("my_pairs", _("My pairs"), queries.waiting_count(person)),
    )
    return [
        {"label": label, "url": reverse(f"mentoring:{name}"), "is_current": name == current, "count": count} for name, label, count in sides
    ]


def find_page(reader, asked):
    """Offers, narrowed and ordered as ``asked``; whatever makes no sense there is left aside."""
    form = FindForm(asked, skills=queries.offered_skills(reader))
    said = form.cleaned_data if form.is_valid() else {}
    skill, order = said.get("skill"), Order(said.get("order") or Order.NAME)
    found = queries.find_offers(reader, skill=skill, order=order)
    number = max(int(asked.get("page", "1")), 1) if asked.get("page", "1").isdecimal() and len(asked.get("page", "1")) < 4 else 1
    start = (number - 1) * PAGE
    return {
        "form": form,
        "skill": skill,
        "found": found[start : start + PAGE],
        "newer_url": _page_url(asked, number - 1) if number > 1 else "",
        "older_url": _page_url(asked, number + 1) if len(found) > start + PAGE else "",
        "tabs": tabs(reader, "find"),
    }


def _page_url(asked, number):
    query = asked.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


def offer_said(offer):
    """What the form of an offer begins with."""
    if offer is None:
        return {"capacity": 1, "version": 0}
    skills = {f"skill_{place}": skill.label for place, skill in enumerate(queries.skills_of_offer(offer), start=1)}
    return skills | {"text": offer.text, "capacity": offer.capacity, "languages": offer.languages, "version": offer.version}


def offer_conflict(form, current, data, spoken):
    """What stands now beside what was typed, and a form that may be sent again over it; ``current`` is None where the offer is gone."""
    theirs = offer_said(current)
    again = data.copy()
    again["version"] = theirs["version"]
    differences = []
    for name, field in form.fields.items():
        mine, other = _spoken(field, form.cleaned_data.get(name)), _spoken(field, theirs.get(name))
        if name != "version" and mine != other:
            differences.append({"label": field.label, "mine": mine, "theirs": other})
    return {"form": OfferForm(again, spoken=spoken), "differences": differences}


def _spoken(field, value):
    """How a value of a form is said beside another."""
    if value is None or value in ("", []):
        return ""
    choices = dict(getattr(field, "choices", None) or ())
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if hasattr(value, "year"):
        return date_format(value, "j F Y")
    return str(choices.get(value, value))


def piece_conflict(form_class, form, current, words, data):
    """As ``offer_conflict``, for a goal, a session or a note whose words are now ``words``."""
    again = data.copy()
    again["version"] = current.version
    theirs = {"words": words, "on": getattr(current, "on", None)}
    differences = [
        {"label": field.label, "mine": _spoken(field, form.cleaned_data[name]), "theirs": _spoken(field, theirs[name])}
        for name, field in form.fields.items()
        if name != "version" and _spoken(field, form.cleaned_data[name]) != _spoken(field, theirs[name])
    ]
    return {"form": form_class(again), "differences": differences}


def pair_page(reader, pair, **forms):
    """A pair for one of its two; a form that could not be taken keeps what was typed."""
    pieces = queries.pieces_of(reader, pair)
    may_write = rules.can_write_in(reader, pair)
    is_mentee = reader.pk == pair.mentee_id
    offer = queries.offer_of_other(reader, pair.mentor) if is_mentee else None
    skills = queries.skills_of_offer(offer) if offer else ()
    return {
        "pair": pair,
        "other": pair.other_than(reader),
        "is_mentee": is_mentee,
        "may_write": may_write,
        "may_end": rules.can_end(reader, pair),
        "may_confirm": rules.can_confirm_help(reader, pair),
        "confirmation": queries.help_confirmed(pair, reader) if is_mentee else None,
        "message": queries.read_words(queries.opened_key(pair.key), pair.request) if pair.request and pair.is_running else None,
        "is_unreadable": any(one["words"] is None for rows in pieces.values() for one in rows),
        "goal_form": forms.get("goals") or GoalForm(auto_id="id_goal_%s", is_new=True),
        "session_form": forms.get("sessions") or SessionForm(auto_id="id_session_%s", is_new=True),
        "note_form": forms.get("notes") or NoteForm(auto_id="id_note_%s", initial={"kind": NoteKind.MINE}, is_new=True),
        "confirm_form": forms.get("confirm") or ConfirmForm(skills=skills),
        "open_form": next(iter(forms), ""),
        **pieces,
    }


def sealed_page(seal, *, form=None):
    """Return what the page about a seal is filled with."""
    return {
        "seal": seal,
        "has_factor": bool(seal.kept),
        "opens_from": queries.opens_from(seal),
        "form": form or SealCodeForm(),
    }
