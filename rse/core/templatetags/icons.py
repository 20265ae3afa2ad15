"""Icons drawn into the page, so that they take the colour and size of the text around them."""

from functools import cache

from django.template import Library
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

register = Library()


@register.simple_tag
def icon(name: str, extra_class: str = "") -> SafeString:
    """Return the Lucide icon of that name as inline SVG, hidden from screen readers: the words beside it or its button's label say it."""
    return _drawn(str(name), str(extra_class))


@cache
def _drawn(name: str, extra_class: str) -> SafeString:
    svg = lucide(name, size=None, aria_hidden="true", **{"class": f"icon {extra_class}".strip()})
    return mark_safe(" ".join(svg.split()))  # noqa: S308 (drawn by the package from its own files; attributes are escaped by it)
