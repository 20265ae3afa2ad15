"""What docstrings begin with, and which exceptions they name: each function from a module to the lines that break the rule."""

import ast
from collections.abc import Iterator, Sequence

from .tree import Module, Tree

Function = ast.FunctionDef | ast.AsyncFunctionDef
Finding = tuple[int, str]

# What code does, in the imperative. A word joins when none of these says it.
VERBS = frozenset(
    """
    accept acknowledge activate add admit allow annotate anonymise answer append apply approve archive ask assign attach
    block bring buffer build
    cache call cancel change check claim clean clear close collect commit compare compile complete compute configure confirm connect
    convert copy correct count create cut
    deactivate decide declare decline decode decorate decrypt delay delete deliver derive describe disable discard dismiss draw drop
    edit empty enable encode encrypt end enqueue enter erase escape estimate exclude expire explain export expose extend
    fetch fill filter find finish fire flush follow forget format freeze
    gather generate give grant group guard guess
    handle hash hide hold
    ignore import include increment index inform insert install invite iterate
    join
    keep
    leave let lift limit link list load lock log
    mark match measure merge migrate move
    name narrow notify number
    offer open order
    pair parse pass patch pause place plan postpone prefetch prepare print propose prune publish put
    queue
    raise rank read rebuild receive record redirect reduce refuse register reject release remind remove rename render renew reopen
    repeat replace report request require reschedule reserve reset resolve restore restrict resume retry return reverse revise revoke
    rewrite roll rotate round run
    sanitise save schedule seal search select send serialise serve set settle share shorten show sign skip sort split start stop store
    submit subscribe subtract suggest sum switch
    take tell translate trim try turn
    undo unlock unsubscribe update use
    validate verify
    wait walk warn watch widen withdraw wrap write
    yield
    """.split()
)
PROPERTIES = {"property", "cached_property", "classproperty"}


def violations(module: Module, ours: frozenset[str]) -> list[str]:
    """Return every line of ``module`` whose docstring breaks a rule, as a sentence with its place."""
    if module.is_migration:
        return []
    return [f"{module.place}:{line}: {sentence}" for function in _public(module) for line, sentence in _broken(function, ours)]


def exceptions_of_services(tree: Tree) -> frozenset[str]:
    """Return the names of the exceptions that the services of the product declare."""
    classes = {
        node.name: {_last_name(base) for base in node.bases}
        for module in tree.modules
        if module.part == "services" or "services" in module.name.split(".")
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    found: set[str] = set()
    while more := {name for name, bases in classes.items() if bases & (found | {"Exception", "PermissionDenied"})} - found:
        found |= more
    return frozenset(found)


def _public(module: Module) -> Iterator[Function]:
    """Yield the functions and methods of ``module`` that others may call, properties excepted."""
    classes = [node for node in module.tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for body in (module.tree.body, *(one.body for one in classes)):
        for node in body:
            if isinstance(node, Function) and not node.name.startswith("_") and not _is_property(node):
                yield node


def _is_property(function: Function) -> bool:
    return any(_last_name(decorator) in PROPERTIES for decorator in function.decorator_list)


def _broken(function: Function, ours: frozenset[str]) -> Iterator[Finding]:
    docstring = ast.get_docstring(function)
    if docstring is None:
        return
    first = docstring.split()[0]
    if first.rstrip(",;:") not in {verb.capitalize() for verb in VERBS}:
        yield function.lineno, f'the docstring of {function.name} begins with "{first}": a verb of code says what is done'
    section = docstring.partition("Raises:")[2]
    for name in sorted(_raised(function) & ours):
        if name not in section:
            yield function.lineno, f"{function.name} raises {name}, which its docstring names under Raises:"


def _raised(function: Function) -> set[str]:
    tries = [node for node in ast.walk(function) if isinstance(node, ast.Try)]
    return _names_raised([function]) - {name for one in tries for name in _names_raised(one.body) & _caught(one)}


def _names_raised(nodes: Sequence[ast.AST]) -> set[str]:
    raised = (inner.exc for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Raise) and inner.exc is not None)
    return {_last_name(one.func if isinstance(one, ast.Call) else one) for one in raised}


def _caught(block: ast.Try) -> set[str]:
    types = [handler.type for handler in block.handlers if handler.type is not None]
    return {_last_name(one) for named in types for one in (named.elts if isinstance(named, ast.Tuple) else [named])}


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
