"""What the box of the top row needs to know of the page that it stands on."""

from django import template

from ..enums import LONGEST_QUERY

register = template.Library()


@register.simple_tag(takes_context=True)
def typed_query(context):
    """Return what was looked for, on the page of its results; empty on any other."""
    request = context["request"]
    match = request.resolver_match
    return request.GET.get("q", "")[:LONGEST_QUERY] if match and match.view_name == "search:results" else ""
