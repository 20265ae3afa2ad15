"""What every field of every model is: personal or not, why it is kept, how long, what an export says and what erasure does.

"My data", erasure, retention and the register of processing are made from these declarations; a test fails on a field without one.
"""

from dataclasses import dataclass
from enum import Enum

from django.apps import apps

from .periods import Kept, told


class Erasure(Enum):
    ERASE = "erase"  # the value goes, or the row with it
    ANONYMISE = "anonymise"  # the row stays, no longer about anyone
    KEEP = "keep"  # the law or the company needs it; ``why`` says so


@dataclass(frozen=True)
class Field:
    is_personal: bool
    purpose: str = ""
    kept: tuple[Kept, ...] = ()
    is_exported: bool = True
    erasure: Erasure = Erasure.ERASE

    @property
    def retention(self) -> str:
        """How long it is kept, in the language of the reader."""
        return told(self.kept)


NOT_PERSONAL = Field(is_personal=False, is_exported=False, erasure=Erasure.KEEP)

_declared: dict[str, dict[str, Field]] = {}


def personal(purpose: str, *, retention: Kept | tuple[Kept, ...], is_exported: bool = True, erasure: Erasure = Erasure.ERASE) -> Field:
    """Return the declaration of a field about a person, with what the register says of it; of several periods each is applied."""
    kept = retention if isinstance(retention, tuple) else (retention,)
    return Field(is_personal=True, purpose=purpose, kept=kept, is_exported=is_exported, erasure=erasure)


def declare(model: str, **fields: Field) -> None:
    """Register what the fields of ``model`` (``app.Model``) are. The primary key follows the row.

    Raises:
        ValueError: the model was declared already.

    """
    if model in _declared:
        raise ValueError(f"{model} is declared twice")
    _declared[model] = fields


def not_personal(*models: str) -> None:
    """Register that no field of these models is about a person."""
    for model in models:
        declare(model, **{field.name: NOT_PERSONAL for field in apps.get_model(model)._meta.concrete_fields if not field.primary_key})


def declared() -> dict[str, dict[str, Field]]:
    return _declared
