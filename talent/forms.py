from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core import clock
from rse.core.days import date_format
from rse.core.models import Audience, JobFamily, Site
from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import AboutSomebody, OwnNames, Text, TextAboutSomebody
from rse.core.web.listing import ListForm, Order, WordsField

from . import queries
from .enums import Horizon, Level, SkillGroup, WishVisibility
from .models.being import LONGEST_WISH
from .models.ledger import LONGEST_COMMENT
from .models.skills import language_of_labels


class SkillField(Text):
    """One skill by its name, proposed while typing; its value is the skill."""

    default_error_messages = {"unknown": _("No skill has this name. Pick one of the list."), "close": _("Pick one of these: %(names)s.")}

    def __init__(self, **kwargs):
        super().__init__(max_length=80, **kwargs)
        self.widget.attrs |= {
            "list": "skill-options",
            "autocomplete": "off",
            "hx-get": reverse_lazy("skills:find"),
            "hx-trigger": "input delay:200ms",
            "hx-target": "#skill-options",
            "hx-swap": "outerHTML",
            "hx-params": "*",
        }

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        if skill := queries.skill_named(text):
            return skill
        if near := queries.find_skills(text):
            raise ValidationError(self.error_messages["close"], code="close", params={"names": ", ".join(one.label for one in near)})
        raise ValidationError(self.error_messages["unknown"], code="unknown")


class LinesField(forms.MultipleChoiceField):
    """Some of the contributions that are shown, each moment once: a browser names it by the public id of the line that says most of it."""

    widget = forms.CheckboxSelectMultiple

    def show(self, lines):
        """Offer ``lines``, as they are shown to the reader of the form, as choices."""
        moments = queries.moments_of(lines)
        self.keys = {moment.telling.line.public_id: moment.telling.line.pk for moment in moments}
        self.choices = [(moment.telling.line.public_id, said_of(moment.telling)) for moment in moments]
        self.told_by = {one.line.public_id: moment.telling.line.public_id for moment in moments for one in moment.lines}

    def prepare_value(self, value):
        return self._told(value or [])

    def to_python(self, value):
        return self._told(super().to_python(value))

    def _told(self, public_ids):
        """Return each moment that ``public_ids`` name, whichever of its lines does; an unknown id stays, to be refused."""
        return list(dict.fromkeys(self.told_by.get(one, one) for one in public_ids))

    @staticmethod
    def keys_in(form, name):
        """Return the primary keys of the lines picked in the field ``name`` of a valid form; none where the form does not ask."""
        return [form.fields[name].keys[public_id] for public_id in form.cleaned_data[name]] if name in form.fields else []


def said_of(shown):
    """Return a contribution in a line: its kind, its title, its date."""
    words = [
        str(shown.line.get_kind_display()),
        *([str(_("“%(title)s”") % {"title": shown.title})] if shown.title else []),
        date_format(shown.line.on, "j F Y"),
    ]
    return " · ".join(words)


class DeclareForm(forms.Form):
    skill = SkillField(label=_("Skill"), help_text=_("Two letters are enough to see the list."))
    level = forms.ChoiceField(label=pgettext_lazy("skill", "I am"), choices=Level.choices, widget=forms.RadioSelect)
    is_public = forms.BooleanField(label=_("Shown to everyone in the company"), required=False, initial=True)


class NewSkillForm(forms.Form):
    label_fr = Text(label=_("French label"), max_length=80)
    label_en = Text(label=_("English label"), max_length=80)
    group = forms.ChoiceField(label=_("Group"), choices=SkillGroup.choices)


class ReferenceForm(ListForm):
    """What narrows the reference table."""

    q = WordsField(label=_("Skill"))
    group = forms.ChoiceField(label=_("Group"), required=False, choices=[("", _("All groups")), *SkillGroup.choices])
    is_merged = forms.BooleanField(label=_("Merged ones alone"), required=False)

    def __init__(self, data):
        languages = {
            "fr": Order(_("French label"), _("Sorted by the French label."), by=("sorts_as_fr", "pk")),
            "en": Order(_("English label"), _("Sorted by the English label."), by=("sorts_as_en", "pk")),
        }
        first = language_of_labels()
        super().__init__(data, orders={name: languages[name] for name in sorted(languages, key=lambda name: name != first)})


