"""The body of a message as bytes (RFC 2045, 2046): parts that are encoded once and put together for each recipient.

The standard library builds the same structure, but encodes every part anew for every message. A recall has one picture
for all its readers, and a safety mail brings a PDF that thousands get.
"""

import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.mailer.personal_values import Piece

_CRLF = b"\r\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its header lines, each with its line end, and its encoded body, ending in a line end."""

    headers: bytes
    body: bytes

    def as_bytes(self) -> bytes:
        return self.headers + _CRLF + self.body


def text_part(subtype: str, pieces: Sequence[Piece]) -> Part:
    """A text in UTF-8 as quoted-printable, its lines ended as mail ends them.

    pieces: in order; what other mails have as well is encoded once
    """
    encoded = [_encoded_once(text) if is_shared else _quoted_printable(text) for text, is_shared in pieces]
    if not (pieces and pieces[-1][0].endswith(("\n", "\r"))):
        encoded.append(_CRLF)
    headers = _lines(
        f'Content-Type: text/{subtype}; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable"
    )
    return Part(headers, b"".join(encoded))


@lru_cache(maxsize=512)
def _encoded_once(text: str) -> bytes:
    return _quoted_printable(text)


def _quoted_printable(text: str) -> bytes:
    """A piece of a text, which ends in a line end or a soft one (RFC 2045, 6.7): what follows begins a line of its own.

    The library leaves no room for a soft line end after the last character, so another one stands there meanwhile.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode() + b"~"
    encoded = binascii.b2a_qp(lines, istext=True, quotetabs=False)[:-1]
    if encoded and not encoded.endswith(b"\n"):
        encoded += b"=\n"
    return encoded.replace(b"\n", _CRLF)


@lru_cache(maxsize=32)
def picture_part(name: str, content: bytes) -> Part:
    """A PNG that the HTML part shows as `cid:<name>`."""
    return _binary_part(
        "Content-Type: image/png",
        f'Content-Disposition: inline; filename="{name}.png"',
        f"Content-ID: <{name}>",
        content=content,
    )


@lru_cache(maxsize=32)
def pdf_part(name: str, content: bytes) -> Part:
    """A PDF as an attachment."""
    disposition = f'Content-Disposition: attachment; filename="{name}"'
    return _binary_part("Content-Type: application/pdf", disposition, content=content)


def multipart(subtype: str, parts: list[Part], *, boundary: str) -> Part:
    """Several parts as one; a single one stays as it is.

    boundary: holds "=_", which neither quoted-printable nor base64 can contain.
    """
    if len(parts) == 1:
        return parts[0]
    mark = f"--{boundary}".encode()
    pieces = [piece for part in parts for piece in (mark, _CRLF, part.as_bytes())]
    headers = _lines(f'Content-Type: multipart/{subtype}; boundary="{boundary}"')
    return Part(headers, b"".join([*pieces, mark, b"--", _CRLF]))


def _binary_part(*headers: str, content: bytes) -> Part:
    encoded = binascii.b2a_base64(content, newline=False)
    lines = [encoded[start : start + 76] for start in range(0, len(encoded), 76)]
    return Part(_lines(*headers, "Content-Transfer-Encoding: base64"), _CRLF.join([*lines, b""]))


def _lines(*lines: str) -> bytes:
    return b"".join(line.encode() + _CRLF for line in lines)
