"""Pictures, served to whoever reads what they hang on, asked again at each look."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from rse.core.access.readers import get_visible_or_404

from ..models import Picture
from ..services import remove_picture


@require_safe
def picture(request, public_id, *, is_small=False):
    """Serve the picture, if this person may read now what it hangs on. Never anything but an image, whatever the browser thinks."""
    found = get_visible_or_404(Picture, request.user, public_id=public_id)
    seal = f'"{found.stored_small if is_small else found.stored}"'
    if request.headers.get("If-None-Match") == seal:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        try:
            file = default_storage.open(found.stored_small if is_small else found.stored)
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(file, content_type="image/webp", filename="picture.webp", as_attachment=False)
    response["ETag"] = seal
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="picture.webp"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_POST
def picture_remove(request, public_id):
    """Erase a picture of one's own or, as a host, one that hangs in that place."""
    found = get_visible_or_404(Picture, request.user, public_id=public_id)
    thing = found.post or found.comment
    remove_picture(actor=request.user, picture=found)
    return redirect(thing or "home")
