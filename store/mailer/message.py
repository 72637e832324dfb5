"""A composed mail and its RFC 5322 form."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from html import escape

from django.conf import settings

from store.mailer import mime, personal_values

# Identifiers and URLs that must stay one token. The standard library would fold them when they are longer than a line,
# and then writes parts of them as encoded words, which RFC 2047 forbids there and no reader decodes.
_VERBATIM = frozenset(
    {
        "message-id",
        "in-reply-to",
        "references",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "to",
        "date",
        "content-language",
        "mime-version",
        "x-pm-metadata-mail",
        "x-mailgun-variables",
        "x-mailin-custom",
        "x-metadata",
    }
)


_POLICY = EmailPolicy(linesep="\r\n", raise_on_defect=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    version: str

    def metadata(self) -> dict[str, object]:
        size = len(self.content)
        return {"name": self.name, "version": self.version, "size": size, "sha256": _digest(self.content)}


@dataclass(frozen=True, slots=True)
class InlinePicture:
    """A picture (PNG) that the HTML part shows as `cid:<name>`; nothing is fetched, so nobody is told."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A composed mail.

    `words`: text and HTML part with marks for `values` (see `personal_values`).
    `text_only_because`: why there is no HTML part; "" if `html` holds one.
    `sender`, `reply_to`: "" for the shop's own address.
    `secrets`: what the recipient alone may read; it is left out of what is kept.
    """

    subject: str
    words: tuple[str, str]
    recipient: str
    message_id: str
    lang: str
    text_only_because: str = ""
    pictures: tuple[InlinePicture, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    sender: str = ""
    reply_to: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return personal_values.fill_text(self.words[0], self.values)

    @property
    def html(self) -> str:
        return personal_values.fill_html(self.words[1], self.values)

    def kept_words(self) -> tuple[str, str]:
        """Text and HTML part as they may be kept."""
        text, html = self.words
        return self.without_secrets(text), self.without_secrets(html)

    def kept_values(self) -> dict[str, str]:
        return {name: self.without_secrets(value) for name, value in self.values.items()}

    def without_secrets(self, part: str) -> str:
        """A part of this mail as it may be kept."""
        for secret in self.secrets:
            for written in (secret, escape(secret)):
                part = part.replace(written, "…") if written else part
        return part

    def as_bytes(self, *, at: datetime) -> bytes:
        """The RFC 5322 message; `at` becomes its Date."""
        head = {
            "From": self.sender or settings.MAIL_FROM,
            "To": self.recipient,
            "Reply-To": self.reply_to or settings.MAIL_REPLY_TO,
            "Subject": self.subject,
            "Date": format_datetime(at),
            "Message-ID": self.message_id,
            "Auto-Submitted": "auto-generated",
            **self.headers,
            "Content-Language": self.lang,
            "MIME-Version": "1.0",
        }
        # A name outside ASCII stands in the header as it is (RFC 6532); otherwise headers are plain ASCII.
        utf8 = not self.recipient.isascii()
        lines = [_header_line(name, value, utf8=utf8) for name, value in head.items()]
        return b"".join([*lines, self._body().as_bytes()])

    def _body(self) -> mime.Part:
        boundary = f"=_{hashlib.sha256(self.message_id.encode()).hexdigest()[:32]}"
        text, html = self.words
        parts = [mime.text_part("plain", personal_values.text_pieces(text, self.values))]
        if html:
            pictures = [mime.picture_part(one.name, one.content) for one in self.pictures]
            page = mime.text_part("html", personal_values.html_pieces(html, self.values))
            parts.append(mime.multipart("related", [page, *pictures], boundary=f"{boundary}r"))
        both = mime.multipart("alternative", parts, boundary=f"{boundary}a")
        attached = [mime.pdf_part(one.name, one.content) for one in self.attachments]
        return mime.multipart("mixed", [both, *attached], boundary=f"{boundary}m")


@lru_cache(maxsize=64)
def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=16)
def bare_address(header: str) -> str:
    """The address of a header such as "Cupwell <hello@cupwell.example>"."""
    return parseaddr(header)[1]


def _header_line(name: str, value: str, *, utf8: bool) -> bytes:
    """A header with its line end. Raises ValueError for a value that no header can carry."""
    if name.lower() in _VERBATIM:
        if "\r" in value or "\n" in value:
            raise ValueError(f"the header {name} has a line break")
        return f"{name}: {value}\r\n".encode("utf-8" if utf8 else "ascii")
    return _folded(name, value, utf8)


@lru_cache(maxsize=1024)
def _folded(name: str, value: str, utf8: bool) -> bytes:
    policy = _POLICY.clone(utf8=utf8)
    return policy.fold_binary(name, policy.header_store_parse(name, value)[1])
