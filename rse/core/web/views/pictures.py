"""How a stored picture is served, once its view has asked who may see it: as an image and nothing else, whatever a browser thinks of it."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseNotModified
from django.http.response import HttpResponseBase

ASKED_AGAIN = "private, no-cache"


def picture_response(request, name, *, caching=ASKED_AGAIN):
    """Return the response with the file that the storage calls ``name``, or a 304 to a browser that has it.

    Raises:
        Http404: there is no such file.

    """
    seal = f'"{name}"'
    if request.headers.get("If-None-Match") == seal:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        try:
            file = default_storage.open(name)
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(file, content_type="image/webp", filename="picture.webp", as_attachment=False)
    response["ETag"] = seal
    response["Cache-Control"] = caching
    response["Content-Disposition"] = 'inline; filename="picture.webp"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
