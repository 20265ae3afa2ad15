"""Columns whose default is a function of ours: Python gives it, the table has none, and migrations are told nothing of it."""

from typing import Any

from django.db import models


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
