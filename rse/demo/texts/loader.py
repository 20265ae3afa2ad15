"""Reads a file of texts: TOML beside this module, whose tables become objects of the classes that ``drafts`` declares."""

from __future__ import annotations

import inspect
import tomllib
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

FOLDER = Path(__file__).resolve().parent


class BrokenText(Exception):
    """A file of texts cannot be used; the message names the file, the table and the field."""


def read(name: str, tables: dict[str, Any], *, folder: Path = FOLDER) -> dict[str, Any]:
    """Return every table of the file ``name`` of ``folder``, built as the type that ``tables`` gives for its key.

    Raises:
        BrokenText: the file is absent or no TOML, a table or field is missing or unknown, or a value is of another type.

    """
    try:
        found = tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BrokenText(f"{name}: {error}") from error
    return _fields(found, {key: (kind, True) for key, kind in tables.items()}, f"{name}:", "table")


def _fields(found: dict[str, Any], known: dict[str, tuple[Any, bool]], where: str, word: str) -> dict[str, Any]:
    """Return what stands in ``found``, built: each key is one of ``known``, and none that is required is absent."""
    for key in found:
        if key not in known:
            raise BrokenText(f"{where} unknown {word} “{key}”; known here: {', '.join(known)}")
    for key, (_kind, is_required) in known.items():
        if is_required and key not in found:
            raise BrokenText(f"{where} the {word} “{key}” is missing")
    return {key: _built(known[key][0], value, f"{where} {key}") for key, value in found.items()}


def _built(kind: Any, value: Any, where: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _checked(value, value in inner, where, f"one of {', '.join(inner)}")
    if origin is tuple:
        _checked(value, isinstance(value, list), where, "an array")
        return tuple(_built(inner[0], one, f"{where} {number}") for number, one in enumerate(value, start=1))
    if origin is dict:
        _checked(value, isinstance(value, dict), where, "a table of tables")
        return {key: _built(inner[1], one, f"{where}.{key}") for key, one in value.items()}
    if NoneType in inner:  # what may be absent is None when it is, and this when it is not
        return _built(next(one for one in inner if one is not NoneType), value, where)
    if kind in (str, int, bool):
        return _checked(value, type(value) is kind, where, {str: "a text", int: "a whole number", bool: "true or false"}[kind])
    _checked(value, isinstance(value, dict), where, "a table")
    return kind(**_fields(value, _shape(kind), f"{where}:", "field"))


def _checked(value: Any, is_right: bool, where: str, expected: str) -> Any:  # noqa: FBT001 - what is asked of the value
    if not is_right:
        raise BrokenText(f"{where} should be {expected}, and is {value!r:.60}")
    return value


@cache
def _shape(kind: type) -> dict[str, tuple[Any, bool]]:
    """Return the type of each field of a dataclass or a named tuple, and whether a table must give it."""
    types = get_type_hints(kind)
    return {name: (types[name], one.default is one.empty) for name, one in inspect.signature(kind).parameters.items()}
