import datetime

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core import clock
from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import AboutSomebody, DayField, MonthField, Text, TextAboutSomebody
from talent.forms import LinesField

from .enums import ActionKind, Criticality, Readiness
from .models import LONGEST, LONGEST_ACTION

REMINDER = _("280 characters at most. The person may read this one day. Nothing about health, family, age, union or beliefs.")


class Words(TextAboutSomebody):
    """A short text without what must not be said of somebody."""

    def __init__(self, *, max_length=LONGEST, rows=3, **kwargs):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}) if rows else None, **kwargs)

    def clean(self, value):
        return " ".join(super().clean(value).split())


class FactsForm(forms.Form):
    """What the register says of a key position."""

    criticality = forms.ChoiceField(label=_("Criticality"), choices=Criticality.choices, widget=forms.RadioSelect)
    vacant_from = MonthField(
        label=_("Month of probable vacancy"),
        required=False,
        earliest=lambda: datetime.date(2000, 1, 1),
        latest=lambda: datetime.date(clock.today().year + 20, 12, 31),
        outside=_("A month within the next twenty years."),
        help_text=_("Year and month. Empty: not known."),
    )
    is_single_holder = forms.BooleanField(label=_("One person alone knows this work"), required=False)
    note = Words(label=_("Note"), required=False, help_text=_("About the position and not about its holder, 280 characters at most."))


class PlanForm(Versioned, FactsForm):
    review_on = DayField(label=_("Next review"), required=False)
    version = VersionField(min_value=1)


class NameForm(Versioned, AboutSomebody, forms.Form):
    """The record of a decision: when, why, on which contributions, who else was thought of."""

    readiness = forms.ChoiceField(label=_("Ready"), choices=Readiness.choices, widget=forms.RadioSelect)
    reason = Words(label=_("Why this person"), help_text=REMINDER)
    evidence = LinesField(
        label=_("Contributions that this rests on"),
        required=False,
        help_text=_("Those that you may read. None is needed: no trace is not a weakness."),
    )
    alternatives = Words(
        label=_("Who or what else was considered"),
        help_text=_("Other people, an outside recruitment, another organisation of the work: in a few words."),
    )
    version = VersionField(required=False, min_value=1)

    def __init__(self, *args, lines=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["evidence"].show(lines)
        if not lines:
            del self.fields["evidence"]

    def evidence_ids(self):
        """Return the primary keys of the lines that were picked."""
        return LinesField.keys_in(self, "evidence")


class ActionForm(AboutSomebody, forms.Form):
    kind = forms.ChoiceField(label=_("Action"), choices=ActionKind.choices)
    words = Words(label=_("What"), max_length=LONGEST_ACTION, rows=0, help_text=_("140 characters at most."))
    due_on = DayField(label=pgettext_lazy("date", "By"), required=False)


class DecisionForm(Versioned, AboutSomebody, forms.Form):
    decision = Words(label=_("What was decided, and why"), help_text=REMINDER)
    version = VersionField(min_value=1)


class FindForm(forms.Form):
    q = Text(required=False, max_length=80)
