"""``python -m tests.services postgres redis -- command …``: the command finds DATABASE_URL and REDIS_URL, and its exit code is ours."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from .postgres import PostgresServer
from .process import DidNotStart, ServerProcess
from .programs import Missing
from .redis_server import RedisServer

SERVERS: dict[str, tuple[str, type[ServerProcess]]] = {"postgres": ("DATABASE_URL", PostgresServer), "redis": ("REDIS_URL", RedisServer)}
ENDINGS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
FROM_THE_TERMINAL = 128  # SI_KERNEL: the whole foreground group has had it, the command too


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run ``command``, pass on what is sent to us alone, and give its exit code as a shell would."""

    def hear() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])  # what we hold back, the command hears

    process = subprocess.Popen(command, env=environment, preexec_fn=hear)  # noqa: PLW1509 - there is one thread here
    while process.poll() is None:
        received = signal.sigwaitinfo(ENDINGS | {signal.SIGCHLD})
        if received.si_signo in ENDINGS and received.si_code != FROM_THE_TERMINAL:
            process.send_signal(received.si_signo)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def main(arguments: list[str]) -> int:
    names, marker, command = arguments, "", []
    if "--" in arguments:
        place = arguments.index("--")
        names, marker, command = arguments[:place], "--", arguments[place + 1 :]
    if not marker or not command or not names or set(names) - SERVERS.keys():
        print("usage: python -m tests.services [postgres] [redis] -- command …", file=sys.stderr)
        return 2
    environment = dict(os.environ)
    # Held back until the loop asks for them: a signal that comes while a server starts ends it all, but after it can be stopped.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS | {signal.SIGCHLD})
    with ExitStack() as running:
        for name in names:
            variable, server = SERVERS[name]
            environment[variable] = running.enter_context(server()).url
        return run(command, environment)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (Missing, DidNotStart) as refusal:
        sys.exit(f"{refusal}")
