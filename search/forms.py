from django import forms
from django.utils.translation import gettext_lazy as _

from rse.core.web.forms import Text

from .documents import searched_kinds
from .enums import LONGEST_QUERY, Sort

LONGEST_NUMBER = 4


class SearchForm(forms.Form):
    """The query of the search page; a kind or an order that is none means all, and the best first."""

    q = Text(label=_("Search"), required=False, max_length=LONGEST_QUERY)
    kind = Text(required=False)
    sort = Text(required=False)
    page = Text(required=False)

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        return kind if kind in {one.name for one in searched_kinds()} else ""

    def clean_sort(self):
        return self.cleaned_data["sort"] if self.cleaned_data["sort"] in Sort.values else Sort.BEST.value

    def clean_page(self):
        page = self.cleaned_data["page"]
        return int(page) if page.isdecimal() and page.isascii() and len(page) <= LONGEST_NUMBER else 1
