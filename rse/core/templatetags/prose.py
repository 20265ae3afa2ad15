"""Filters for the text that people write."""

from django.template import Library
from django.utils.html import format_html

from ..web import markdown as rendering

register = Library()


@register.filter
def markdown(text, top_heading=3):
    """Render Markdown as safe HTML; a first-level heading comes out at ``top_heading``."""
    return rendering.render_markdown(text or "", top_heading=top_heading)


@register.filter
def words(text):
    """Render plain words as safe HTML: paragraphs, lines, and typed addresses as links."""
    return rendering.render_words(str(text or ""))


@register.filter
def mail_address(address):
    """Return ``address`` as safe HTML that breaks before its host where a line is too short for it."""
    person, at, host = str(address or "").partition("@")
    return format_html("{}<wbr>{}{}", person, at, host)


@register.filter
def excerpt(text, length=160):
    """Return the beginning of a Markdown text as plain words, of ``length`` characters at most."""
    return rendering.excerpt(text or "", length)
