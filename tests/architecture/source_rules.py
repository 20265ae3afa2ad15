"""Rules about single files, each a function from a module to the lines that break it, with the sentence that says what to do instead."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from .rooms import COMPOSITION, OUTSIDE, room_of
from .tree import HOUSE, Module, Tree

Finding = tuple[int, str]

LONGEST = 400
REFUSED_NAMES = {"utils", "helpers", "manager", "managers", "handler", "handlers", "base"}
CLOCK = "rse.core.clock"
TASKS = "rse.core.events.tasks"
NOW = {"now", "today", "utcnow", "localdate", "localtime"}
NOW_OF = {"timezone", "date", "datetime"}
PAGE_CACHES = {"cache_page", "UpdateCacheMiddleware", "FetchFromCacheMiddleware"}
ROW_SIGNALS = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}
QUERYSETS = {"objects", "_default_manager", "_base_manager"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}
ASKS_READERS = {"views", "sockets", "api", "tasks"}
FILLS = {"append", "add", "update", "setdefault", "extend", "insert", "remove", "discard", "pop", "popitem", "clear"}
CALLABLE = re.compile(r"[a-z_]\w*(\.[a-z_]\w*)+\.\w+")  # three names or more: two are a model, as migrations name it

ADDRESSES = "rse.core.people.services.emails"
ASK_FOR_ADDRESSES = ("rse.identity.services.addresses", "rse.identity.services.address_writing")
OF_ADDRESSES = {"email", "private_email"}
WRITERS = {"update", "aupdate", "create", "acreate", "update_or_create", "get_or_create", "bulk_create", "bulk_update", "save"}
CHECKS_ITS_VALUES = {"rse.core.people.services.people"}  # its values are named beside, and no address is among them

# Rows of these say nothing about a person: they may be read without asking who reads.
NOT_PERSONAL = {
    "Delivery",  # an event on its way: how many wait, and since when
    "ScheduledJob",  # when a job of the clock is due
    "Installation",  # the one row about the installation
    "Site",  # a place of work, shown in forms
    "JobFamily",  # a label
    "Unit",  # a part of the company
}


def violations(tree: Tree) -> list[str]:
    """Every line of the product that breaks a rule, as a sentence with its place."""
    return [f"{module.place}:{line}: {sentence}" for module in tree.modules for rule in RULES for line, sentence in rule(module)]


def too_long(root: Path = HOUSE) -> list[str]:
    """Every Python file of more than 400 lines, tests and tools too; Django writes migrations as long as they get."""
    found = []
    for path in sorted(root.rglob("*.py")):
        inside = path.relative_to(root)
        if inside.parts[0].startswith(".") or inside.parts[0] == "var" or "migrations" in inside.parts:
            continue
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST:
            found.append(f"{inside.as_posix()}: {lines} lines: make it a package of the same name")
    return found


def refused_name(module: Module) -> Iterator[Finding]:
    name = module.name.rpartition(".")[2]
    if name in REFUSED_NAMES:
        yield 1, f'"{name}" says nothing about what is inside: name it for what it does'


def other_time(module: Module) -> Iterator[Finding]:
    """Whatever reads the time elsewhere does not move with the clock."""
    if module.name == CLOCK or module.is_migration:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in NOW and _last_name(node.value) in NOW_OF:
            yield node.lineno, f"{ast.unparse(node)} does not move with {CLOCK}: ask it"
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield node.value.lineno, f"{node.arg} does not move with {CLOCK}: default=clock.now"
    for line, dotted in module.imports():
        if dotted in {"django.db.models.functions.Now", *(f"django.utils.timezone.{name}" for name in NOW)}:
            yield line, f"{dotted} does not move with {CLOCK}: ask it"


def other_task_library(module: Module) -> Iterator[Finding]:
    if module.name == TASKS or module.name.startswith(f"{TASKS}."):
        return
    for line, dotted in module.imports():
        if dotted.partition(".")[0] == "django_tasks":
            yield line, f"background work has one door: {TASKS}"


def page_cache(module: Module) -> Iterator[Finding]:
    """A page behind a sign-in is never kept for somebody else."""
    names = [(node.lineno, _last_name(node)) for node in ast.walk(module.tree) if isinstance(node, ast.Name | ast.Attribute)]
    names += [(line, dotted.rpartition(".")[2]) for line, dotted in module.imports()]
    names += [(word.lineno, word.value.rpartition(".")[2]) for word in module.words]
    for line, name in sorted(set(names)):
        if name in PAGE_CACHES:
            yield line, f"{name} keeps a page of one person for another: cache values, never pages"


def unasked_readers(module: Module) -> Iterator[Finding]:
    """Where requests and jobs are answered, rows are found through the readers only."""
    if module.part not in ASKS_READERS or module.name == TASKS:
        return
    asked = {
        node.func.value
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "visible_to"
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in QUERYSETS and node not in asked and _last_name(node.value) not in NOT_PERSONAL:
            yield node.lineno, f"{ast.unparse(node)} is followed by .visible_to(…) here, or by nothing"
        elif isinstance(node, ast.Call) and _last_name(node.func) in SHORTCUTS and node.args:
            model = _last_name(node.args[0])
            if isinstance(node.args[0], ast.Name | ast.Attribute) and model[:1].isupper() and model not in NOT_PERSONAL:
                yield node.lineno, f"{_last_name(node.func)}({model}) asks no reader: get_visible_or_404"


def default_order(module: Module) -> Iterator[Finding]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            for statement in node.body:
                targets = statement.targets if isinstance(statement, ast.Assign) else []
                if any(isinstance(target, ast.Name) and target.id == "ordering" for target in targets):
                    yield statement.lineno, "no order by default: a list says its own, and ends it with the key"


def hidden_writing(module: Module) -> Iterator[Finding]:
    """Writing happens in services, where it is seen."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.name in {"save", "delete", "asave", "adelete"}:
                    yield method.lineno, f"{node.name}.{method.name} writes where nobody looks: a service does it"
    for line, dotted in module.imports():
        if dotted.startswith("django.db.models.signals.") and dotted.rpartition(".")[2] in ROW_SIGNALS:
            yield line, f"{dotted.rpartition('.')[2]} acts where nobody looks: a service publishes an event"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in ROW_SIGNALS and _last_name(node.value) == "signals":
            yield node.lineno, f"{node.attr} acts where nobody looks: a service publishes an event"


