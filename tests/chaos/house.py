"""The product as it runs in a company, every process of it on its own, each to be killed and begun again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.notify.house import ROOT, environment
from tests.services.postgres import PostgresServer
from tests.services.process import ServerProcess, free_port
from tests.services.redis_server import RedisServer

APART = {"web": ("serve", "--no-worker"), "worker": ("db_worker",), "clock": ("scheduler",)}


class Again:
    """A server that can be killed by its own pid, and begun again where it was."""

    killed_by = signal.SIGKILL

    def kill(self):
        os.kill(self.process.pid, self.killed_by)
        self.process.wait()

    def begin(self):
        """Start it on the port and the data that it had, and wait until it answers."""
        for _attempt in range(3):
            with (self.folder / "log").open("ab") as log:
                self.process = subprocess.Popen(
                    self.command(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    env=self.own_environment(),
                    start_new_session=True,
                    preexec_fn=self._die_with_parent,  # noqa: PLW1509 - it takes no lock
                    **self._identity(),
                )
            if self._answers_in_time():
                return
            self.stop()
        raise AssertionError(f"{self.name} did not come back: {self.said()[-1500:]}")

    def said(self):
        return (self.folder / "log").read_text(errors="replace")

    def own_environment(self):
        return dict(os.environ)


class Database(Again, PostgresServer):
    """PostgreSQL, stopped at once as by a power cut of its process; what was committed is written, as a customer's is."""

    killed_by = signal.SIGQUIT

    def command(self):
        return [*super().command(), "-c", "synchronous_commit=on", "-c", "full_page_writes=on"]


class Messages(Again, RedisServer):
    """Redis, which forgets everything each time."""


class Ours(Again, ServerProcess):
    """One process of the product: ``manage.py`` with these words, asked over HTTP whether it answers where it listens."""

    def __init__(self, name, *words, folder, settings, listens=False):
        self.name, self.words, self.folder, self.settings, self.listens = name, words, folder / name, settings, listens
        self.folder.mkdir()
        self.port = free_port()

    def command(self):
        return [sys.executable, str(ROOT / "manage.py"), *self.words, *(["--port", str(self.port)] if self.listens else [])]

    def own_environment(self):
        return self.settings

    def answers(self):
        if not self.listens:
            return True
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False


class House:
    """One process on SQLite; web, worker and clock beside PostgreSQL and Redis otherwise. ``template`` is the migrated database."""

    def __init__(self, folder, template, *, is_postgres):
        self.folder, self.template, self.is_postgres = folder, template, is_postgres
        self.servers, self.processes = [], []

    def __enter__(self):
        try:
            self._begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_why):
        for process in reversed(self.processes):
            process.stop()
        for server in reversed(self.servers):
            server.__exit__(None, None, None)

    def _begin(self):
        self.settings = environment(self.folder)
        if self.is_postgres:
            database, messages = Database(), Messages()
            for server in (database, messages):
                self.servers.append(server.__enter__())
            self.settings |= {"DATABASE_URL": database.url, "REDIS_URL": messages.url}
            options = (f"--dbname={database.url.replace('postgres://', 'postgresql://')}", "--no-owner", "--exit-on-error")
            database.run(database.programs / "pg_restore", *options, str(_readable(self.template, database.folder)))
        else:
            shutil.copyfile(self.template, self.folder / "apart.sqlite3")
        self.company = self.act("prepare")
        words = APART if self.is_postgres else {"web": ("serve",)}
        for name, said in words.items():
            process = Ours(name, *said, folder=self.folder, settings=self.settings, listens=name == "web")
            process.begin()
            self.processes.append(process)

    def act(self, what):
        done = subprocess.run(
            [sys.executable, "-m", "tests.chaos.company", what], env=self.settings, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.processes[0].port}"

    @property
    def victims(self):
        return [*self.processes, *self.servers]

    def care(self):
        """What a supervisor does: begin again whatever ended by itself, a worker whose database went away say."""
        for process in self.victims:
            if process.process.poll() is not None:
                process.begin()

    def stop_ours(self):
        for process in self.processes:
            process.stop()


def _readable(template, folder):
    """A copy that the owner of the server may read."""
    copy = Path(folder) / "template"
    shutil.copyfile(template, copy)
    copy.chmod(0o644)
    return copy
