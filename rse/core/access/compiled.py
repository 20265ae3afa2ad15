"""The rules of who reads, as SQL that is written once for all readers who stand alike, in the place of once for each use.

What a model declares depends on whether the reader is present and on what roles they hold. Two things differ at each use, the reader's
key and the instant: they are found among the parameters by writing the SQL for two readers at two instants, and put in each time.
"""

from __future__ import annotations

import datetime
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connections
from django.db.models import BooleanField, Expression, QuerySet

from .. import clock

Grants = frozenset[tuple[str, int | None]]

MOST_KEPT = 5_000  # a model × how its reader stands
ROW = "the row"  # where the alias of the table goes
# Keys and instants of nobody: whatever differs between what they give is the key, or the instant.
ONE = (-1_900_000_003, datetime.datetime(1903, 3, 4, 5, 6, 7, 800_009, tzinfo=datetime.UTC))
ANOTHER = (-1_900_000_007, datetime.datetime(1907, 8, 9, 10, 11, 12, 130_014, tzinfo=datetime.UTC))


@dataclass(frozen=True)
class AnyReader:
    """What a rule may ask of a reader before it is asked of the database. ``grants`` is None until a rule turns out to rest on them."""

    pk: int
    is_present: bool
    grants: Grants | None
    may_sign_in: bool = True

    @property
    def current_grants(self) -> Grants:
        if self.grants is None:
            raise RestsOnGrants
        return self.grants

    def holds(self, *roles: str) -> bool:
        return any(role in roles for role, _unit in self.current_grants)


@dataclass(frozen=True)
class Condition:
    """SQL in ``pieces``, between which an alias goes; ``reader_at`` and ``instant_at`` say which parameters are put in at each use."""

    pieces: tuple[str, ...] = ()
    params: tuple[Any, ...] = ()
    reader_at: tuple[tuple[int, type], ...] = ()
    instant_at: tuple[int, ...] = ()


NO_ROW, EVERY_ROW, BY_GRANTS = Condition(), Condition(), Condition()
_kept: dict[tuple[Any, ...], tuple[Any, Any, Condition | None]] = {}


class RestsOnGrants(Exception):
    """A rule asks which roles are held: reading them costs a query, which a rule that does not ask must not cost."""


class AsksTheDatabase(Exception):
    """A rule joins tables, or reads rows while its filter is built: then the filter holds for one reader only."""


def visible(rows: QuerySet[Any], person: Any) -> QuerySet[Any]:
    """Narrow ``rows`` to what their model opens to ``person``, by the SQL of an earlier reader of the same presence and grants.

    A rule that joins tables, or reads rows before it says anything, is applied as it stands.
    """
    condition = _kept_for(rows, person.is_present, None)
    if condition is BY_GRANTS:
        condition = _kept_for(rows, person.is_present, person.current_grants)
    if condition is None:
        return declared(rows, person)
    if condition is NO_ROW:
        return rows.none()
    if condition is EVERY_ROW:
        return rows.all()
    return rows.filter(InSQL(condition, person.pk, clock.now() if condition.instant_at else None))


def declared(rows: QuerySet[Any], person: Any) -> QuerySet[Any]:
    """Apply to ``rows`` what their model declares of its readers, as it stands."""
    rows = rows.filter(rows.model.readers.q(person))
    return rows.exclude(rows.model.denied.q(person)) if rows.model.denied else rows


def _kept_for(rows: QuerySet[Any], is_present: bool, grants: Grants | None) -> Condition | None:  # noqa: FBT001
    model, using = rows.model, rows.db
    key = (model, using, is_present, grants)
    readers, denied, condition = _kept.get(key, (None, None, None))
    if readers is not model.readers or denied is not model.denied:
        condition = _compiled(model, using, is_present, grants)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (model.readers, model.denied, condition)
    return condition


class InSQL(Expression):
    """A condition on the row whose SQL stands already."""

    alias: str | None = None

    def __init__(self, condition: Condition, reader: int, instant: datetime.datetime | None):
        super().__init__(output_field=BooleanField())
        self.condition, self.reader, self.instant = condition, reader, instant

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def _on(self, alias: str | None) -> InSQL:
        mine = copy(self)
        mine.alias = alias
        return mine

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> InSQL:
        # A query that becomes part of another is resolved again, in that one: the row stays where it is.
        return self if self.alias else self._on(query.get_initial_alias())

    def relabeled_clone(self, change_map: Any) -> InSQL:
        return self._on(change_map.get(self.alias, self.alias))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        params = list(self.condition.params)
        for place, kind in self.condition.reader_at:
            params[place] = kind(self.reader)
        if self.instant:
            instant = connection.ops.adapt_datetimefield_value(self.instant)
            for place in self.condition.instant_at:
                params[place] = instant
        return f"({f'{compiler.quote_name_unless_alias(self.alias)}.'.join(self.condition.pieces)})", tuple(params)


def _compiled(model: Any, using: str, is_present: bool, grants: Grants | None) -> Condition | None:  # noqa: FBT001
    ops = connections[using].ops
    try:
        (sql, params), (other_sql, other_params) = (
            _written(model, using, AnyReader(key, is_present, grants), instant) for key, instant in (ONE, ANOTHER)
        )
    except RestsOnGrants:
        return BY_GRANTS
    except AsksTheDatabase:
        return None
    except EmptyResultSet:
        return NO_ROW
    except FullResultSet:
        return EVERY_ROW
    instants = (ops.adapt_datetimefield_value(ONE[1]), ops.adapt_datetimefield_value(ANOTHER[1]))
    reader_at, instant_at = [], []
    for place, pair in enumerate(zip(params, other_params, strict=True)):
        if pair == (ONE[0], ANOTHER[0]):
            reader_at.append((place, type(pair[0])))
        elif pair == instants:
            instant_at.append(place)
        elif pair[0] != pair[1]:
            raise TypeError(f"a rule of {model._meta.label} computes with its reader or the instant: {pair}")
    if sql != other_sql:
        raise TypeError(f"a rule of {model._meta.label} is another for another reader of the same roles")
    return Condition(tuple(sql.split(f"{ops.quote_name(ROW)}.")), tuple(params), tuple(reader_at), tuple(instant_at))


def _written(model: Any, using: str, reader: AnyReader, instant: datetime.datetime) -> tuple[str, list[Any]]:
    with clock.moved_to(instant), connections[using].execute_wrapper(_refuse):
        query = declared(model._base_manager.using(using), reader).query
        if sum(1 for used in query.alias_refcount.values() if used) > 1:
            raise AsksTheDatabase("joined")
        where = query.where.clone()
        where.relabel_aliases({query.base_table: ROW})
        return query.get_compiler(using).compile(where)


def _refuse(*_query: Any) -> Any:
    raise AsksTheDatabase