def other_environment(module: Module) -> Iterator[Finding]:
    """What differs between two installations is declared, checked and documented in one place."""
    if module.room in COMPOSITION or module.room in OUTSIDE:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and _last_name(node.value) == "os":
            yield node.lineno, f"os.{node.attr} is read in rse.settings only: ask django.conf.settings"
    for line, dotted in module.imports():
        if dotted in {"os.environ", "os.getenv"}:
            yield line, f"{dotted} is read in rse.settings only: ask django.conf.settings"


def other_registry(module: Module) -> Iterator[Finding]:
    """A table that another file fills hides who depends on whom: a registry is filled by a function of its own file."""
    imported = {(alias.asname or alias.name) for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    for node in ast.walk(module.tree):
        targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target] if isinstance(node, ast.AugAssign) else []
        changed = [target.value for target in targets if isinstance(target, ast.Subscript)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FILLS:
            changed = [node.func.value]
        for table in changed:
            owner = table.value if isinstance(table, ast.Attribute) else table
            if isinstance(owner, ast.Name) and owner.id in imported and _last_name(table).isupper():
                yield node.lineno, f"{ast.unparse(table)} is filled by a function of the file that it stands in"


def living_import(module: Module) -> Iterator[Finding]:
    """A migration says the same for ever: what it needs of ours stands beside it, and never changes."""
    if not module.is_migration:
        return
    for line, dotted in module.imports():
        if room_of(dotted) and "migrations" not in dotted.split("."):
            yield line, f"{dotted} will change, and a migration will not: a frozen copy stands beside it"
    for word in module.words:
        if CALLABLE.fullmatch(word.value) and room_of(word.value) not in {None, word.value}:
            yield word.lineno, f'"{word.value}" will change, and a migration will not: a frozen copy stands beside it'


def other_addresses(module: Module) -> Iterator[Finding]:
    """Who may sign in by which address is decided in one place: elsewhere no address of a person is written, nor a row of unread values."""
    if module.name == ADDRESSES or module.is_migration or module.room in OUTSIDE:
        return
    sentence = f"addresses of people are written by {ADDRESSES} only, which {' and '.join(ASK_FOR_ADDRESSES)} ask"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Attribute) and one.attr in OF_ADDRESSES for one in targets):
                yield node.lineno, sentence
        elif isinstance(node, ast.Call) and _writes_address(node, module):
            yield node.lineno, sentence
    written = {ADDRESSES, f"{ADDRESSES}.write", f"{ADDRESSES}.free"}
    if module.name not in ASK_FOR_ADDRESSES:
        yield from ((line, sentence) for line, dotted in module.imports() if dotted in written)


def _writes_address(call: ast.Call, module: Module) -> bool:
    name = _last_name(call.func)
    if name == "setattr":
        return len(call.args) > 1 and _word(call.args[1]) in OF_ADDRESSES
    if name in {"Person", "newcomer"} | WRITERS:
        named = {keyword.arg for keyword in call.keywords}
        parts = [one for argument in [*call.args, *call.keywords] for one in ast.walk(argument)]
        inside = {_word(key) for one in parts if isinstance(one, ast.Dict) for key in one.keys}
        lists = [one for one in parts if isinstance(one, ast.List | ast.Tuple)] if name in {"bulk_update", "save"} else []
        listed = {_word(one) for found in lists for one in found.elts}
        if name != "newcomer" and OF_ADDRESSES & (named | inside | listed):
            return True
        is_of_people = name == "Person" or "Person" in {node.id for node in ast.walk(call.func) if isinstance(node, ast.Name)}
        return is_of_people and name != "newcomer" and None in named and module.name not in CHECKS_ITS_VALUES
    return False


def _word(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


RULES: tuple[Callable[[Module], Iterator[Finding]], ...] = (
    refused_name,
    other_time,
    other_task_library,
    page_cache,
    unasked_readers,
    default_order,
    hidden_writing,
    other_environment,
    other_registry,
    living_import,
    other_addresses,
)
