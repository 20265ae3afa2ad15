"""Makes ``.venv`` hold what a lock names: ``python3 -m rse.tooling.environment requirements.txt``.

When it already does, nothing is done and no network is needed. Standard library only: this runs before anything is installed.
"""

from __future__ import annotations  # so that a Python that is too old gets as far as saying so

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
STAMP = HOME / "installed.json"
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


class CannotInstall(Exception):
    """The environment cannot be made; the message says what to do."""


def prepare(lock: str) -> None:
    """Install what ``lock`` names into the environment, exactly and checked by hash.

    Raises:
        CannotInstall: Python is too old or cannot make environments, or no package index is within reach.

    """
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise CannotInstall(f"Python {oldest} or newer is needed: this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 …")
    with open(__file__) as door:  # two commands started together: the second waits for the first
        fcntl.flock(door, fcntl.LOCK_EX)
        if _installed().get(lock) == _wanted(lock):
            return
        _make_home()
        _install(lock)
        # The lock for development holds the one of the product, version for version (a test says so).
        held = [lock, RUNTIME] if lock == DEVELOPMENT else [lock]
        STAMP.write_text(json.dumps(_installed() | {name: _wanted(name) for name in held}))


def _wanted(lock: str) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{version} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}"


def _installed() -> dict[str, str]:
    try:
        return json.loads(STAMP.read_text()) if PYTHON.exists() else {}
    except (OSError, ValueError):
        return {}


def _is_sound() -> bool:
    """Whether there is an environment that runs, of this version of Python, in this place, with pip."""
    question = "import sys, pip; print(sys.version_info[:2], sys.prefix)"
    try:
        answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.strip() == f"{sys.version_info[:2]} {HOME}"


def _make_home() -> None:
    if _is_sound():
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise CannotInstall("Python cannot make environments here. On Debian or Ubuntu: sudo apt install python3-venv")
    from rse.tooling.steps import step

    shutil.rmtree(HOME, ignore_errors=True)
    maker = Path(
        sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}"
    )  # outlives the .venv that may be active
    step("Making .venv", [str(maker), "-m", "venv", str(HOME)])


def _install(lock: str) -> None:
    from rse.tooling.steps import StepFailed, say, step, without_bytecode_ban

    environment = {name: value for name, value in without_bytecode_ban().items() if name != "VIRTUAL_ENV"}
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input", "--retries=2"]
    hashed = ["--require-hashes", "-r"]
    count = sum(1 for line in (ROOT / lock).read_text().splitlines() if "==" in line)
    title = f"Installing the {count} packages of {lock}"
    try:
        step("Fetching uv, which installs", [*pip, "install", *hashed, str(ROOT / "rse" / "tooling" / "uv.txt")], environment=environment)
        uv = [str(PYTHON), "-m", "uv", "pip", "install", "--python", str(PYTHON), "--compile-bytecode", *hashed, str(ROOT / lock)]
        step(title, uv, progress=_compiled_share(), environment=environment)
    except StepFailed as failure:
        say(f"uv cannot do it ({_last_line(failure)}); pip does the same, more slowly.")
        try:
            step(title, [*pip, "install", *hashed, str(ROOT / lock)], environment=environment)
        except StepFailed as second:
            raise CannotInstall(f"{second}\nThe packages of {lock} could not be installed. Is a package index within reach?") from second


def _last_line(failure: Exception) -> str:
    lines = str(failure).strip().splitlines()
    return lines[-1].strip() if lines else "no reason given"


def _compiled_share() -> Callable[[], float | None]:
    """How much of the installed source has its bytecode: that is most of the work, and until it begins nobody knows."""

    def share() -> float | None:
        sources = compiled = 0
        for folder, _, names in os.walk(HOME / "lib"):
            if "/site-packages/pip" in folder:
                continue
            if folder.endswith("__pycache__"):
                compiled += len(names)
            else:
                sources += sum(1 for name in names if name.endswith(".py"))
        return compiled / sources if compiled and sources else None

    return share


if __name__ == "__main__":
    try:
        prepare(sys.argv[1])
    except CannotInstall as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
