from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rse.core.folding import fold
from rse.core.web.forms import Text

from .files.columns import COLUMNS
from .files.dates import DAY_FIRST, MONTH_FIRST
from .files.formats import Layout
from .files.headers import folded
from .files.recognition import NO
from .files.role_lines import MOST_MIB
from .files.statuses import EXPECTED, GONE, HERE, meaning_of
from .models import ImportBatch

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.zip"
MOST_NAMESAKES, MOST_KNOWN = 100, 150  # that one form asks about, beside the columns: no request holds more than 500 fields
MOST_STATUSES = 20  # words of one column that can be statuses
ORDERS = [
    ("", gettext_lazy("As their values say")),
    (DAY_FIRST, gettext_lazy("The day first: 31/12/2026")),
    (MONTH_FIRST, gettext_lazy("The month first: 12/31/2026")),
]
SAME = [
    ("", gettext_lazy("— choose —")),
    ("yes", gettext_lazy("Yes, the number changes")),
    ("no", gettext_lazy("No, they are two people")),
]
PRESENCES = [
    ("", gettext_lazy("— choose —")),
    (HERE, pgettext_lazy("status of a person in a file", "Present")),
    (EXPECTED, pgettext_lazy("status of a person in a file", "To come")),
    (GONE, pgettext_lazy("status of a person in a file", "Gone")),
]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of people"),
        help_text=gettext_lazy(
            "CSV, XLSX, XLS or ODS, or a ZIP with one of them; 50 MiB and 300,000 rows at most. "
            "Larger ones are imported by the command on the server."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-max-bytes": 50 * 1024 * 1024}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("The file holds"),
        choices=ImportBatch.Kind.choices,
        initial=ImportBatch.Kind.FULL,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("In a file of everybody, who is missing has left. In a file of changes, nobody leaves by being absent."),
    )
    sheet = Text(
        label=gettext_lazy("Sheet"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Empty: the one that looks most like a list of people."),
    )
    line = forms.IntegerField(
        label=gettext_lazy("Line of the headers"),
        required=False,
        min_value=1,
        max_value=10_000,
        help_text=gettext_lazy("Empty: it is found."),
    )

    def layout(self):
        """Return where the table is, as far as it was said."""
        line = self.cleaned_data["line"]
        return Layout(self.cleaned_data["sheet"], (line,) if line else None)


class RoleFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of roles"),
        help_text=gettext_lazy(
            "CSV, XLSX, XLS or ODS; 5 MB and 5,000 lines at most. Its columns: employee number or e-mail, role, unit (code or name; empty: "
            "the whole company), from, until."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-max-bytes": MOST_MIB * 1024 * 1024}),
    )


class ColumnsForm(forms.Form):
    """What each column of the file becomes, with what its values leave open.

    ``columns`` are those of a survey, ``namesakes`` cells that name several people: each with pairs of a number and what tells them apart,
    ``known`` people who may be known under another number: the number of the file, their key, and a sentence about both.
    """

    skips_bad_rows = forms.BooleanField(
        label=gettext_lazy("Write the good lines even if others have errors"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-said-anew": True}),  # it is never ticked by what was kept of an earlier look
    )
    day_order = forms.ChoiceField(label=gettext_lazy("Dates written in numbers"), choices=ORDERS, required=False)

    def __init__(self, *args, columns, mapping, namesakes=(), known=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.columns, self.mapping, self.header_count = columns, mapping, len(columns)
        becomes = {header: name for name, header in mapping.columns.items()}
        choices = [("", _("— not read —")), *((name, column.label) for name, column in COLUMNS.items())]
        for seen in columns:
            name = f"column-{seen.place}"
            self.fields[name] = forms.ChoiceField(label=seen.header, choices=choices, required=False, initial=becomes.get(seen.header, ""))
        self.fields["day_order"].initial = next(iter(mapping.days.values()), "")
        self.words = self._unknown_words()
        for place, word in enumerate(self.words):
            said = mapping.statuses.get(folded(word), "")
            self.fields[f"status-{place}"] = forms.ChoiceField(label=word, choices=PRESENCES, required=False, initial=said)
        asked = {fold(cell) for cell, _people in namesakes}
        answered = ((cell, [(number, number)]) for cell, number in mapping.superiors.items() if cell not in asked)
        self.namesakes = [*namesakes, *answered][:MOST_NAMESAKES]  # an answer stays where whoever gave it sees it, and may take it back
        for place, (cell, people) in enumerate(self.namesakes):
            said = mapping.superiors.get(fold(cell), "")
            choices = [("", _("— nobody for now —")), *people]
            self.fields[f"superior-{place}"] = forms.ChoiceField(label=cell, choices=choices, required=False, initial=said)

        self.known_people = list(known)
        for place, (number, _pk, sentence) in enumerate(self.known_people[:MOST_KNOWN]):
            said = {"-": "no"}.get(mapping.same.get(number, ""), "yes" if number in mapping.same else "")
            self.fields[f"same-{place}"] = forms.ChoiceField(label=sentence, choices=SAME, required=False, initial=said)
        if len(self.known_people) > 1:
            self.fields["same_all"] = forms.ChoiceField(label=_("For all of those not answered"), choices=SAME, required=False)

    def _unknown_words(self):
        """Words of the column of statuses whose meaning only a person knows."""
        header = self.mapping.columns.get("status")
        values = next((seen.values for seen in self.columns if seen.header == header), ())
        return [word for word in values if meaning_of(word) is None][:MOST_STATUSES]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for seen in self.columns:
            name = cleaned.get(f"column-{seen.place}") or ""
            if name in taken:
                words = _("“%(column)s” is read from “%(header)s” already: choose one of the two.")
                self.add_error(f"column-{seen.place}", words % {"column": COLUMNS[name].label, "header": taken[name]})
            elif name:
                taken[name] = seen.header
        cleaned["columns"] = taken
        return cleaned

    def said(self):
        """Return what was chosen, in the shape in which a mapping is kept."""
        cleaned = self.cleaned_data
        order, columns = cleaned["day_order"], cleaned["columns"]
        answers: dict[str, dict[str, str]] = {
            "@same": dict(self.mapping.same),
            "@days": {name: order for name in ("hired_on", "trial_ends_on", "leaves_on") if order and name in columns},
            "@statuses": {folded(word): cleaned[f"status-{place}"] for place, word in enumerate(self.words)},
            "@superiors": {fold(cell): cleaned[f"superior-{place}"] for place, (cell, _people) in enumerate(self.namesakes)},
        }
        every = cleaned.get("same_all", "")
        for place, (number, pk, _sentence) in enumerate(self.known_people):
            answer = cleaned.get(f"same-{place}") or every
            answers["@same"][number] = {"yes": str(pk), "no": NO}.get(answer, "")
        kept = {name: {key: value for key, value in said.items() if value} for name, said in answers.items()}
        return {**columns, **kept}

    def rows(self):
        """Return each column of the file: its header, three of its values, and the field that says what it becomes."""
        return [(seen.header, seen.shown(), self[f"column-{seen.place}"]) for seen in self.columns]

    def statuses(self):
        return [self[f"status-{place}"] for place in range(len(self.words))]

    def same(self):
        names = [f"same-{place}" for place in range(len(self.known_people))] + ["same_all"]
        return [self[name] for name in names if name in self.fields]

    def superiors(self):
        return [self[f"superior-{place}"] for place in range(len(self.namesakes))]

    @property
    def known(self):
        """The names of the columns that are read from some header of the file, before anybody changed that."""
        return list(self.mapping.columns)

    @property
    def is_settled(self):
        """Whether nothing is left to choose: every column that must be there is, and nothing that was sent is wrong."""
        return not self.errors and not self.mapping.missing()
