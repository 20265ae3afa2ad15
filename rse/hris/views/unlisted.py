"""People whom the files of HR do not name: the page on which HR says what became of them."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from rse.core.web.listing import chosen_of, listing_of
from rse.core.web.stepup import needs_step_up
from rse.core.web.views.responses import is_swap

from .. import rules
from ..forms import UnlistedForm, UnlistedListForm
from ..queries import unlisted_for, what_follows
from ..services.unlisted import Answered, NoSuchDay, NotThisOne, OwnLine, TakesTwo, say_left, say_still_here

ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@needs_step_up()
def unlisted_list(request):
    """List those whom no file names, of whom this reader may say what became of them, and store what they say."""
    if not rules.can_see_unlisted(request.user):
        raise PermissionDenied
    asked = UnlistedListForm(request.GET)
    form = UnlistedForm(request.POST or None, has_left=request.POST.get("do") == "left")
    if request.method == "POST" and form.is_valid() and _answered(request, form):
        return redirect(request.get_full_path())
    rows = unlisted_for(request.user, **asked.asked()).select_related("person__unit", "person__site", "answered_by")
    listing = listing_of(request, rows, form=asked, size=ON_A_PAGE)
    lines = what_follows(listing.rows)
    context = {
        "listing": listing,
        "lines": lines,
        "form": form,
        "chosen": set(request.POST.getlist("chosen")),
        "kept_days": settings.UNLISTED_KEPT_DAYS,
        "may_import": rules.can_import_people(request.user),
    }
    return render(
        request, "hris/_unlisted.html" if is_swap(request) else "hris/unlisted.html", context, status=422 if form.is_bound else 200
    )


def _answered(request, form):
    """Store what the button said of those who were chosen, and return whether it was: where it was not, ``form`` says why."""
    rows = chosen_of(request, unlisted_for(request.user), field="person__handle", most=ON_A_PAGE)
    people = [row.person for row in rows.select_related("person__site").order_by("person__sorts_as", "pk")]
    if not people:
        form.add_error(None, _("Nobody was chosen: tick those it is about first."))
        return False
    try:
        if request.POST.get("do") == "left":
            say_left(actor=request.user, people=people, last_day=form.cleaned_data["day"])
        elif request.POST.get("do") == "stays":
            say_still_here(actor=request.user, people=people)
        else:
            form.add_error(None, _("Nothing was done: say what with those who were chosen."))
            return False
    except NotThisOne as refused:
        form.add_error(None, _refusal(refused))
        return False
    said = ngettext("%(count)d answer is kept.", "%(count)d answers are kept.", len(people))
    messages.success(request, said % {"count": len(people)})
    return True


def _refusal(refused):
    """Say why nothing was written, with the name of the person it is about."""
    sentences = {
        TakesTwo: _("%(name)s answers for the rights of others: two people end these rights first, on the page of roles."),
        OwnLine: _("%(name)s is above or below you: somebody else says that they have left."),
        NoSuchDay: _("%(name)s cannot leave on this day: it lies before their first day, or more than a year from today."),
        Answered: _("Nothing is asked about %(name)s any more: a file names them again, or they have left."),
    }
    return sentences[type(refused)] % {"name": refused.person.name}
