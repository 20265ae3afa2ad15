from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.web.pagination import page_of
from rse.core.web.views.responses import is_swap, swapped

from .. import queries, rules
from ..forms import FilterForm
from ..models import Opening
from ..page_context import opening_cards, opening_page
from ..services.openings import keep_opening

SIZE = 12


@require_safe
def board(request):
    """Render the published openings, the newest first, each beside what the reader has, would learn and has shown."""
    if not request.user.is_present:
        raise Http404
    form = FilterForm(request.GET, skills=queries.skills_sought(request.user))
    asked = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    kept = request.GET.get("show") == "kept"
    page = page_of(queries.openings_for(request.user, kept=kept, **asked), request, order=("-published_at", "-pk"), size=SIZE)
    context = {"page": page, "cards": opening_cards(request.user, page.rows), "form": form, "is_narrowed": bool(asked), "kept": kept}
    if is_swap(request):
        return render(request, "mobility/_openings.html", context)
    context |= {
        "may_create": rules.can_create_opening(request.user),
        "may_recruit": rules.can_enter_recruitment(request.user, is_in_a_team=queries.is_in_a_team(request.user)),
    }
    return render(request, "mobility/board.html", context)


@require_safe
def detail(request, public_id):
    """Render one opening, and how it meets what the reader has."""
    opening = get_visible_or_404(Opening, request.user, public_id=public_id)
    context = opening_page(request.user, opening)
    return render(request, "mobility/_opening.html" if is_swap(request) else "mobility/opening.html", context)


@require_POST
def keep(request, public_id):
    """Keep an opening for later, or not any more."""
    opening = get_visible_or_404(Opening, request.user, public_id=public_id)
    keep_opening(person=request.user, opening=opening, is_kept=request.POST.get("kept") == "1")
    if is_swap(request):
        is_kept = request.POST.get("kept") == "1"
        answer = render(request, "mobility/_keep.html", {"opening": opening, "is_kept": is_kept})
        return swapped(answer, said=_("It is kept for later.") if is_kept else _("It is kept no more."), focus="keep-button")
    return redirect(opening)
