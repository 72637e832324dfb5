"""URLs of images, and the view that serves their thumbnails."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from PIL import UnidentifiedImageError

from store.engine.catalog.models import Category, Collection, ProductMedia
from store.engine.catalog.thumbnails import CONTENT_TYPES, get_or_create_thumbnail, nearest_size
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.catalog.media_files import SANDBOX

OWNERS: dict[str, tuple[Any, str]] = {
    "ProductMedia": (ProductMedia, "image"),
    "Category": (Category, "background_image"),
    "Collection": (Collection, "background_image"),
}


def media_url(path: str) -> str:
    """Absolute URL of a file in the media storage."""
    return f"{settings.PUBLIC_URL}{settings.MEDIA_URL}{path}"


def image_url(type_name: str, pk: int, path: str, size: int | None, image_format: str | None) -> str:
    """URL of the image itself if `size` (pixels) is empty, else of the thumbnail of the nearest size."""
    if not size:
        return media_url(path)
    suffix = f"{image_format.lower()}/" if image_format and image_format != "ORIGINAL" else ""
    return f"{settings.PUBLIC_URL}/thumbnail/{ids.to_global_id(type_name, pk)}/{nearest_size(size)}/{suffix}"


@require_safe
def serve_thumbnail(
    request: HttpRequest, global_id: str, size: int, image_format: str = "original"
) -> HttpResponseBase:
    """GET /thumbnail/<id>/<size>/<webp|avif>/: the thumbnail, created on the first request."""
    if image_format.upper() not in ("ORIGINAL", "WEBP", "AVIF"):
        raise Http404("This format is not made.")
    try:
        file = get_or_create_thumbnail(_image_path(global_id), size, image_format)
        response = FileResponse(
            file.open("rb"), content_type=CONTENT_TYPES.get(file.suffix, "application/octet-stream")
        )
    except (FileNotFoundError, UnidentifiedImageError) as error:
        raise Http404("There is no such picture.") from error
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "public, max-age=3600, stale-while-revalidate=604800"
    etag = f'"{file.name}"'
    response["ETag"] = etag
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    return unchanged or response


def _image_path(global_id: str) -> str:
    """The image's path below MEDIA_ROOT. Raises Http404 for an id that is not one of an image."""
    try:
        type_name, _ = ids.from_global_id(global_id)
        model, column = OWNERS[type_name]
        row = ids.find_row(global_id, model, type_name)
    except (OperationError, KeyError) as error:
        raise Http404("There is no such picture.") from error
    path = str(getattr(row, column) or "") if row else ""
    if not path:
        raise Http404("There is no such picture.")
    return path
