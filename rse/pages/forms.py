from django import forms
from django.utils.translation import gettext_lazy as _


class SectionEditorForm(forms.Form):
    """One of those who may be named for this section: ``people``, read once for the forms of all sections."""

    person = forms.TypedChoiceField(label=_("Editor"))

    def __init__(self, *args, section, people, **kwargs):
        super().__init__(*args, **kwargs)
        by_handle = {person.handle: person for person in people}
        field = self.fields["person"]
        field.choices = [("", _("Choose somebody")), *((key, person.name) for key, person in by_handle.items())]
        field.coerce = by_handle.get
        field.widget.attrs["id"] = f"id_person_{section.slug}"


class PersonForm(forms.Form):
    person = forms.SlugField(max_length=80)
