from django import forms
from django.utils.translation import gettext_lazy as _

from . import queries


class SectionEditorForm(forms.Form):
    """One of those who hold the role of an editor, and do not edit this section yet."""

    person = forms.ModelChoiceField(queryset=None, label=_("Editor"), empty_label=_("Choose somebody"))

    def __init__(self, *args, reader, section, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = queries.nameable(reader, section)
        self.fields["person"].label_from_instance = lambda person: person.name
        self.fields["person"].widget.attrs["id"] = f"id_person_{section.pk}"


class PersonForm(forms.Form):
    person = forms.IntegerField(min_value=1)
