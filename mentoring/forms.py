import datetime
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from rse.core import clock
from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import SPOKEN, AboutSomebody, DayField, Text, TextAboutSomebody
from rse.core.web.listing import ListForm, Order, WordsField
from talent.forms import SkillField
from talent.models import Skill

from .enums import (
    LONGEST_AGENDA,
    LONGEST_GOAL,
    LONGEST_MESSAGE,
    LONGEST_NOTE,
    LONGEST_OFFER,
    MOST_PEOPLE,
    MOST_SKILLS,
    DeclineReason,
    NoteKind,
)

WITHIN = datetime.timedelta(days=366 * 2)  # before and after today, for a session


class _Rows(forms.CharField):
    def __init__(self, *, max_length, rows=3, placeholder="", **kwargs):
        attrs = {"rows": rows, "maxlength": max_length} | ({"placeholder": placeholder} if placeholder else {})
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs=attrs), **kwargs)


class Words(_Rows, Text):
    """A text for the other one of a pair."""


class WordsOfOneself(_Rows, TextAboutSomebody):
    """A text about oneself that others read."""


class OfferForm(Versioned, AboutSomebody, forms.Form):
    """An offer as it is written. Skills stand in up to five fields; one that stands twice counts once."""

    text = WordsOfOneself(
        is_own=True,
        label=_("What I can help with"),
        max_length=LONGEST_OFFER,
        rows=6,
        help_text=_("How you like to work, what somebody leaves with. Markdown."),
    )
    capacity = forms.TypedChoiceField(
        label=_("How many people at a time"),
        help_text=_("For you alone: nobody sees how many places you have, or whether one is free. To get no request, pause your offer."),
        coerce=int,
        choices=lambda: [
            (number, ngettext("%(count)d person", "%(count)d people", number) % {"count": number}) for number in range(1, MOST_PEOPLE + 1)
        ],
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages we can speak"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple
    )
    version = VersionField()

    def __init__(self, *args, spoken=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = [(code, label) for code, label in SPOKEN if code in {"fr", "en", *spoken}]
        for place in range(1, MOST_SKILLS + 1):
            hint = _("One to five skills of the list; two letters are enough to see them.") if place == 1 else ""
            self.fields[f"skill_{place}"] = SkillField(label=_("Skill %(place)d") % {"place": place}, required=place == 1, help_text=hint)
        self.order_fields([*(f"skill_{place}" for place in range(1, MOST_SKILLS + 1)), "text", "capacity", "languages", "version"])

    def skills(self):
        """Return the skills named, in order."""
        named = [self.cleaned_data.get(f"skill_{place}") for place in range(1, MOST_SKILLS + 1)]
        return [skill for skill in named if skill is not None]


BY_NAME = ("mentor__sorts_as", "pk")
ORDERS = {  # none of them says who is better
    "name": Order(pgettext_lazy("order", "name"), _("Sorted by name."), by=BY_NAME),
    "latest": Order(
        pgettext_lazy("order", "date of the latest contribution"),
        _("Sorted by the latest contribution that you may read, the newest first."),
        key=lambda one: [-one.latest.toordinal() if one.latest else 0, one.mentor.sorts_as, one.offer.pk],
        is_descending=True,
    ),
    "unit": Order(pgettext_lazy("order", "unit"), _("Sorted by unit, then by name."), by=("unit_order", *BY_NAME)),
}


class FindForm(ListForm):
    q = WordsField(label=_("Name"))
    skill = forms.ModelChoiceField(
        label=_("Skill"), queryset=Skill.objects.none(), to_field_name="code", required=False, empty_label=_("All skills")
    )

    def __init__(self, data, *, skills):
        super().__init__(data, orders=ORDERS)
        self.fields["skill"].queryset = Skill.objects.filter(pk__in=[skill.pk for skill in skills]).by_label()


class AskForm(forms.Form):
    message = Words(
        label=_("What you would like to reach, and why them"),
        max_length=LONGEST_MESSAGE,
        rows=7,
        help_text=_("A few sentences are enough: what you are after, by when, how often you could meet."),
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("A reason, if you like"),
        required=False,
        choices=[("", _("No reason")), *DeclineReason.choices],
        widget=forms.RadioSelect,
        help_text=_("The person reads it. None is needed."),
    )


class PieceForm(Versioned, forms.Form):
    """Words of a pair: a new form carries a key, so that what is sent twice is written once; one that edits, a version."""

    version = VersionField(required=False, min_value=1)

    def __init__(self, *args, is_new=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_new:
            del self.fields["version"]
            self.fields["key"] = Text(widget=forms.HiddenInput, required=False, max_length=64, initial=lambda: uuid.uuid4().hex)


class GoalForm(PieceForm):
    words = Words(label=_("A goal"), max_length=LONGEST_GOAL, rows=2)


class SessionForm(PieceForm):
    on = DayField(
        label=_("Day"),
        earliest=lambda: clock.today() - WITHIN,
        latest=lambda: clock.today() + WITHIN,
        outside=_("A day within two years of today."),
    )
    words = Words(label=_("What about"), max_length=LONGEST_AGENDA, rows=2)


class NoteForm(PieceForm):
    kind = forms.ChoiceField(label=_("Who reads it"), choices=NoteKind.choices, initial=NoteKind.MINE, widget=forms.RadioSelect)
    words = Words(label=_("A note"), max_length=LONGEST_NOTE, rows=5)


class NoteEditForm(PieceForm):
    words = Words(label=_("A note"), max_length=LONGEST_NOTE, rows=8)


class ConfirmForm(forms.Form):
    """The skills that the mentor's help was about, among those of their offer."""

    skills = forms.ModelMultipleChoiceField(
        label=_("On which skills"), queryset=Skill.objects.none(), to_field_name="code", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, skills=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["skills"].queryset = Skill.objects.filter(pk__in=[skill.pk for skill in skills]).by_label()
        if not skills:
            del self.fields["skills"]


class SealCodeForm(forms.Form):
    """A code of the second factor that was set up before, or a recovery code."""

    code = Text(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits of the app you had set up before, or one of its recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}),
    )
