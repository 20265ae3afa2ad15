"""Long steps of the commands in the Makefile: one line each, a bar where there is a terminal, the output only of what failed."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

BAR = 24
LINES_OF_A_FAILURE = 15


class StepFailed(Exception):
    """The command of a step ended badly; the message is the end of what it wrote."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def step(
    title: str, command: Sequence[str], *, progress: Callable[[], float | None] | None = None, environment: dict[str, str] | None = None
) -> None:
    """Run ``command`` to its end behind one line; ``progress`` says how much is done, from 0 to 1, or None while nobody can know.

    Raises:
        StepFailed: the command could not be started or did not end well.

    """
    started = time.monotonic()
    is_terminal = sys.stderr.isatty()
    if not is_terminal:
        say(f"{title}…")
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment)
        except OSError as error:
            raise StepFailed(str(error)) from error
        try:
            while (status := _ended_within(process, seconds=0.5)) is None:
                if is_terminal:
                    _draw(title, progress() if progress else None, time.monotonic() - started)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        finally:
            if is_terminal:
                print("\r\033[K", end="", file=sys.stderr, flush=True)
        if status:
            output.seek(0)
            raise StepFailed("\n".join(output.read().decode(errors="replace").splitlines()[-LINES_OF_A_FAILURE:]))
    seconds = time.monotonic() - started
    if is_terminal:
        say(f"{title}: {seconds:.0f} s")
    elif seconds > 2:
        say(f"… {seconds:.0f} s")


def _ended_within(process: subprocess.Popen[bytes], *, seconds: float) -> int | None:
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None


def _draw(title: str, share: float | None, seconds: float) -> None:
    if share is None:
        bar = " " * BAR
        position = int(seconds * 4) % (BAR - 2)
        bar = f"{bar[:position]}━━━{bar[position + 3 :]}"
    else:
        filled = round(BAR * min(max(share, 0), 1))
        bar = "━" * filled + " " * (BAR - filled)
    print(f"\r\033[K{title} ▕{bar}▏ {seconds:.0f} s", end="", file=sys.stderr, flush=True)


def without_bytecode_ban() -> dict[str, str]:
    """Return the environment of this process where Python may keep its bytecode: starting without takes several seconds more, each time."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
