"""Pages of a list by key: the next one starts where this one ended, whatever was added meanwhile.

Where a page ended is sealed in its address: a number of a row would tell how many others there are that its reader may not see.
"""

from dataclasses import dataclass
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

    ``-name`` descends; the last column must be unique, and none may be null. A cursor that was not made for this reader, this list and this
    order starts from the top.
    """
    place = repr((request.resolver_match.view_name, order))
    after = unseal(request.GET.get("after", ""), reader=request.user, place=place)
    if after:
        rows = rows.filter(_beyond(order, after))
    found = list(rows.order_by(*order)[: size + 1])
    address = request.GET.copy()
    address.pop("after", None)
    first = f"?{address.urlencode()}" if after else ""
    older = ""
    if len(found) > size:
        found = found[:size]
        address["after"] = seal([_plain(getattr(found[-1], name.lstrip("-"))) for name in order], reader=request.user, place=place)
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
