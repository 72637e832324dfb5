"""Web addresses that others give us, read as a browser reads them.

Python's urlsplit and browsers disagree on backslashes, credentials, control characters and more: in
`http://evil.example\\@shop.example/` the first sees shop.example, the second goes to evil.example. Therefore only the
form that both read alike is accepted.
"""

import re
from dataclasses import dataclass

MAX_LENGTH = 2048
_FORM = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?:[/?#][^\s\\\x00-\x20\x7f-\x9f]*)?",
    re.IGNORECASE | re.ASCII,
)


class InvalidHttpUrl(ValueError):
    """The text is no absolute http or https address, or one that programs read in different ways."""


@dataclass(frozen=True, slots=True)
class HttpUrl:
    """`host` in lower case, an IPv6 address in brackets; `port` None where the scheme's own is meant."""

    text: str
    scheme: str
    host: str
    port: int | None


def parse_http_url(text: object) -> HttpUrl:
    """Raises InvalidHttpUrl."""
    found = _FORM.fullmatch(text) if isinstance(text, str) and len(text) <= MAX_LENGTH else None
    port = int(found["port"]) if found and found["port"] else None
    if found is None or port == 0 or (port or 1) > 65_535:
        raise InvalidHttpUrl("not an absolute http or https address")
    return HttpUrl(found[0], found["scheme"].lower(), found["host"].lower(), port)