class OwnSkillsForm(ListForm):
    """What narrows the skills of oneself: where each comes from."""

    q = WordsField(label=_("Skill"))
    source = forms.ChoiceField(
        label=_("Where it comes from"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("declared", _("What I say")),
            ("confirmers", _("What colleagues confirm")),
            ("lines", _("What my contributions show")),
        ],
    )

    def __init__(self, data):
        orders = {
            "name": Order(pgettext_lazy("order", "name"), _("Sorted by name."), key=lambda row: [row.skill.sorts_as, row.skill.pk]),
            "latest": Order(
                pgettext_lazy("order", "date of the latest contribution"),
                _("Sorted by the latest contribution, the newest first."),
                key=lambda row: [-row.latest.toordinal() if row.latest else 0, row.skill.sorts_as, row.skill.pk],
                is_descending=True,
            ),
        }
        super().__init__(data, orders=orders)


class MergeForm(forms.Form):
    source = SkillField(label=_("This skill"))
    into = SkillField(label=_("becomes"))


class TrainingForm(OwnNames, AboutSomebody, forms.Form):
    title = TextAboutSomebody(is_own=True, label=_("Training or diploma"), max_length=160)
    year = forms.IntegerField(label=_("Year"))
    is_public = forms.BooleanField(label=_("Shown to everyone in the company"), required=False, initial=True)

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 1950 <= year <= clock.today().year:
            raise ValidationError(_("A year between 1950 and this one."), code="range")
        return year


class WishListForm(ListForm):
    """What narrows the wishes that a reader may open; names where HR reads whose they are."""

    q = WordsField(label=_("Name"))
    horizon = forms.ChoiceField(label=_("When"), required=False, choices=[("", _("Any time")), *Horizon.choices])
    family = forms.ModelChoiceField(label=_("Job family"), queryset=JobFamily.objects.none(), required=False, empty_label=_("All families"))

    def __init__(self, data, *, has_names):
        orders = {
            "mixed": Order(_("no order"), _("In an order that says nothing of anybody."), by=("public_id",)),
            "when": Order(pgettext_lazy("order", "when"), _("Sorted by when, the soonest first."), by=("soonest", "public_id")),
        }
        if has_names:
            orders = {
                "name": Order(pgettext_lazy("order", "name"), _("Sorted by name."), by=("shown_name", "public_id")),
                "when": orders["when"],
            }
        super().__init__(data, orders=orders)
        self.fields["family"].queryset = JobFamily.objects.order_by("sorts_as", "pk")
        if not has_names:
            del self.fields["q"]


class WishForm(Versioned, AboutSomebody, forms.Form):
    horizon = forms.ChoiceField(label=_("When"), choices=Horizon.choices, widget=forms.RadioSelect)
    text = TextAboutSomebody(
        is_own=True,
        label=_("What I would like to do"),
        required=False,
        max_length=LONGEST_WISH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In your words, 280 characters at most. Nothing about health, family or beliefs."),
    )
    family = forms.ModelChoiceField(label=_("Job family"), queryset=JobFamily.objects.none(), required=False, empty_label=_("Any"))
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none(), required=False, empty_label=_("Any"))
    is_open_to_talk = forms.BooleanField(label=_("I am open to talk about it"), required=False)
    visibility = forms.ChoiceField(label=pgettext_lazy("wish", "Shown to"), choices=WishVisibility.choices, widget=forms.RadioSelect)
    version = VersionField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["family"].queryset = JobFamily.objects.order_by("sorts_as", "pk")
        self.fields["site"].queryset = Site.objects.order_by("sorts_as", "pk")

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())


class CommentForm(AboutSomebody, forms.Form):
    comment = TextAboutSomebody(
        is_own=True, label=_("My comment"), required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 2})
    )


class KeepForm(forms.Form):
    """Whom a proposed line is shown to, where its person chooses."""

    audience = forms.ModelChoiceField(label=_("Shown to"), queryset=Audience.objects.none(), to_field_name="public_id", required=False)

    def __init__(self, *args, line, **kwargs):
        super().__init__(*args, **kwargs)
        audience = self.fields["audience"]
        audience.queryset = queries.audiences_to_choose(line.person)
        audience.required = line.act_kind == "help_confirmation"
        audience.empty_label = None if audience.required else audience.empty_label


class TagForm(forms.Form):
    skill = SkillField(label=_("Skill"))
