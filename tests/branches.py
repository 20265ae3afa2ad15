"""Which branches the tests take in what decides: ``make coverage`` prints their share, and fails below the floor."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from rse.tooling.steps import say

FLOOR = 95.0  # percent, of each group
FOLDER = Path("var/coverage")
COVERAGE = [sys.executable, "-m", "coverage"]
GROUPS = {
    "rules": ("*/rules.py", "*/rules/*.py"),
    "access": ("*/readers.py", "*/readers/*.py", "*/reader_parts.py"),
    "services": ("*/services.py", "*/services/*.py"),
    "queries": ("*/queries.py", "*/queries/*.py"),
}


@dataclass(frozen=True)
class Share:
    taken: int
    all: int

    @property
    def percent(self) -> float:
        return 100.0 * self.taken / self.all if self.all else 100.0


def begin() -> list[str]:
    """Forget what was measured before; return what a command is begun with to be measured, its own processes too."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    return [*COVERAGE, "run"]


def end() -> int:
    """Put together what the processes measured and print it; 1 where a group stands below the floor."""
    subprocess.run([*COVERAGE, "combine", "--quiet"], check=True)
    subprocess.run([*COVERAGE, "json", "--quiet", "-o", str(FOLDER / "report.json")], check=True)
    files = json.loads((FOLDER / "report.json").read_text())["files"]
    low = False
    for group, share in shares(files).items():
        low |= share.percent < FLOOR
        say(f"{'✗' if share.percent < FLOOR else '✓'} {group}: {share.taken} of {share.all} branches taken, {share.percent:.1f} %")
    for place, missing in most_missing(files):
        say(f"  {place}: {', '.join(missing)}")
    return 1 if low else 0


def shares(files: dict) -> dict[str, Share]:
    """Return the branches taken in each group, from the files of a report of coverage.py."""
    found = {}
    for group, patterns in GROUPS.items():
        sums = [one["summary"] for place, one in files.items() if any(fnmatch(place, pattern) for pattern in patterns)]
        found[group] = Share(sum(one["covered_branches"] for one in sums), sum(one["num_branches"] for one in sums))
    return found


def most_missing(files: dict) -> list[tuple[str, list[str]]]:
    """Return the ten files with the most branches never taken, each branch as ``12→15`` or ``12→out``."""
    missing = {place: one["missing_branches"] for place, one in files.items() if one["missing_branches"]}
    worst = sorted(missing, key=lambda place: (-len(missing[place]), place))[:10]
    return [(place, [f"{line}→{there if there > 0 else 'out'}" for line, there in missing[place]]) for place in worst]
