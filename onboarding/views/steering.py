"""What HR does with a journey: begin one by hand, note, shift, pause, archive; and what is late."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.pagination import page_of

from .. import queries, rules
from ..decorators import of_a_journey
from ..enums import Actor
from ..forms import CreateForm, NoteForm, ShiftForm
from ..services import journeys

ANY_FORM = ["GET", "HEAD", "POST"]
ON_A_PAGE = 30


def of_hr(view):
    """Let the view run for those who hold HR over something; those who are only expected find nothing here."""

    @wraps(view)
    def door(request, *args, **kwargs):
        if not request.user.is_present:
            raise Http404
        if not rules.can_see_cohorts(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return door


@of_hr
@require_safe
def journey_list(request):
    """Render the journeys that HR follows, narrowed as the figures that lead here."""
    show = request.GET.get("show", "")
    rows = queries.hr_journeys(request.user, show).with_progress(private=True)
    page = page_of(rows, request, order=("-starts_on", "-pk"), size=ON_A_PAGE)
    return render(request, "onboarding/journey_list.html", {"page": page, "show": show})


@of_hr
@require_safe
def late(request):
    """Render the steps past their date, by who does them, without what anybody wrote."""
    actor = request.GET.get("actor", "")
    rows = queries.late_steps(request.user)
    if actor in Actor.values:
        rows = rows.filter(actor=actor)
    counts = queries.late_by_actor(request.user)
    tabs = [{"value": "", "label": _("All"), "count": sum(counts.values())}]
    tabs += [{"value": one.value, "label": one.label, "count": counts[one.value]} for one in Actor]
    page = page_of(rows, request, order=("due_on", "pk"), size=ON_A_PAGE)
    return render(request, "onboarding/late_steps.html", {"page": page, "actor": actor, "filters": tabs})


@of_hr
@require_http_methods(ANY_FORM)
def create(request):
    """Create a journey for somebody whom no cohort took in."""
    form = CreateForm(request.POST or None, reader=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            journey = journeys.create_journey(actor=request.user, newcomer=person, starts_on=form.cleaned_data["starts_on"])
        except PermissionDenied:
            form.add_error("person", _("You are not HR of this person."))
        except journeys.NoFirstDay:
            form.add_error("starts_on", _("The file of HR says no first day: give one here."))
        except journeys.AlreadyRunning as running:
            messages.info(request, _("This person has a journey already: here it is."))
            return redirect(running.journey)
        else:
            messages.success(request, _("The journey has begun."))
            return redirect(journey)
    return render(request, "onboarding/journey_create.html", {"form": form}, status=422 if form.is_bound else 200)


@of_a_journey
@require_http_methods(ANY_FORM)
def note(request, journey):
    """Save the note of HR; when somebody else saved meanwhile, show both versions."""
    if not rules.can_note(request.user, journey):
        raise PermissionDenied
    form = NoteForm(request.POST or None, about=journey.newcomer, initial=_noted(journey))
    context = {"journey": journey, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            journeys.save_note(actor=request.user, journey=journey, **form.cleaned_data)
        except EditedMeanwhile as meanwhile:
            return conflicts.answer(request, "onboarding/note.html", context, form=form, theirs=_noted(meanwhile.current))
        messages.success(request, _("Saved."))
        return redirect(journey)
    return render(request, "onboarding/note.html", context, status=422 if form.is_bound else 200)


def _noted(journey):
    return {"note": journey.hr_note, "version": journey.note_version}


@of_a_journey
@require_http_methods(ANY_FORM)
def shift(request, journey):
    """Compute the days of a journey from another first day."""
    if not rules.can_steer(request.user, journey):
        raise PermissionDenied
    form = ShiftForm(request.POST or None, initial={"starts_on": journey.starts_on})
    if request.method == "POST" and form.is_valid():
        journeys.shift_journey(actor=request.user, journey=journey, **form.cleaned_data)
        messages.success(request, _("The dates are counted again."))
        return redirect(journey)
    return render(request, "onboarding/shift.html", {"journey": journey, "form": form}, status=422 if form.is_bound else 200)


@of_a_journey
@require_POST
def pause(request, journey):
    """Pause a journey, or resume it."""
    if request.POST.get("go_on") == "1":
        journeys.resume_journey(actor=request.user, journey=journey)
        messages.success(request, _("It goes on: what is not done is due as much later as it stood still."))
    else:
        journeys.pause_journey(actor=request.user, journey=journey)
        messages.success(request, _("It is paused: nothing is due until it goes on."))
    return redirect(journey)


@of_a_journey
@require_http_methods(ANY_FORM)
def archive(request, journey):
    """Archive a journey, after a page that asks once."""
    if not rules.follows_as_hr(request.user, journey):
        raise PermissionDenied
    if request.method == "POST":
        journeys.archive_journey(actor=request.user, journey=journey)
        messages.success(request, _("The journey is archived."))
        return redirect(journey)
    return render(request, "onboarding/archive.html", {"journey": journey})
