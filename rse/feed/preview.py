"""A text as it will stand, while it is being written."""

from django.utils.safestring import SafeString, mark_safe

from rse.core.models import Person

from .card_rendering import Names, line, prose
from .mentions import handles_in


def preview_for(writer: Person, title: str, text: str) -> tuple[SafeString, SafeString]:
    """Render a title and a text that ``writer`` is still writing, as HTML. One query, where somebody is named."""
    handles = handles_in(f"{title} {text}")
    named = dict(Person.objects.visible_to(writer).filter(handle__in=handles).values_list("handle", "pk")) if handles else {}
    told, body = line(title, named), prose(text, named)
    names = Names(writer, f"{told}{body}")
    return mark_safe(names.filled(told, is_linked=False)), mark_safe(names.filled(body, is_linked=False))  # noqa: S308 - sanitised
