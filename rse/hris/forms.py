from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .files.columns import COLUMNS
from .models import ImportBatch


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of people"),
        help_text=gettext_lazy("CSV or XLSX, 50 MiB and 300,000 rows at most. Larger ones are imported by the command on the server."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx", "data-max-bytes": 50 * 1024 * 1024}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("The file holds"),
        choices=ImportBatch.Kind.choices,
        initial=ImportBatch.Kind.FULL,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("In a file of everybody, who is missing has left. In a file of changes, nobody leaves by being absent."),
    )


class ColumnsForm(forms.Form):
    """One choice per column that we know, among the headers of the file."""

    skips_bad_rows = forms.BooleanField(label=gettext_lazy("Write the good lines even if others have errors"), required=False)

    def __init__(self, *args, headers, mapping, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("— not in this file —")), *((header, header) for header in headers)]
        for name, column in COLUMNS.items():
            self.fields[name] = forms.ChoiceField(
                label=column.label, choices=choices, required=column.is_required, initial=mapping.columns.get(name, "")
            )
        self.order_fields([*COLUMNS, "skips_bad_rows"])
        self.header_count = len(headers)

    @property
    def known(self):
        """The names of the columns that are read from some header of the file, before anybody changed that."""
        return [name for name in COLUMNS if self.fields[name].initial]

    @property
    def is_settled(self):
        """Whether nothing is left to choose: every column that must be there is, and nothing that was sent is wrong."""
        return not self.errors and all(name in self.known for name, column in COLUMNS.items() if column.is_required)
