"""``make run``: prepares the environment, makes the keys of this installation once, then becomes ``manage.py up`` of the demonstration.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import os
import re
import secrets
import sys

from rse.tooling.environment import PYTHON, ROOT, RUNTIME, CannotInstall, prepare

KEYS = ("SECRET_KEY", "NOTES_KEY")
DATA = ROOT / "var"
SETTINGS = "rse.settings.demonstration"


def keep_key(name: str) -> None:
    """Write the key ``name`` once, readable by its owner only, and point at its file, unless the environment or .env gives one."""
    if os.environ.get(name) or os.environ.get(f"{name}_FILE") or _is_in_dotenv(name):
        return
    file = DATA / name.lower()
    if not file.exists():
        DATA.mkdir(mode=0o700, exist_ok=True)
        draft = DATA / f".{name.lower()}.{os.getpid()}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
            written.write(secrets.token_urlsafe(50))
        draft.rename(file)  # whole or not at all
    os.environ[f"{name}_FILE"] = str(file)


def _is_in_dotenv(name: str) -> bool:
    try:
        lines = (ROOT / ".env").read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return False
    return bool(re.search(rf"^\s*(?:export\s+)?{name}(?:_FILE)?\s*=[ \t]*\S", lines, re.MULTILINE))


def start(arguments: list[str]) -> None:
    """Run the product in the place of this process; returns only when it could not."""
    prepare(RUNTIME)
    for name in KEYS:
        keep_key(name)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "manage.py", "up", *arguments])


if __name__ == "__main__":
    try:
        start(sys.argv[1:])
    except CannotInstall as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(0)  # make has had the same Ctrl-C: it stops by itself, and would only add a line about an error
