import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rse.tooling import environment, start
from rse.tooling.steps import StepFailed, step
from tests.architecture.tree import HOUSE
from tests.services import packages
from tests.services.programs import Missing

pytestmark = pytest.mark.once


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """A folder of its own for the keys, and an environment without them."""
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "DATA", tmp_path / "var")
    for name in ("SECRET_KEY", "SECRET_KEY_FILE"):
        monkeypatch.setenv(name, "")
    return tmp_path


def test_a_key_is_made_once_and_for_its_owner_only(installation):
    start.keep_key("SECRET_KEY")
    file = installation / "var" / "secret_key"
    first = file.read_text()
    assert os.environ["SECRET_KEY_FILE"] == str(file)
    assert len(first) > 60
    assert [oct(path.stat().st_mode & 0o777) for path in (file, file.parent)] == ["0o600", "0o700"]
    os.environ["SECRET_KEY_FILE"] = ""
    start.keep_key("SECRET_KEY")
    assert (os.environ["SECRET_KEY_FILE"], file.read_text()) == (str(file), first)
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_a_key_that_is_given_is_left_alone(installation, monkeypatch, name):
    monkeypatch.setenv(name, "given")
    start.keep_key("SECRET_KEY")
    assert not (installation / "var").exists()


@pytest.mark.parametrize(
    ("line", "is_given"),
    [
        ("SECRET_KEY=abc", True),
        ('  export SECRET_KEY_FILE = "/run/key"', True),
        ("#SECRET_KEY=abc", False),
        ("SECRET_KEY=", False),
        ("SECRET_KEY_FALLBACKS=abc", False),
        ("NOT_SECRET_KEY=abc", False),
    ],
)
def test_a_key_in_dotenv_counts_as_given(installation, line, is_given):
    (installation / ".env").write_text(f"DEBUG=true\n{line}\nLOG_LEVEL=INFO\n")
    start.keep_key("SECRET_KEY")
    assert (installation / "var").exists() is not is_given


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An environment that is only written down; gives the locks that were installed into it."""
    (tmp_path / "requirements.txt").write_text("a==1\n")
    (tmp_path / "requirements-dev.txt").write_text("a==1\nb==2\n")
    (tmp_path / "python").touch()
    installed = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(environment, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(environment, "_make_home", lambda: None)
    monkeypatch.setattr(environment, "_install", installed.append)
    return installed


def test_a_lock_is_installed_once(home):
    environment.prepare("requirements.txt")
    environment.prepare("requirements.txt")
    assert home == ["requirements.txt"]


def test_a_lock_that_changed_is_installed_again(home):
    environment.prepare("requirements.txt")
    (environment.ROOT / "requirements.txt").write_text("a==2\n")
    environment.prepare("requirements.txt")
    assert home == ["requirements.txt", "requirements.txt"]


def test_the_lock_for_development_stands_for_both(home):
    environment.prepare("requirements-dev.txt")
    environment.prepare("requirements.txt")
    assert home == ["requirements-dev.txt"]


def test_another_python_or_a_lost_environment_is_made_again(home, monkeypatch):
    environment.prepare("requirements.txt")
    stamp = json.loads(environment.STAMP.read_text())
    environment.STAMP.write_text(json.dumps({name: value.replace("3.", "2.", 1) for name, value in stamp.items()}))
    environment.prepare("requirements.txt")
    (environment.ROOT / "python").unlink()
    environment.prepare("requirements.txt")
    assert len(home) == 3


def test_a_failed_installation_is_not_stamped(home, monkeypatch):
    def fail(lock):
        raise environment.CannotInstall(lock)

    monkeypatch.setattr(environment, "_install", fail)
    with pytest.raises(environment.CannotInstall):
        environment.prepare("requirements.txt")
    assert not environment.STAMP.exists()


def test_a_python_that_is_too_old_is_told_so(home, monkeypatch):
    monkeypatch.setattr(environment, "OLDEST_PYTHON", (9, 0))
    with pytest.raises(environment.CannotInstall, match=r"^Python 9\.0 or newer is needed"):
        environment.prepare("requirements.txt")
    assert home == []


def test_a_step_is_one_line_and_shows_the_end_of_a_failure(capfd):
    step("Doing it", [sys.executable, "-c", "print('not shown')"])
    assert capfd.readouterr().out == "Doing it…\n"
    with pytest.raises(StepFailed, match=r"\A(line \d+\n){14}line 99\Z"):
        step("Doing it", [sys.executable, "-c", "import sys; [print('line', n) for n in range(100)]; sys.exit(1)"])
    with pytest.raises(StepFailed):
        step("Doing it", ["/no/such/program"])


def absent():
    raise Missing("Chromium")


def test_what_is_missing_and_how_to_get_it_is_said(monkeypatch):
    needs = {"Chromium": (absent, ("chromium",)), "Redis": (lambda: "/usr/bin/redis-server", ("redis-server",))}
    monkeypatch.setattr(packages, "NEEDS", needs)
    assert packages.missing() == ["Chromium"]
    assert "chromium" in packages.how_to_get(["Chromium"])


def test_help_names_every_command():
    shown = subprocess.run(["make", "--no-print-directory", "help"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"^\.PHONY: (\w+)", (HOUSE / "Makefile").read_text(), re.MULTILINE)) - {"help", "environment"}
    assert set(re.findall(r"^make (\w+)", shown, re.MULTILINE)) == targets
    assert {"PEOPLE", "PORT", "HOST", "QUICK"} <= set(re.findall(r"\b([A-Z]+)=", shown))


def test_what_runs_before_the_installation_needs_only_python():
    code = (
        "import sys, rse.tooling.start, rse.tooling.steps; "
        "print([name for name in sys.modules if name.partition('.')[0] not in sys.stdlib_module_names])"
    )
    shown = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(HOUSE)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert Path(HOUSE / "rse" / "tooling" / "start.py").exists()
    ours = {"rse", "rse.tooling", "rse.tooling.start", "rse.tooling.steps", "rse.tooling.environment", "__main__"}
    assert set(re.findall(r"'([\w.]+)'", shown)) <= ours
