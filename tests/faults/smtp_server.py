"""An SMTP server that fails at given phases and stores what it accepted.

A `Fault` names the phase and what happens there: "drop" closes the connection, "stall" sends nothing more, a reply
text such as "450 busy" is sent as it is. In the phase "final", "drop" closes before accepting the mail,
"take-and-drop" accepts it and closes before the 250.
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
from email.parser import BytesHeaderParser
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Fault:
    phase: str  # connect, hello, mail, rcpt, data, body, final
    action: str  # drop, stall, take-and-drop, or "450 text"


class _CloseConnection(Exception):
    """Close the connection now."""


class FaultySmtp:
    """Each connection takes the next of `faults`; None, and every connection after the last, works normally.

    `mails_per_connection`: after so many it hangs up without a word. `extensions`: what EHLO offers besides SIZE.
    `keeps_bodies`: False keeps the header alone, so that a hundred thousand mails fit into memory.
    """

    def __init__(
        self,
        faults: Iterable[Fault | None] = (),
        *,
        seconds: float = 0.0,
        mails_per_connection: int = 1_000_000,
        extensions: Iterable[str] = (),
        keeps_bodies: bool = True,
    ) -> None:
        self.keeps_bodies = keeps_bodies
        self.extensions = tuple(extensions)
        self.mails_per_connection = mails_per_connection
        self.faults = list(faults)
        self.seconds = seconds  # delay before the reply to the final dot
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
        # Closing alone would leave the thread blocked on a file descriptor that the next server's socket may get.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._listening.join()
        self._socket.close()

    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.accepted]

    def copies(self) -> Counter[str]:
        """Message-ID -> number of accepted copies."""
        return Counter(self.headers("Message-ID"))

    def headers(self, name: str) -> list[str]:
        """This header of each accepted mail."""
        parser = BytesHeaderParser(policy=policy.default)
        return [str(parser.parsebytes(raw.partition(b"\r\n\r\n")[0])[name]) for raw in self.accepted]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                fault = self.faults.pop(0) if self.faults else None
            threading.Thread(target=self._handle, args=(connection, fault), daemon=True).start()

    def _handle(self, connection: socket.socket, fault: Fault | None) -> None:
        with connection, connection.makefile("rb") as lines, suppress(_CloseConnection, OSError):
            _Session(self, connection, lines, fault).run()
        self.hung_up.set()


class _Session:
    def __init__(self, server: FaultySmtp, connection: socket.socket, lines, fault: Fault | None) -> None:
        self.server, self.connection, self.lines, self.fault = server, connection, lines, fault
        self.mails = 0

    def run(self) -> None:
        self.step("connect", "220 sink ready")
        while line := self.lines.readline():
            verb = line.strip().upper().split(b" ")[0].split(b":")[0]
            if verb in (b"EHLO", b"HELO"):
                offered = "".join(f"250-{one}\r\n" for one in self.server.extensions)
                self.step("hello", f"250-sink\r\n{offered}250 SIZE 30000000")
            elif verb == b"MAIL":
                self.step("mail", "250 sender ok")
            elif verb == b"RCPT":
                self.step("rcpt", "250 recipient ok")
            elif verb == b"DATA":
                if self.step("data", "354 go ahead"):
                    self.body()
            elif verb == b"QUIT":
                self.send("221 bye")
                return
            else:
                self.send("250 ok")

    def body(self) -> None:
        raw = []
        if self.fault and self.fault.phase == "body":
            self.lines.readline()
            raise _CloseConnection
        while (line := self.lines.readline()) != b".\r\n":
            if not line:
                raise _CloseConnection  # never complete, so never accepted
            if self.server.keeps_bodies or not raw or raw[-1] != b"\r\n":
                raw.append(line[1:] if line.startswith(b"..") else line)
        time.sleep(self.server.seconds)
        accepts = self.fault is None or self.fault.phase != "final"
        if accepts or self.fault.action == "take-and-drop":
            with self.server._lock:
                self.server.accepted.append(b"".join(raw))
        self.step("final", "250 queued")
        self.mails += 1
        if self.mails >= self.server.mails_per_connection:
            raise _CloseConnection

    def step(self, phase: str, answer: str) -> bool:
        """Send the reply of a phase; True if it was the normal one."""
        if self.fault is None or self.fault.phase != phase:
            self.send(answer)
            return True
        if self.fault.action in ("drop", "take-and-drop"):
            raise _CloseConnection
        if self.fault.action == "stall":
            time.sleep(30)
            raise _CloseConnection
        self.send(self.fault.action)
        return False

    def send(self, answer: str) -> None:
        self.connection.sendall(answer.encode() + b"\r\n")
