"""What is proposed while somebody writes: whom to name, among those who will read it, and emoji by their names."""

from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rse.core.characters import clean_line
from rse.core.columns import is_enough
from rse.core.web.limits import limited

from ..emoji_names import find_emoji
from ..queries import people_to_name
from .lookup import audience_or_404

LONGEST, MOST_PEOPLE = 80, 8


@require_safe
@limited("people_suggested", per_minute=120)
def names(request):
    """Render those who read the audience ``audience`` and whose name begins as ``q``; nothing where too little was typed."""
    audience, typed = audience_or_404(request, request.GET.get("audience", "")), _typed(request)
    people = people_to_name(request.user, audience).named(typed).with_card().by_name()[:MOST_PEOPLE] if is_enough(typed) else None
    return render(request, "feed/_names.html", {"people": people})


@require_safe
@limited("emoji", per_minute=240)
def emoji(request):
    """Render the emoji that ``q`` names in French or in English; the common ones for no word."""
    return render(request, "feed/_emoji.html", {"found": find_emoji(_typed(request), get_language())})


def _typed(request):
    try:
        return clean_line(request.GET.get("q", ""))[:LONGEST]
    except ValidationError:
        return ""
