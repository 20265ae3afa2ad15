"""What a page of refusal may give back of the form that it refuses: chosen by name, never by leaving names out.

A field that stands in none of these lists is never given back. A test walks every form and template, and asks for a list for each name.
"""

import re
from typing import Any

# Texts that others read as soon as they are sent: a page of refusal may print them, so that they can be copied.
SHOWN = frozenset(
    {"body", "description", "notice_en", "notice_fr", "purpose", "summary", "text_en", "text_fr", "its_title", "title_en", "title_fr"}
)

# What goes back to the same address with them, in a hidden field of the page that asks for the charter. Printed nowhere.
CARRIED = frozenset(
    """
    add alt- article audience capacity closes_on is_meant is_protected its_name key kind language languages learned_ level needed_ next on
    open pay_from pay_to picture reason seal share site skill skill_ starts_on text unit version weeks within without
    """.split()
)

# Passwords, codes, tokens, addresses of people; what is said in confidence; and what nothing is gained by giving back.
WITHHELD = frozenset(
    """
    about about_for actor address allows_departures alternatives answer availability category code column- comment
    comment_notifications community credential criticality csrfmiddlewaretoken day decision do done due_on email ends_on event
    evidence family file files function go_on group holder horizon host impact_assessment into is_open_to_talk is_private is_public
    is_single_holder its_role kept label_en label_fr languages_for letter letter_for line lines login manager may_contact message newest
    note notice_on oldpassword order other outcome owner page password password1 password2 person position q readiness remember
    review_on sentence show site_answer skills skips_bad_rows sort source state subscriber to uidb36 username vacant_from
    visibility was words work_phone work_phone_for works_council_advice works_council_on year
    """.split()
)

WORTH_COPYING = 20  # characters


def family_of(name: str) -> str:
    """Return the name under which the lists know a field: ``skill_2`` is ``skill_``, ``alt-`` and the id of a picture is ``alt-``."""
    return re.sub(r"^(alt-|column-).*$|^(learned_|needed_|skill_)\d+$", lambda found: found[1] or found[2], name)


def shown_again(request: Any) -> str:
    """Return the longest text of ``request`` that may be printed on the page that refuses it; nothing where none is worth copying."""
    texts = [value for name, values in request.POST.lists() if name in SHOWN for value in values]
    longest = max(texts, key=len, default="")
    return longest if len(longest) > WORTH_COPYING else ""


def sent_again(request: Any) -> list[tuple[str, str]]:
    """Return the names and values of ``request`` that a page may carry in hidden fields, to send them again to the same address."""
    return [(name, value) for name, values in request.POST.lists() if family_of(name) in SHOWN | CARRIED for value in values]
