"""A server process for tests: started on a free port, stopped by its own pid, gone when its parent is."""

import ctypes
import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from types import TracebackType
from typing import Self

STARTS = 3  # another program may take the free port first
SECONDS_TO_START = 30
SECONDS_TO_STOP = 15
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


class DidNotStart(Exception):
    """The server ended or stayed silent; the message is the end of its log."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class ServerProcess(ABC):
    """One private server in one temporary folder, as a context manager.

    A subclass says who owns it (``owner``), how it is prepared, started and asked whether it answers, and which signal ends it.
    """

    name = ""
    stop_signal = signal.SIGTERM

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def owner(self) -> str:
        """The system user it runs as."""
        return getpass.getuser()

    def prepare(self) -> None:  # noqa: B027 - a server may need nothing
        """What is done once in ``self.folder`` before the first start."""

    @abstractmethod
    def command(self) -> list[str]:
        """The program and its arguments."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it can be asked something."""

    def __enter__(self) -> Self:
        # A short path: that of a unix socket may have 107 characters.
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self.name}-", dir="/tmp"))
        try:
            if self.owner() != getpass.getuser():
                account = pwd.getpwnam(self.owner())
                os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.prepare()
            self._start()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.stop()
        finally:
            self._remove()

    def stop(self) -> None:
        """End the process and wait for it, harder if it does not listen."""
        for number in (self.stop_signal, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is not None:
                return
            os.kill(self.process.pid, number)
            try:
                self.process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                continue

    def run(self, *command: str | Path, entered: str = "", **environment: str) -> str:
        """Run ``command`` as the owner to its end; what it wrote."""
        done = subprocess.run(
            command,
            input=entered,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=os.environ | environment,
            **self._identity(),
        )
        if done.returncode:
            raise DidNotStart(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _identity(self) -> dict:
        if self.owner() == getpass.getuser():
            return {}
        account = pwd.getpwnam(self.owner())
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _start(self) -> None:
        for attempt in range(1, STARTS + 1):
            self.port = free_port()
            with (self.folder / "log").open("wb") as log:
                self.process = subprocess.Popen(
                    self.command(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    start_new_session=True,  # a Ctrl-C meant for the tests is not meant for the server: it ends after them
                    preexec_fn=self._die_with_parent,  # noqa: PLW1509 - it takes no lock
                    **self._identity(),
                )
            if self._answers_in_time():
                return
            self.stop()
            if attempt == STARTS:
                raise DidNotStart(f"{self.name}: {(self.folder / 'log').read_text(errors='replace')[-1000:]}")

    def _answers_in_time(self) -> bool:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            if self.answers():
                return True
            time.sleep(0.05)
        return False

    def _die_with_parent(self) -> None:
        """Linux ends the server when the process that started it is gone, however it went."""
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, self.stop_signal)

    def _remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
