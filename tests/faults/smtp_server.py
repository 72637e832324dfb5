"""An SMTP server that breaks where it is told to, and keeps what it accepted.

A `Fault` names the phase and what happens there: "drop" cuts the connection, "stall" says nothing more, a number
answers with that code. In the phase "final" the question is also whether the mail was taken: "drop" cuts before
taking it, "take-and-drop" takes it and cuts before the 250.
"""

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Fault:
    phase: str  # connect, hello, mail, rcpt, data, body, final
    action: str  # drop, stall, take-and-drop, or "450 text"


class _Cut(Exception):
    """The connection ends here."""


class FaultySmtp:
    """Each connection takes the next fault of `faults`; when they are used up it behaves."""

    def __init__(self, faults: Iterable[Fault | None] = (), *, seconds: float = 0.0) -> None:
        self.faults = list(faults)
        self.seconds = seconds  # how long it thinks over the last dot
        self.accepted: list[bytes] = []
        self.connections = 0
        self.hung_up = threading.Event()
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}"
        self._listening = threading.Thread(target=self._serve, daemon=True)
        self._listening.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Closing alone would leave the thread waiting on a number that the next server's socket may get.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._listening.join()
        self._socket.close()

    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.accepted]

    def copies(self) -> Counter[str]:
        """How many copies of each mail were taken, by Message-ID."""
        return Counter(str(letter["Message-ID"]) for letter in self.letters())

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                fault = self.faults.pop(0) if self.faults else None
            threading.Thread(target=self._talk, args=(connection, fault), daemon=True).start()

    def _talk(self, connection: socket.socket, fault: Fault | None) -> None:
        with connection, connection.makefile("rb") as lines, suppress(_Cut, OSError):
            _Conversation(self, connection, lines, fault).hold()
        self.hung_up.set()


class _Conversation:
    def __init__(self, server: FaultySmtp, connection: socket.socket, lines, fault: Fault | None) -> None:
        self.server, self.connection, self.lines, self.fault = server, connection, lines, fault

    def hold(self) -> None:
        self.step("connect", "220 sink ready")
        while line := self.lines.readline():
            verb = line.strip().upper().split(b" ")[0].split(b":")[0]
            if verb in (b"EHLO", b"HELO"):
                self.step("hello", "250-sink\r\n250 SIZE 30000000")
            elif verb == b"MAIL":
                self.step("mail", "250 sender ok")
            elif verb == b"RCPT":
                self.step("rcpt", "250 recipient ok")
            elif verb == b"DATA":
                if self.step("data", "354 go ahead"):
                    self.body()
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def body(self) -> None:
        raw = []
        if self.fault and self.fault.phase == "body":
            self.lines.readline()
            raise _Cut
        while (line := self.lines.readline()) != b".\r\n":
            if not line:
                raise _Cut  # never complete, so never taken
            raw.append(line[1:] if line.startswith(b"..") else line)
        time.sleep(self.server.seconds)
        is_fine = self.fault is None or self.fault.phase != "final"
        if is_fine or self.fault.action == "take-and-drop":
            with self.server._lock:
                self.server.accepted.append(b"".join(raw))
        self.step("final", "250 queued")

    def step(self, phase: str, answer: str) -> bool:
        """True when the answer was the usual one."""
        if self.fault is None or self.fault.phase != phase:
            self.say(answer)
            return True
        if self.fault.action in ("drop", "take-and-drop"):
            raise _Cut
        if self.fault.action == "stall":
            time.sleep(30)
            raise _Cut
        self.say(self.fault.action)
        return False

    def say(self, answer: str) -> None:
        self.connection.sendall(answer.encode() + b"\r\n")
