import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from rse.tooling.environment import DEVELOPMENT, RUNTIME
from tests.architecture.tree import HOUSE

pytestmark = pytest.mark.once

PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE | re.IGNORECASE)
REQUEST = re.compile(r"^([A-Za-z0-9][\w.-]*)", re.MULTILINE)


def pins(lock):
    return dict(PIN.findall((HOUSE / lock).read_text()))


def test_the_lock_for_development_holds_that_of_the_product():
    development = pins(DEVELOPMENT)
    assert {name: development.get(name) for name in pins(RUNTIME)} == pins(RUNTIME)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "rse/tooling/uv"])
def test_a_lock_names_what_was_asked_for_and_its_hashes(name):
    asked = {re.sub(r"[-_.]+", "-", one).lower() for one in REQUEST.findall((HOUSE / f"{name}.in").read_text())}
    locked = (HOUSE / f"{name}.txt").read_text()
    assert asked <= pins(f"{name}.txt").keys()
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
