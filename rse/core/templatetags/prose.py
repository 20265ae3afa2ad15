"""Filters for the text that people write."""

from django.template import Library

from ..web import markdown as rendering

register = Library()


@register.filter
def markdown(text, top_heading=3):
    """The HTML of Markdown; a first-level heading comes out at ``top_heading``."""
    return rendering.render_markdown(text or "", top_heading=top_heading)


@register.filter
def excerpt(text, length=160):
    """The beginning of Markdown as plain words."""
    return rendering.excerpt(text or "", length)
