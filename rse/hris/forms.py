from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from rse.core.folding import fold
from rse.core.models import Unit
from rse.core.web.conflicts import Versioned, VersionField
from rse.core.web.forms import DayField, Text
from rse.core.web.listing import ListForm, Order, WordsField
from rse.core.web.person_picker import PersonField

from .files.columns import COLUMNS, ColumnMapping
from .files.dates import DAY_FIRST, MONTH_FIRST
from .files.formats import Layout
from .files.headers import folded
from .files.recognition import NO
from .files.role_lines import MOST_MIB
from .files.statuses import EXPECTED, GONE, HERE, meaning_of
from .models import Correction, ImportBatch, ImportMapping

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.zip"
MOST_NAMESAKES, MOST_KNOWN, MOST_CORRECTED = (
    100,
    120,
    30,
)  # that one form asks about, beside the columns: no request holds more than 500 fields
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
        help_text=gettext_lazy("In a file of everybody, HR is asked about whoever is missing. In a file of changes, nobody is."),
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


class _ColumnFields(forms.Form):
    """A field ``column-<place>`` for each of ``columns``, a header with its place, that says which column of ours it becomes."""

    day_order = forms.ChoiceField(label=gettext_lazy("Dates written in numbers"), choices=ORDERS, required=False)

    def add_columns(self, columns, mapping):
        """Add the fields, as ``mapping`` has them."""
        self.columns = list(columns)
        becomes = {header: name for name, header in mapping.columns.items()}
        choices = [("", _("— not read —")), *((name, column.label) for name, column in COLUMNS.items())]
        for header, place in self.columns:
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=header, choices=choices, required=False, initial=becomes.get(header, "")
            )
        self.fields["day_order"].initial = next(iter(mapping.days.values()), "")

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for header, place in self.columns:
            name = cleaned.get(f"column-{place}") or ""
            if name in taken:
                words = _("“%(column)s” is read from “%(header)s” already: choose one of the two.")
                self.add_error(f"column-{place}", words % {"column": COLUMNS[name].label, "header": taken[name]})
            elif name:
                taken[name] = header
        cleaned["columns"] = taken
        return cleaned

    def days(self):
        """Return the order of days that was chosen, by column that has some."""
        order, columns = self.cleaned_data["day_order"], self.cleaned_data["columns"]
        return {name: order for name in ("hired_on", "trial_ends_on", "leaves_on") if order and name in columns}


FILE_IS_RIGHT = [
    ("", gettext_lazy("The correction stays")),
    ("file", gettext_lazy("The file is right")),
]


