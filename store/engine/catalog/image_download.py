"""Downloads an image from a URL given by a merchant: public hosts only, no redirects, limited size."""

import io
import ipaddress
import socket
from pathlib import PurePosixPath
from urllib.parse import urlparse

import httpx2
from django.conf import settings

from store.engine.errors import OperationError

TIMEOUT_SECONDS = 10


class DownloadedImage(io.BytesIO):
    """The content, with the file name from the URL: what `media.store_image` takes."""

    name: str | None = None


def download_image(url: str) -> DownloadedImage:
    """Download the image. Raises OperationError on the field `mediaUrl`."""
    parts = urlparse(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _is_public(parts.hostname):
        raise _download_error("Only public http and https addresses can be fetched.")
    try:
        with httpx2.stream("GET", url, timeout=TIMEOUT_SECONDS, follow_redirects=False) as response:
            content_type = response.headers.get("content-type", "")
            if response.status_code != 200 or not content_type.startswith("image/"):
                raise _download_error("Unsupported media provider or incorrect URL.")
            content = _read(response)
    except httpx2.HTTPError as error:
        raise _download_error(f"The address does not answer: {type(error).__name__}.") from error
    image = DownloadedImage(content)
    image.name = PurePosixPath(parts.path).name or "picture"
    return image


def _read(response: httpx2.Response) -> bytes:
    content = b""
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > settings.GRAPHQL_MAX_UPLOAD:
            raise OperationError("The file is too large.", field="mediaUrl", code="FILE_SIZE_LIMIT_EXCEEDED")
    return content


def _is_public(host: str) -> bool:
    try:
        addresses = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(address[4][0]).is_global for address in addresses)


def _download_error(message: str) -> OperationError:
    return OperationError(message, field="mediaUrl", code="UNSUPPORTED_MEDIA_PROVIDER")
