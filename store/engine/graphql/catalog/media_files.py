"""Serves the files below MEDIA_ROOT under headers that let nothing in them run in a browser."""

from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from store.engine.catalog.thumbnails import CONTENT_TYPES

SANDBOX = "default-src 'none'; sandbox"


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """GET /media/<path>: pictures as pictures; any other file is offered for saving, whatever its name says."""
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except SuspiciousFileOperation:
        raise Http404("There is no such file.") from None
    return shut_in(response, CONTENT_TYPES.get(PurePosixPath(path).suffix.lower()))


def shut_in(response: HttpResponseBase, content_type: str | None) -> HttpResponseBase:
    """Set the headers; `content_type` is None for a file that is not to be shown."""
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Type"] = content_type or "application/octet-stream"
    if content_type is None:
        response["Content-Disposition"] = "attachment"
    return response
