"""The sides of a community, each with its address."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import queries, rules

SIDES = {
    "detail": pgettext_lazy("community", "Feed"),
    "unanswered": _("Unanswered"),
    "members": _("Members"),
    "about": pgettext_lazy("community", "About"),
}


def tabs_for(person, community, current):
    """Return the tabs that ``person``, who reads ``community``, is shown; the hosts' one says how many people wait there."""
    tabs = [
        {"label": label, "url": reverse(f"communities:{name}", args=[community.slug]), "is_current": name == current, "count": None}
        for name, label in SIDES.items()
    ]
    if rules.can_answer_requests(person, community, community.my_role):
        waiting = queries.waiting_for(person, community).count()
        address = reverse("communities:waiting", args=[community.slug])
        tabs.append(
            {"label": pgettext_lazy("community", "Coming in"), "url": address, "is_current": current == "waiting", "count": waiting}
        )
    return tabs
