"""Columns whose value is given by a function of ours: Python calls it, the table has none, and migrations are told nothing of it."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from .folding import found_by, sorts_as, ways, words

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


class BesideNames(DefaultStaysInPython):
    """A column that follows from the columns ``names`` of its row, and is written whenever the row is saved.

    Whoever updates ``names`` by a queryset must write this column too: ``beside_names`` or ``write_beside_names``.
    """

    names: tuple[str, ...]

    def made_of(self, *names: str) -> str:
        """Return the value where the columns hold ``names``."""
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - the signature of Django
        made = self.made_of(*(getattr(model_instance, name) for name in self.names))
        setattr(model_instance, self.attname, made)  # type: ignore[attr-defined]  # of the field that this is mixed into
        return made


class FoundByField(BesideNames, models.TextField):
    """What a row is found by: the columns ``names`` as they are found whoever types them."""

    plain = models.TextField

    def __init__(self, *names: str, **options: Any) -> None:
        self.names = names
        plain: dict[str, Any] = {"default": "", "blank": True, "editable": False}
        super().__init__(**plain | options)

    def made_of(self, *names: str) -> str:
        return found_by(*names)


class SortsAsField(BesideNames, models.BinaryField):
    """What a row is ordered by: the columns ``names`` as ``sorts_as`` has them, which is the order of the language on every database.

    Python sees hexadecimal digits, which are in the order of the bytes that the database compares.
    """

    plain = models.BinaryField

    def __init__(self, *names: str, of_person: bool = False, **options: Any) -> None:
        self.names, self.of_person = names, of_person
        plain: dict[str, Any] = {"default": b"", "blank": True, "editable": False}
        super().__init__(**plain | options)

    def made_of(self, *names: str) -> str:
        return sorts_as(*names, of_person=self.of_person)

    def get_prep_value(self, value: Any) -> Any:
        return bytes.fromhex(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str | None:
        return None if value is None else bytes(value).hex()

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else bytes(value).hex()

    def value_to_string(self, obj: models.Model) -> str:
        return self.to_python(self.value_from_object(obj)) or ""


def _beside(model: type[models.Model], names: Collection[str]) -> list[Any]:
    """Return the columns of ``model`` that follow from ``names`` alone."""
    return [field for field in model._meta.fields if isinstance(field, BesideNames) and set(field.names) <= set(names)]


def beside_names(model: type[models.Model], **values: Any) -> dict[str, Any]:
    """Return ``values`` of columns of ``model`` with those of the columns that follow from them, to be written by a queryset."""
    return values | {field.name: field.made_of(*(values[name] for name in field.names)) for field in _beside(model, values)}


def write_beside_names(rows: Sequence[models.Model], names: Collection[str]) -> list[str]:
    """Set on ``rows``, which get new values of the columns ``names``, what follows from these; return the names of the columns set.

    A column that also follows from others than ``names`` is left to whoever has the others.
    """
    beside = _beside(type(rows[0]), names)
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
