import tomllib

import pytest

from tests.architecture.tree import HOUSE

pytestmark = pytest.mark.once


def test_types_are_judged_in_every_file():
    mypy = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert [one["module"] for one in (mypy | {"module": "*"}, *mypy["overrides"]) if one.get("ignore_errors")] == []
