"""The journey that newcomers follow: read by HR, drafted and published by HR of the whole company."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.conflicts import VersionForm

from .. import queries, rules, visible_fields
from ..forms import StepForm
from ..services import templates

ANY_FORM = ["GET", "HEAD", "POST"]


def of_the_template(view):
    """Let the view run for those who edit the template; those who are only expected find nothing here."""

    @wraps(view)
    def door(request, *args, **kwargs):
        if not request.user.is_present:
            raise Http404
        if not rules.can_edit_template(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return door


def of_the_draft(view):
    """Pass the view the draft, or answer 404 without one."""

    @of_the_template
    @wraps(view)
    def door(request, **kwargs):
        draft = queries.draft_for(request.user)
        if draft is None:
            raise Http404
        return view(request, draft, **kwargs)

    return door


def of_a_step(view):
    @of_the_draft
    @wraps(view)
    def door(request, draft, public_id, **kwargs):
        step = draft.steps.select_related("of").filter(public_id=public_id).first()
        if step is None:
            raise Http404
        return view(request, draft, step, **kwargs)

    return door


@of_the_template
@require_safe
def detail(request):
    """Render the draft where there is one, the version in force, and those before it."""
    versions = list(queries.versions_for(request.user))
    draft = next((one for one in versions if one.is_draft), None)
    published = [one for one in versions if not one.is_draft]
    wanted = request.GET.get("version", "")
    shown = next((one for one in published if str(one.number) == wanted), None) or draft or (published[0] if published else None)
    return render(request, "onboarding/template.html", _context(request.user, draft, published, shown))


def _context(reader, draft, published, shown, *, has_changed=False):
    steps = visible_fields.template_steps_for(reader, shown) if shown else []
    return {"draft": draft, "published": published, "shown": shown, "steps": steps, "has_changed": has_changed}


@of_the_template
@require_POST
def start(request):
    """Create a draft from the version in force."""
    templates.start_draft(editor=request.user)
    return redirect("template:detail")


@of_the_draft
@require_POST
def discard(request, draft):
    templates.discard_draft(editor=request.user, draft=draft)
    messages.success(request, _("The draft is gone. What is published stays."))
    return redirect("template:detail")


@of_the_draft
@require_POST
def publish(request, draft):
    """Publish the draft; if somebody changed it since it was read, it is shown again first."""
    form = VersionForm(request.POST)
    read = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        templates.publish_draft(editor=request.user, draft=draft, version=read)
    except EditedMeanwhile:
        published = [one for one in queries.versions_for(request.user) if not one.is_draft]
        return render(request, "onboarding/template.html", _context(request.user, draft, published, draft, has_changed=True), status=409)
    except templates.NothingToPublish:
        messages.error(request, _("A journey needs at least one step of the newcomer."))
    else:
        messages.success(request, _("Published: journeys that begin from now on follow it. Those under way keep theirs."))
    return redirect("template:detail")


@of_the_draft
@require_http_methods(ANY_FORM)
def step_add(request, draft):
    """Add a step at the end of the draft."""
    form = StepForm(request.POST or None, reader=request.user, initial={"version": 0, "day": 1, "kind": "do", "actor": "newcomer"})
    if request.method == "POST" and form.is_valid():
        try:
            templates.add_step(editor=request.user, draft=draft, **_values(form))
        except templates.TooManySteps:
            form.add_error(None, _("Sixty steps are enough for one journey: take one away first."))
        else:
            return redirect("template:detail")
    context = {"form": form, "is_new": True, "step": None}
    return render(request, "onboarding/step_form.html", context, status=422 if form.is_bound else 200)


def _values(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _said_of(reader, step):
    """What the form of ``step`` says at first: its columns, with no community of which ``reader`` may not know."""
    said = {name: getattr(step, name) for name in (*templates.FIELDS, "version") if name != "community"}
    return said | {"community": next(iter(queries.communities_for(reader, [step.community_id]).values()), None)}


@of_a_step
@require_http_methods(ANY_FORM)
def step_edit(request, draft, step):
    """Edit a step of the draft; when somebody else saved it meanwhile, show both versions."""
    form = StepForm(request.POST or None, reader=request.user, initial=_said_of(request.user, step))
    context = {"form": form, "is_new": False, "step": step}
    if request.method == "POST" and form.is_valid():
        try:
            templates.edit_step(editor=request.user, step=step, version=form.cleaned_data["version"], **_values(form))
        except EditedMeanwhile as meanwhile:
            if meanwhile.current is None:
                messages.info(request, _("Somebody took this step out of the draft."))
                return redirect("template:detail")
            theirs = _said_of(request.user, meanwhile.current)
            return conflicts.answer(request, "onboarding/step_form.html", context, form=form, theirs=theirs)
        return redirect("template:detail")
    return render(request, "onboarding/step_form.html", context, status=422 if form.is_bound else 200)


@of_a_step
@require_POST
def step_remove(request, draft, step):
    templates.remove_step(editor=request.user, step=step)
    messages.success(request, _("The step is out of the draft."))
    return redirect("template:detail")


@of_a_step
@require_POST
def step_move(request, draft, step):
    templates.move_step(editor=request.user, step=step, is_up=request.POST.get("to") == "up")
    return redirect("template:detail")
