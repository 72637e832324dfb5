"""Downloads an image from a URL given by a merchant: public addresses only, no redirects, limited size and time."""

import io
from pathlib import PurePosixPath

import httpx2
from django.conf import settings

from store.engine.errors import OperationError
from store.engine.events import checked_requests, url_validation
from store.saleor.http_urls import InvalidHttpUrl, parse_http_url


class DownloadedImage(io.BytesIO):
    """The content, with the file name from the URL: what `media.store_image` takes."""

    name: str | None = None


def download_image(url: str) -> DownloadedImage:
    """Download the image. Raises OperationError on the field `mediaUrl`."""
    try:
        target = httpx2.URL(parse_http_url(url).text)
        response = checked_requests.send(
            "GET", target, max_bytes=settings.GRAPHQL_MAX_UPLOAD, allow_private=False
        )
    except (InvalidHttpUrl, httpx2.InvalidURL, url_validation.ForbiddenAddress, ConnectionError):
        raise _download_error("Only public http and https addresses can be fetched.") from None
    except checked_requests.ResponseTooLarge:
        message = "The file is too large."
        raise OperationError(message, field="mediaUrl", code="FILE_SIZE_LIMIT_EXCEEDED") from None
    except httpx2.HTTPError as error:
        raise _download_error(f"The address does not answer: {type(error).__name__}.") from error
    if response.status_code != 200 or not response.content_type.startswith("image/"):
        raise _download_error("Unsupported media provider or incorrect URL.")
    image = DownloadedImage(response.body)
    image.name = PurePosixPath(target.path).name or "picture"
    return image


def _download_error(message: str) -> OperationError:
    return OperationError(message, field="mediaUrl", code="UNSUPPORTED_MEDIA_PROVIDER")
