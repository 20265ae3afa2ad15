"""Columns whose value is given by a function of ours: Python calls it, the table has none, and migrations are told nothing of it."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from .folding import found_by, ways, words

SHORTEST, MOST_WORDS = 2, 6  # letters typed at least before anything is looked for; words looked for at most


class DefaultStaysInPython:
    """Writes the column into migrations as the plain one of Django: they live longer than the function that gives the value.

    A migration that adds such a column to a table that has rows says itself what these rows get: ``makemigrations`` asks.
    """

    plain: type[models.Field[Any, Any]]

    def deconstruct(self) -> tuple[Any, ...]:
        name, _path, arguments, options = super().deconstruct()  # type: ignore[misc]  # of the field that this is mixed into
        return name, f"django.db.models.{self.plain.__name__}", arguments, {key: options[key] for key in options if key != "default"}

    def clone(self) -> Any:
        """Return the column as migrations see it."""
        _name, _path, arguments, options = self.deconstruct()
        return self.plain(*arguments, **options)


class FoundByField(DefaultStaysInPython, models.TextField):
    """What a row is found by: the columns ``names`` as they are found whoever types them, written whenever the row is saved.

    Whoever updates ``names`` by a queryset must write this column too: ``write_found_by``.
    """

    plain = models.TextField

    def __init__(self, *names: str, **options: Any) -> None:
        self.names = names
        plain: dict[str, Any] = {"default": "", "blank": True, "editable": False}
        super().__init__(**plain | options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - the signature of Django
        found = found_by(*(getattr(model_instance, name) for name in self.names))
        setattr(model_instance, self.attname, found)
        return found


def write_found_by(rows: Sequence[models.Model], names: Collection[str]) -> list[str]:
    """Set on ``rows``, which get new values of the columns ``names``, what they are found by; return the names of the columns set.

    A column that also follows from others than ``names`` is left to whoever has the others.
    """
    beside = [field for field in rows[0]._meta.fields if isinstance(field, FoundByField) and set(field.names) <= set(names)]
    for row in rows:
        for field in beside:
            field.pre_save(row, add=False)
    return [field.name for field in beside]


def is_enough(typed: str) -> bool:
    """Return whether ``typed`` holds the letters that somebody must type before anything is looked for."""
    return len("".join(words(typed))) >= SHORTEST


def names_begin(typed: str, *columns: str) -> Q:
    """Return the filter of the rows in whose names some word begins with each word of ``typed``, folded; of none where nothing is typed.

    Each of ``columns`` is a ``FoundByField``, also of a row that is linked to; without any, it is the one called ``found_by``.
    """
    places = columns or ("found_by",)

    def held(words_of_a_way: list[str]) -> Q:
        each = [Q(*((f"{place}__contains", f" {word}") for place in places), _connector=Q.OR) for word in words_of_a_way]
        return Q(*each)

    asked, left = [], MOST_WORDS
    for one in ways(typed):
        asked.append(Q(*(held(way[:left]) for way in one), _connector=Q.OR))
        left -= len(one[0])
        if left <= 0:
            break
    return Q(*asked) if asked else Q(pk__in=[])
