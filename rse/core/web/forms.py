from django import forms
from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..characters import clean_line, clean_text
from ..enums import Accent, Role, Wording
from ..models import Person, Unit
from ..people import handles
from ..people.private_words import PrivateWord, private_word
from ..phones import check_phone
from ..pictures.drawing import LARGEST, TYPES, Square
from .conflicts import Versioned, VersionField
from .person_picker import PersonField

SPOKEN = [
    ("fr", _("French")),
    ("en", _("English")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("it", _("Italian")),
    ("pt", _("Portuguese")),
    ("nl", _("Dutch")),
    ("pl", _("Polish")),
    ("ro", _("Romanian")),
    ("ar", _("Arabic")),
    ("tr", _("Turkish")),
    ("vi", _("Vietnamese")),
    ("zh", _("Chinese")),
]


TAKEN = frozenset({"name", "role", "title"})


class OwnNames(forms.BaseForm):
    """For forms with fields called like something that every form of a browser has: they are sent under a name of their own.

    A control called ``title`` would stand in the place of ``form.title`` for every script that reads it.
    """

    def add_prefix(self, field_name):
        return super().add_prefix(f"its_{field_name}" if field_name in TAKEN else field_name)


class Text(forms.CharField):
    """The field of every text that somebody writes: composed, without control characters and without what nobody sees.

    It has lines where its box has.
    """

    def to_python(self, value):
        clean = clean_text if isinstance(self.widget, forms.Textarea) else clean_line
        text = clean(super().to_python(value) or "")
        return text.strip() if self.strip else text

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | ({} if widget.is_hidden else {"dir": "auto"})

    def get_bound_field(self, form, field_name):
        return KeptText(form, self, field_name)


class KeptText(forms.BoundField):
    """A text in its form: what is kept says whom its handles mean today, what was typed stands as it was typed."""

    def as_widget(self, widget=None, attrs=None, only_initial=False):  # noqa: FBT002 - the signature of Django
        html = super().as_widget(widget, attrs, only_initial)
        return html if self.form.is_bound else mark_safe(handles.held(html))  # noqa: S308 - only marks were added


class TextAboutSomebody(Text):
    """A text about a person that others read: without words about private life, their own name excepted.

    ``about`` is set on the field of a form that knows of whom it speaks.
    """

    about = None

    def __init__(self, *, is_own=False, **kwargs):
        self.is_own = is_own
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if word := private_word(text, about=self.about):
            raise PrivateWord(word, is_own=self.is_own)
        return text


class AboutSomebody:
    """For forms with such fields: ``about`` says of whom they speak."""

    def __init__(self, *args, about=None, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, TextAboutSomebody):
                field.about = about


class DayField(forms.DateField):
    """A day, picked in a calendar, from ``earliest()`` to ``latest()`` where these are given; ``outside`` says what is wrong elsewhere."""

    kind, shown, in_full = "date", "%Y-%m-%d", "j F Y"

    def __init__(self, *, earliest=None, latest=None, outside="", **options):
        if (earliest or latest) and not outside:
            raise TypeError("a day between bounds says what is wrong elsewhere")
        self.earliest, self.latest, self.outside = earliest, latest, outside
        super().__init__(widget=forms.DateInput(attrs={"type": self.kind}, format=self.shown), **options)

    def get_bound_field(self, form, field_name):
        for side, bound in (("min", self.earliest), ("max", self.latest)):
            if bound:
                self.widget.attrs[side] = bound().strftime(self.shown)
        return super().get_bound_field(form, field_name)

    def validate(self, value):
        super().validate(value)
        if value and ((self.earliest and value < self.earliest()) or (self.latest and value > self.latest())):
            raise forms.ValidationError(self.outside, code="range")


class MonthField(DayField):
    """A month, as its first day."""

    kind, shown, in_full = "month", "%Y-%m", "F Y"

    def __init__(self, **options):
        super().__init__(**{"input_formats": [self.shown, "%m/%Y", DayField.shown]} | options)

    def to_python(self, value):
        day = super().to_python(value)
        return day and day.replace(day=1)


class ProfileForm(Versioned, forms.ModelForm):
    about = TextAboutSomebody(
        is_own=True,
        label=_("In a few words"),
        required=False,
        max_length=600,
        help_text=_("What you work on, what you like to be asked about. 600 characters at most."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 600}),
    )
    version = VersionField()
    languages = forms.MultipleChoiceField(label=_("Languages spoken"), choices=SPOKEN, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Person
        fields = ("about", "about_for", "work_phone", "work_phone_for", "languages", "languages_for", "wording", "version")
        labels = {
            "about_for": pgettext_lazy("field", "Shown to"),
            "work_phone_for": pgettext_lazy("field", "Shown to"),
            "languages_for": pgettext_lazy("field", "Shown to"),
        }
        help_texts = {
            "wording": _("Your title, in the languages where it has two forms. Everybody reads it so; nothing is chosen or sorted by it."),
            "work_phone": _("For colleagues to call you at work, from your profile. Leave it empty if you would rather not."),
        }
        field_classes = {"work_phone": Text}
        widgets = {"work_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "work tel"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        spoken = dict(SPOKEN)
        others = [(code, code) for code in self.instance.languages if code not in spoken]
        self.fields["languages"].choices = [*SPOKEN, *others]
        self.fields["about"].about = self.instance
        self.fields["wording"].required = False

    def clean_wording(self):
        return self.cleaned_data["wording"] or Wording.NEUTRAL

    def clean_work_phone(self):
        phone = self.cleaned_data["work_phone"]
        if phone:
            check_phone(phone)
        return phone


class PercentField(forms.IntegerField):
    """A slider that stands where nothing is sent at ``initial``, in percent."""

    def __init__(self, *, lowest=0, highest=100, **options):
        slider = forms.NumberInput(attrs={"type": "range"})
        super().__init__(required=False, min_value=lowest, max_value=highest, widget=slider, **options)

    def clean(self, value):
        number = super().clean(value)
        return self.initial if number is None else number


class PhotoForm(forms.Form):
    """A picture, and which square of it is kept: the middle where nothing is said."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP, GIF or HEIC, 25 MB at most. Where it was taken, and with what, is erased."),
        widget=forms.FileInput(attrs={"accept": TYPES, "data-max-bytes": LARGEST, "data-crop": ""}),
    )
    zoom = PercentField(label=_("How near"), initial=100, lowest=100, highest=400)
    across = PercentField(label=_("From left to right"), initial=50)
    down = PercentField(label=_("From top to bottom"), initial=50)

    def square(self):
        """Return the square that is kept, once the form is valid."""
        return Square(**{name: self.cleaned_data[name] for name in ("zoom", "across", "down")})


class LogoForm(forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP, GIF or HEIC, 25 MB at most, on a ground that shows through at best: pages are light or dark."),
        widget=forms.FileInput(attrs={"accept": TYPES, "data-max-bytes": LARGEST}),
    )


class CompanyForm(OwnNames, Versioned, forms.Form):
    name = Text(label=_("Name of the company"), max_length=120)
    accent = forms.ChoiceField(
        label=_("Colour"),
        help_text=_("Of buttons, links and marks. Each can be read in light and in dark; what is done stays green."),
        choices=Accent.choices,
        widget=forms.RadioSelect,
    )
    version = VersionField()


class CodeForm(forms.Form):
    code = Text(
        label=_("Code of the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class RoleForm(OwnNames, forms.Form):
    person = PersonField(purpose="role")
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(label=_("Over"), queryset=Unit.objects.none(), required=False, empty_label=_("The whole company"))
    starts_on = DayField(label=pgettext_lazy("date", "From"))
    ends_on = DayField(
        label=pgettext_lazy("date", "Until"),
        required=False,
        help_text=_("The last day, included. Empty: until somebody ends it."),
    )

    def __init__(self, *args, reader, choices=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].ask_for(reader)
        self.fields["unit"].queryset = Unit.objects.order_by("sorts_as", "pk")
        if choices is not None:
            self.fields["role"].choices = choices

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", forms.ValidationError(_("The last day comes before the first."), code="order"))
        return cleaned


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)
