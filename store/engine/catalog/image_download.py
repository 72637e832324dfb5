"""Downloads an image from a URL given by a merchant: public addresses only, no redirects, limited size and time."""

import io
import time
from pathlib import PurePosixPath

import httpx2
from django.conf import settings

from store.engine.errors import OperationError
from store.engine.events import url_validation
from store.saleor.http_urls import InvalidHttpUrl, parse_http_url

TIMEOUT_SECONDS = 10
DEADLINE_SECONDS = 20  # for the whole picture


class DownloadedImage(io.BytesIO):
    """The content, with the file name from the URL: what `media.store_image` takes."""

    name: str | None = None


def download_image(url: str) -> DownloadedImage:
    """Download the image. Raises OperationError on the field `mediaUrl`."""
    try:
        target = httpx2.URL(parse_http_url(url).text)
        address = url_validation.resolve(target, allow_private=False)
    except (InvalidHttpUrl, httpx2.InvalidURL, url_validation.ForbiddenAddress, ConnectionError):
        raise _download_error("Only public http and https addresses can be fetched.") from None
    try:
        content = _fetch(target, address)
    except httpx2.HTTPError as error:
        raise _download_error(f"The address does not answer: {type(error).__name__}.") from error
    image = DownloadedImage(content)
    image.name = PurePosixPath(target.path).name or "picture"
    return image


def _fetch(target: httpx2.URL, address: str) -> bytes:
    """The picture from this IP address: what the name resolves to later does not count (DNS rebinding)."""
    with (
        httpx2.Client(timeout=TIMEOUT_SECONDS, trust_env=False) as client,
        client.stream(
            "GET",
            target.copy_with(host=address),
            headers={"Host": target.netloc.decode()},
            extensions={"sni_hostname": target.host},
            follow_redirects=False,
        ) as response,
    ):
        content_type = response.headers.get("content-type", "")
        if response.status_code != 200 or not content_type.startswith("image/"):
            raise _download_error("Unsupported media provider or incorrect URL.")
        return _read(response)


def _read(response: httpx2.Response) -> bytes:
    content, ends = bytearray(), time.monotonic() + DEADLINE_SECONDS
    for chunk in response.iter_bytes():
        content += chunk
        if time.monotonic() > ends:
            raise httpx2.ReadTimeout("too slow")
        if len(content) > settings.GRAPHQL_MAX_UPLOAD:
            raise OperationError("The file is too large.", field="mediaUrl", code="FILE_SIZE_LIMIT_EXCEEDED")
    return bytes(content)


def _download_error(message: str) -> OperationError:
    return OperationError(message, field="mediaUrl", code="UNSUPPORTED_MEDIA_PROVIDER")
