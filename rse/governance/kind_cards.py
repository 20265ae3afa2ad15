"""A thing of any kind as the card that its own room draws."""

from django.template.loader import render_to_string

from rse.core.access import kinds


def card_of(request, kind_name, thing):
    """Return ``{row, label, icon, title, address, html}`` of ``thing``; ``html`` is empty where its kind draws no card.

    The card's template gets the thing under the name of its kind, and as ``thing``.
    """
    kind = kinds.get(kind_name)
    html = render_to_string(kind.card, {kind.name: thing, "thing": thing}, request=request) if kind.card else ""
    return {"row": thing, "label": kind.label, "icon": kind.icon, "title": kind.title(thing), "address": kind.address(thing), "html": html}
