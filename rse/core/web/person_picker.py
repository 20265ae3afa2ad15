"""A field that names a person: by their name as it is typed, among those whom the reader may see and the act allows.

Each purpose for which somebody is named registers whom it allows. A form says for whom it asks, and about what; its suggestions come from
one address, by a reference sealed for that reader, so that nobody finds anybody whom the form itself would refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from ..access import rules
from ..characters import clean_line
from ..columns import is_enough
from ..folding import finds, words
from ..models import Person
from .sealing import seal, unseal

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_SUGGESTED, LONGEST = 8, 170
PLACE = "people suggested"

_purposes: dict[str, Callable[..., QuerySet[Person]]] = {}


def register(purpose: str, people: Callable[..., QuerySet[Person]]) -> None:
    """Let ``people(reader, *about)``, of those whom ``reader`` may see, say who may be named for ``purpose``: nobody where they may not."""
    if purpose in _purposes:
        raise ValueError(f"two rooms name people for {purpose}")
    _purposes[purpose] = people


def colleagues(reader: Person) -> QuerySet[Person]:
    """Return those who work here, whom ``reader`` may see, but for themselves."""
    return Person.objects.visible_to(reader).present().exclude(pk=reader.pk)


def to_be_given_a_role(reader: Person) -> QuerySet[Person]:
    """Return whom ``reader`` may name for a role."""
    return colleagues(reader) if rules.can_ask_roles(reader) else Person.objects.none()


def suggested(reader: Person, reference: str, said: Any) -> tuple[str, list[Person] | None]:
    """Return the name of the field that ``reference`` was sealed for, and whom its form would take for what ``said`` holds under that name.

    None stands for the people where too little was typed to look for anybody. A reference of somebody else, or of another release, finds
    nobody.
    """
    opened = unseal(reference, reader=reader, place=PLACE)
    if opened is None or opened[0] not in _purposes:
        return "", []
    purpose, name, *about = opened
    try:
        typed = clean_line(said.get(name, ""))[:LONGEST]
    except ValidationError:
        return name, []
    if not is_enough(typed):
        return name, None
    return name, list(_purposes[purpose](reader, *about).named(typed).with_card().by_name()[:MOST_SUGGESTED])


class PersonPicker(forms.Widget):
    """A box for the name, and one of those who have it: chosen among suggestions, or among radio buttons where there is no script.

    The box and whoever is chosen are sent under one name, in this order.
    """

    template_name = "components/person_picker.html"
    reader: Any = None
    purpose = ""
    about: tuple[Any, ...] = ()

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.shown: list[Person] = []  # those among whom one is picked on the page
        self.picked = ""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        shown, picked = self.shown, self.picked
        if isinstance(value, Person):
            shown, picked, typed = [value], value.handle, value.name
        else:
            typed = next((one for one in value or () if one), "")
            typed = next((one.name for one in shown if picked == one.handle == typed), typed)
        reference = seal([self.purpose, name, *self.about], reader=self.reader, place=PLACE)
        control = self.build_attrs(self.attrs, attrs) | {"maxlength": LONGEST}
        context["widget"] |= {"control": flatatt(control), "id": control.get("id", name), "typed": typed, "shown": shown, "picked": picked}
        context["widget"]["address"] = f"{reverse('people:suggested')}?{urlencode({'for': reference})}"
        return context

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class PersonField(forms.Field):
    """Somebody who may be named for ``purpose``, once ``ask_for`` has said who names them."""

    widget = PersonPicker
    default_error_messages = {
        "unknown": _("Nobody is found here by this name."),
        "several": _("Several people are found by this name. Pick one of them, or write more of it."),
    }

    def __init__(self, *, purpose: str, **options: Any) -> None:
        super().__init__(**{"label": _("Person"), "help_text": _("A few letters of the name are enough.")} | options)
        self.widget.purpose = purpose

    def ask_for(self, reader: Person, *about: Any) -> None:
        """Ask in the name of ``reader``, ``about`` the keys that the purpose needs."""
        self.widget.reader, self.widget.about = reader, about

    def clean(self, value):
        said = [clean_line(one).strip()[:LONGEST] for one in value or () if one and one.strip()]
        if not said:
            self.validate(None)
            return None
        person = self._named(said[0], said[-1])
        self.widget.shown, self.widget.picked = [person], person.handle
        return person

    def has_changed(self, initial, data):
        return not isinstance(initial, Person) or [one for one in data or () if one][-1:] != [initial.handle]

    def _named(self, typed: str, picked: str) -> Person:
        people = _purposes[self.widget.purpose](self.widget.reader, *self.widget.about).with_card()
        chosen = people.filter(handle=picked).first()
        if chosen is not None and (typed == picked or finds(typed, chosen.first_name, chosen.last_name)):
            return chosen
        found = list(people.named(typed).by_name()[: MOST_SUGGESTED + 1])
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        exact = [one for one in found if sorted(words(one.name)) == sorted(words(typed))]
        if len(found) == 1 or (len(exact) == 1 and len(found) <= MOST_SUGGESTED):
            return (exact or found)[0]
        self.widget.shown = found[:MOST_SUGGESTED]
        raise ValidationError(self.error_messages["several"], code="several")
