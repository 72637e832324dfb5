"""Addresses of pictures, and the view that answers those of their smaller copies."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe
from PIL import UnidentifiedImageError

from store.engine.catalog.models import Category, Collection, ProductMedia
from store.engine.catalog.thumbnails import CONTENT_TYPES, nearest, thumbnail
from store.engine.errors import Refusal
from store.engine.graphql import ids

OWNERS: dict[str, tuple[Any, str]] = {
    "ProductMedia": (ProductMedia, "image"),
    "Category": (Category, "background_image"),
    "Collection": (Collection, "background_image"),
}


def media_url(path: str) -> str:
    return f"{settings.PUBLIC_URL}{settings.MEDIA_URL}{path}"


def picture_url(type_name: str, pk: int, path: str, size: int | None, wanted_format: str | None) -> str:
    """The picture itself without a size, else its copy of the nearest size we make."""
    if not size:
        return media_url(path)
    suffix = f"{wanted_format.lower()}/" if wanted_format and wanted_format != "ORIGINAL" else ""
    return f"{settings.PUBLIC_URL}/thumbnail/{ids.to_global_id(type_name, pk)}/{nearest(size)}/{suffix}"


@require_safe
def picture(
    request: HttpRequest, global_id: str, size: int, wanted_format: str = "original"
) -> HttpResponseBase:
    """GET /thumbnail/<id>/<size>/<webp|avif>/: the copy, made now if nobody asked before."""
    if wanted_format.upper() not in ("ORIGINAL", "WEBP", "AVIF"):
        raise Http404("This format is not made.")
    try:
        file = thumbnail(_path(global_id), size, wanted_format)
        answer = FileResponse(
            file.open("rb"), content_type=CONTENT_TYPES.get(file.suffix, "application/octet-stream")
        )
    except (FileNotFoundError, UnidentifiedImageError) as error:
        raise Http404("There is no such picture.") from error
    answer["Cache-Control"] = "public, max-age=3600, stale-while-revalidate=604800"
    etag = f'"{file.name}"'
    answer["ETag"] = etag
    unchanged: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    return unchanged or answer


def _path(global_id: str) -> str:
    try:
        type_name, pk = ids.from_global_id(global_id)
    except Refusal as error:
        raise Http404("There is no such picture.") from error
    if type_name not in OWNERS or not pk.isdigit():
        raise Http404("There is no such picture.")
    model, column = OWNERS[type_name]
    path: str = model.objects.filter(pk=pk).values_list(column, flat=True).first() or ""
    if not path:
        raise FileNotFoundError(global_id)
    return path
