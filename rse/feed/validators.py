"""What a text may be: how long, how many links, which characters. Forms and services ask the same."""

import hashlib
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from rse.core.characters import clean_line, clean_text

from .enums import LONGEST_ALT, LONGEST_POST, LONGEST_REASON, LONGEST_TITLE, MOST_LINKS, PostKind

LINK = re.compile(r"https?://", re.IGNORECASE)


def plain(text):
    """Return ``text`` as it is kept: composed, without what nobody sees, without blanks around.

    Raises:
        ValidationError: it holds characters that no keyboard writes.

    """
    return clean_text(text).strip()


def plain_line(text):
    """Return ``text`` as it is kept, in one line.

    Raises:
        ValidationError: it holds characters that no keyboard writes.

    """
    return clean_line(text).strip()


def check_length(text, longest):
    """Raise a ValidationError for what is longer than ``longest``."""
    if len(text) > longest:
        raise ValidationError(
            ngettext_lazy(
                "%(longest)d character at most: this text has %(length)d.",
                "%(longest)d characters at most: this text has %(length)d.",
                "longest",
            ),
            code="too_long",
            params={"longest": longest, "length": len(text)},
        )


def check_text(text, longest):
    """Check a text that must say something: its length and the number of its links.

    Raises:
        ValidationError: it is empty, too long, or has too many links.

    """
    if not text:
        raise ValidationError(_("Write something first."), code="required")
    check_length(text, longest)
    if len(LINK.findall(text)) > MOST_LINKS:
        raise ValidationError(_("%(most)d links at most in one text."), code="too_many_links", params={"most": MOST_LINKS})


def check_post(*, kind, title, body):
    if kind not in PostKind.values:
        raise ValidationError(_("Choose a message or a question."), code="kind")
    check_title(kind, title)
    check_text(body, LONGEST_POST)


def check_title(kind, title):
    if kind == PostKind.QUESTION and not title:
        raise ValidationError(_("Put your question in one line: it is the title."), code="title")
    check_length(title, LONGEST_TITLE)
    if "\n" in title or "\t" in title:
        raise ValidationError(_("A title is one line."), code="line")


def check_comment(body):
    check_text(body, LONGEST_POST)


def check_reason(reason):
    check_length(reason, LONGEST_REASON)


def check_alt(alt):
    check_length(alt, LONGEST_ALT)


def submission_of(key, *parts):
    """Return a hash of the key and the parts: a second click repeats it, another text changes it; None without a key."""
    return hashlib.sha256("\0".join([key, *map(str, parts)]).encode()).hexdigest() if key else None
