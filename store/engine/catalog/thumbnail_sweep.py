"""Makes the thumbnails of new product pictures before anybody asks for one, so that no visitor waits for them.

Each picture is looked at once in the life of a worker: the key of the last one is kept in memory, so that a sweep of a
large catalogue that has all its thumbnails costs one statement. What a sweep misses, `serve_thumbnail` makes on demand.
"""

import logging
import threading
import time

from store.engine.catalog.models import ProductMedia
from store.engine.catalog.thumbnails import get_or_create_thumbnail

# The sizes (pixels) that pages show. WebP alone: AVIF of these pictures is a seventh smaller at ten times the work.
SIZES = (256, 512, 1024, 2048)
FORMAT = "WEBP"
PER_SWEEP = 200

log = logging.getLogger(__name__)
_running = threading.Lock()
_last_pk = 0


def sweep(seconds: float) -> int:
    """Make missing thumbnails of the pictures after the last one looked at; returns how many pictures were looked at.

    Begins no further picture after `seconds`; does nothing while another sweep of this process runs.
    """
    global _last_pk
    if not _running.acquire(blocking=False):
        return 0
    try:
        deadline, count = time.monotonic() + seconds, 0
        pictures = ProductMedia.objects.filter(pk__gt=_last_pk, type="IMAGE").exclude(image="").order_by("pk")
        for pk, path in pictures.values_list("pk", "image")[:PER_SWEEP]:
            if time.monotonic() > deadline:
                break
            _make(path)
            _last_pk, count = pk, count + 1
        return count
    finally:
        _running.release()


def _make(path: str) -> None:
    for size in SIZES:
        try:
            get_or_create_thumbnail(path, size, FORMAT)
        except (
            Exception
        ):  # Pillow raises many kinds for a damaged file; the next pictures are made all the same
            log.warning("%s has no thumbnail of %s pixels", path, size, exc_info=True)
            return
