"""The picture of a recalled product: any picture that Pillow reads, stored as a small upright PNG without metadata."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 12_000_000
MAX_PIXELS = 50_000_000
SIDE = 720  # pixels, of the longer side: twice what a mail shows
COLORS = 255  # a photograph stays below 200 kB in the mail


class UnreadablePicture(ValueError):
    """Why the picture can't be used, as a sentence."""


def to_png(content: bytes) -> bytes:
    """Raises UnreadablePicture."""
    if len(content) > MAX_BYTES:
        raise UnreadablePicture(f"The picture is larger than {MAX_BYTES // 1_000_000} MB. Save it smaller.")
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UnreadablePicture("The picture has more than 50 megapixels. Save it smaller.")
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, UnreadablePicture):
            raise
        raise UnreadablePicture("This is no picture that can be read. Take a JPEG, PNG or WebP.") from error
    upright.thumbnail((SIDE, SIDE))
    on_white = Image.new("RGB", upright.size, "white")
    on_white.paste(upright, mask=upright.getchannel("A"))
    buffer = io.BytesIO()
    on_white.quantize(COLORS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
