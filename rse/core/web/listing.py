"""Lists that their reader narrows, orders and pages. All of it stands in the address: a link, a reload and the way back show the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .forms import Text
from .pagination import Page, page_of, page_of_list

MOST_LETTERS = 80


@dataclass(frozen=True)
class Order:
    """One order that a reader may choose, by something that this reader sees of every row.

    ``by`` are the columns of a queryset, as ``page_of`` takes them; a list has ``key`` instead, as ``page_of_list`` takes it.
    """

    label: Any
    said: Any
    by: tuple[str, ...] = ()
    key: Callable[[Any], list[Any]] | None = None
    is_descending: bool = False


class WordsField(Text):
    """The box of a list: words of a name, folded as in every other box by whoever looks for them."""

    def __init__(self, **options: Any) -> None:
        plain: dict[str, Any] = {"required": False, "max_length": MOST_LETTERS, "widget": forms.TextInput(attrs={"autocomplete": "off"})}
        super().__init__(**plain | options)


class ListForm(forms.Form):
    """What narrows a list, sent by GET, and its order where there is a choice: the first of ``orders`` unless another is asked for.

    A value that makes no sense is told at its field, and narrows nothing.
    """

    def __init__(self, data: Any, *, orders: Mapping[str, Order], **options: Any) -> None:
        super().__init__(data, **{"auto_id": "id_list_%s"} | options)  # beside the form that adds to the list
        self.orders = orders
        if len(orders) > 1:
            choices = [(name, one.label) for name, one in orders.items()]
            self.fields["order"] = forms.ChoiceField(label=gettext_lazy("Order by"), required=False, choices=choices)

    @property
    def _said(self):
        return self.errors is not None and self.cleaned_data  # which is there once errors were looked for

    @property
    def order(self) -> str:
        """The name of the order that was asked for, or of the first."""
        return self._said.get("order") or next(iter(self.orders))

    def asked(self) -> dict[str, Any]:
        """Return by field what narrows the list; nothing that was left empty."""
        return {name: value for name, value in self._said.items() if name != "order" and value}

    def told(self) -> list[str]:
        """Return in words what narrows the list."""
        return [self._told(name, value) for name, value in self.asked().items()]

    def _told(self, name, value):
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            return str(field.label_from_instance(value))
        if isinstance(field, forms.ChoiceField):
            return str(dict(self[name].field.widget.choices)[value])
        return str(field.label) if value is True else _("“%(words)s”") % {"words": value}


@dataclass(frozen=True)
class Head:
    """The head of a column that a list may be ordered by. ``aria`` is empty where it is ordered by another."""

    label: Any
    url: str
    aria: str


@dataclass(frozen=True)
class Listing:
    """A list as it was asked for. ``query`` is what follows its path, for an act to come back to the same page of it."""

    form: ListForm
    page: Page
    path: str
    query: str
    said: Any
    told: list[str]
    heads: dict[str, Head]

    @property
    def rows(self) -> list[Any]:
        return self.page.rows


def listing_of(request: Any, rows: Any, *, form: ListForm, size: int, path: str = "") -> Listing:
    """Return the page of ``rows``, narrowed already by ``form.asked()``, in the order that was asked for.

    ``rows`` are a queryset, or a list for an order that has a ``key``. ``path`` is the address of the list, where the answer to a form of
    another address shows it.
    """
    order = form.orders[form.order]
    address = request.GET.copy()
    query = f"?{address.urlencode()}" if address else ""
    address.pop("after", None)
    if order.key is None:
        page = page_of(rows, request, order=order.by, size=size)
    else:
        page = page_of_list(rows, request, key=order.key, name=form.order, size=size)
    if path:
        page = replace(page, older_url=page.older_url and path + page.older_url, newer_url=page.newer_url and path + page.newer_url)
    return Listing(form, page, path or request.path, query, order.said, form.told(), _heads(form, address, path))


def _heads(form, address, path):
    heads = {}
    for name, order in form.orders.items():
        address["order"] = name
        way = "descending" if order.is_descending else "ascending"
        heads[name] = Head(order.label, f"{path}?{address.urlencode()}", way if name == form.order else "")
    return heads


def chosen_of(request: Any, rows: Any, *, field: str, most: int) -> Any:
    """Narrow ``rows``, a queryset of what this reader may act on, to those that were chosen in the list by their ``field``.

    A row whose own button was pressed is chosen alone. At most ``most`` are taken, as many as a page shows; of whatever else is named
    nothing is said.
    """
    named = [request.POST["only"]] if "only" in request.POST else request.POST.getlist("chosen")[:most]
    return rows.filter(**{f"{field}__in": [one for one in named if "\0" not in one]})
