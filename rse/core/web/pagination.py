"""Pages of a list by key: the next one starts where this one ended, whatever was added meanwhile.

Where a page ended is sealed in its address: a number of a row would tell how many others there are that its reader may not see.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet

from .sealing import seal, unseal


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    older_url: str
    newer_url: str

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def page_of(rows: QuerySet, request: Any, *, order: tuple[str, ...], size: int) -> Page:
    """Return ``size`` rows after the cursor of the address, in ``order``.

    ``-name`` descends, and ``other__name`` is a column of a row that is joined; the last column must be unique, and none may be null. A
    cursor that was not made for this reader, this list and this order starts from the top.
    """

    def beyond(after, most):
        return list((rows.filter(_beyond(order, after)) if after else rows).order_by(*order)[:most])

    columns = [attrgetter(name.lstrip("-").replace("__", ".")) for name in order]
    return _page(beyond, request, place=order, key=lambda row: [_plain(column(row)) for column in columns], size=size)


def page_of_list(rows: Sequence[Any], request: Any, *, key: Callable[[Any], list[Any]], name: str, size: int) -> Page:
    """Return ``size`` rows after the cursor of the address, in the order of ``key``: JSON values that no two rows share.

    ``name`` is what this order is called, for no cursor holds in another one. All of ``rows`` are in memory already: a list that may grow
    without end is a queryset, and goes to ``page_of``.
    """

    def beyond(after, most):
        return sorted((row for row in rows if not after or key(row) > after), key=key)[:most]

    return _page(beyond, request, place=name, key=key, size=size)


def _page(beyond, request, *, place, key, size):
    place = repr((request.resolver_match.view_name, place))
    after = unseal(request.GET.get("after", ""), reader=request.user, place=place)
    found = beyond(after, size + 1)
    address = request.GET.copy()
    address.pop("after", None)
    first = f"?{address.urlencode()}" if after else ""
    older = ""
    if len(found) > size:
        found = found[:size]
        address["after"] = seal(key(found[-1]), reader=request.user, place=place)
        older = f"?{address.urlencode()}"
    return Page(found, older, first)


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _beyond(order, values):
    beyond, same = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        column, step = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond |= same & Q(**{f"{column}__{step}": value})
        same &= Q(**{column: value})
    return beyond
