"""A composed mail and its RFC 5322 form."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import format_datetime
from html import escape
from typing import Any, cast

from django.conf import settings

# Identifiers and URLs that must stay one token. The standard library would fold them when they are longer than a line,
# and then writes parts of them as encoded words, which RFC 2047 forbids there and no reader decodes.
_VERBATIM = frozenset(
    {"message-id", "in-reply-to", "references", "list-unsubscribe", "list-unsubscribe-post", "to"}
)


class _WirePolicy(EmailPolicy):
    """As EmailPolicy, with the headers of _VERBATIM on one line each (RFC 5322 allows 998 characters)."""

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in _VERBATIM:
            return f"{name}: {value}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("utf-8", "surrogateescape")


_POLICY = _WirePolicy(linesep="\r\n", raise_on_defect=False)


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: bytes
    version: str

    def metadata(self) -> dict[str, object]:
        digest = hashlib.sha256(self.content).hexdigest()
        return {"name": self.name, "version": self.version, "size": len(self.content), "sha256": digest}


@dataclass(frozen=True, slots=True)
class InlinePicture:
    """A picture (PNG) that the HTML part shows as `cid:<name>`; nothing is fetched, so nobody is told."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A composed mail. `text_only_because`: why there is no HTML part; "" if `html` holds one.

    `reply_to`: "" for the shop's own address.
    `secrets`: what the recipient alone may read; it is left out of what is kept.
    """

    subject: str
    text: str
    html: str
    recipient: str
    message_id: str
    lang: str
    text_only_because: str = ""
    pictures: tuple[InlinePicture, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    reply_to: str = ""

    def without_secrets(self, part: str) -> str:
        """A part of this mail as it may be kept."""
        for secret in self.secrets:
            for written in (secret, escape(secret)):
                part = part.replace(written, "…") if written else part
        return part

    def as_bytes(self, *, at: datetime) -> bytes:
        """The RFC 5322 message; `at` becomes its Date."""
        # A name outside ASCII stands in the header as it is (RFC 6532); otherwise headers are plain ASCII.
        message = EmailMessage(policy=_POLICY.clone(utf8=not self.recipient.isascii()))
        message["From"] = settings.MAIL_FROM
        message["To"] = self.recipient
        message["Reply-To"] = self.reply_to or settings.MAIL_REPLY_TO
        message["Subject"] = self.subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = self.message_id
        message["Auto-Submitted"] = "auto-generated"
        for name, value in self.headers.items():
            message[name] = value
        message.set_content(self.text, cte="quoted-printable")
        if self.html:
            message.add_alternative(self.html, subtype="html", cte="quoted-printable")
            self._add_pictures(message)
        for attachment in self.attachments:
            message.add_attachment(
                attachment.content, maintype="application", subtype="pdf", filename=attachment.name
            )
        message["Content-Language"] = self.lang  # last: setting the content drops every Content- header
        return message.as_bytes()

    def _add_pictures(self, message: EmailMessage) -> None:
        html = cast(MIMEPart, message.get_body(("html",)))
        for picture in self.pictures:
            html.add_related(
                picture.content,
                maintype="image",
                subtype="png",
                cid=f"<{picture.name}>",
                disposition="inline",
                filename=f"{picture.name}.png",
            )
