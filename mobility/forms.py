import secrets

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core import clock
from rse.core.models import Person, Site, Unit
from rse.core.web.conflicts import SealedVersionField, Versioned, VersionField
from rse.core.web.forms import AboutSomebody, DayField, OwnNames, Text, TextAboutSomebody
from rse.core.web.person_picker import PersonField
from talent.forms import LinesField, SkillField
from talent.models import Skill

from .enums import (
    LONGEST_DESCRIPTION,
    LONGEST_LETTER,
    LONGEST_REASON,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    ApplicationState,
    Availability,
    LetterReader,
    MemberRole,
    OpeningKind,
    SiteAnswer,
)
from .services.applications import Content

NEEDED, LEARNED = 4, 3
SKILLS = ("needed_", "learned_")
IN_A_WORD = {"unit", "site", "pay_from", "pay_to", "level", "closes_on", "starts_on", "weeks", "share"}


class OpeningForm(Versioned, OwnNames, forms.Form):
    """An opening as it is written. ``key`` makes one of it, however often it is sent; ``version`` is the one that was read."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OpeningKind.choices, widget=forms.RadioSelect)
    title = Text(label=_("Title"), max_length=LONGEST_TITLE)
    summary = Text(label=_("In one sentence"), max_length=LONGEST_SUMMARY, required=False)
    description = Text(
        label=_("Description"),
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What one does there, what counts, what one learns. Markdown is understood."),
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none())
    pay_from = forms.IntegerField(
        label=_("Pay from, in k€ a year"), required=False, min_value=1, max_value=999, help_text=_("A mission may leave it empty.")
    )
    pay_to = forms.IntegerField(label=_("Pay to, in k€ a year"), required=False, min_value=1, max_value=999)
    level = Text(label=_("Classification level"), required=False, max_length=10)
    closes_on = DayField(label=_("Applications until"))
    starts_on = DayField(label=_("Starts on"))
    weeks = forms.IntegerField(label=_("Mission: weeks"), required=False, min_value=1, max_value=520)
    share = forms.IntegerField(label=_("Mission: share of the working time, in %"), required=False, min_value=1, max_value=100)
    key = Text(max_length=64, required=False, widget=forms.HiddenInput)
    version = VersionField(required=False)

    def __init__(self, data=None, *, units=None, initial=None, **kwargs):
        super().__init__(data, initial={"kind": OpeningKind.POSITION, "key": secrets.token_hex(8)} | (initial or {}), **kwargs)
        self.fields["unit"].queryset = (Unit.objects.all() if units is None else units).order_by("sorts_as", "pk")
        self.fields["site"].queryset = Site.objects.order_by("sorts_as", "pk")
        for number in range(1, NEEDED + 1):
            self.fields[f"needed_{number}"] = SkillField(label=_("Skill needed %(number)d") % {"number": number}, required=False)
        for number in range(1, LEARNED + 1):
            self.fields[f"learned_{number}"] = SkillField(label=_("Skill to learn %(number)d") % {"number": number}, required=False)

    @property
    def sides(self):
        """The fields as they are laid out: the texts, what is told in a word, one skill of each sort, and the further ones."""
        firsts = ("needed_1", "learned_1")
        further = [self[name] for name in self.fields if name.startswith(SKILLS) and name not in firsts]
        plain = [self[name] for name in self.fields if not name.startswith(SKILLS)]
        return {
            "texts": [field for field in plain if field.name not in IN_A_WORD],
            "words": [field for field in plain if field.name in IN_A_WORD],
            "skills": [self[name] for name in firsts],
            "further": further,
            "is_further": any(field.value() or field.errors for field in further),
        }

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_summary(self):
        return " ".join(self.cleaned_data["summary"].split())

    def values(self):
        """Return what the service takes: the columns, and the skills in the order of the form."""
        said = {name: self.cleaned_data[name] for name in self.fields if not name.startswith((*SKILLS, "key", "version"))}
        return said | {
            "needed": [self.cleaned_data[f"needed_{one}"] for one in range(1, NEEDED + 1) if self.cleaned_data.get(f"needed_{one}")],
            "to_learn": [self.cleaned_data[f"learned_{one}"] for one in range(1, LEARNED + 1) if self.cleaned_data.get(f"learned_{one}")],
        }


class FilterForm(forms.Form):
    """The filter of the list of openings."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Positions and missions")), *OpeningKind.choices])
    site = forms.ModelChoiceField(label=_("Site"), required=False, queryset=Site.objects.none(), empty_label=_("All sites"))
    skill = forms.ModelChoiceField(
        label=_("Skill"), required=False, queryset=Skill.objects.none(), empty_label=_("All skills"), to_field_name="code"
    )

    def __init__(self, data, *, skills):
        super().__init__(data)
        self.fields["site"].queryset = Site.objects.order_by("sorts_as", "pk")
        self.fields["skill"].queryset = skills


