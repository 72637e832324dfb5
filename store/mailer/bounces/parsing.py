"""Reads delivery status notifications (RFC 3464) and complaints (RFC 5965) with the standard library's parser."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import Message
from email.parser import HeaderParser

from store.mailer.models import DeliveryReport

Kind = DeliveryReport.Kind
_KINDS = {
    "failed": Kind.BOUNCED,
    "delayed": Kind.DELAYED,
    "delivered": Kind.DELIVERED,
    "relayed": Kind.DELIVERED,
    "expanded": Kind.DELIVERED,
}
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
MAX_BYTES = 5_000_000  # a report may return the whole mail with its attachments


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says about one recipient.

    digest: of the report, the same for each copy of it
    message_id: of our mail, "" if it names none
    status: as "5.1.1"
    """

    digest: str
    kind: Kind
    message_id: str
    recipient: str
    status: str
    reason: str


def parse(raw: bytes) -> list[Report]:
    """The reports in a message, one for each recipient; empty if it is something else, such as an automatic reply."""
    # compat32 leaves every header as it stands: the modern policy raises for some of the damage that reports contain
    message = message_from_bytes(raw[:MAX_BYTES], policy=policy.compat32)
    if message.get_content_type() != "multipart/report":
        return []
    parts = list(message.walk())
    original = _original_message_id(parts)
    own_id = _field(message, "Message-ID").encode("utf-8", "replace") or raw
    found = [*_delivery_reports(parts, original), *_complaints(parts, original)]
    return [replace(one, digest=_digest(own_id, no)) for no, one in enumerate(found)]


def _delivery_reports(parts: list[Message], original: str) -> Iterator[Report]:
    for part in parts:
        blocks = _inside(part) if part.get_content_type() == "message/delivery-status" else []
        envelope_id = _envelope_message_id(blocks[0]) if blocks else ""
        for block in blocks:
            kind = _KINDS.get(_field(block, "Action").lower())
            if kind is None:
                continue  # the block about the message as a whole, or a word that RFC 3464 does not know
            status = _STATUS.search(_field(block, "Status"))
            yield Report(
                digest="",
                kind=kind,
                message_id=original or envelope_id,
                recipient=_typed(_field(block, "Final-Recipient") or _field(block, "Original-Recipient")),
                status=status[0] if status else "",
                reason=_typed(_field(block, "Diagnostic-Code"))[:1000],
            )


def _complaints(parts: list[Message], original: str) -> Iterator[Report]:
    for part in parts:
        if part.get_content_type() != "message/feedback-report":
            continue
        # the standard library reads the fields as the header of a message inside
        inside = _inside(part)
        fields = inside[0] if inside else HeaderParser().parsestr(str(part.get_payload()))
        if _field(fields, "Feedback-Type").lower() != "not-spam":
            yield Report(
                digest="",
                kind=Kind.COMPLAINT,
                message_id=original,
                recipient=_field(fields, "Original-Rcpt-To").strip("<>"),
                status="",
                reason=_field(fields, "Feedback-Type"),
            )


def _original_message_id(parts: list[Message]) -> str:
    """The Message-ID of the mail that the report returns, whole or its header only."""
    for part in parts[1:]:
        kind, inside = part.get_content_type(), _inside(part)
        if kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
            found = _field(HeaderParser().parsestr(text), "Message-ID")
        elif kind == "message/rfc822" and inside:
            found = _field(inside[0], "Message-ID")
        else:
            continue
        if found:
            return found
    return ""


def _envelope_message_id(block: Message) -> str:
    """What SMTP was given as ENVID: the Message-ID without its brackets."""
    found = _field(block, "Original-Envelope-Id")
    return f"<{found}>" if "@" in found else ""


def _inside(part: Message) -> list[Message]:
    """The messages that a part holds; empty if it holds text."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _digest(own_id: bytes, no: int) -> str:
    return hashlib.sha256(own_id + b"#%d" % no).hexdigest()


def _field(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _typed(value: str) -> str:
    """`rfc822; ada@example.com` without the type."""
    return value.partition(";")[2].strip() if ";" in value else value
