"""Two people save the same thing: the second one is shown both versions, and their form may be sent again over the first."""

from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _

from ..days import date_format
from .sealing import seal, unseal

LARGEST = 2**31 - 1


class VersionField(forms.IntegerField):
    """What was read, sent back unseen: the version of a row, 0 where there was none yet."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(**{"min_value": 0, "max_value": LARGEST} | kwargs)

    def clean(self, value):
        return super().clean(value) or 0


class SealedVersionField(VersionField):
    """A version that also counts what the reader of its page may not know of: compared when it comes back, and read by nobody.

    The form says with ``seal_for`` who reads which row. What was not sealed for them and that row is no version that a row has.
    """

    reader, place = None, ""

    def seal_for(self, reader: Any, row: Model) -> None:
        self.reader, self.place = reader, f"version of {row._meta.label_lower} {row.pk}"

    def prepare_value(self, value):
        return seal([value], reader=self.reader, place=self.place) if isinstance(value, int) else value

    def clean(self, value):
        opened = unseal(value or "", reader=self.reader, place=self.place)
        return opened[0] if opened else 0


class VersionForm(forms.Form):
    """A yes to what was read, and to nothing newer."""

    version = VersionField()


class Versioned:
    """For forms of a row that others may save meanwhile: the field called ``version`` sends back what was read.

    ``differences`` are the fields in which what was typed is not what stands now, None until ``answer`` finds them.
    """

    data: Any
    differences: list[dict[str, Any]] | None = None

    def meet(self, theirs: dict[str, Any]) -> None:
        """Compare what was typed with ``theirs``, the initial values of a form now, and take over its version."""
        self.differences = []
        for shown in self.visible_fields():
            mine, now = self.cleaned_data.get(shown.name), theirs.get(shown.name)
            if shown.name in theirs and _differ(shown.field, mine, now):
                both = {"mine": in_words(shown.field, mine), "theirs": in_words(shown.field, now)}
                self.differences.append({"label": shown.label} | both)
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = theirs["version"]


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, form: Any, theirs: dict[str, Any]) -> HttpResponse:
    """Render ``template`` with 409, both versions above the ``form`` as it was typed. ``theirs`` has what a form would begin with now."""
    form.meet(theirs)
    return render(request, template, context | {"form": form}, status=409)


def in_words(field: forms.Field, value: Any) -> str:
    """Return a value of ``field`` as people read it: the labels of what was chosen, a day in full, yes or no."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(getattr(field, "label_from_instance", str)(value))
    if hasattr(value, "year"):
        return date_format(value, getattr(field, "in_full", "j F Y"))
    choices = {} if hasattr(field, "queryset") else dict(flatten_choices(getattr(field, "choices", ())))
    if isinstance(value, list | tuple):
        return ", ".join(str(label) for key, label in choices.items() if key in value)
    return str(choices.get(value, value))


def _differ(field, mine, theirs):
    if isinstance(mine, Model) and isinstance(theirs, Model):
        return mine.pk != theirs.pk
    return in_words(field, mine) != in_words(field, theirs)
