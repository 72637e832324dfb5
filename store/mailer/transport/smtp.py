"""SMTP phase by phase, so that each failure is classified exactly.

smtplib's `data()` sends content and final dot together and so cannot tell "never complete" from "possibly accepted".
Here the final dot is sent separately, after `before_final`, and only its reply has the long timeout.
"""

import re
import select
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from store.mailer.transport.base import (
    Cause,
    Envelope,
    NotSent,
    OutcomeUnknown,
    Phase,
    Reach,
    Receipt,
    nothing,
)
from store.mailer.transport.replies import classify

COMMAND_SECONDS = 30.0
FINAL_SECONDS = (
    300.0  # RFC 5321 (4.5.3.2.6) asks for ten minutes; a shorter wait makes duplicates more likely
)
SCHEMES = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
MAILS_PER_CONNECTION = 100  # providers close a connection after so many
CLOSING = 421  # the server ends the connection
CONNECTION_ERRORS = (OSError, smtplib.SMTPServerDisconnected)


class InvalidEmailUrl(ValueError):
    """EMAIL_URL is not a valid mail server URL."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    security: str  # a key of SCHEMES
    user: str = ""
    password: str = ""


def parse_email_url(url: str) -> SmtpServer:
    """Parse `smtp://host:25`, `smtp+tls://user:password@host:587` (STARTTLS) or `smtps://…:465`.

    Raises InvalidEmailUrl.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise InvalidEmailUrl(f"EMAIL_URL: {error}") from None
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise InvalidEmailUrl(
            f"EMAIL_URL must look like smtp+tls://user:password@host:587 ({', '.join(SCHEMES)})"
        )
    return SmtpServer(
        host=parts.hostname.strip(),
        port=port or SCHEMES[parts.scheme],
        security=parts.scheme,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


class SmtpTransport:
    def __init__(
        self,
        server: SmtpServer,
        *,
        own_name: str = "",
        command_seconds: float = COMMAND_SECONDS,
        final_seconds: float = FINAL_SECONDS,
    ) -> None:
        self.server = server
        self.name = f"{server.host}:{server.port}"
        self.final_timeout = timedelta(seconds=final_seconds)
        self._own_name = own_name or None
        self._command_seconds, self._final_seconds = command_seconds, final_seconds
        self._shared = _SharedSession()

    @contextmanager
    def one_connection(self) -> Iterator[None]:
        """Inside, the mails that this thread delivers share a connection, which is made anew after any failure."""
        self._shared.is_wanted = True
        try:
            yield
        finally:
            self._shared.is_wanted = False
            self._close_shared()

    def deliver(
        self,
        envelope: Envelope,
        before_final: Callable[[], None],
        meanwhile: Callable[[], None] = nothing,
    ) -> Receipt:
        session = self._begin(envelope)
        try:
            session.send_content(envelope.content)
            before_final()
            receipt = session.send_final_dot(self._final_seconds, meanwhile)
        except BaseException:
            session.close()
            raise
        session.mails += 1
        if self._shared.is_wanted and session.mails < MAILS_PER_CONNECTION:
            self._shared.session = session
        else:
            session.close()
        return receipt

    def _begin(self, envelope: Envelope) -> "_Session":
        """A session whose server has taken the envelope. One that the server has left meanwhile is replaced."""
        if session := self._shared.take():
            try:
                return self._with_envelope(session, envelope)
            except NotSent as error:
                if error.phase is not Phase.MAIL or error.code not in (None, CLOSING):
                    raise
        session = _Session(self._command_seconds, self._own_name)
        try:
            session.connect(self.server)
        except BaseException:
            session.close()
            raise
        return self._with_envelope(session, envelope)

    def _with_envelope(self, session: "_Session", envelope: Envelope) -> "_Session":
        try:
            session.send_envelope(envelope)
        except BaseException:
            session.close()
            raise
        return session

    def _close_shared(self) -> None:
        if session := self._shared.take():
            session.close()

    def was_accepted(self, message_id: str) -> bool | None:
        return None


class _SharedSession(threading.local):
    """The open connection of a thread, between two mails."""

    is_wanted = False
    session: "_Session | None" = None

    def take(self) -> "_Session | None":
        session, self.session = self.session, None
        return session


class _Session:
    """One connection.

    `mails`: how many it has delivered; `phase`: the step whose reply is awaited; `own_name`: for EHLO, None for the
    machine's name.
    """

    def __init__(self, seconds: float, own_name: str | None = None) -> None:
        self.phase = Phase.CONNECT
        self.smtp = smtplib.SMTP(timeout=seconds, local_hostname=own_name)
        self.seconds, self.own_name = seconds, own_name
        self.mails = 0
        self.may_send_content = False  # the server has answered DATA already

    def connect(self, server: SmtpServer) -> None:
        try:
            if server.security == "smtps":
                self.smtp = smtplib.SMTP_SSL(
                    timeout=self.seconds,
                    local_hostname=self.own_name,
                    context=ssl.create_default_context(),
                )
                self.smtp._host = server.host  # type: ignore[attr-defined]  # the name on the certificate
            self._expect(self.smtp.connect(server.host, server.port), 220)
            if self.smtp.sock:  # the final dot is a packet of its own, which must not wait for an ACK
                self.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
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
            raise self._reply_error(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(self.phase, str(error) or type(error).__name__, reach=Reach.SERVER) from error

    def send_envelope(self, envelope: Envelope) -> None:
        self.phase = Phase.MAIL
        if self.smtp.sock:
            self.smtp.sock.settimeout(self.seconds)  # longer while the reply to a last dot was awaited
        options = [f"size={len(envelope.content)}"] if self.smtp.has_extn("size") else []
        self.smtp.command_encoding = "ascii"
        if not envelope.recipient.isascii() and self.smtp.has_extn("smtputf8"):
            self.smtp.command_encoding = "utf-8"
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        reports: list[str] = []
        if self.smtp.has_extn("dsn"):  # RFC 3461: a bounce names the mail and returns its header only
            options += ["RET=HDRS", f"ENVID={_xtext(envelope.message_id.strip('<>'))}"]
            reports = ["NOTIFY=FAILURE,DELAY"]
        is_written = envelope.recipient.isascii() or self.smtp.command_encoding == "utf-8"
        self.may_send_content = is_written and self.smtp.has_extn("pipelining")
        if self.may_send_content:
            self._send_at_once(envelope, options, reports)
            return
        self._command(lambda: self.smtp.mail(envelope.sender, options), 250)
        self.phase = Phase.RCPT
        self._command(lambda: self.smtp.rcpt(envelope.recipient, reports), 250)

    def _send_at_once(self, envelope: Envelope, options: list[str], reports: list[str]) -> None:
        """MAIL, RCPT and DATA in one packet (RFC 2920). A refusal of one closes the connection before any content."""
        lines = [
            " ".join([f"MAIL FROM:{_quoted(envelope.sender)}", *options]),
            " ".join([f"RCPT TO:{_quoted(envelope.recipient)}", *reports]),
            "DATA",
        ]
        self._command(lambda: self._sent_lines(lines), 250)
        for phase, expected in ((Phase.RCPT, 250), (Phase.DATA, 354)):
            self.phase = phase
            self._command(self.smtp.getreply, expected)

    def _sent_lines(self, lines: list[str]) -> tuple[int, bytes]:
        """The reply to the first of them. Raises ValueError for a line that is two."""
        if any("\r" in line or "\n" in line for line in lines):
            raise ValueError("an address has a line break")
        self.smtp.send("".join(f"{line}\r\n" for line in lines).encode(self.smtp.command_encoding))
        return self.smtp.getreply()

    def send_content(self, content: bytes) -> None:
        """Send everything but the final dot. Until then no failure leaves a mail on the server."""
        self.phase = Phase.DATA
        if not self.may_send_content:
            self._command(lambda: self.smtp.docmd("DATA"), 354)
        try:
            self.smtp.send(_dot_stuffed(content))
        except CONNECTION_ERRORS as error:
            raise NotSent(self.phase, str(error) or "the connection was lost") from error

    def send_final_dot(self, seconds: float, meanwhile: Callable[[], None] = nothing) -> Receipt:
        self._check_connection()
        self.phase = Phase.FINAL
        try:
            if self.smtp.sock:
                self.smtp.sock.settimeout(seconds)
            self.smtp.send(b".\r\n")
            meanwhile()
            code, reply = self.smtp.getreply()
        except (*CONNECTION_ERRORS, smtplib.SMTPException) as error:
            raise OutcomeUnknown(self.phase, str(error) or "no answer to the last dot") from error
        if (
            not 200 <= code <= 599 or 300 <= code <= 399
        ):  # no reply to a last dot: who has the mail is unknown
            raise OutcomeUnknown(
                self.phase, f"the answer to the last dot makes no sense: {_reply_text(reply)}"
            )
        if code >= 400:
            raise self._reply_error(code, reply)
        self.phase = Phase.ACCEPTED
        return Receipt(code, _reply_text(reply))

    def _check_connection(self) -> None:
        """Detect that the server gave up during the content, while that still means "not sent"."""
        sock = self.smtp.sock
        if sock is None or isinstance(sock, ssl.SSLSocket) or not select.select([sock], [], [], 0)[0]:
            return
        try:
            if not sock.recv(1, socket.MSG_PEEK):
                raise NotSent(self.phase, "the server closed the connection in the middle of the mail")
            code, reply = self.smtp.getreply()
        except CONNECTION_ERRORS as error:
            raise NotSent(self.phase, str(error) or "the connection was lost") from error
        raise self._reply_error(code, reply)

    def close(self) -> None:
        # QUIT only after acceptance: on a broken connection it would wait for a reply that never comes.
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
            response = run()
        except (*CONNECTION_ERRORS, smtplib.SMTPException) as error:
            raise NotSent(self.phase, str(error) or "the connection was lost") from error
        except (UnicodeEncodeError, ValueError) as error:
            is_recipient = self.phase is Phase.RCPT
            raise NotSent(
                self.phase,
                f"this server can't take that address: {error}",
                cause=Cause.ADDRESS if is_recipient else Cause.SERVER,
                is_final=is_recipient,
            ) from error
        self._expect(response, expected)

    def _expect(self, response: tuple[int, bytes], expected: int) -> None:
        code, reply = response
        if code != expected and not (expected == 250 and code == 251):
            raise self._reply_error(code, reply)

    def _reply_error(self, code: int, reply: bytes | str) -> NotSent:
        text = _reply_text(reply)
        refusal = classify(phase=self.phase, code=code, text=text)
        return NotSent(
            self.phase,
            text,
            code,
            cause=refusal.cause,
            is_final=refusal.is_final,
            throttled=refusal.throttled,
            reach=refusal.reach,
        )


@lru_cache(maxsize=64)  # the sender of every mail is the same
def _quoted(address: str) -> str:
    return smtplib.quoteaddr(address)


def _xtext(text: str) -> str:
    """As RFC 3461 (4) writes values: printable ASCII, with `+` and `=` as hexadecimal numbers."""
    return "".join(c if "!" <= c <= "~" and c not in "+=" else f"+{ord(c):02X}" for c in text if ord(c) < 256)


def _dot_stuffed(content: bytes) -> bytes:
    """Content with CRLF line ends, dot-stuffed (RFC 5321, 4.5.2), ending in CRLF."""
    crlf = content.count(b"\r\n")
    if not crlf == content.count(b"\r") == content.count(b"\n"):
        content = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    lines = content.replace(b"\r\n.", b"\r\n..")
    if lines.startswith(b"."):
        lines = b"." + lines
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _reply_text(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:500]
