from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.enums import Role
from rse.core.models import Person
from rse.core.people.services.refusals import EditedMeanwhile
from rse.core.web.pagination import page_of
from rse.governance.decorators import seen_only_if_logged
from rse.governance.enums import Purpose
from rse.governance.services.access_log import log_access

from .. import queries, rules
from ..enums import WishVisibility
from ..forms import WishForm
from ..models import Wish
from ..services import being

PURPOSES = {Role.HR: Purpose.CAREER, Role.HR_SUCCESSION: Purpose.SUCCESSION, Role.RECRUITER: Purpose.SEARCH_OF_SKILLS}


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    """Render and save one's wish, with who will see it; when another window saved meanwhile, show both versions."""
    wish = Wish.objects.visible_to(request.user).filter(person=request.user).first()
    form = WishForm(request.POST or None, about=request.user, initial=_values(wish) | {"version": wish.version if wish else 0})
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            being.save_wish(person=request.user, version=version, **values)
        except EditedMeanwhile as meanwhile:
            return _both_versions(request, form, meanwhile.current)
        messages.success(request, _("Your wish is saved."))
        return redirect("wishes:mine")
    return _page(request, form, wish, status=422 if form.is_bound else 200)


def _values(wish):
    if wish is None:
        return {"horizon": "open", "visibility": WishVisibility.ME}
    return {name: getattr(wish, name) for name in being.WRITTEN}


def _page(request, form, wish, *, status, differences=None):
    context = {
        "form": form,
        "wish": wish,
        "differences": differences,
        "reader_count": queries.would_read_wish(request.user).count(),
        "is_line_apart": Person.objects.visible_to(request.user).above(request.user).exists(),
    }
    return render(request, "talent/wish_mine.html", context, status=status)


def _both_versions(request, form, current):
    """What stands now beside what was typed; the form may be sent again over it."""
    theirs = _values(current)
    differences = [
        {
            "label": form.fields[name].label,
            "mine": _said(form, name, form.cleaned_data[name]),
            "theirs": _said(form, name, theirs.get(name)),
        }
        for name in being.WRITTEN
        if form.cleaned_data[name] != theirs.get(name)
    ]
    data = request.POST.copy()
    data["version"] = current.version if current else 0
    return _page(request, WishForm(data, about=request.user), current, status=409, differences=differences)


def _said(form, name, value):
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return dict(getattr(form.fields[name], "choices", ())).get(value, value) if name in ("horizon", "visibility") else value


@require_POST
def remove(request):
    being.remove_wish(person=request.user)
    messages.success(request, _("Your wish is erased."))
    return redirect("wishes:mine")


@require_safe
@seen_only_if_logged
def wish_list(request):
    """Render the wishes that people share with HR, each cut for this reader; each opening is logged for the person whose wish it is."""
    if not rules.can_list_wishes(request.user):
        raise PermissionDenied
    page = page_of(queries.wishes_to_read(request.user), request, order=("public_id",), size=20)
    function = next(role for role in PURPOSES if request.user.holds(role))
    log_access(
        reader=request.user,
        opened={("wish", wish.pk): [wish.person_id] for wish in page.rows},
        purpose=PURPOSES[function],
        function=function,
    )
    return render(request, "talent/wish_list.html", {"page": page, "wishes": queries.fields_of_wish(request.user, page.rows)})
