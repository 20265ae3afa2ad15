"""What the pages of this room are filled with."""

from django.urls import reverse
from django.utils.translation import gettext as _

from rse.core.web.listing import listing_of

from . import queries, rules
from .enums import MOST_SKILLS, NoteKind
from .forms import BY_NAME, ConfirmForm, FindForm, GoalForm, NoteForm, SealCodeForm, SessionForm

PAGE = 8


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


def find_page(request):
    """Return the context of the offers, narrowed and ordered as the address says.

    By the date of what a mentor did for others, only the first ``MOST_FOUND`` offers by name are compared, for each must be told first.
    """
    reader = request.user
    form = FindForm(request.GET, skills=queries.offered_skills(reader))
    offers, skill = queries.offers_to_find(reader, **form.asked()), form.asked().get("skill")
    if form.order == "latest":
        told = queries.tell_offers(reader, offers.order_by(*BY_NAME)[: queries.MOST_FOUND], skill=skill)
        listing = listing_of(request, told, form=form, size=PAGE)
        found = listing.rows
    else:
        listing = listing_of(request, offers, form=form, size=PAGE)
        found = queries.tell_offers(reader, listing.rows, skill=skill)
    return {"listing": listing, "found": found, "skill": skill, "tabs": tabs(reader, "find")}


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
