from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.limits import limited
from rse.core.web.pagination import page_of
from talent.queries import lines_for

from . import queries, rules, services
from .decorators import log_plans, of_a_plan, of_the_register
from .enums import Criticality, Readiness
from .forms import ActionForm, DecisionForm, FactsForm, FindForm, NameForm, PlanForm
from .page_context import facts_of, plan_page, register_page

ANY_FORM = ["GET", "HEAD", "POST"]


@of_the_register
@require_safe
def register(request):
    """List the key positions whose plan this reader may open, with their figures; each figure leads to exactly its lines."""
    show = request.GET.get("show", "")
    if show == "often":
        names = queries.named_often(request.user)
        log_plans(request.user, {one.plan for _person, rows in names for one in rows} or queries.register_of(request.user))
        return render(request, "succession/named_often.html", {"names": names})
    plans = queries.register_of(request.user)
    plans = {"covered": queries.covered, "empty": queries.empty}.get(show, lambda rows: rows)(plans)
    page = page_of(plans, request, order=("vacant_first", "pk"), size=30)
    log_plans(request.user, page.rows or queries.register_of(request.user))  # the figures are about all of them
    return render(request, "succession/register.html", register_page(request.user, page, show))


@of_the_register
@require_http_methods(ANY_FORM)
@limited("key_positions", per_minute=60)
def declare(request):
    """Find a position by its words, then say why it is a key one."""
    if not rules.can_declare_key_position(request.user):
        raise PermissionDenied
    log_plans(request.user, [])
    code = request.POST.get("position") or request.GET.get("position", "")
    position = queries.position_coded(code) if code else None
    if position is None:
        find = FindForm(request.GET)
        found = queries.positions_found(request.user, find.cleaned_data["q"]) if find.is_valid() else []
        return render(request, "succession/position_find.html", {"found": found, "q": request.GET.get("q", "")})
    form = FactsForm(request.POST or None, initial={"criticality": Criticality.MEDIUM})
    if request.method == "POST" and form.is_valid():
        try:
            plan = services.declare_key_position(actor=request.user, position=position, **form.cleaned_data)
        except services.AlreadyDeclared as declared:
            messages.info(request, _("This position is in the register already: here is its plan."))
            return redirect(declared.plan)
        except services.RegisterBusy:
            form.add_error(None, _("Others were writing in the register at this very moment. Send again."))
        else:
            return redirect(plan)
    context = {"form": form, "position": position, "holders": queries.holders_of([position.pk]).get(position.pk, [])}
    return render(request, "succession/position_form.html", context, status=422 if form.is_bound else 200)


@of_a_plan
@require_safe
def plan_detail(request, plan):
    """Render a plan: the position, the names with what this reader may open of each, the actions, and how many may read the plan."""
    return render(request, "succession/plan.html", plan_page(request.user, plan, order=request.GET.get("order")))


