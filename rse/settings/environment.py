"""The settings that the environment may give, each by its name or as a file by ``NAME_FILE``.

A value that is missing or makes no sense stops the start with one sentence that says what to set.
"""

import os
import re
import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.FileAwareEnv()
_line = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)")

REQUIRED = object()


def read_dotenv(path):
    """Give the environment the ``NAME=value`` lines of ``path`` that it does not have; nothing in a value is executed or replaced."""
    if not path.is_file():
        return
    given = frozenset(os.environ)
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _line.fullmatch(line)
        if match is None:
            raise ImproperlyConfigured(f"Line {number} of {path} should read NAME=value.")
        name, value = match[1], match[2].strip()
        if given.isdisjoint({name, f"{name}_FILE", name.removesuffix("_FILE")}):
            os.environ[name] = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _read(name, default, cast, expected):
    try:
        raw = _env.ENVIRON.get(name, "").strip()  # as it stands: the library's own reading takes a leading $ for another name
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read.") from error
    if not raw:
        if default is REQUIRED:
            raise ImproperlyConfigured(f"Set {name} (or {name}_FILE): {expected}.")
        return default
    try:
        return cast(raw)
    except (ValueError, KeyError, ImproperlyConfigured, zoneinfo.ZoneInfoNotFoundError) as error:
        raise ImproperlyConfigured(f"{name} is set to something that cannot be read: it should be {expected}.") from error


def text(name, default=REQUIRED, expected="a text"):
    return _read(name, default, str, expected)


def secret(name, default=REQUIRED, at_least=32):
    def long_enough(raw):
        if len(raw) < at_least:
            raise ValueError
        return raw

    return _read(name, default, long_enough, f"at least {at_least} random characters")


def boolean(name, default):
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    return _read(name, default, lambda raw: words[raw.lower()], "true or false")


def integer(name, default, at_least=0, expected=""):
    def large_enough(raw):
        if int(raw) < at_least:
            raise ValueError
        return int(raw)

    return _read(name, default, large_enough, expected or f"a whole number, {at_least} or more")


def words(name, default):
    return _read(name, default, lambda raw: [word.strip() for word in raw.split(",") if word.strip()], "a list separated by commas")


def origins(name, default):
    def complete(raw):
        found = [word.strip() for word in raw.split(",") if word.strip()]
        if not all(word.startswith(("https://", "http://")) for word in found):
            raise ValueError
        return found

    return _read(name, default, complete, "a list of https://host separated by commas")


def one_of(name, default, *choices):
    def chosen(raw):
        if raw not in choices:
            raise ValueError
        return raw

    return _read(name, default, chosen, " or ".join(choices))


def folder(name, default):
    return _read(name, default, Path, "the path of a folder")


def file(name, default):
    return _read(name, default, Path, "the path of a file")


def time_zone(name, default):
    return _read(name, default, lambda raw: zoneinfo.ZoneInfo(raw).key, "a time zone such as Europe/Paris")


def address(name, default, *schemes):
    """Read a URL with one of ``schemes``, without its last slash."""

    def complete(raw):
        parts = urlsplit(raw)
        if parts.scheme not in schemes or not all(host_and_origin(raw)):
            raise ValueError
        return raw.rstrip("/")

    return _read(name, default, complete, "an address starting with " + " or ".join(f"{scheme}://" for scheme in schemes))


def host_and_origin(site):
    """Return the host of a URL as ``ALLOWED_HOSTS`` names it, and its origin as a browser writes it: no port that the scheme implies."""
    parts = urlsplit(site)
    name = parts.hostname or ""
    host = f"[{name}]" if ":" in name else name.encode("idna").decode()
    port = f":{parts.port}" if parts.port not in (None, {"https": 443, "http": 80}.get(parts.scheme)) else ""
    return host, f"{parts.scheme}://{host}{port}"


def database(name, default):
    def known(raw):
        if not raw.startswith(("postgres://", "postgresql://", "sqlite://")):
            raise ValueError
        return _env.db_url_config(raw)

    return _read(name, known(default), known, "postgres://user:password@host:port/name or sqlite:///path")


def mail(name, default):
    return _read(name, _mail(default), _mail, "smtp+tls://user:password@host:587 or filemail:///folder")


def _mail(raw):
    parsed = _env.email_url_config(raw)
    if raw.startswith("filemail://"):
        parsed["EMAIL_FILE_PATH"] = raw.removeprefix("filemail://")  # the library takes the first slash off an absolute path
    return parsed


read_dotenv(Path(os.environ.get("ENV_FILE") or Path(__file__).resolve().parent.parent.parent / ".env"))
