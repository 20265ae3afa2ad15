import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rse.core.models import Audience
from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import OwnNames, Text
from rse.governance.enums import Article

from .enums import LONGEST_POST, LONGEST_REASON, LONGEST_TITLE, MOST_PICTURES, PostKind
from .validators import check_alt, check_reason, check_text, check_title, plain, plain_line

LANGUAGES = [("", pgettext_lazy("language of a text", "Guess it")), ("fr", _("French")), ("en", _("English"))]


class TextForm(Versioned, forms.Form):
    """A text with its pictures. Pictures that were uploaded already are named by ``picture``, and said in words by ``alt-<id>``."""

    longest = LONGEST_POST
    body = Text(label=_("Text"), strip=False, error_messages={"required": _("Write something first.")}, widget=forms.Textarea)
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES, required=False)
    key = Text(max_length=64, required=False, widget=forms.HiddenInput)
    version = VersionField(required=False)

    def __init__(self, *args, is_edit=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_edit = is_edit
        if not is_edit:
            self.fields["key"].initial = uuid.uuid4().hex

    def clean_body(self):
        body = plain(self.cleaned_data["body"])
        check_text(body, self.longest)
        return body

    def picture_ids(self):
        return list(dict.fromkeys(self.data.getlist("picture")))[: MOST_PICTURES + 1] if self.is_bound else []

    def picture_words(self):
        return [(public_id, plain_line(self.data.get(f"alt-{public_id}", ""))) for public_id in self.picture_ids()]

    def clean(self):
        said = super().clean()
        if len(self.picture_ids()) > MOST_PICTURES:
            raise ValidationError(_("%(most)d pictures at most."), code="too_many_pictures", params={"most": MOST_PICTURES})
        for _public_id, alt in self.picture_words():
            check_alt(alt)
        return said


class PostForm(OwnNames, TextForm):
    audience = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Audience.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        error_messages={"invalid_choice": _("You cannot write there, or no longer."), "required": _("Choose where.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=PostKind.choices, initial=PostKind.MESSAGE, widget=forms.RadioSelect)
    title = Text(
        label=_("Title"),
        required=False,
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"placeholder": _("Your question in one line")}),
    )

    def __init__(self, *args, audiences=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].queryset = Audience.objects.filter(pk__in=[audience.pk for audience in audiences]).order_by(
            "sorts_as", "pk"
        )
        self.fields["audience"].choices = [(audience.public_id, audience.title) for audience in audiences]
        self.fields["body"].widget.attrs |= {
            "rows": 1,
            "placeholder": _("Share, ask…"),
            "aria-label": _("Your message"),
            "maxlength": LONGEST_POST,
        }

    def clean(self):
        said = super().clean()
        title = said.get("title", "")
        try:
            check_title(said.get("kind"), plain(title))
        except ValidationError as error:
            self.add_error("title", error)
        return said


class PostEditForm(OwnNames, TextForm):
    title = Text(label=_("Title"), required=False, max_length=LONGEST_TITLE)
    field_order = ("title", "body", "language")

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, is_edit=True, **kwargs)
        self.kind = kind
        self.fields["title"].required = kind == PostKind.QUESTION
        self.fields["body"].widget.attrs |= {"rows": 10, "maxlength": LONGEST_POST}

    def clean_title(self):
        title = plain(self.cleaned_data["title"])
        check_title(self.kind, title)
        return title


class CommentForm(TextForm):
    longest = LONGEST_POST
    about = Text(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["language"]
        if self.is_edit:
            del self.fields["about"]
        rows = {"rows": 8} if self.is_edit else {"rows": 1, "placeholder": _("Write an answer…")}
        self.fields["body"].label = _("Your answer")
        self.fields["body"].widget.attrs |= {"maxlength": LONGEST_POST, **rows}


class UsefulForm(forms.Form):
    on = forms.BooleanField(required=False)
    reason = Text(label=_("It helped me to…"), required=False, max_length=LONGEST_REASON)

    def clean_reason(self):
        reason = plain(self.cleaned_data["reason"])
        check_reason(reason)
        return reason


class HideForm(forms.Form):
    article = forms.ChoiceField(
        label=_("Article"),
        choices=[("", _("Choose an article")), *Article.choices],
        help_text=_("What of the charter it breaks. Criticising the company is not a reason."),
    )
    reason = Text(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Its author reads this, and may contest it."),
    )
