import os
import pwd
import secrets
import signal
from pathlib import Path

from .process import ServerProcess
from .programs import Missing, postgres_folder

DATABASE = "maillage"
# Nothing here outlives the tests, so nothing waits for a disk.
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_messages": "warning",
}


class PostgresServer(ServerProcess):
    """A PostgreSQL cluster of its own, with one role that owns one database and may create others, and nothing more, like a customer's.

    Raises:
        Missing: PostgreSQL is not installed.

    """

    name = "postgres"
    stop_signal = signal.SIGINT  # ends the sessions too

    def __init__(self) -> None:
        self.programs = Path(postgres_folder())
        self.password = secrets.token_urlsafe(16)

    @property
    def url(self) -> str:
        return f"postgres://{DATABASE}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def socket_url(self) -> str:
        """The same through the unix socket."""
        return f"postgres://{DATABASE}:{self.password}@{str(self.folder).replace('/', '%2F')}:{self.port}/{DATABASE}"

    def owner(self) -> str:
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return super().owner()
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name).pw_name
            except KeyError:
                continue
        raise Missing("a system user for PostgreSQL, which refuses to run as root")

    def prepare(self) -> None:
        password = self.folder / "password"
        password.write_text(self.password)
        password.chmod(0o644)  # the folder itself is closed
        shape = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        doors = ("--username=postgres", "--auth=scram-sha-256", f"--pwfile={password}")
        self.run(self.programs / "initdb", "--pgdata", self.folder / "data", *shape, *doors)

    def command(self) -> list[str]:
        places = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(self.folder)}
        options = [part for name, value in (OPTIONS | places).items() for part in ("-c", f"{name}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *options]

    def answers(self) -> bool:
        ready = self.programs / "pg_isready"
        return os.spawnv(os.P_WAIT, ready, [str(ready), "-q", "-h", str(self.folder), "-p", str(self.port)]) == 0

    def _start(self) -> None:
        super()._start()
        self._execute(f"CREATE ROLE {DATABASE} LOGIN CREATEDB PASSWORD '{self.password}'", f"CREATE DATABASE {DATABASE} OWNER {DATABASE}")

    def _execute(self, *statements: str) -> None:
        where = f"host={self.folder} port={self.port} user=postgres dbname=postgres"
        psql = (self.programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", where)
        self.run(*psql, entered=";\n".join(statements), PGPASSWORD=self.password)
