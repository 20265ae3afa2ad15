"""Every slip in what a part computes: its source is read, one piece of it left out or turned round, and the result put in its place."""

import ast
import copy
import inspect
import textwrap
from contextlib import contextmanager
from dataclasses import fields

from rse.core.access.readers import Part

NARROWING = {"filter", "exclude", "current"}


def part_classes():
    """Every class of parts of the product."""
    found, waiting = [], [Part]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if not one.__module__.startswith("tests."):
                found.append(one)
    return sorted(found, key=lambda one: one.__qualname__)


def parts_in(part):
    """``part`` and all that it is made of."""
    yield part
    for field in fields(part):
        value = getattr(part, field.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Part):
                yield from parts_in(inner)


def models_that_use(part_class, models):
    """Those whose declaration has a part of this class somewhere."""
    declared = {model: [one for one in (model.readers, model.denied) if one] for model in models}
    return [model for model, parts in declared.items() if any(type(one) is part_class for part in parts for one in parts_in(part))]


# What a part says of itself, and to whom it says so: opens nothing, and is compared with the readers of every model in test_property.
SAYS = {"in_words", "holds"}


def methods_of(part_class):
    return [
        name for name, value in vars(part_class).items() if inspect.isfunction(value) and not name.startswith("__") and name not in SAYS
    ]


def slips_in(part_class, name):
    """Pairs of a line that says what was done to the method and the method with that slip."""
    tree = _tree(getattr(part_class, name))
    for place, node in enumerate(ast.walk(tree)):
        for number, (what, _new) in enumerate(_changes(node)):
            changed = copy.deepcopy(tree)
            target = next(one for index, one in enumerate(ast.walk(changed)) if index == place)
            _replace(changed, target, list(_changes(target))[number][1])
            yield f"{part_class.__name__}.{name}: {what}", _compiled(changed, getattr(part_class, name))


def _tree(function):
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for argument in (*tree.body[0].args.args, *tree.body[0].args.kwonlyargs, tree.body[0].args.kwarg):
        if argument:
            argument.annotation = None
    tree.body[0].returns = None
    return tree


def _changes(node):
    """Pairs of a name and what takes the place of ``node``."""
    return CHANGES.get(type(node), lambda node: ())(node)


def _of_two(node):
    yield f"only the left of {ast.unparse(node)}", node.left
    yield f"only the right of {ast.unparse(node)}", node.right


def _of_one(node):
    if isinstance(node.op, ast.Invert | ast.Not):
        yield f"turned round {ast.unparse(node)}", node.operand


def _of_a_choice(node):
    yield f"always the first of {ast.unparse(node)}", node.body
    yield f"always the last of {ast.unparse(node)}", node.orelse


def _of_and_or(node):
    for value in node.values:
        left = [one for one in node.values if one is not value]
        yield f"no {ast.unparse(value)} in {ast.unparse(node)}", left[0] if len(left) == 1 else ast.BoolOp(node.op, left)


def _of_an_if(node):
    for value in (True, False):
        yield f"if {value} for if {ast.unparse(node.test)}", ast.If(ast.Constant(value), node.body, node.orelse)


def _of_a_call(node):
    if isinstance(node.func, ast.Attribute) and node.func.attr in NARROWING:
        yield f"no {node.func.attr} in {ast.unparse(node)}", node.func.value
    for keyword in node.keywords:
        if keyword.arg:
            left = [one for one in node.keywords if one is not keyword]
            yield f"no {keyword.arg} in {ast.unparse(node)}", ast.Call(node.func, node.args, left)


CHANGES = {
    ast.BinOp: _of_two,
    ast.UnaryOp: _of_one,
    ast.IfExp: _of_a_choice,
    ast.BoolOp: _of_and_or,
    ast.If: _of_an_if,
    ast.Call: _of_a_call,
}


def _replace(tree, old, new):
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(one is old for one in value):
                value[[one is old for one in value].index(True)] = new
                return


def _compiled(tree, function):
    made = {}
    exec(compile(ast.fix_missing_locations(tree), "<slip>", "exec"), function.__globals__, made)  # noqa: S102 - our own source
    return made[function.__name__]


@contextmanager
def computed(part_class, name, function):
    """Inside, parts of this class compute with ``function``."""
    before = vars(part_class)[name]
    setattr(part_class, name, function)
    try:
        yield
    finally:
        setattr(part_class, name, before)
