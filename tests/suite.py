"""Every test, as ``make test`` runs them: on PostgreSQL and Redis, on SQLite what differs there or needs one database, then a browser."""

import os
import signal
import subprocess
import sys
import time

from rse.tooling.steps import say
from tests import branches
from tests.services import packages

NOTHING_COLLECTED = 5
INTERRUPTED = 130


SERVERS = [sys.executable, "-m", "tests.services", "postgres", "redis", "--"]
QUICK = [("SQLite, quickly", [], "not slow and not once and not browser")]
MEASURED = [("SQLite, measured", [], "(engine or not slow) and not once and not browser")]
NEEDED = {
    "PostgreSQL": "everything on PostgreSQL and Redis",
    "Redis": "everything on PostgreSQL and Redis",
    "Chromium": "the journeys in a browser, which need Chromium",
}


def main(arguments: list[str]) -> int:
    is_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    packages.get(packages.missing())
    absent = packages.missing()
    if absent:
        say(f"Not on this machine: {', '.join(absent)}. To have it: {packages.how_to_get(absent)}")
    environment = _own_environment()
    lines = []
    is_quick = "--quick" in arguments
    is_measured = "--coverage" in arguments
    arguments = [one for one in arguments if one not in {"--quick", "--coverage"}]
    runs = QUICK if is_quick else MEASURED if is_measured else _runs(set(absent))
    skipped = [] if is_quick or is_measured else [why for program, why in NEEDED.items() if program in absent]

    status = 0
    through = branches.begin() if is_measured else [sys.executable]
    for title, before, marks in runs:
        ended = _run(title, before + _pytest(marks, arguments, through), environment, lines)
        status = status or (0 if ended == NOTHING_COLLECTED else ended)
        if ended == INTERRUPTED:
            break

    for line in lines:
        say(line)
    if is_measured and status != INTERRUPTED:
        status = branches.end() or status
    for what in dict.fromkeys(skipped):
        say(f"Not run: {what}.")
    return status or (1 if is_ci and skipped else 0)


def _runs(absent: set[str]) -> list[tuple[str, list[str], str]]:
    """Return each run as its title, what its command begins with and the marks of its tests."""
    has_servers = not {"PostgreSQL", "Redis"} & absent
    runs = [("SQLite", [], "(engine or once) and not browser" if has_servers else "not browser")]
    if has_servers:
        runs.append(("PostgreSQL and Redis", SERVERS, "not once and not sqlite and not browser"))
    # What drives the browser leaves an event loop running in its process: the journeys have processes of their own.
    if "Chromium" not in absent:
        runs.append(("SQLite, in a browser", [], "browser"))
    return runs


def _own_environment() -> dict[str, str]:
    """This process's, without what a developer's shell or .env says of databases."""
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in {"DATABASE_URL", "REDIS_URL"}}
    return kept | {"ENV_FILE": os.devnull}


def _pytest(marks: str, arguments: list[str], through: list[str]) -> list[str]:
    # One process more than there are cores: many tests wait for a server, a browser or a lease.
    workers = os.environ.get("WORKERS") or str((os.cpu_count() or 1) + 1)
    return [*through, "-m", "pytest", "-n", workers, "--dist", "worksteal", "-m", marks, *arguments]


def _run(title: str, command: list[str], environment: dict[str, str], lines: list[str]) -> int:
    say(f"\n── {title} ──")
    started, interrupted = time.monotonic(), []
    # A Ctrl-C is for the tests, which have it too: they end what they started, and we wait for that.
    before = signal.signal(signal.SIGINT, lambda *_: interrupted.append(True))
    try:
        status = subprocess.run(command, env=environment, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)
    outcome = "stopped" if interrupted else "passed" if status == 0 else "not green"
    lines.append(f"{title}: {outcome}, {time.monotonic() - started:.0f} s")
    return INTERRUPTED if interrupted else status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
