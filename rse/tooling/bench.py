"""``make bench``: runs the scripts of tests/benchmarks one after the other; each prints its ratios beside their targets."""

import os
import subprocess
import sys

from rse.tooling.environment import ROOT
from rse.tooling.steps import say


def main() -> int:
    scripts = sorted(path for path in (ROOT / "tests" / "benchmarks").glob("*.py") if not path.name.startswith(("_", "test_", "conftest")))
    if not scripts:
        say("There is nothing to measure yet: tests/benchmarks holds no script.")
        return 0
    environment = os.environ | {"PYTHONPATH": str(ROOT), "ENV_FILE": os.devnull}
    failed = []
    for script in scripts:
        say(f"\n── {script.stem.replace('_', ' ')} ──")
        if subprocess.run([sys.executable, str(script)], env=environment, check=False).returncode:
            failed.append(script.stem)
    if failed:
        say(f"\nDid not end well: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
