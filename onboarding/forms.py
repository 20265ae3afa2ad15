from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models import Community
from rse.core import clock
from rse.core.people.handles import refuse_handle
from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import AboutSomebody, DayField, Text, TextAboutSomebody
from rse.core.web.person_picker import PersonField

from .dates import DAY
from .enums import (
    EARLIEST_DAY,
    LATEST_DAY,
    LONGEST_MESSAGE,
    LONGEST_TEXT,
    LONGEST_THANKS,
    LONGEST_TITLE,
    LONGEST_WORDS,
    Actor,
    StepKind,
)


class _Rows(forms.CharField):
    def __init__(self, *, rows=0, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}) if rows else None, **kwargs)


class Words(_Rows, Text):
    """A text of one line, or of ``rows``."""


class WordsAboutSomebody(_Rows, TextAboutSomebody):
    """A text about somebody, of one line or of ``rows``, that others read."""


class WriteForm(Versioned, forms.Form):
    words = Words(label=_("What you write"), max_length=LONGEST_WORDS, rows=8)
    version = VersionField(min_value=1)


class ThanksForm(AboutSomebody, forms.Form):
    sentence = WordsAboutSomebody(
        label=_("A sentence for your buddy"),
        max_length=LONGEST_THANKS,
        help_text=_("What helped you. 280 characters at most."),
    )


class MessageForm(AboutSomebody, forms.Form):
    message = WordsAboutSomebody(
        label=_("A word to them"),
        max_length=LONGEST_MESSAGE,
        rows=4,
        required=False,
        help_text=_("Why you thought of them, what it takes. They read it with your name; the newcomer does not."),
    )


class NoteForm(Versioned, AboutSomebody, forms.Form):
    note = WordsAboutSomebody(
        label=_("Note of HR"),
        max_length=LONGEST_WORDS,
        rows=6,
        required=False,
        help_text=_("Read by HR of the newcomer only. The person may ask for a copy of it one day: keep to facts."),
    )
    version = VersionField(min_value=1)


class NearDayField(DayField):
    """A day within a year of today."""

    def __init__(self, **options):
        a_year_ago, in_a_year = (lambda: clock.today() - 366 * DAY), (lambda: clock.today() + 366 * DAY)
        super().__init__(earliest=a_year_ago, latest=in_a_year, outside=_("A day within a year of today."), **options)


class ShiftForm(forms.Form):
    starts_on = NearDayField(
        label=_("First day of the journey"), help_text=_("What is not done yet is counted from it. What is done stays where it was.")
    )


class CreateForm(forms.Form):
    person = PersonField(purpose="newcomer", label=_("Newcomer"))
    starts_on = NearDayField(label=_("First day of the journey"), required=False, help_text=_("Empty: the day they were hired."))

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].ask_for(reader)


class HostForm(forms.Form):
    """One of those whom HR sees first, or anybody by name."""

    host = forms.ChoiceField(label=_("Host"), required=False, widget=forms.RadioSelect)
    other = PersonField(purpose="cohort_host", label=_("Somebody else"), required=False)

    def __init__(self, *args, reader, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {person.handle: person for person in people}
        self.fields["host"].choices = [(handle, person.name) for handle, person in self.people.items()]
        self.fields["other"].ask_for(reader)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        chosen = cleaned.get("other") or self.people.get(cleaned.get("host"))
        if chosen is None and not self.errors:
            self.add_error("other", ValidationError(_("Choose somebody."), code="required"))
        if chosen is not None and not chosen.is_present:
            self.add_error("other", ValidationError(_("A host is somebody who works here already."), code="absent"))
        cleaned["chosen"] = chosen
        return cleaned


class StepForm(Versioned, forms.Form):
    """A step of a draft. ``version`` is the one that was read, 0 for a new step."""

    kind = forms.ChoiceField(label=_("Kind of step"), choices=StepKind.choices, widget=forms.RadioSelect)
    actor = forms.ChoiceField(label=_("Who does it"), choices=Actor.choices, widget=forms.RadioSelect)
    day = forms.IntegerField(
        label=_("Day"),
        min_value=EARLIEST_DAY,
        max_value=LATEST_DAY,
        help_text=_("1 is the first day, 8 a week later, -1 the day before. What falls on a weekend moves to a working day."),
    )
    title_fr = Words(label=_("Title in French"), max_length=LONGEST_TITLE, validators=[refuse_handle])
    title_en = Words(label=_("Title in English"), max_length=LONGEST_TITLE, validators=[refuse_handle])
    text_fr = Words(label=_("Text in French"), max_length=LONGEST_TEXT, rows=3, required=False)
    text_en = Words(label=_("Text in English"), max_length=LONGEST_TEXT, rows=3, required=False)
    page = forms.SlugField(
        label=_("Page of the handbook"),
        max_length=100,
        required=False,
        help_text=_("The last word of its address. The step links to it for whoever may open it."),
    )
    community = forms.ModelChoiceField(
        label=_("Community"),
        queryset=Community.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=pgettext_lazy("community", "None"),
    )
    is_private = forms.BooleanField(
        label=_("Only the newcomer and HR see it"),
        required=False,
        help_text=_("Neither the manager nor the buddy learns whether it is done. For steps of the newcomer or of HR."),
    )
    version = VersionField()

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        known = Community.objects.visible_to(reader).known_to_all().filter(audience__kind="community")
        self.fields["community"].queryset = known.by_name()

    def clean_day(self):
        if self.cleaned_data["day"] == 0:
            raise ValidationError(_("There is no day 0: 1 is the first day, -1 the day before."), code="zero")
        return self.cleaned_data["day"]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("kind") == StepKind.WRITE and cleaned.get("actor") not in (None, Actor.NEWCOMER):
            self.add_error("actor", ValidationError(_("What is written is written by the newcomer."), code="writer"))
        if cleaned.get("is_private") and cleaned.get("actor", "") in (Actor.MANAGER, Actor.BUDDY):
            self.add_error("is_private", ValidationError(_("Whoever does a step sees it."), code="private"))
        return cleaned
