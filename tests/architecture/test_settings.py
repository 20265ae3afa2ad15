import ast
import itertools
import os
import re
import subprocess
import sys

import pytest

from tests.architecture.tree import HOUSE

pytestmark = pytest.mark.once

KEY, NOTES_KEY = "k" * 50, "n" * 50
PERHAPS = re.compile(r"^#?\s?([A-Z][A-Z0-9_]*)=", re.MULTILINE)


def start(tmp_path, dotenv="", **environment):
    """Start a command of the product with these names in its environment and these lines in its .env."""
    return run([sys.executable, "manage.py", "check"], tmp_path, dotenv, environment)


def values(tmp_path, dotenv="", **environment):
    """The key, the company's name and its time zone, as the settings have them then."""
    code = "from django.conf import settings as s; print(ascii((s.SECRET_KEY, s.COMPANY_NAME, s.TIME_ZONE)))"
    done = run([sys.executable, "-c", code], tmp_path, dotenv, environment | {"DJANGO_SETTINGS_MODULE": "rse.settings"})
    assert done.returncode == 0, done.stderr
    return ast.literal_eval(done.stdout)


def run(command, tmp_path, dotenv, environment):
    (tmp_path / "dotenv").write_text(dotenv, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = kept | {"ENV_FILE": str(tmp_path / "dotenv"), "NOTES_KEY": NOTES_KEY} | environment
    return subprocess.run(command, cwd=HOUSE, env=given, capture_output=True, text=True, check=False)


def names_read():
    """The first argument of every call of the module that reads the environment, in all of rse.settings."""
    for path in (HOUSE / "rse" / "settings").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
            if is_call and node.func.value.id == "env" and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_the_example_lists_what_the_settings_read():
    listed = PERHAPS.findall((HOUSE / ".env.example").read_text())
    assert sorted(listed) == sorted(set(names_read()))


def test_every_line_of_the_example_is_explained():
    lines = (HOUSE / ".env.example").read_text().splitlines()
    unexplained = [line for before, line in itertools.pairwise(lines) if PERHAPS.match(line) and not re.match(r"# [A-Z].*\.$", before)]
    assert unexplained == []


def test_the_example_says_the_values_that_count_when_nothing_is_said(tmp_path):
    example = (HOUSE / ".env.example").read_text()
    said = {
        name: value
        for name, value in re.findall(r"^#([A-Z_]+)=(.+)$", example, re.MULTILINE)
        if not name.endswith(("DATABASE_URL", "REDIS_URL", "EMAIL_URL"))
    }
    assert values(tmp_path, SECRET_KEY=KEY, **said) == values(tmp_path, SECRET_KEY=KEY) == (KEY, "Maillage", "Europe/Paris")


NONSENSE = {
    "no key": ({"SECRET_KEY": ""}, "SECRET_KEY"),
    "a short key": ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    "a key file that is not there": ({"SECRET_KEY": "", "SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE"),
    "a key file that is a folder": ({"SECRET_KEY": "", "SECRET_KEY_FILE": "/tmp"}, "SECRET_KEY_FILE"),
    "no key for notes": ({"NOTES_KEY": ""}, "NOTES_KEY"),
    "a short key for notes": ({"NOTES_KEY": "short"}, "NOTES_KEY"),
    "one key for both": ({"NOTES_KEY": KEY}, "NOTES_KEY"),
    "debug": ({"DEBUG": "perhaps"}, "DEBUG"),
    "a site without a scheme": ({"SITE_URL": "maillage.example.org"}, "SITE_URL"),
    "a site of another scheme": ({"SITE_URL": "ftp://maillage.example.org"}, "SITE_URL"),
    "every host": ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    "an origin without a scheme": ({"CSRF_TRUSTED_ORIGINS": "example.org"}, "CSRF_TRUSTED_ORIGINS"),
    "a site without a host": ({"SITE_URL": "https://:8000"}, "SITE_URL"),
    "a site with no port at all": ({"SITE_URL": "https://maillage.example:port"}, "SITE_URL"),
    "proxies that nobody counted": ({"SITE_URL": "https://maillage.example"}, "TRUSTED_PROXY_COUNT"),
    "proxies in words": ({"TRUSTED_PROXY_COUNT": "two"}, "TRUSTED_PROXY_COUNT"),
    "fewer than no proxies": ({"TRUSTED_PROXY_COUNT": "-1"}, "TRUSTED_PROXY_COUNT"),
    "another database": ({"DATABASE_URL": "mysql://localhost/maillage"}, "DATABASE_URL"),
    "no database at all": ({"DATABASE_URL": "maillage"}, "DATABASE_URL"),
    "a port in words": ({"DATABASE_URL": "postgres://user:password@localhost:port/name"}, "DATABASE_URL"),
    "a pool in words": ({"DATABASE_URL": "postgres://localhost/x", "DATABASE_POOL_SIZE": "many"}, "DATABASE_POOL_SIZE"),
    "an empty pool": ({"DATABASE_URL": "postgres://localhost/x", "DATABASE_POOL_SIZE": "0"}, "DATABASE_POOL_SIZE"),
    "another cache": ({"REDIS_URL": "http://localhost:6379"}, "REDIS_URL"),
    "another mail": ({"EMAIL_URL": "pigeon://loft"}, "EMAIL_URL"),
    "mail without a scheme": ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL"),
    "another language": ({"LANGUAGE_CODE": "de"}, "LANGUAGE_CODE"),
    "no such time zone": ({"TIME_ZONE": "Europe/Nowhere"}, "TIME_ZONE"),
    "a path as time zone": ({"TIME_ZONE": "../../etc/passwd"}, "TIME_ZONE"),
    "a log level": ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    "a log format": ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
}


@pytest.mark.parametrize(("environment", "name"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_stops_the_start_with_one_sentence(tmp_path, environment, name):
    started = start(tmp_path, **({"SECRET_KEY": KEY} | environment))
    (sentence,) = started.stderr.splitlines()
    assert started.returncode != 0
    assert started.stdout == ""
    assert re.match(rf"(Set )?{name}\b", sentence)
    assert sentence.endswith(".")
    assert not any(value in sentence for name, value in environment.items() if "KEY" in name and value)


HOSTS = {
    "development": ({}, ["localhost", "127.0.0.1", "[::1]"], ["http://localhost:8000"]),
    "a company": ({"SITE_URL": "https://net.example/"}, ["net.example"], ["https://net.example"]),
    "a company with others": (
        {"SITE_URL": "https://Net.example:443", "ALLOWED_HOSTS": "old.example, net.example", "CSRF_TRUSTED_ORIGINS": "https://old.example"},
        ["net.example", "old.example"],
        ["https://net.example", "https://old.example"],
    ),
    "a port": ({"SITE_URL": "https://net.example:8443"}, ["net.example"], ["https://net.example:8443"]),
    "a name with accents": ({"SITE_URL": "https://réseau.example"}, ["xn--rseau-bsa.example"], ["https://xn--rseau-bsa.example"]),
    "a number": ({"SITE_URL": "https://[2001:db8::1]:8443"}, ["[2001:db8::1]"], ["https://[2001:db8::1]:8443"]),
}


@pytest.mark.parametrize(("said", "hosts", "origins"), HOSTS.values(), ids=HOSTS)
def test_the_address_of_the_site_is_allowed_and_trusted_without_saying_so_twice(tmp_path, said, hosts, origins):
    code = "from django.conf import settings as s; print(ascii((s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, s.TRUSTED_PROXY_COUNT)))"
    given = {"SECRET_KEY": KEY, "DJANGO_SETTINGS_MODULE": "rse.settings", "PYTHONUTF8": "1"} | said
    given |= {"TRUSTED_PROXY_COUNT": "0"} if said else {}
    done = run([sys.executable, "-c", code], tmp_path, "", given)
    assert done.returncode == 0, done.stderr
    assert ast.literal_eval(done.stdout) == (hosts, origins, 0)


def test_proxies_are_counted_or_said_to_be_none_before_a_site_on_https_starts(tmp_path):
    site = {"SECRET_KEY": KEY, "SITE_URL": "https://net.example"}
    forgotten = start(tmp_path, **site)
    assert forgotten.stderr == (
        "Set TRUSTED_PROXY_COUNT (or TRUSTED_PROXY_COUNT_FILE): how many proxies of yours stand in front, 0 where there is none.\n"
    )
    assert forgotten.returncode != 0
    for said in ("0", "2"):
        assert start(tmp_path, **site, TRUSTED_PROXY_COUNT=said).returncode == 0


def test_a_value_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text(f"{KEY}\n")
    assert values(tmp_path, SECRET_KEY_FILE=str(tmp_path / "key"))[0] == KEY


def test_a_value_may_begin_with_a_dollar(tmp_path):
    assert values(tmp_path, SECRET_KEY=f"${KEY}")[0] == f"${KEY}"


def test_dotenv_is_read_and_not_executed(tmp_path):
    made = tmp_path / "made"
    name = f"Société $(touch {made}) # $HOME & fils"
    lines = f'# a comment\n\nexport SECRET_KEY="{KEY}"\nCOMPANY_NAME={name}\n  TIME_ZONE = Europe/Lisbon  \n'
    assert values(tmp_path, dotenv=lines) == (KEY, name, "Europe/Lisbon")
    assert not made.exists()


def test_the_environment_wins_over_dotenv(tmp_path):
    lines = "SECRET_KEY_FILE=/nowhere\nCOMPANY_NAME=Other\nTIME_ZONE=Europe/Lisbon\n"
    assert values(tmp_path, dotenv=lines, SECRET_KEY=KEY, COMPANY_NAME="Ours") == (KEY, "Ours", "Europe/Lisbon")


def test_a_line_of_dotenv_that_says_nothing_stops_the_start(tmp_path):
    started = start(tmp_path, dotenv="COMPANY_NAME=Ours\nTIME_ZONE Europe/Lisbon\n", SECRET_KEY=KEY)
    assert started.returncode != 0
    assert started.stderr == f"Line 2 of {tmp_path / 'dotenv'} should read NAME=value.\n"