class MemberForm(OwnNames, forms.Form):
    person = PersonField(purpose="recruiting")
    role = forms.ChoiceField(label=_("Part"), choices=MemberRole.choices)

    def __init__(self, *args, reader, opening, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].ask_for(reader, opening.pk)


class ApplicationForm(Versioned, forms.Form):
    """An application as it is written; what may be attached is the applicant's own. A draft may leave everything empty."""

    use_required_attribute = False  # or the browser would not let a draft go
    letter = Text(
        label=_("Why this, in your words"),
        max_length=LONGEST_LETTER,
        error_messages={"required": _("Say in a few words why.")},
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A few sentences are enough. Nothing about health, family or beliefs is needed."),
    )
    letter_for = forms.ChoiceField(
        label=_("Who reads these words"), choices=LetterReader.choices, widget=forms.RadioSelect, initial=LetterReader.HR
    )
    availability = forms.ChoiceField(
        label=_("When could you begin?"),
        choices=Availability.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick one of these.")},
    )
    site_answer = forms.ChoiceField(
        label=_("And the site?"),
        choices=SiteAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Pick one of these.")},
    )
    lines = LinesField(
        label=_("Contributions that you attach"),
        required=False,
        help_text=_("Each is read by those who may open what it stands on, and by nobody else."),
    )
    skills = forms.MultipleChoiceField(label=_("Skills that you attach"), required=False, widget=forms.CheckboxSelectMultiple)
    may_contact = forms.BooleanField(
        label=_("The people who recruit may write to me or call me directly"),
        required=False,
        help_text=_("Otherwise they go through HR."),
    )
    version = VersionField()

    def __init__(self, *args, lines=(), skills=(), is_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("letter", "availability", "site_answer"):
            self.fields[name].required = not is_draft
        self.fields["lines"].show(lines)
        self.fields["skills"].choices = [(one.code, one.label) for one in skills]
        self.keys_of_skills = {one.code: one.pk for one in skills}
        for name in ("lines", "skills"):
            if not self.fields[name].choices:
                del self.fields[name]

    def clean_letter(self):
        return self.cleaned_data["letter"].strip()

    def content(self):
        """Return what the services take."""
        said = self.cleaned_data
        return Content(
            letter=said["letter"],
            letter_for=said["letter_for"],
            availability=said["availability"],
            site_answer=said["site_answer"],
            may_contact=said["may_contact"],
            line_ids=LinesField.keys_in(self, "lines"),
            skill_ids=[self.keys_of_skills[code] for code in said.get("skills", ())],
        )


class DayToCome(DayField):
    """Today or a later day."""

    def __init__(self, **options):
        super().__init__(earliest=clock.today, outside=_("This day is over."), **options)


class HandlingForm(Versioned, forms.Form):
    """What those who handle an application do to it, as they read it. They learn nothing of how often its draft was saved."""

    version = SealedVersionField()

    def __init__(self, *args, reader, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = application.version
        self.fields["version"].seal_for(reader, application)


class StepForm(HandlingForm):
    """The next step."""

    state = forms.ChoiceField(choices=ApplicationState.choices, widget=forms.HiddenInput)
    due_on = DayToCome(
        label=_("The day that comes next"),
        required=False,
        help_text=_("The date of the interview, or until when you answer."),
    )


class Reason(TextAboutSomebody):
    """Words that decide, and that the applicant reads."""

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value):
        return " ".join(super().clean(value).split())


class DecisionForm(AboutSomebody, HandlingForm):
    """The record of a decision: which, why, on what, what else was considered, and the date that follows."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (ApplicationState.OFFER, pgettext_lazy("decision", "Make an offer")),
            (ApplicationState.REFUSED, pgettext_lazy("decision", "Not select this time")),
        ],
        widget=forms.RadioSelect,
    )
    reason = Reason(label=_("Why"), help_text=_("The applicant reads this, with your name. Facts about the work, in full sentences."))
    alternatives = Reason(
        label=_("What else was considered"),
        help_text=_("Another opening, a training, later: or why nothing else fits."),
    )
    lines = LinesField(label=_("Contributions that this rests on"), required=False)
    due_on = DayToCome(label=_("Answer expected by"), required=False, help_text=_("For an offer."))

    def __init__(self, *args, lines=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].show(lines)
        if not lines:
            del self.fields["lines"]

    def offer(self, outcomes):
        """Show ``outcomes`` alone. What was possible where it was read is still understood: the service says what is possible now."""
        self.fields["outcome"].widget.choices = [(one, name) for one, name in self.fields["outcome"].choices if one in outcomes]

    def line_ids(self):
        """Return the primary keys of the lines that were picked."""
        return LinesField.keys_in(self, "lines")


class ManagerForm(forms.Form):
    manager = forms.ModelChoiceField(
        label=_("Which manager"), queryset=Person.objects.none(), to_field_name="handle", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, managers, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["manager"]
        field.queryset = Person.objects.filter(pk__in=[one.pk for one in managers])
        field.label_from_instance = lambda person: person.name
        if len(managers) == 1:
            field.initial = managers[0].handle
