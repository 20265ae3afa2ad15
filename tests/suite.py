"""Every test, as ``make test`` runs them: on SQLite with the browser, then on PostgreSQL and Redis."""

import os
import signal
import subprocess
import sys
import time

from rse.tooling.steps import say
from tests.services import packages

NOTHING_COLLECTED = 5
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    is_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    packages.get(packages.missing())
    absent = packages.missing()
    if absent:
        say(f"Not on this machine: {', '.join(absent)}. To have it: {packages.how_to_get(absent)}")
    environment = _own_environment()
    skipped, lines = [], []

    # What drives the browser leaves an event loop running in its process: the journeys have processes of their own.
    runs = [("SQLite", [], "not browser")]
    if "Chromium" in absent:
        skipped.append("the journeys in a browser, which need Chromium")
    else:
        runs.append(("SQLite, in a browser", [], "browser"))
    if {"PostgreSQL", "Redis"} & set(absent):
        skipped.append("everything on PostgreSQL and Redis")
    else:
        # What says nothing about the database runs once; so do the journeys, which are long, except where time is no matter.
        servers = [sys.executable, "-m", "tests.services", "postgres", "redis", "--"]
        runs.append(("PostgreSQL and Redis", servers, "not once and not browser"))
        if is_ci and "Chromium" not in absent:
            runs.append(("PostgreSQL and Redis, in a browser", servers, "not once and browser"))

    status = 0
    for title, servers, marks in runs:
        ended = _run(title, servers + _pytest(marks, arguments), environment, lines)
        status = status or (0 if ended == NOTHING_COLLECTED else ended)
        if ended == INTERRUPTED:
            break

    for line in lines:
        say(line)
    for what in skipped:
        say(f"Not run: {what}.")
    return status or (1 if is_ci and skipped else 0)


def _own_environment() -> dict[str, str]:
    """This process's, without what a developer's shell or .env says of databases."""
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in {"DATABASE_URL", "REDIS_URL"}}
    return kept | {"ENV_FILE": os.devnull}


def _pytest(marks: str, arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", "-n", os.environ.get("WORKERS", "2"), "-m", marks, *arguments]


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
