"""The page of the company: its name, its logo and its colour, changed by administrators and shown to everybody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...access import rules
from ...ops.company import describe_company, file_of, keep_logo, remove_logo
from ...ops.installation import installation
from ...pictures.drawing import BadPicture
from ...versions import EditedMeanwhile
from .. import conflicts
from ..forms import CompanyForm, LogoForm
from ..limits import count
from ..stepup import needs_step_up
from ..uploads import takes_pictures
from .pictures import picture_response
from .responses import led_to

KEPT = "public, max-age=31536000, immutable"  # an address is of one logo for good, and everybody may see it


def _allow(request):
    if not rules.can_describe_company(request.user):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def company_edit(request):
    """Edit the name and the colour."""
    _allow(request)
    form = CompanyForm(request.POST or None, initial=_initial(installation()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            describe_company(by=request.user, name=said["name"], accent=said["accent"], version=said["version"])
        except EditedMeanwhile as meanwhile:
            theirs = _initial(meanwhile.current)
            return conflicts.answer(request, "core/company.html", _context(form, LogoForm()), form=form, theirs=theirs)
        messages.success(request, _("Kept: every page shows it from now on."))
        return redirect("company:edit")
    return render(request, "core/company.html", _context(form, LogoForm()), status=422 if form.is_bound else 200)


@takes_pictures
@require_POST
@needs_step_up()
def logo_keep(request):
    """Keep another logo, drawn anew."""
    _allow(request)
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        count("logo", request.user.pk, per_minute=10, per_day=40)
        try:
            keep_logo(by=request.user, file=form.cleaned_data["file"])
        except BadPicture as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("The logo is kept: it stands on every page from now on."))
            return led_to(request, "company:edit")
    return render(request, "core/company.html", _context(CompanyForm(initial=_initial(installation())), form), status=422)


@require_POST
@needs_step_up()
def logo_remove(request):
    """Remove the logo."""
    remove_logo(by=request.user)
    messages.success(request, _("The logo is removed: the mark of Maillage stands there again."))
    return redirect("company:edit")


@login_not_required
@require_safe
def logo(request, logo):
    """Serve the logo of that name to anybody: it stands on the page of signing in."""
    if logo != installation().logo:
        raise Http404
    return picture_response(request, file_of(logo), caching=KEPT)


def _initial(row):
    return {"name": row.company, "accent": row.accent, "version": row.version}


def _context(form, logo_form):
    return {"form": form, "logo_form": logo_form}
