"""The directory: whom somebody may find, and what narrows it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import PersonState
from ..models import Person, Unit
from .listing import ListForm, Order, WordsField

ORDERS = {"name": Order(_("Person"), _("Sorted by name."), by=("sorts_as", "pk"))}


class DirectoryForm(ListForm):
    """The filter of the directory: words of a name, a unit. Nothing that a reader may not see."""

    q = WordsField(label=_("Name"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False, empty_label=_("All units"))

    def __init__(self, data):
        super().__init__(data, orders=ORDERS)
        self.fields["unit"].queryset = Unit.objects.order_by("sorts_as", "pk")


def people_to_find(reader: Person, *, q: str = "", unit: Unit | None = None) -> Any:
    """Return the queryset of those who have not left and whose card ``reader`` may open; named like ``q``, in ``unit``."""
    people = Person.objects.visible_to(reader).exclude(state=PersonState.LEFT).with_card()
    if q:
        people = people.named(q)
    return people.filter(unit=unit) if unit else people
