"""Fetching a picture from an address that a merchant gave: public hosts only, no redirects, limited in size."""

import io
import ipaddress
import socket
from pathlib import PurePosixPath
from urllib.parse import urlparse

import httpx2
from django.conf import settings

from store.engine.errors import Refusal

SECONDS = 10


class Fetched(io.BytesIO):
    name: str | None = None


def picture(url: str) -> Fetched:
    """The bytes behind a URL. Raises Refusal on `mediaUrl`."""
    parts = urlparse(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _public(parts.hostname):
        raise _refused("Only public http and https addresses can be fetched.")
    try:
        with httpx2.stream("GET", url, timeout=SECONDS, follow_redirects=False) as answer:
            if answer.status_code != 200 or not answer.headers.get("content-type", "").startswith("image/"):
                raise _refused("Unsupported media provider or incorrect URL.")
            content = _read(answer)
    except httpx2.HTTPError as error:
        raise _refused(f"The address does not answer: {type(error).__name__}.") from error
    fetched = Fetched(content)
    fetched.name = PurePosixPath(parts.path).name or "picture"
    return fetched


def _read(answer: httpx2.Response) -> bytes:
    content = b""
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > settings.GRAPHQL_MAX_UPLOAD:
            raise Refusal("The file is too large.", field="mediaUrl", code="FILE_SIZE_LIMIT_EXCEEDED")
    return content


def _public(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(entry[4][0]).is_global for entry in found)


def _refused(message: str) -> Refusal:
    return Refusal(message, field="mediaUrl", code="UNSUPPORTED_MEDIA_PROVIDER")
