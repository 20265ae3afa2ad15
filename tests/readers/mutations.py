"""Every slip in a declaration: a part left out, a condition forgotten, an exception forgotten, a bound made wider."""

from contextlib import contextmanager
from dataclasses import dataclass, fields, replace

from rse.core.access.readers import NOTHING, AnyOf, Part, Unless, When
from rse.core.access.readers import _people as people_where

WIDER = {"roles": (), "depth": None, "unit": None, "person": None, "states": ("active", "frozen", "ended")}


@dataclass(frozen=True)
class Nobody(Part):
    """What is left of a declaration whose only part was taken out."""

    def q(self, person):
        return NOTHING

    def people(self, thing):
        return people_where().none()


def name_of(part):
    """Short and the same in each run: what the list of those that change nothing is written in."""
    if isinstance(part, AnyOf):
        return " | ".join(name_of(one) for one in part.members)
    if isinstance(part, When):
        return f"{name_of(part.part)}.when({', '.join(column for column, _value in part.columns)})"
    if isinstance(part, Unless):
        return f"{name_of(part.part)}.unless({name_of(part.other)})"
    inner = [getattr(part, one.name) for one in fields(part)]
    said = [name_of(one) if isinstance(one, Part) else str(one) for one in inner if one not in (None, (), "", True, False)]
    return f"{type(part).__name__}({', '.join(said)})"


def slips(part):
    """Pairs of what was done to ``part`` and what came of it; None came of it where nothing is left."""
    yield f"no {name_of(part)}", None
    if isinstance(part, AnyOf):
        for place, member in enumerate(part.members):
            for what, changed in slips(member):
                kept = (*part.members[:place], *((changed,) if changed else ()), *part.members[place + 1 :])
                yield f"{what} [{place}]", AnyOf(kept)
        return
    if isinstance(part, When):
        for place, (column, _value) in enumerate(part.columns):
            left = (*part.columns[:place], *part.columns[place + 1 :])
            yield f"no {column} in {name_of(part)}", When(part.part, left) if left else part.part
        yield from _inside(part, "part")
    elif isinstance(part, Unless):
        yield f"no exception in {name_of(part)}", part.part
        yield from _inside(part, "part")
        yield from _inside(part, "other")
    else:
        for field in fields(part):
            value = getattr(part, field.name)
            if isinstance(value, Part):
                yield f"no {field.name} in {name_of(part)}", getattr(part, "other" if field.name == "one" else "one")
            elif field.name in WIDER and value not in (WIDER[field.name], None):
                yield f"wider {field.name} in {name_of(part)}", replace(part, **{field.name: WIDER[field.name]})


def _inside(part, attribute):
    for what, changed in slips(getattr(part, attribute)):
        if changed is not None:
            yield what, replace(part, **{attribute: changed})
        elif attribute == "part":
            continue  # nothing is left of the whole, which was said already


def slips_of(model):
    """Every slip in what ``model`` declares: what it is called, the attribute and its value with the slip."""
    for what, changed in slips(model.readers):
        yield f"readers: {what}", "readers", changed or Nobody()
    if model.denied:
        for what, changed in slips(model.denied):
            yield f"denied: {what}", "denied", changed


@contextmanager
def declared(model, attribute, value):
    """Inside, ``model`` declares ``value``."""
    is_own, before = attribute in vars(model), getattr(model, attribute)
    setattr(model, attribute, value)
    try:
        yield
    finally:
        if is_own:
            setattr(model, attribute, before)
        else:
            delattr(model, attribute)
