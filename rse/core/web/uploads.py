"""Uploads that are stopped while they arrive, whatever they said of their length."""

from functools import wraps

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ..pictures.drawing import LARGEST

MOST_AT_ONCE = 4 * LARGEST
MOST_FILES = 20


class Ceiling(FileUploadHandler):
    """Stops reading once the files of one request weigh more than they may."""

    def __init__(self, request=None):
        super().__init__(request)
        self.read, self.files, self.is_exceeded = 0, 0, False

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.files += 1
        if self.files > MOST_FILES:
            self._stop()

    def receive_data_chunk(self, raw_data, start):
        self.read += len(raw_data)
        if self.read > MOST_AT_ONCE or start + len(raw_data) > LARGEST + 1:
            self._stop()
        return raw_data

    def file_complete(self, file_size):
        return None

    def _stop(self):
        self.is_exceeded = True
        raise StopUpload(connection_reset=True)


def takes_pictures(view):
    """Let a view receive pictures: beyond the ceiling the rest is not read, and the answer is 413.

    The ceiling has to stand before the body is read, and the token of the form is in the body: so it is checked inside.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def received(request, *args, **kwargs):
        if request.method == "POST":
            length = request.META.get("CONTENT_LENGTH") or "0"
            if length.isdecimal() and int(length) > MOST_AT_ONCE + 1024 * 1024:
                return render(request, "413.html", status=413)
            ceiling = Ceiling(request)
            request.upload_handlers.insert(0, ceiling)
            request.POST  # noqa: B018 - reads the body, under the ceiling
            if ceiling.is_exceeded:
                return render(request, "413.html", status=413)
        return checked(request, *args, **kwargs)

    return received
