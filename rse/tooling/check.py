"""``make check``: every check runs, also after one that failed, and one line says how each went."""

import os
import subprocess
import sys
import time
from pathlib import Path

from rse.tooling.steps import say

OUR_CODE = ["rse", "communities", "onboarding", "mentoring", "mobility", "talent", "search"]


def checks() -> dict[str, list[str]]:
    code = [name for name in OUR_CODE if Path(name).is_dir()]
    here = [sys.executable, "-m"]
    return {
        "style": [*here, "ruff", "check", "--quiet", "--output-format=concise"],
        "layout": [*here, "ruff", "format", "--check"],
        "templates": [*here, "djlint", "--lint", "--quiet", *code],
        "types": [*here, "mypy", "--no-error-summary", *code],
        "architecture, templates, translations, settings": [*here, "pytest", "-q", "--no-header", "-n", "2", "tests/architecture"],
    }


def main() -> int:
    environment = os.environ | {"ENV_FILE": os.devnull}
    failed = []
    for name, command in checks().items():
        started = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, check=False)
        if done.returncode:
            failed.append(name)
            say(done.stdout.strip())
        say(f"{'✗' if done.returncode else '✓'} {name} ({time.monotonic() - started:.0f} s)")
    if failed:
        say(f"To mend: {'; '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
