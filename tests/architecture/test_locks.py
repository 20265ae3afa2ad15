import ast
import re
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from rse.tooling.environment import DEVELOPMENT, RUNTIME
from tests.architecture.tree import HOUSE, for_types_only

pytestmark = pytest.mark.once

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE | re.IGNORECASE)
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text())
GROUPS = PROJECT["dependency-groups"]
ASKED = {
    RUNTIME: PROJECT["project"]["dependencies"],
    DEVELOPMENT: PROJECT["project"]["dependencies"] + GROUPS["dev"],
    "rse/tooling/uv.txt": GROUPS["installer"],
}


def pins(lock):
    return dict(PIN.findall((HOUSE / lock).read_text()))


def test_the_lock_for_development_holds_that_of_the_product():
    development = pins(DEVELOPMENT)
    assert {name: development.get(name) for name in pins(RUNTIME)} == pins(RUNTIME)


@pytest.mark.parametrize(("lock", "asked"), ASKED.items(), ids=ASKED)
def test_a_lock_holds_what_was_asked_for_and_its_hashes(lock, asked):
    locked = (HOUSE / lock).read_text()
    held = pins(lock)
    wrong = [str(one) for one in map(Requirement, asked) if held.get(canonicalize_name(one.name), "") not in one.specifier]
    assert wrong == [], "make lock writes it anew"
    assert all("--hash=sha256:" in block for block in re.split(r"^(?=\S)", locked, flags=re.MULTILINE) if block.strip())
    assert "://" not in locked


def needs_of(name):
    """What a package that is installed here asks for; one that only another Python needs is not installed, and asks for nothing."""
    try:
        return [Requirement(one) for one in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return []


@pytest.mark.parametrize("version", ["3.11.0", "3.12.0", "3.13.0"])
def test_a_lock_holds_for_every_python_that_is_promised(version):
    python = {"python_version": version.rpartition(".")[0], "python_full_version": version, "extra": ""}
    held = pins(RUNTIME)
    missing = {
        f"{need.name} for {name}"
        for name in held
        for need in needs_of(name)
        if (need.marker is None or need.marker.evaluate(python)) and canonicalize_name(need.name) not in held
    }
    assert missing == set(), "make lock adds them"


OURS = {"rse", "communities", "onboarding", "mentoring", "mobility", "talent", "search", "tests"}


def imported(paths, *, for_types):
    """Return what is imported from libraries, as ``{name of a module: a place}``, also inside functions."""
    found = {}
    for path in paths:
        tree = ast.parse(path.read_text())
        apart = set() if for_types else for_types_only(tree)
        for node in ast.walk(tree):
            if node in apart:
                continue
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                names = [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            found |= {name.partition(".")[0]: f"{path.relative_to(HOUSE)}:{node.lineno}" for name in names}
    return {name: place for name, place in found.items() if name not in sys.stdlib_module_names | OURS}


def undeclared(found, lock):
    homes = metadata.packages_distributions()
    declared = {canonicalize_name(Requirement(one).name) for one in ASKED[lock]}
    return [
        f"{place}: {name}" for name, place in found.items() if not declared & {canonicalize_name(home) for home in homes.get(name, [name])}
    ]


def sources(*folders):
    return [path for folder in folders for path in sorted((HOUSE / folder).rglob("*.py"))]


def test_what_the_product_imports_is_asked_for():
    found = imported([HOUSE / "manage.py", *sources(*sorted(OURS - {"tests"}))], for_types=False)
    assert undeclared(found, RUNTIME) == [], "it is there by chance, with another package: name it in pyproject.toml"


def test_what_tests_and_types_import_is_asked_for():
    found = imported(sources(*sorted(OURS)), for_types=True)
    assert undeclared(found, DEVELOPMENT) == [], "it is there by chance, with another package: name it in pyproject.toml"


def test_a_package_that_came_by_chance_is_found(tmp_path, monkeypatch):
    (tmp_path / "x.py").write_text("import sqlparse.sql\nimport json\nfrom PIL import Image\nfrom . import y\n")
    monkeypatch.setitem(globals(), "HOUSE", tmp_path)
    assert undeclared(imported([tmp_path / "x.py"], for_types=True), RUNTIME) == ["x.py:1: sqlparse"]


def test_the_changes_begin_with_the_version():
    assert re.search(r"^## (\S+)", (HOUSE / "CHANGELOG.md").read_text(), re.MULTILINE)[1] == PROJECT["project"]["version"]
