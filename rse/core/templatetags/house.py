"""Tags that every template of the house has."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from .. import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context, name, **page):
    """What the upper rooms put in this place, for this reader; ``page`` is what they are told of the page.

    A page that is seen through other eyes names them as ``reader``.
    """
    request = context["request"]
    reader = page.pop("reader", None) or getattr(request, "user", None)
    if reader is None or not reader.is_authenticated:
        return ""
    pieces = []
    for block in slots.blocks(name):
        filled = block.fill(reader, page)
        if filled is not None:
            pieces.append(render_to_string(block.template, {**page, **filled}, request=request))
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is a rendered template
