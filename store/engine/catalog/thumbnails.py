"""Smaller copies of pictures, made when they are first asked for and kept on disk."""

import os
import secrets
from bisect import bisect_left
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

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


def nearest(size: int) -> int:
    """The size that is made for a wish: the closest of `SIZES`."""
    at = bisect_left(SIZES, size)
    near = SIZES[max(at - 1, 0) : at + 1]
    return min(near, key=lambda one: (abs(one - size), -one))


def thumbnail(path: str, size: int, wanted_format: str = "ORIGINAL") -> Path:
    """The file of a smaller copy. `path` is below the media folder. Raises FileNotFoundError."""
    source = _inside(path)
    kind, suffix = FORMATS.get(wanted_format.upper(), ("", source.suffix.lstrip(".")))
    made = settings.MEDIA_ROOT / "thumbnails" / f"{path}_{nearest(size)}.{suffix}"
    if not made.exists():
        _make(source, made, nearest(size), kind)
    return Path(made)


def _make(source: Path, made: Path, size: int, kind: str) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    fresh = made.with_name(f".{made.name}.{secrets.token_hex(4)}")
    with Image.open(source) as image:
        kind = kind or str(image.format)
        image.draft("RGB", (size, size))
        small = ImageOps.exif_transpose(image)
        small.thumbnail((size, size), Image.Resampling.LANCZOS)
        if kind in ("JPEG", "AVIF") and small.mode not in ("RGB", "RGBA", "L"):
            small = small.convert("RGBA" if kind == "AVIF" and "transparency" in small.info else "RGB")
        if kind == "JPEG" and small.mode == "RGBA":
            small = small.convert("RGB")
        small.save(fresh, kind, **({"quality": QUALITY[kind]} if kind in QUALITY else {}))
    os.replace(fresh, made)  # noqa: PTH105 - atomic: another process may be making the same copy


def _inside(path: str) -> Path:
    """Below the media folder and nowhere else."""
    root = Path(settings.MEDIA_ROOT).resolve()
    source = (root / path).resolve()
    if not source.is_relative_to(root) or not source.is_file():
        raise FileNotFoundError(path)
    return source
