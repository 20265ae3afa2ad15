"""A journey, as each of those who take part in it sees it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core import clock
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import limited
from rse.core.web.views.responses import is_swap, swapped

from .. import queries, rules, visible_fields
from ..dates import week_of
from ..decorators import of_a_journey
from ..enums import StepKind
from ..forms import ThanksForm, WriteForm
from ..page_context import beside
from ..services import buddies, steps

ANY_FORM = ["GET", "HEAD", "POST"]


@require_safe
def mine(request):
    """Render one's own journey: what is next, what is done, with whom."""
    journey = queries.journey_of(request.user)
    if journey is None:
        return render(request, "onboarding/journey_none.html")
    return _page(request, journey)


@of_a_journey
@require_safe
def detail(request, journey):
    """Render a journey for whoever may open it, cut for them."""
    if journey.newcomer_id == request.user.pk and not is_swap(request):
        return redirect("journeys:mine")
    return _page(request, journey)


def _page(request, journey):
    shown = visible_fields.fields_for(request.user, journey)
    context = {"journey": journey, "shown": shown} | beside(request.user, shown)
    if is_swap(request):
        return render(request, "onboarding/_steps.html", context)
    today = clock.today(journey.newcomer.time_zone.key)
    weeks = max([step.week for step in shown.steps], default=0)
    context |= {"week": week_of(journey.starts_on, today), "weeks": weeks, "has_begun": journey.starts_on <= today}
    return render(request, "onboarding/journey_detail.html", context)


@require_safe
def followed(request):
    """Render the journeys that one accompanies, as direct manager or as buddy."""
    journeys = queries.followed_by(request.user)
    managed = queries.managed_by(request.user, journeys)
    context = {
        "managed": [one for one in journeys if one.newcomer_id in managed],
        "welcomed": [one for one in journeys if one.newcomer_id not in managed],
        "requests": queries.requests_to(request.user),
        "steps": queries.waiting_steps(request.user),
    }
    return render(request, "onboarding/followed.html", context)


@of_a_journey
@require_POST
@limited("journey_steps", per_minute=120)
def tick(request, journey, position):
    """Mark one's own step as done, or as not done after all."""
    try:
        steps.tick_step(actor=request.user, journey=journey, position=position, is_done=request.POST.get("done") == "1")
    except steps.NoSuchStep as absent:
        raise Http404 from absent
    if is_swap(request):
        answer = _page(request, queries.opened_journeys(request.user).get(pk=journey.pk))
        said = _("The step is done.") if request.POST.get("done") == "1" else _("The step is open again.")
        return swapped(answer, said=said, focus=f"step-{position}")
    return redirect(_back(request, journey))


def _back(request, journey):
    return "journeys:mine" if request.user.pk == journey.newcomer_id else journey.get_absolute_url()


@of_a_journey
@require_http_methods(ANY_FORM)
def write(request, journey, position):
    """Save what the newcomer writes for a step; when another window saved meanwhile, show both versions."""
    step = queries.step_at(journey, position)
    if request.user.pk != journey.newcomer_id:
        raise PermissionDenied
    if step is None or step.template_step.kind != StepKind.WRITE:
        raise Http404
    if not rules.can_write_words(request.user, journey):
        raise PermissionDenied
    form = WriteForm(request.POST or None, initial=_written(step))
    context = {"journey": journey, "step": step, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            steps.write_words(newcomer=request.user, journey=journey, position=position, **form.cleaned_data)
        except EditedMeanwhile as meanwhile:
            return conflicts.answer(request, "onboarding/step_write.html", context, form=form, theirs=_written(meanwhile.current))
        messages.success(request, _("Saved: you and HR read it, nobody else."))
        return redirect("journeys:mine")
    return render(request, "onboarding/step_write.html", context, status=422 if form.is_bound else 200)


def _written(step):
    return {"words": step.words, "version": step.version}


@of_a_journey
@require_POST
def erase(request, journey, position):
    """Erase what one wrote for a step."""
    try:
        steps.erase_words(newcomer=request.user, journey=journey, position=position)
    except steps.NoSuchStep as absent:
        raise Http404 from absent
    messages.success(request, _("What you wrote is erased, for everybody."))
    return redirect("journeys:mine")


@of_a_journey
@require_http_methods(ANY_FORM)
def thank(request, journey):
    """Confirm the welcome of one's buddy, with a sentence."""
    if not rules.can_thank(request.user, journey):
        raise PermissionDenied
    said = queries.thanks_of(journey)
    form = ThanksForm(request.POST or None, about=journey.buddy, initial={"sentence": said.thanks if said else ""})
    if request.method == "POST" and form.is_valid():
        try:
            buddies.thank_buddy(newcomer=request.user, journey=journey, sentence=form.cleaned_data["sentence"])
        except buddies.NoSentence as wrong:
            form.add_error("sentence", str(wrong.sentence))
        else:
            messages.success(request, _("Thank you: it is proposed to your buddy, who keeps it among their contributions or not."))
            return redirect("journeys:mine")
    return render(
        request,
        "onboarding/thank.html",
        {"journey": journey, "form": form, "has_said": bool(said)},
        status=422 if form.is_bound else 200,
    )


@of_a_journey
@require_POST
def unthank(request, journey):
    """Withdraw the confirmation."""
    buddies.withdraw_thanks(newcomer=request.user, journey=journey)
    messages.success(request, _("It is taken back, with the contribution that stood on it."))
    return redirect("journeys:mine")


@of_a_journey
@require_safe
@limited("journey_exports", per_day=20)
def export(request, journey):
    """Return the journey as a JSON file, for the newcomer and for HR."""
    if not rules.can_export(request.user, journey):
        raise PermissionDenied
    answer = JsonResponse(visible_fields.exported(request.user, journey), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="journey.json"'
    return answer
