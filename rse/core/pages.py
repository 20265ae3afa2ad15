"""Pages of a list by key: the next one starts where this one ended, whatever was added meanwhile."""

import json
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet


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
    """``size`` rows after the cursor of the address, in ``order`` (``-name`` descends; the last must be unique, none may be null).

    A cursor that was not made here starts from the top.
    """
    after = _read(request.GET.get("after"), len(order))
    if after:
        rows = rows.filter(_beyond(order, after))
    found = list(rows.order_by(*order)[: size + 1])
    address = request.GET.copy()
    address.pop("after", None)
    first = f"?{address.urlencode()}" if after else ""
    older = ""
    if len(found) > size:
        found = found[:size]
        address["after"] = signing.dumps([_plain(getattr(found[-1], name.lstrip("-"))) for name in order], salt="page", compress=True)
        older = f"?{address.urlencode()}"
    return Page(found, older, first)


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(cursor, length):
    if not cursor:
        return None
    try:
        values = signing.loads(cursor, salt="page")
    except (signing.BadSignature, json.JSONDecodeError, ValueError):
        return None
    return values if isinstance(values, list) and len(values) == length else None


def _beyond(order, values):
    beyond, same = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        column, step = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond |= same & Q(**{f"{column}__{step}": value})
        same &= Q(**{column: value})
    return beyond
