"""Thumbnails of images, created on the first request and stored below MEDIA_ROOT."""

import os
import secrets
from bisect import bisect_left
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from store.engine.catalog.pictures import to_displayable

SIZES = (32, 64, 128, 256, 512, 1024, 2048, 4096)
FORMATS = {"WEBP": ("WEBP", "webp"), "AVIF": ("AVIF", "avif")}
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".tiff": "image/tiff",
}
QUALITY = {"WEBP": 82, "AVIF": 65, "JPEG": 85}


def nearest_size(size: int) -> int:
    """The value of `SIZES` closest to the requested size (pixels); the larger of two that are equally close."""
    index = bisect_left(SIZES, size)
    candidates = SIZES[max(index - 1, 0) : index + 1]
    return min(candidates, key=lambda candidate: (abs(candidate - size), -candidate))


def get_or_create_thumbnail(path: str, size: int, image_format: str = "ORIGINAL") -> Path:
    """The thumbnail's file. `path` is relative to MEDIA_ROOT, `size` in pixels. Raises FileNotFoundError."""
    source = _resolve_media_path(path)
    save_format, suffix = FORMATS.get(image_format.upper(), ("", source.suffix.lstrip(".")))
    target = settings.MEDIA_ROOT / "thumbnails" / f"{path}_{nearest_size(size)}.{suffix}"
    if not target.exists():
        _write_thumbnail(source, target, nearest_size(size), save_format)
    return Path(target)


def _write_thumbnail(source: Path, target: Path, size: int, save_format: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with Image.open(source) as image:
        save_format = save_format or str(image.format)
        image.draft("RGB", (size, size))
        thumbnail = to_displayable(ImageOps.exif_transpose(image))
        thumbnail.thumbnail((size, size), Image.Resampling.LANCZOS)
        if save_format == "JPEG" and thumbnail.mode == "RGBA":
            thumbnail = thumbnail.convert("RGB")
        thumbnail.save(
            temporary, save_format, **({"quality": QUALITY[save_format]} if save_format in QUALITY else {})
        )
    os.replace(temporary, target)  # noqa: PTH105 - atomic: another process may be making the same copy


def _resolve_media_path(path: str) -> Path:
    """The absolute path; raises FileNotFoundError for a path outside MEDIA_ROOT and for what is no file."""
    root = Path(settings.MEDIA_ROOT).resolve()
    source = (root / path).resolve()
    if not source.is_relative_to(root) or not source.is_file():
        raise FileNotFoundError(path)
    return source
