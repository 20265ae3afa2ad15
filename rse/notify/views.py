from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from rse.core.web.pagination import page_of
from rse.core.web.sealing import seal, unseal
from rse.core.web.views.responses import is_swap

from . import slot_blocks
from .forms import OpenedForm, SeenForm
from .models import Notification
from .queries import lines_for, position_of
from .services import open_notices, see_notices

NEWEST = "newest notice"


@require_safe
def notice_list(request):
    """Render the notices that named this person in the last ninety days, newest first: only those whose subject they may still read."""
    page = page_of(Notification.objects.visible_to(request.user), request, order=("-pk",), size=30)
    lines = lines_for(request.user, page.rows, seen=position_of(request.user))
    context = {"page": page, "lines": lines, "has_new": any(line.is_new for line in lines), "newest": _newest(request.user, page.rows)}
    return render(request, "notify/_notices.html" if is_swap(request) else "notify/notice_list.html", context)


def _newest(person, notices):
    """Return the place of the newest notice, sealed: keys of notices count those of everybody."""
    return seal([notices[0].pk], reader=person, place=NEWEST) if notices else ""


@require_safe
def badge(request):
    """Render the bell, as it stands now."""
    return _bell(request)


@require_POST
def seen(request):
    """Mark as seen every notice up to the newest line of the page that was looked at."""
    form = SeenForm(request.POST)
    if form.is_valid() and (newest := unseal(form.cleaned_data["newest"], reader=request.user, place=NEWEST)):
        see_notices(person=request.user, position=newest[0])
    return redirect("notices:list")


@require_POST
def opened(request):
    """Mark as opened the notices that lead to the page that says so, and render the bell as it stands then."""
    form = OpenedForm(request.POST)
    if form.is_valid() and (ids := unseal(form.cleaned_data["opened"], reader=request.user, place=slot_blocks.OPENED)):
        open_notices(person=request.user, ids=ids)
    return _bell(request)


def _bell(request):
    return render(request, "notify/_bell.html", slot_blocks.bell(request.user, {}))
