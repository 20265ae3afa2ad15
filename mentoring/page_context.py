"""What the pages of this room are filled with."""

from django.urls import reverse
from django.utils.translation import gettext as _

from . import queries, rules
from .enums import MOST_SKILLS, NoteKind
from .forms import ConfirmForm, FindForm, GoalForm, NoteForm, SealCodeForm, SessionForm
from .queries import Order

PAGE = 20


def tabs(person, current):
    """Return the tabs of mentoring for one person."""
    sides = (
        ("find", _("Find a mentor"), None),
        ("my_offer", _("My offer"), None),
        ("my_pairs", _("My pairs"), queries.waiting_count(person)),
    )
    return [
        {"label": label, "url": reverse(f"mentoring:{name}"), "is_current": name == current, "count": count} for name, label, count in sides
    ]


def find_page(reader, asked):
    """Return the context of the offers, narrowed and ordered as ``asked``; values that make no sense there are ignored."""
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
    """Return the initial values of the form of an offer."""
    skills = {f"skill_{place}": "" for place in range(1, MOST_SKILLS + 1)}
    if offer is None:
        return skills | {"text": "", "capacity": 1, "languages": [], "version": 0}
    skills |= {f"skill_{place}": skill.label for place, skill in enumerate(queries.skills_of_offer(offer), start=1)}
    return skills | {"text": offer.text, "capacity": offer.capacity, "languages": offer.languages, "version": offer.version}


def pair_page(reader, pair, **forms):
    """Return the context of a pair for one of its two; a form that could not be taken keeps what was typed."""
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
        "helps_from": rules.helps_from(pair),
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
