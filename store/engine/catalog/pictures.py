"""Pictures as they are stored: fully readable, upright, and without what a camera wrote beside the picture."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

from store.engine.errors import OperationError

EXTENSIONS = {
    "JPEG": "jpg",
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
    "BMP": "bmp",
    "TIFF": "tiff",
}
MAX_BYTES = 12_000_000
MAX_PIXELS = 50_000_000  # of all frames together; three bytes each while the picture is read
MAX_FRAMES = 500  # each takes its time however small it is: a megabyte can hold forty thousand
CONTENT_INFO = {"icc_profile", "transparency", "duration", "loop", "background", "gamma", "dpi"}
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "optimize": True},
    "WEBP": {"quality": 95},
    "AVIF": {"quality": 90},
}
_DECODING = threading.Lock()  # one picture at a time: the switch is the process's
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")


def normalize_picture(content: bytes, *, field: str) -> tuple[bytes, str]:
    """(content, extension) to store. Raises OperationError on `field` that says what to do.

    Every frame is decoded, so that a cut-off file is refused here and not by the first page that shows it. Position,
    camera and comments (EXIF, XMP, IPTC) are removed; a picture without them is stored as it came.
    """
    if len(content) > MAX_BYTES:
        raise _refused(field, f"The picture is larger than {MAX_BYTES // 1_000_000} MB. Save it smaller.")
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise _refused(field, "Pictures in HEIC can't be shown in browsers. Save it as JPEG.")
    try:
        with _strict_decoding(), Image.open(io.BytesIO(content)) as image:
            return _normalized(image, content, field)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise _refused(field, "Invalid file type.") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refused(field, "The picture can't be read to its end. Upload it again.") from error


@contextmanager
def _strict_decoding() -> Iterator[None]:
    """Inside, a picture that ends too early is an error.

    Pillow knows this for the whole process only, and WeasyPrint switches it off there when it is imported.
    """
    with _DECODING:
        lenient = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def to_displayable(image: Image.Image) -> Image.Image:
    """The image in grey, RGB or RGBA with 8 bits a channel; transparency is kept."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("L", "RGB", "RGBA"):
        return image.convert("RGBA") if "transparency" in image.info else image
    if image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "F") else "RGB")


def _normalized(image: Image.Image, content: bytes, field: str) -> tuple[bytes, str]:
    image_format = (
        "JPEG" if image.format == "MPO" else str(image.format)
    )  # phones: JPEG with a second picture
    if image_format not in EXTENSIONS:
        raise _refused(field, "Invalid file type.")
    if _has_too_many_frames(image):
        raise _refused(field, f"The picture has more than {MAX_FRAMES} frames. Save it with fewer.")
    is_animated = image.format != "MPO" and getattr(image, "is_animated", False)
    pixels = image.width * image.height * (getattr(image, "n_frames", 1) if is_animated else 1)
    if pixels > MAX_PIXELS:
        raise _refused(
            field,
            f"The picture has {pixels / 1e6:.0f} megapixels; at most {MAX_PIXELS // 1_000_000} are taken. "
            "Save it smaller.",
        )
    frames = [frame.copy() for frame in ImageSequence.Iterator(image)] if is_animated else [image]
    frames[0].load()
    if not _has_metadata(image):
        return content, EXTENSIONS[image_format]
    return _saved_without_metadata(frames, image_format), EXTENSIONS[image_format]


def _has_too_many_frames(image: Image.Image) -> bool:
    """Asked before their number, for which all would be read."""
    try:
        image.seek(MAX_FRAMES)
    except EOFError:
        return False
    finally:
        image.seek(0)
    return True


def _has_metadata(image: Image.Image) -> bool:
    texts = getattr(image, "text", None)
    known = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "mp"}
    return bool(image.format in ("MPO", "TIFF") or image.getexif() or texts or known & set(image.info))


def _saved_without_metadata(frames: list[Image.Image], image_format: str) -> bytes:
    upright = [ImageOps.exif_transpose(frame) for frame in frames]
    for frame in upright:
        frame.info = {name: value for name, value in frame.info.items() if name in CONTENT_INFO}
    first = upright[0].copy()  # a plain image: the reader's own tags are not written again
    target = io.BytesIO()
    more = {"save_all": True, "append_images": upright[1:]} if len(upright) > 1 else {}
    profile = {"icc_profile": first.info["icc_profile"]} if first.info.get("icc_profile") else {}
    first.save(target, image_format, **SAVE_OPTIONS.get(image_format, {}), **more, **profile)
    return target.getvalue()


def _refused(field: str, message: str) -> OperationError:
    return OperationError(message, field=field, code="INVALID")