class CorrectionForm(forms.Form):
    """Facts of one person, as HR of their unit writes them by hand."""

    employee_number = Text(label=gettext_lazy("Employee number"), max_length=39)
    first_name = Text(label=gettext_lazy("First name"), max_length=80, required=False)
    last_name = Text(label=gettext_lazy("Last name"), max_length=80)
    email = forms.EmailField(
        label=gettext_lazy("Work e-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Where somebody has an account, another one waits until they confirm it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("Unit"), queryset=Unit.objects.none())
    position_title = Text(label=gettext_lazy("Job title"), max_length=160)
    superior = PersonField(
        purpose="superior", label=gettext_lazy("Another superior"), required=False, help_text=gettext_lazy("Empty: the superior stays.")
    )
    hired_on = DayField(label=gettext_lazy("First day"), required=False)
    leaves_on = DayField(label=gettext_lazy("Last day"), required=False)
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=Correction.Reason.choices, widget=forms.RadioSelect)

    def __init__(self, *args, reader, person, facts, **kwargs):
        kwargs["initial"] = facts | {"unit": person.unit_id, "hired_on": person.hired_on, "leaves_on": person.leaves_on}
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.order_by("sorts_as", "pk")
        self.fields["superior"].ask_for(reader, person.pk)

    def said(self):
        """Return what was written, as texts by the columns of a file."""
        cleaned = self.cleaned_data
        days = {name: cleaned[name].isoformat() if cleaned[name] else "" for name in ("hired_on", "leaves_on")}
        texts = {name: cleaned[name] for name in ("employee_number", "first_name", "last_name", "position_title")}
        return texts | days | {"email": cleaned["email"].lower(), "unit": cleaned["unit"].code}


class ProfileForm(Versioned, _ColumnFields):
    """A profile of files with the same headers: its name, what such a file holds, and what its columns become."""

    its_name = Text(
        label=gettext_lazy("Name of the profile"),
        max_length=80,
        help_text=gettext_lazy("Such as the HR system that writes these files, and what of it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Such a file holds"), choices=ImportBatch.Kind.choices, widget=forms.RadioSelect)
    version = VersionField()

    def __init__(self, *args, profile, **kwargs):
        kwargs["initial"] = {"its_name": profile.name, "kind": profile.kind, "version": profile.version}
        super().__init__(*args, **kwargs)
        self.profile, mapping = profile, ColumnMapping.from_json(profile.columns)
        headers = profile.headers or list(mapping.columns.values())
        self.add_columns([(header, place) for place, header in enumerate(headers) if header], mapping)

    def clean_its_name(self):
        name = " ".join(self.cleaned_data["its_name"].split())
        if ImportMapping.objects.filter(name__iexact=name).exclude(pk=self.profile.pk).exists():
            raise forms.ValidationError(_("Another profile has this name."), code="taken")
        return name

    def said(self):
        """Return the columns, in the shape in which a mapping is kept, with the words that were said before."""
        statuses = ColumnMapping.from_json(self.profile.columns).statuses
        return {**self.cleaned_data["columns"], "@days": self.days(), "@statuses": dict(statuses)}

    def fields_of_columns(self):
        return [self[f"column-{place}"] for _header, place in self.columns]


class RoleFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of roles"),
        help_text=gettext_lazy(
            "CSV, XLSX, XLS or ODS; 5 MB and 5,000 lines at most. Its columns: employee number or e-mail, role, unit (code or name; empty: "
            "the whole company), from, until."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-max-bytes": MOST_MIB * 1024 * 1024}),
    )


class ColumnsForm(_ColumnFields):
    """What each column of the file becomes, with what its values leave open.

    ``columns`` are those of a survey, ``namesakes`` cells that name several people: each with pairs of a number and what tells them apart,
    ``known`` people who may be known under another number: the number of the file, their key, and a sentence about both.
    """

    skips_bad_rows = forms.BooleanField(
        label=gettext_lazy("Write the good lines even if others have errors"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-said-anew": True}),  # it is never ticked by what was kept of an earlier look
    )
    allows_older = forms.BooleanField(
        label=gettext_lazy("Write this file although it is older than the last one"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-said-anew": True}),
    )

    def __init__(self, *args, columns, mapping, namesakes=(), known=(), corrected=(), is_older=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen, self.mapping, self.header_count = columns, mapping, len(columns)
        if not is_older:
            self.fields["allows_older"].widget = forms.HiddenInput()
        self.add_columns([(one.header, one.place) for one in columns], mapping)
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
        self.corrected_people = list(corrected)[:MOST_CORRECTED]
        for place, (number, sentence) in enumerate(self.corrected_people):
            self.fields[f"corrected-{place}"] = forms.ChoiceField(
                label=sentence, choices=FILE_IS_RIGHT, required=False, initial=mapping.corrected.get(number, "")
            )
        if len(self.known_people) > 1:
            self.fields["same_all"] = forms.ChoiceField(label=_("For all of those not answered"), choices=SAME, required=False)

    def _unknown_words(self):
        """Return the words of the column of statuses whose meaning only a person knows."""
        header = self.mapping.columns.get("status")
        values = next((seen.values for seen in self.seen if seen.header == header), ())
        return [word for word in values if meaning_of(word) is None][:MOST_STATUSES]

    def said(self):
        """Return what was chosen, in the shape in which a mapping is kept."""
        cleaned = self.cleaned_data
        answers: dict[str, dict[str, str]] = {
            "@same": dict(self.mapping.same),
            "@days": self.days(),
            "@statuses": {folded(word): cleaned[f"status-{place}"] for place, word in enumerate(self.words)},
            "@superiors": {fold(cell): cleaned[f"superior-{place}"] for place, (cell, _people) in enumerate(self.namesakes)},
        }
        answers["@corrected"] = dict(self.mapping.corrected) | {
            number: cleaned[f"corrected-{place}"] for place, (number, _sentence) in enumerate(self.corrected_people)
        }
        every = cleaned.get("same_all", "")
        for place, (number, pk, _sentence) in enumerate(self.known_people):
            answer = cleaned.get(f"same-{place}") or every
            answers["@same"][number] = {"yes": str(pk), "no": NO}.get(answer, "")
        kept = {name: {key: value for key, value in said.items() if value} for name, said in answers.items()}
        return {**cleaned["columns"], **kept}

    def rows(self):
        """Return each column of the file: its header, three of its values, and the field that says what it becomes."""
        return [(one.header, one.shown(), self[f"column-{one.place}"]) for one in self.seen]

    def statuses(self):
        return [self[f"status-{place}"] for place in range(len(self.words))]

    def same(self):
        names = [f"same-{place}" for place in range(len(self.known_people))] + ["same_all"]
        return [self[name] for name in names if name in self.fields]

    def corrected(self):
        return [self[f"corrected-{place}"] for place in range(len(self.corrected_people))]

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


class UnlistedListForm(ListForm):
    """What narrows the list of those whom no file names."""

    q = WordsField(label=gettext_lazy("Name"))
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Unit"), queryset=Unit.objects.none(), required=False, empty_label=gettext_lazy("All units")
    )

    def __init__(self, data):
        orders = {
            "due": Order(
                gettext_lazy("What follows"),
                gettext_lazy("Sorted by the day on which access ends."),
                by=("due_on", "person__sorts_as", "pk"),
            ),
            "name": Order(gettext_lazy("Person"), gettext_lazy("Sorted by name."), by=("person__sorts_as", "pk")),
        }
        super().__init__(data, orders=orders)
        self.fields["unit"].queryset = Unit.objects.order_by("sorts_as", "pk")


class UnlistedForm(forms.Form):
    """The last day of those who were chosen, where they have left."""

    day = DayField(label=gettext_lazy("Last day"), required=False)

    def __init__(self, *args, has_left=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_left = has_left

    def clean_day(self):
        day = self.cleaned_data["day"]
        if self.has_left and day is None:
            raise forms.ValidationError(_("Say which day was or will be their last."), code="required")
        return day
