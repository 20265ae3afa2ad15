from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rse.core.enums import Role
from rse.core.models import Person
from rse.core.versions import EditedMeanwhile
from rse.core.web import conflicts
from rse.core.web.listing import listing_of
from rse.governance.decorators import seen_only_if_logged
from rse.governance.enums import Purpose
from rse.governance.services.access_log import log_access

from .. import queries, rules
from ..enums import WishVisibility
from ..forms import WishForm, WishListForm
from ..models import Wish
from ..services import being

ON_A_PAGE = 12
PURPOSES = {Role.HR: Purpose.CAREER, Role.HR_SUCCESSION: Purpose.SUCCESSION, Role.RECRUITER: Purpose.SEARCH_OF_SKILLS}


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    """Render and save one's wish, with who will see it; when another window saved meanwhile, show both versions."""
    wish = Wish.objects.visible_to(request.user).filter(person=request.user).first()
    form = WishForm(request.POST or None, about=request.user, initial=_values(wish))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            being.save_wish(person=request.user, version=version, **values)
        except EditedMeanwhile as meanwhile:
            context = _context(request.user, meanwhile.current)
            return conflicts.answer(request, "talent/wish_mine.html", context, form=form, theirs=_values(meanwhile.current))
        messages.success(request, _("Your wish is saved."))
        return redirect("wishes:mine")
    context = _context(request.user, wish) | {"form": form}
    return render(request, "talent/wish_mine.html", context, status=422 if form.is_bound else 200)


def _values(wish):
    if wish is None:
        return dict.fromkeys(being.WRITTEN) | {"horizon": "open", "visibility": WishVisibility.ME, "version": 0}
    return {name: getattr(wish, name) for name in (*being.WRITTEN, "version")}


def _context(person, wish):
    return {
        "wish": wish,
        "reader_count": queries.would_read_wish(person).count(),
        "is_line_apart": Person.objects.visible_to(person).above(person).exists(),
    }


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
    form = WishListForm(request.GET, has_names=request.user.holds(Role.HR))
    listing = listing_of(request, queries.wishes_to_read(request.user, **form.asked()), form=form, size=ON_A_PAGE)
    function = next(role for role in PURPOSES if request.user.holds(role))
    log_access(
        reader=request.user,
        opened={("wish", wish.pk): [wish.person_id] for wish in listing.rows},
        purpose=PURPOSES[function],
        function=function,
    )
    return render(request, "talent/wish_list.html", {"listing": listing, "wishes": queries.fields_of_wish(request.user, listing.rows)})
