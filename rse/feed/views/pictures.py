"""Pictures, served to whoever reads what they hang on, asked again at each look."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404
from rse.core.web.views.pictures import picture_response

from ..models import Picture
from ..services import remove_picture


@require_safe
def picture(request, public_id, *, is_small=False):
    """Serve the picture, if this person may read now what it hangs on."""
    found = get_visible_or_404(Picture, request.user, public_id=public_id)
    return picture_response(request, found.stored_small if is_small else found.stored)


@require_POST
def picture_remove(request, public_id):
    """Erase a picture of one's own or, as a host, one that hangs in that place."""
    found = get_visible_or_404(Picture, request.user, public_id=public_id)
    thing = found.post or found.comment
    remove_picture(actor=request.user, picture=found)
    return redirect(thing or "home")
