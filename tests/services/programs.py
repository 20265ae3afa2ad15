"""Where the programs that the tests need are on this machine, and how to get those that are not."""

import os
import re
import shutil
from pathlib import Path


class Missing(Exception):
    """A program that the tests need is not on this machine; the message names it."""


def chromium() -> str:
    """The path of a Chromium, of $CHROMIUM first."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return _first("Chromium", *names)


def redis_program() -> str:
    """The path of redis-server, or of Valkey, which takes the same options."""
    return _first("redis-server", "redis-server", "valkey-server")


def postgres_folder() -> str:
    """The folder of the newest PostgreSQL's programs: Debian keeps them out of PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: _number(path.parent.parent.name))
    return str(versions[-1].parent) if versions else str(Path(_first("PostgreSQL", "initdb")).resolve().parent)


def _first(what: str, *names: str) -> str:
    for name in names:
        if name and (path := shutil.which(name)):
            return path
    raise Missing(what)


def _number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else 0