@of_a_plan
@require_http_methods(ANY_FORM)
def plan_edit(request, plan):
    """Edit the facts of the position and the next review; when another window saved meanwhile, both versions are shown with 409."""
    if not rules.can_edit_plan(request.user, plan):
        raise PermissionDenied
    form = PlanForm(request.POST or None, initial=facts_of(plan))
    context = {"plan": plan, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_plan(actor=request.user, plan=plan, **form.cleaned_data)
        except EditedMeanwhile as meanwhile:
            return conflicts.answer(request, "succession/plan_edit.html", context, form=form, theirs=facts_of(meanwhile.current))
        messages.success(request, _("Saved."))
        return redirect(plan)
    return render(request, "succession/plan_edit.html", context, status=422 if form.is_bound else 200)


@of_a_plan
@require_POST
def own(request, plan):
    services.take_ownership(actor=request.user, plan=plan)
    return redirect(plan)


@of_a_plan
@require_safe
@limited("names", per_minute=60)
def name_find(request, plan):
    """Find somebody in the directory, by name."""
    if not rules.can_edit_plan(request.user, plan):
        raise PermissionDenied
    find = FindForm(request.GET)
    found = queries.people_found(request.user, plan, find.cleaned_data["q"]) if find.is_valid() else []
    return render(request, "succession/name_find.html", {"plan": plan, "people": found, "q": request.GET.get("q", "")})


@of_a_plan
@require_http_methods(ANY_FORM)
def name_add(request, plan, handle):
    """Write the record of the decision to put a name in the plan."""
    person = get_visible_or_404(Person, request.user, handle=handle)
    if not rules.can_name(request.user, plan, person):
        raise PermissionDenied
    log_plans(request.user, [plan], beside=[person.pk])
    lines = lines_for(request.user, person)
    form = NameForm(request.POST or None, lines=lines, about=person)
    if request.method == "POST" and form.is_valid():
        values = _of_a_name(form)
        try:
            services.name_person(actor=request.user, plan=plan, person=person, **values)
        except services.AlreadyNamed:
            messages.info(request, _("This person is in the plan already."))
        except services.HoldsThePosition:
            messages.error(request, _("This person holds the position: nobody takes over from themselves."))
        return redirect(plan)
    context = {"plan": plan, "person": person, "form": form, "is_new": True}
    return render(request, "succession/name_form.html", context, status=422 if form.is_bound else 200)


def _of_a_name(form):
    said = form.cleaned_data
    return {name: said[name] for name in services.OF_A_NAME} | {"evidence_ids": form.evidence_ids()}


def _named(plan, handle):
    nomination = queries.name_in(plan, handle)
    if nomination is None:
        raise Http404
    return nomination


def _said_of(nomination):
    return {name: getattr(nomination, name) for name in (*services.OF_A_NAME, "version")} | {
        "evidence": [one.line.public_id for one in nomination.chosen.all()]
    }


@of_a_plan
@require_http_methods(ANY_FORM)
def name_edit(request, plan, handle):
    """Edit the record of a decision; when another window saved meanwhile, both versions are shown with 409."""
    nomination = _named(plan, handle)
    if not rules.can_edit_plan(request.user, plan):
        raise PermissionDenied
    lines = lines_for(request.user, nomination.person)
    form = NameForm(request.POST or None, lines=lines, about=nomination.person, initial=_said_of(nomination))
    context = {"plan": plan, "person": nomination.person, "form": form, "is_new": False}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.change_name(actor=request.user, nomination=nomination, version=version, **_of_a_name(form))
        except EditedMeanwhile as meanwhile:
            if meanwhile.current is None:
                messages.info(request, _("Somebody took this name out of the plan."))
                return redirect(plan)
            return conflicts.answer(request, "succession/name_form.html", context, form=form, theirs=_said_of(meanwhile.current))
        messages.success(request, _("Saved."))
        return redirect(plan)
    return render(request, "succession/name_form.html", context, status=422 if form.is_bound else 200)


@of_a_plan
@require_http_methods(ANY_FORM)
def name_remove(request, plan, handle):
    """Ask once, then remove the name with its actions and its record."""
    nomination = _named(plan, handle)
    if not rules.can_edit_plan(request.user, plan):
        raise PermissionDenied
    if request.method == "POST":
        services.remove_name(actor=request.user, nomination=nomination)
        messages.success(request, _("The name is out of the plan."))
        return redirect(plan)
    return render(request, "succession/name_remove.html", {"plan": plan, "nomination": nomination})


@of_a_plan
@require_http_methods(ANY_FORM)
def action_add(request, plan, handle):
    """Add something that lets a person get ready: a mission, mentoring, training, an interim."""
    nomination = _named(plan, handle)
    if not rules.can_edit_plan(request.user, plan):
        raise PermissionDenied
    form = ActionForm(request.POST or None, about=nomination.person)
    if request.method == "POST" and form.is_valid():
        services.add_action(actor=request.user, nomination=nomination, **form.cleaned_data)
        return redirect(plan)
    context = {"plan": plan, "nomination": nomination, "form": form}
    return render(request, "succession/action_form.html", context, status=422 if form.is_bound else 200)


def _action(plan, action_id):
    action = queries.action_in(plan, action_id)
    if action is None:
        raise Http404
    return action


@of_a_plan
@require_POST
def action_mark(request, plan, action_id):
    services.mark_action(actor=request.user, action=_action(plan, action_id), is_done=request.POST.get("done") == "1")
    return redirect(plan)


@of_a_plan
@require_POST
def action_remove(request, plan, action_id):
    services.remove_action(actor=request.user, action=_action(plan, action_id))
    return redirect(plan)


@of_a_plan
@require_http_methods(ANY_FORM)
def decide(request, plan):
    """Write what was decided, and freeze the plan; when another window saved meanwhile, both versions are shown with 409."""
    if not rules.can_decide_plan(request.user, plan):
        raise PermissionDenied
    form = DecisionForm(request.POST or None, initial={"version": plan.version})
    context = {"plan": plan, "form": form, "names": queries.names_of(request.user, plan), "readiness": Readiness}
    if request.method == "POST" and form.is_valid():
        try:
            services.decide_plan(actor=request.user, plan=plan, **form.cleaned_data)
        except EditedMeanwhile as meanwhile:
            now = {"decision": meanwhile.current.decision, "version": meanwhile.current.version}
            return conflicts.answer(request, "succession/decide.html", context, form=form, theirs=now)
        messages.success(request, _("The plan is decided, and frozen."))
        return redirect(plan)
    return render(request, "succession/decide.html", context, status=422 if form.is_bound else 200)


@of_a_plan
@require_POST
def again(request, plan):
    return redirect(services.start_cycle(actor=request.user, plan=plan))


@of_a_plan
@require_POST
def delete(request, plan):
    """Ask for the plan to be deleted; somebody else who prepares plans says yes here too."""
    if services.delete_plan(actor=request.user, plan=plan):
        messages.success(request, _("The plan is deleted."))
        return redirect("succession:register")
    messages.success(request, _("Somebody else who prepares plans must say yes before it is deleted."))
    return redirect(plan)


@of_a_plan
@require_POST
def keep(request, plan):
    services.keep_plan(actor=request.user, plan=plan)
    return redirect(plan)
