"""SMTP, one phase after the other, so that a failure says what it means.

smtplib's `data()` sends the text and the last dot in one go and so cannot tell "never complete" from "perhaps
accepted". Here the dot goes out by itself, after `before_final`, and only its answer may take long.
"""

import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from store.mailer.transport import Envelope, NotSent, Phase, Receipt, Unknown

COMMAND_SECONDS = 30.0
FINAL_SECONDS = 300.0  # RFC 5321 asks for ten minutes; a short wait here makes duplicates on purpose
SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
LOST = (OSError, smtplib.SMTPServerDisconnected)


class BadEmailUrl(ValueError):
    """EMAIL_URL can't be used as it is."""


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: str  # a key of SCHEMES
    user: str = ""
    password: str = ""


def parse(url: str) -> Server:
    """`smtp://host:25`, `smtp+tls://user:password@host:587` (STARTTLS) or `smtps://…:465`."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise BadEmailUrl(f"EMAIL_URL: {error}") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise BadEmailUrl(
            f"EMAIL_URL must look like smtp+tls://user:password@host:587 ({', '.join(SCHEMES)})"
        )
    return Server(
        host=parts.hostname.strip(),
        port=port or SCHEMES[parts.scheme],
        security=parts.scheme,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class Smtp:
    def __init__(
        self,
        server: Server,
        *,
        command_seconds: float = COMMAND_SECONDS,
        final_seconds: float = FINAL_SECONDS,
    ) -> None:
        self.server = server
        self.name = f"{server.host}:{server.port}"
        self.final_wait = timedelta(seconds=final_seconds)
        self._command_seconds, self._final_seconds = command_seconds, final_seconds

    def deliver(self, envelope: Envelope, before_final: Callable[[], None]) -> Receipt:
        session = _Session(self._command_seconds)
        try:
            session.open(self.server)
            session.address(envelope)
            session.content(envelope.content)
            before_final()
            return session.finish(self._final_seconds)
        finally:
            session.close()

    def was_accepted(self, message_id: str) -> bool | None:
        return None


class _Session:
    """One connection. `phase` is always the step whose answer is awaited."""

    def __init__(self, seconds: float) -> None:
        self.phase = Phase.CONNECT
        self.smtp = smtplib.SMTP(timeout=seconds)
        self.seconds = seconds

    def open(self, server: Server) -> None:
        try:
            if server.security == "smtps":
                self.smtp = smtplib.SMTP_SSL(timeout=self.seconds, context=ssl.create_default_context())
                self.smtp._host = server.host  # type: ignore[attr-defined]  # the name on the certificate
            self._expect(self.smtp.connect(server.host, server.port), 220)
            self.phase = Phase.HELLO
            self.smtp.ehlo_or_helo_if_needed()
            if server.security == "smtp+tls":
                self.smtp._host = server.host  # type: ignore[attr-defined]
                self.smtp.starttls(context=ssl.create_default_context())
                self.smtp.ehlo()
            if server.user:
                self.phase = Phase.AUTH
                self.smtp.login(server.user, server.password)
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(self.phase, str(error) or type(error).__name__) from error

    def address(self, envelope: Envelope) -> None:
        self.phase = Phase.MAIL
        size = [f"size={len(envelope.content)}"] if self.smtp.has_extn("size") else []
        self._command(lambda: self.smtp.mail(envelope.sender, size), 250)
        self.phase = Phase.RCPT
        self._command(lambda: self.smtp.rcpt(envelope.recipient), 250)

    def content(self, content: bytes) -> None:
        """Everything but the last dot. Whatever goes wrong up to here, the server has no mail."""
        self.phase = Phase.DATA
        self._command(lambda: self.smtp.docmd("DATA"), 354)
        try:
            self.smtp.send(_dotted(content))
        except LOST as error:
            raise NotSent(self.phase, str(error) or "the connection was lost") from error

    def finish(self, seconds: float) -> Receipt:
        self._still_there()
        self.phase = Phase.FINAL
        try:
            if self.smtp.sock:
                self.smtp.sock.settimeout(seconds)
            self.smtp.send(b".\r\n")
            code, reply = self.smtp.getreply()
        except (*LOST, smtplib.SMTPException) as error:
            raise Unknown(self.phase, str(error) or "no answer to the last dot") from error
        if not 200 <= code <= 299:
            raise self._refusal(code, reply)
        self.phase = Phase.ACCEPTED
        return Receipt(code, _words(reply))

    def _still_there(self) -> None:
        """A server that gave up in the middle of the text shows it here, while that still means "not sent"."""
        line = self.smtp.sock
        if line is None or isinstance(line, ssl.SSLSocket) or not select.select([line], [], [], 0)[0]:
            return
        try:
            if not line.recv(1, socket.MSG_PEEK):
                raise NotSent(self.phase, "the server closed the connection in the middle of the mail")
            code, reply = self.smtp.getreply()
        except LOST as error:
            raise NotSent(self.phase, str(error) or "the connection was lost") from error
        raise self._refusal(code, reply)

    def close(self) -> None:
        # No QUIT unless the mail is through: after a break it would only wait for an answer that never comes.
        try:
            if self.phase == Phase.ACCEPTED:
                if self.smtp.sock:
                    self.smtp.sock.settimeout(2)
                self.smtp.quit()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            self.smtp.close()

    def _command(self, run: Callable[[], tuple[int, bytes]], expected: int) -> None:
        try:
            answer = run()
        except (*LOST, smtplib.SMTPException) as error:
            raise NotSent(self.phase, str(error) or "the connection was lost") from error
        except (UnicodeEncodeError, ValueError) as error:
            raise NotSent(
                self.phase, f"this server can't take that address: {error}", is_final=True
            ) from error
        self._expect(answer, expected)

    def _expect(self, answer: tuple[int, bytes], expected: int) -> None:
        code, reply = answer
        if code != expected and not (expected == 250 and code == 251):
            raise self._refusal(code, reply)

    def _refusal(self, code: int, reply: bytes | str) -> NotSent:
        """5xx is final where it speaks of this recipient or this mail; at the door it is our own set-up."""
        words = _words(reply)
        is_about_mail = self.phase in (Phase.RCPT, Phase.DATA, Phase.FINAL)
        return NotSent(
            self.phase,
            words,
            code,
            is_final=500 <= code <= 599 and is_about_mail,
            wait=code == 421 or bool(re.match(r"4\.7\.\d+", words)),
        )


def _dotted(content: bytes) -> bytes:
    """CRLF line ends, a dot before each line that begins with one, and a line end before the last dot."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:500]
