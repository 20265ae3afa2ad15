"""Goals, sessions and notes: the same few acts for each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.days import date_format
from rse.core.people.handles import held
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import limited

from .. import encryption, queries, rules
from ..decorators import of_a_pair
from ..forms import GoalForm, NoteEditForm, NoteForm, SessionForm
from ..models import Goal, Note, Session
from ..page_context import pair_page
from ..services import writing

MODELS = {"goals": Goal, "sessions": Session, "notes": Note}
NEW = {"goals": GoalForm, "sessions": SessionForm, "notes": NoteForm}
EDITED = {"goals": GoalForm, "sessions": SessionForm, "notes": NoteEditForm}
PREFIXES = {"goals": "id_goal_%s", "sessions": "id_session_%s", "notes": "id_note_%s"}
WRITE: dict[str, Callable[..., Any]] = {"goals": writing.write_goal, "sessions": writing.plan_session, "notes": writing.write_note}


def _model(what):
    if what not in MODELS:
        raise Http404
    return MODELS[what]


def _piece(request, pair, what, piece_id):
    piece = queries.piece_in(request.user, pair, _model(what), piece_id)
    if piece is None:
        raise Http404
    return piece


def _unreadable(form):
    form.add_error(
        None, _("The key of this pair cannot be opened on this server, so nothing was written. Keep your text, and tell the operators.")
    )


@require_POST
@of_a_pair
@limited("write_in_pair", per_minute=30)
def add(request, pair, what):
    """Write a goal, a session or a note."""
    _model(what)
    if not rules.can_write_in(request.user, pair):
        raise PermissionDenied
    form = NEW[what](request.POST, auto_id=PREFIXES[what], is_new=True)
    if form.is_valid():
        said = form.cleaned_data
        try:
            WRITE[what](author=request.user, pair=pair, **said)
        except encryption.CannotOpen:
            _unreadable(form)
        else:
            return redirect(f"{pair.get_absolute_url()}#{'mine' if said.get('kind') == 'mine' else what}")
    return render(request, "mentoring/pair.html", pair_page(request.user, pair, **{what: form}), status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_pair
@limited("write_in_pair", per_minute=60)
def edit(request, pair, what, piece_id):
    """Edit a piece of the pair; when another window saved meanwhile, show both versions."""
    piece = _piece(request, pair, what, piece_id)
    if not rules.can_write_in(request.user, pair) or (what == "notes" and not rules.can_change_note(request.user, piece)):
        raise PermissionDenied
    words = queries.read_words(queries.opened_key(pair.key), piece)
    form = EDITED[what](request.POST or None, initial=_said_of(piece, words))
    context = {"pair": pair, "piece": piece, "what": what, "form": form, "is_unreadable": words is None}
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            writing.rewrite(actor=request.user, piece=piece, version=said.pop("version"), **said)
        except encryption.CannotOpen:
            _unreadable(form)
        except EditedMeanwhile as meanwhile:
            if meanwhile.current is None:
                messages.info(request, _("It was erased meanwhile."))
                return redirect(pair)
            now = queries.read_words(queries.opened_key(pair.key), meanwhile.current)
            theirs = _said_of(meanwhile.current, now)
            return conflicts.answer(request, "mentoring/piece_edit.html", context, form=form, theirs=theirs)
        else:
            messages.success(request, _("Saved."))
            return redirect(pair)
    return render(request, "mentoring/piece_edit.html", context, status=422 if form.is_bound else 200)


def _said_of(piece, words):
    return {"words": words, "on": getattr(piece, "on", None), "version": piece.version}


@require_POST
@of_a_pair
def erase(request, pair, what, piece_id):
    """Erase a goal or a session of both, or one's own note."""
    writing.erase(actor=request.user, piece=_piece(request, pair, what, piece_id))
    messages.success(request, _("Erased."))
    return redirect(pair)


@require_POST
@of_a_pair
def tick(request, pair, piece_id):
    """Mark a goal as reached, or as not reached after all."""
    writing.tick_goal(actor=request.user, goal=_piece(request, pair, "goals", piece_id), is_done=request.POST.get("done") == "1")
    return redirect(f"{pair.get_absolute_url()}#goals")


@require_safe
@of_a_pair
def download(request, pair, what, piece_id):
    """Return one's own note as a text file, for its author alone."""
    note = _piece(request, pair, what, piece_id)
    if not rules.can_change_note(request.user, note):
        raise PermissionDenied
    words = queries.read_words(queries.opened_key(pair.key), note)
    if words is None:
        messages.error(request, _("This text cannot be read with the keys of this server."))
        return redirect(pair)
    head = date_format(note.written_at, "j F Y")
    response = HttpResponse(f"{head}\n\n{held(words)}\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="note.txt"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
