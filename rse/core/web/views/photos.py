"""Photos: served to whoever may see their person, and changed by that person alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...access import rules
from ...access.readers import get_visible_or_404
from ...enums import PersonState
from ...models import Person
from ...people.services.photos import SIDES, file_of, keep_photo, remove_photo
from ...pictures.drawing import BadPicture
from ..forms import PhotoForm
from ..limits import count, limited
from ..uploads import takes_pictures
from .pictures import picture_response
from .responses import is_swap, swapped

# An address is of one photo for good; a browser where another person signs in sends other cookies, and asks again.
KEPT = "private, max-age=31536000, immutable"


@require_safe
def photo(request, photo, side):
    """Serve the photo of that name, if this person may see now whose it is and they have not left."""
    if side not in SIDES:
        raise Http404
    here = (PersonState.ACTIVE, PersonState.EXPECTED)
    get_visible_or_404(Person, request.user, photo=photo, state__in=here)
    return picture_response(request, file_of(photo, side), caching=KEPT)


@takes_pictures
@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request):
    """Show one's own photo, and keep another: the square of the picture that was chosen, its middle where nothing was."""
    if not rules.can_edit_profile(request.user, request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, PhotoForm())
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        count("photo", request.user.pk, per_minute=10, per_day=40)
        try:
            keep_photo(person=request.user, file=form.cleaned_data["file"], square=form.square())
        except BadPicture as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return _changed(request, _("Your photo is kept: it stands beside your name from now on."))
    return _page(request, form, status=422)


@require_POST
@limited("photo_removed", per_minute=30)
def photo_remove(request):
    """Remove one's own photo."""
    remove_photo(person=request.user)
    return _changed(request, _("Your photo is removed: your initials stand beside your name again."))


def _page(request, form, status=200):
    return render(request, "core/photo.html", {"form": form, "person": request.user}, status=status)


def _changed(request, said):
    if is_swap(request):
        return swapped(_page(request, PhotoForm()), said=said, focus="photo")
    messages.success(request, said)
    return redirect("people:photo_edit")
