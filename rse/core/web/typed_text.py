"""What a refusal gives back of the form that it refuses: chosen by name, never by leaving names out.

A field that stands in none of these lists is never given back. A test walks every form and template, and asks for a list for each name.

Each form says whose drafts its browser kept when it was made (``TYPED_BY``). What was typed is printed only while that person is still
signed in there and did not sign out in between: for anybody else, and after the session has ended, a page sent again prints nothing.
"""

import re
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import QueryDict
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare
from django.utils.html import escape

from . import drafts

TYPED_BY = "typed_by"

# Texts of people, for others to read or said in confidence.
TEXTS = frozenset(
    """
    about alternatives answer body comment decision description evidence impact_assessment its_title letter message note notice_en
    notice_fr purpose reason sentence summary text text_en text_fr title_en title_fr words
    """.split()
)

# What goes back to the same address with them, in a hidden field of the page that asks for the charter. Printed nowhere.
CARRIED = frozenset(
    """
    add alt- article ask audience capacity closes_on is_meant is_protected its_name key kind language languages learned_ level needed_
    next on open pay_from pay_to picture share site skill skill_ starts_on unit version weeks within without
    """.split()
)

# Passwords, codes, tokens, addresses of people; and what nothing is gained by giving back.
WITHHELD = frozenset(
    """
    about_for accent across actor address again allows_departures allows_older availability category chosen code column-
    comment_notifications community corrected- credential criticality csrfmiddlewaretoken day day_order do done down due_on email
    employee_number ends_on event family file files first_from first_name first_to function go_on group hired_on holder horizon host into
    invited is_merged is_open_to_talk is_private is_public is_single_holder its_role kept label_en label_fr languages_for last_name
    leaves_on letter_for line lines login manager may_contact newest notice_on number oldpassword only opened order other outcome
    owner page password password1 password2 person plan position position_title q readiness remember review_on same- same_all seen sheet
    show site_answer skills skips_bad_rows sort source state status- subscriber superior superior- this_month to typed_by uidb36 username
    vacant_from visibility wording work_phone work_phone_for works_council_advice works_council_on year zoom
    """.split()
)

LONGEST_READ = 4 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes of a form that is too large to be taken, read only to be given back


class _NoFiles(FileUploadHandler):
    """Stops reading a form at its first file."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> None:
        return None


def family_of(name: str) -> str:
    """Return the name under which the lists know a field: ``skill_2`` is ``skill_``, ``alt-`` and the id of a picture is ``alt-``."""
    return re.sub(
        r"^(alt-|column-|corrected-|same-|status-|superior-).*$|^(learned_|needed_|skill_)\d+$", lambda found: found[1] or found[2], name
    )


def texts_of(request: Any) -> list[str]:
    """Return the texts that were typed into the form of ``request``, in its order; a word alone is a button or a choice."""
    texts = (value.strip() for name, values in _sent(request).lists() if name in TEXTS for value in values)
    return [text for text in texts if re.search(r"\s|.{21}", text)]


def sent_again(request: Any) -> list[tuple[str, str]]:
    """Return the names and values of ``request`` that a page may carry in hidden fields, to send them again to the same address."""
    return [(name, value) for name, values in request.POST.lists() if family_of(name) in TEXTS | CARRIED for value in values]


def give_back(request: Any, response: Any) -> None:
    """Add to a page that refuses ``request`` what its reader typed and the page does not hold, so that it can be copied.

    What is added depends on nothing but the form that was sent: not on what the form was about, nor on whether that exists.
    """
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html") or not _is_typed_here(request):
        return
    page = response.content.decode(response.charset)
    held = _one_line(page)
    lost = [text for text in texts_of(request) if _one_line(escape(text)) not in held]
    if lost:
        # Of a whole page the end of its content, of a part of one the end of its root.
        before, end, after = page.rpartition("</main>" if "</main>" in page else "</")
        response.content = f"{before}{render_to_string('components/typed.html', {'typed': lost})}{end}{after}"


def _is_typed_here(request: Any) -> bool:
    name = drafts.name_of(request) if request.user.is_authenticated else ""
    return bool(name) and constant_time_compare(_sent(request).get(TYPED_BY, ""), name)


def _sent(request: Any) -> Any:
    """Return the form of ``request`` as far as it can be read: one that was not read yet ends at its first file."""
    if not hasattr(request, "sent"):
        with suppress(AttributeError):  # it was read, by whoever refused it
            request.upload_handlers = [_NoFiles(request)]
        try:
            request.sent = _too_large(request) or request.POST
        except (SuspiciousOperation, MultiPartParserError, OSError):
            request.sent = QueryDict()
    return request.sent


def _too_large(request: Any) -> Any:
    """Return the form of ``request`` where it is too large for Django, which leaves it unread, and None elsewhere."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_left = length.isdecimal() and settings.DATA_UPLOAD_MAX_MEMORY_SIZE < int(length) <= LONGEST_READ
    return QueryDict(request.read(int(length))) if is_left and request.content_type == "application/x-www-form-urlencoded" else None


def _one_line(text: str) -> str:
    return " ".join(text.split())
