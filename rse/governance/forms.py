from django import forms
from django.utils.translation import gettext_lazy as _

from rse.core import clock
from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import DayField, Text
from rse.core.web.person_picker import PersonField

from .enums import Advice, AppealOutcome, Article, Outcome, ReportCategory


class ReportForm(forms.Form):
    category = forms.ChoiceField(label=_("What is it about?"), choices=ReportCategory.choices, widget=forms.RadioSelect)
    words = Text(
        label=_("What happened"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In your own words, if you wish. What you report is attached by itself."),
    )


class DecisionForm(forms.Form):
    """How a report ends. An article and a reason are asked for where something is hidden."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Outcome.choices, widget=forms.RadioSelect)
    article = forms.ChoiceField(
        label=_("Article"),
        choices=[("", _("Choose an article")), *Article.choices],
        required=False,
        help_text=_("To hide the content. Criticising the company is not a reason."),
    )
    reason = Text(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("To hide the content. Its author reads this."),
    )

    def __init__(self, *args, may_hide=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_hide:
            self.fields["outcome"].choices = [choice for choice in Outcome.choices if choice[0] != Outcome.HIDDEN]
            del self.fields["article"], self.fields["reason"]

    def clean(self):
        said = super().clean()
        if said.get("outcome") == Outcome.HIDDEN:
            if not said.get("article"):
                self.add_error("article", forms.ValidationError(_("Choose the article that this content breaks."), code="required"))
            if not said.get("reason", "").strip():
                self.add_error("reason", forms.ValidationError(_("Say why, for the author."), code="required"))
        return said


class AppealForm(forms.Form):
    words = Text(label=_("Why it should be shown again"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class AppealDecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Decision"), choices=AppealOutcome.choices, widget=forms.RadioSelect)
    answer = Text(label=_("Answer"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The author reads this."))


class FeatureForm(Versioned, forms.Form):
    """The conditions of a feature: all of them, before the yes of the head of HR is asked for."""

    version = VersionField(required=False, initial=0)
    impact_assessment = Text(
        label=_("Impact assessment"), max_length=200, help_text=_("Its reference, so that anybody entitled can find it.")
    )
    works_council_on = DayField(
        label=_("Works council consulted on"), latest=clock.today, outside=_("A consultation is written down once it was held.")
    )
    works_council_advice = forms.ChoiceField(label=_("Its opinion"), choices=[("", "—"), *Advice.choices])
    notice_on = DayField(
        label=_("Employees told on"),
        help_text=_("The feature does not start before this day."),
    )
    notice_fr = Text(label=_("Notice in French"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    notice_en = Text(label=_("Notice in English"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    owner = PersonField(purpose="feature", label=_("Who answers for it"))

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].ask_for(reader)
