import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import OwnNames, Text
from rse.core.web.person_picker import PersonField

from .enums import LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REQUEST, CommunityKind, MemberRole
from .services.validators import ALIKE


class WordsForm(OwnNames, forms.Form):
    """A name and a purpose. A name that looks like another is taken once they say that it is meant, for which there is then a box."""

    name = Text(label=_("Name"), max_length=LONGEST_NAME, help_text=_("A few words that a colleague would look for."))
    purpose = Text(
        label=_("What it is for"),
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What people ask and share there, and whom it is meant for."),
    )
    is_meant = forms.BooleanField(label=_("Yes, this name is meant"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.meant = self.fields["is_meant"]
        if "is_meant" not in self.data:
            del self.fields["is_meant"]

    def refuse(self, wrong):
        """Show what the service refused, with a box to say that the name is meant where it looks like another."""
        self.add_error(None, wrong)
        if self.has_error("name", ALIKE):
            self.fields["is_meant"] = self.meant


PROTECTED_LABEL = _("Protected: for staff representatives, health, mutual support")
PROTECTED_HELP = _(
    "What happens here never counts in a statistic, a contribution or a profile, whoever asks. "
    "Unless everybody reads it, only its members know that it exists, and people come in by invitation. "
    "It stays so for good: people will have written under this promise."
)


class CommunityForm(WordsForm):
    """A new community: ``key`` makes one of it, however often it is sent."""

    kind = forms.ChoiceField(label=_("Who may join"), choices=CommunityKind.choices, widget=forms.RadioSelect)
    is_protected = forms.BooleanField(label=PROTECTED_LABEL, required=False, help_text=PROTECTED_HELP)
    key = Text(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, initial={"kind": CommunityKind.OPEN, "key": secrets.token_hex(8)}, **kwargs)


class CommunityEditForm(Versioned, WordsForm):
    version = VersionField()
    is_protected = forms.BooleanField(label=PROTECTED_LABEL, required=False, help_text=PROTECTED_HELP)

    def __init__(self, *args, may_protect=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_protect:
            del self.fields["is_protected"]


class KindForm(forms.Form):
    kind = forms.ChoiceField(choices=CommunityKind.choices)
    is_meant = forms.BooleanField(required=False)


class RoleForm(OwnNames, forms.Form):
    role = forms.ChoiceField(choices=MemberRole.choices)


class AskForm(forms.Form):
    words = Text(
        label=_("A word to the hosts"),
        max_length=LONGEST_REQUEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What brings you here. The hosts read it with your name."),
    )


class PersonForm(forms.Form):
    """One person, named by somebody who may open their card; of anybody else nothing is said."""

    person = PersonField(purpose="invitation")

    def __init__(self, *args, reader, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].ask_for(reader, community.pk)


class SuccessorForm(PersonForm):
    person = PersonField(
        purpose="successor", label=_("Who owns it after you"), help_text=_("A member: a few letters of the name are enough.")
    )
