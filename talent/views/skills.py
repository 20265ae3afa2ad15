from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.models import Person
from rse.core.web.limits import limited
from rse.core.web.listing import listing_of
from rse.core.web.views.responses import is_swap, swapped

from .. import queries, rules, slot_blocks
from ..forms import DeclareForm, MergeForm, NewSkillForm, OwnSkillsForm, ReferenceForm
from ..models import Confirmation
from ..services import skills

ON_A_PAGE, FEW = 20, 8  # so few rows are found by looking at them


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    """Render and save the skills one declares; confirmations and evidence come from elsewhere and stand beside them."""
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            skills.declare_skill(person=request.user, **form.cleaned_data)
        except skills.TooManySkills:
            form.add_error("skill", _("Forty skills are declared already. Take one away first."))
        else:
            messages.success(request, _("Your skill is saved."))
            return redirect("skills:mine")
    asked = OwnSkillsForm(request.GET)
    rows = queries.skills_for(request.user, request.user, queries.lines_for(request.user, request.user))
    listing = listing_of(request, queries.narrowed_skills(rows, **asked.asked()), form=asked, size=ON_A_PAGE)
    if is_swap(request):
        return render(request, "talent/_skills_mine.html", {"listing": listing})
    is_long = len(rows) > FEW or bool(listing.told)
    context = {"form": form, "listing": listing, "is_long": is_long, "subject": request.user, "options": []}
    return render(request, "talent/skills_mine.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request, code):
    if skill := queries.skill_coded(code):
        skills.undeclare_skill(person=request.user, skill=skill)
        return redirect("skills:mine")
    raise Http404


@require_safe
@limited("autocomplete", per_minute=120)
def find(request):
    """Render up to ten skills for what is being typed, as the options of the field."""
    text = next((value for value in request.GET.values() if value), "")
    return render(request, "talent/_skill_options.html", {"options": queries.find_skills(text[:80])})


@require_POST
def confirm(request, handle, code):
    """Confirm a skill of a colleague one worked with."""
    subject, skill = get_visible_or_404(Person, request.user, handle=handle), queries.skill_coded(code)
    if skill is None:
        raise Http404
    skills.confirm_skill(by=request.user, person=subject, skill=skill)
    return _after(request, subject, skill, _("Thank you: your confirmation is shown, and they are told."))


@require_POST
def withdraw(request, public_id):
    confirmation = get_visible_or_404(Confirmation, request.user, public_id=public_id)
    skills.withdraw_confirmation(person=request.user, confirmation=confirmation)
    return _after(
        request, get_visible_or_404(Person, request.user, pk=confirmation.person_id), confirmation.skill, _("The confirmation is gone.")
    )


def _after(request, subject, skill, said):
    if is_swap(request):
        answer = render(request, "talent/_doing.html", slot_blocks.doing_side(request.user, subject))
        return swapped(answer, said=said, focus=f"skill-{skill.code}")
    messages.success(request, said)
    return redirect(subject)


@require_http_methods(["GET", "HEAD", "POST"])
def skill_list(request):
    """Render the reference table, for HR: add an entry, merge two."""
    if not rules.can_curate_skills(request.user):
        raise PermissionDenied
    form = NewSkillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            skills.add_skill(actor=request.user, **form.cleaned_data)
        except skills.SkillExists as existing:
            name = existing.skill.label if existing.skill else ""
            form.add_error("label_fr", _("This skill exists already: %(name)s.") % {"name": name})
        else:
            messages.success(request, _("The skill is in the list."))
            return redirect("skills:list")
    return _table(request, form, MergeForm())


@require_POST
def merge(request):
    if not rules.can_curate_skills(request.user):
        raise PermissionDenied
    form = MergeForm(request.POST)
    if form.is_valid():
        try:
            skills.merge_skills(actor=request.user, **form.cleaned_data)
        except skills.CannotMerge:
            form.add_error("into", _("These two are one already."))
        else:
            messages.success(request, _("Both are one now; the old name leads to the new one."))
            return redirect("skills:list")
    return _table(request, NewSkillForm(), form)


@require_POST
def starter(request):
    """Load the list that comes with the product; what stands in the table already stays as it is."""
    skills.load_starter_skills(actor=request.user)
    messages.success(request, _("The list is ready. Change it as you like."))
    return redirect("skills:list")


@require_POST
def restore(request, code):
    if not rules.can_curate_skills(request.user):
        raise PermissionDenied
    skill = queries.reference_table(is_merged=True).filter(code=code).first()
    if skill is None:
        raise Http404
    skills.restore_skill(actor=request.user, skill=skill)
    return redirect("skills:list")


def _table(request, form, merge_form):
    asked = ReferenceForm(request.GET)
    listing = listing_of(
        request,
        queries.reference_table(**asked.asked()),
        form=asked,
        size=ON_A_PAGE,
        path=reverse("skills:list") if request.method == "POST" else "",
    )
    if is_swap(request):
        return render(request, "talent/_reference_table.html", {"listing": listing})
    status = 422 if form.is_bound or merge_form.is_bound else 200
    return render(
        request, "talent/skill_list.html", {"form": form, "merge_form": merge_form, "listing": listing, "options": []}, status=status
    )
