import secrets
import socket

from .process import ServerProcess
from .programs import redis_program


class RedisServer(ServerProcess):
    """A Redis of its own, in memory only, with a password.

    Raises:
        Missing: neither Redis nor Valkey is installed.

    """

    name = "redis"

    def __init__(self) -> None:
        self.program = redis_program()
        self.password = secrets.token_urlsafe(16)

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        settings = self.folder / "redis.conf"  # a file: everybody can read the arguments of a process
        settings.write_text(
            f'bind 127.0.0.1\nport {self.port}\ndir "{self.folder}"\nsave ""\nappendonly no\ndaemonize no\nrequirepass {self.password}\n'
        )
        return [self.program, str(settings)]

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return link.recv(64).startswith(b"+OK")
        except OSError:
            return False
