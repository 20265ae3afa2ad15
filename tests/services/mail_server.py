"""A server of mail on this machine, for one test: it keeps what it is sent, or refuses as it is told."""

from __future__ import annotations

import base64
import socketserver
import threading
from typing import Self


class MailServer:
    """Speaks SMTP on a free port within the block; ``kept`` are the mails as they came, ``refuses`` the answer to one command.

    With ``password`` it offers a sign-in that takes this password and no other; with ``is_silent`` it says nothing at all.
    """

    def __init__(self, *, password: str = "", refuses: dict[str, str] | None = None, is_silent: bool = False):
        self.password, self.refuses, self.is_silent = password, refuses or {}, is_silent
        self.kept: list[str] = []
        self.heard: list[str] = []
        self.server = _Server(("127.0.0.1", 0), _Conversation)
        self.server.owner = self
        self.port = self.server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads = True, True
    owner: MailServer


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        owner = self.server.owner
        if owner.is_silent:
            self.rfile.readline()
            return
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            command = line.split()[0].upper()
            owner.heard.append(command)
            if command in owner.refuses:
                self.say(owner.refuses[command])
            elif command == "EHLO":
                self.say("250-here")
                self.say("250 AUTH PLAIN" if owner.password else "250 8BITMIME")
            elif command == "AUTH":
                self.say("235 come in" if owner.password in _said(line) else "535 who are you")
            elif command == "DATA":
                self.say("354 go on")
                owner.kept.append(self._mail())
                self.say("250 kept")
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 well")

    def _mail(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)


def _said(line: str) -> str:

    return base64.b64decode(line.rpartition(" ")[2]).decode().rpartition("\0")[2]
