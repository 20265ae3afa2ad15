"""The profile of files with the same headers: looked at, named, edited, forgotten."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rse.core.access.readers import get_visible_or_404
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.stepup import needs_step_up

from .. import rules
from ..forms import ProfileForm
from ..models import ImportMapping
from ..services.profiles import NameTaken, forget_profile, save_profile


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def profile_edit(request, public_id):
    """Render a profile with its columns, and save or forget it."""
    if not rules.can_import_people(request.user):
        raise PermissionDenied
    profile = get_visible_or_404(ImportMapping, request.user, public_id=public_id)
    if request.method == "POST" and request.POST.get("do") == "forget":
        forget_profile(actor=request.user, profile=profile)
        messages.success(request, _("The profile is forgotten: the next such file is read as any other."))
        return redirect("imports:list")
    form = ProfileForm(request.POST or None, profile=profile)
    context = {"profile": profile, "form": form}
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        said = {"version": cleaned["version"], "name": cleaned["its_name"], "kind": cleaned["kind"], "columns": form.said()}
        try:
            save_profile(actor=request.user, profile=profile, **said)
        except EditedMeanwhile as meanwhile:
            theirs = {"its_name": meanwhile.current.name, "kind": meanwhile.current.kind, "version": meanwhile.current.version}
            return conflicts.answer(request, "hris/profile.html", context, form=form, theirs=theirs)
        except NameTaken:
            form.add_error("its_name", _("Another profile has this name."))
        else:
            messages.success(request, _("The profile is saved."))
            return redirect("imports:list")
    return render(request, "hris/profile.html", context, status=422 if form.is_bound else 200)
