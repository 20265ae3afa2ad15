"""Gets the programs that the tests need from Debian or Ubuntu, where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable

from rse.tooling.steps import StepFailed, say, step

from .programs import Missing, chromium, postgres_folder, redis_program

NEEDS: dict[str, tuple[Callable[[], str], tuple[str, ...]]] = {
    "Chromium": (chromium, ("chromium",)),
    "PostgreSQL": (postgres_folder, ("postgresql",)),
    "Redis": (redis_program, ("redis-server",)),
}


def missing() -> list[str]:
    """The names of what is not on this machine."""
    return [name for name, (find, _) in NEEDS.items() if not _is_there(find)]


def get(names: Iterable[str]) -> None:
    """Try to install what ``names`` stands for; what could not be had is still ``missing``, and has been said."""
    wanted = list(names)
    apt = _apt()
    if not wanted or apt is None:
        return
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        step("Asking Debian's archive what it has", [*apt, "update"], environment=quietly)
    except StepFailed as failure:
        say(f"The list of packages could not be refreshed: {_last_line(failure)}")
    for name in wanted:
        packages = NEEDS[name][1]
        try:
            step(
                f"Installing {name}", [*apt, "install", "--yes", "--no-install-recommends", "--no-upgrade", *packages], environment=quietly
            )
        except StepFailed as failure:
            say(f"{name} could not be installed: {_last_line(failure)}")


def how_to_get(names: Iterable[str]) -> str:
    """One sentence with the command that a person may type."""
    packages = " ".join(package for name in names for package in NEEDS[name][1])
    if shutil.which("apt-get"):
        return f"sudo apt-get install {packages}"
    return f"install {packages} with the package manager of this system; CHROMIUM=/path/of/chromium names a browser that is elsewhere"


def _apt() -> list[str] | None:
    """The command that installs, as root or by a sudo that asks nothing."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get", "-q"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n", "apt-get", "-q"]
    return None


def _is_there(find: Callable[[], str]) -> bool:
    try:
        find()
    except Missing:
        return False
    return True


def _last_line(failure: Exception) -> str:
    lines = str(failure).strip().splitlines()
    return lines[-1].strip() if lines else "no reason given"
