"""Where reports come from: a piped message, an mbox file, a Maildir folder, or an IMAP mailbox.

A message is taken as read only after its reports were stored, so that a crash in between reads it again.
"""

import imaplib
import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from store.mailer.bounces.recording import record_message

IMAP_SECONDS = 30.0
IMAP_BATCH = 200  # messages of one visit; the next goes on
_SCHEMES = {"imap": 143, "imaps": 993}


class SourceError(Exception):
    """The mailbox can't be read; the text says why."""


def read_mailbox(path: Path) -> int:
    """Record the reports in a Maildir folder or an mbox file, which stays as it is; returns how many are new.

    Raises SourceError.
    """
    if not path.exists():
        raise SourceError(f"{path} does not exist.")
    messages: mailbox.Mailbox[mailbox.Message] = (
        mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    )
    return sum(record_message(messages.get_bytes(key)) for key in messages.iterkeys())


def read_imap(url: str) -> int:
    """Record the reports among the unseen messages of `imaps://user:password@host/INBOX`, and mark those as seen.

    Returns how many are new. Raises SourceError.
    """
    count = 0
    try:
        with _opened(url) as connection:
            for number in _unseen(connection):
                _, data = connection.fetch(number, "(BODY.PEEK[])")
                content = data[0][1] if data and isinstance(data[0], tuple) else b""
                count += record_message(content)
                connection.store(number, "+FLAGS", "\\Seen")
    except (OSError, imaplib.IMAP4.error) as error:
        raise SourceError(f"{urlsplit(url).hostname}: {error}") from error
    return count


@contextmanager
def _opened(url: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url.strip())
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise SourceError("The address of the mailbox must look like imaps://user:password@host/INBOX.")
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    with kind(parts.hostname, parts.port or _SCHEMES[parts.scheme], timeout=IMAP_SECONDS) as connection:
        connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
        status, _ = connection.select(unquote(parts.path.strip("/")) or "INBOX")
        if status != "OK":
            raise SourceError(f"{parts.hostname} has no mailbox {parts.path.strip('/')}.")
        yield connection


def _unseen(connection: imaplib.IMAP4) -> list[str]:
    _, data = connection.search(None, "UNSEEN")
    return [number.decode() for number in (data[0] or b"").split()[:IMAP_BATCH]]
