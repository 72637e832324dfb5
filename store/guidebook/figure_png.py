"""Figures as PNG, for mail clients that draw no SVG: made from the same file, kept among the static files."""

import hashlib
import io
from pathlib import Path

from store.guidebook.records import Figure

FOLDER = Path(__file__).parent / "static" / "guidebook" / "figures"
WIDTH = 960  # twice the width at which a mail shows it


def path(figure: Figure) -> Path:
    return FOLDER / f"{figure.slug}.png"


def digest(figure: Figure) -> str:
    return hashlib.sha256(figure.svg.encode()).hexdigest()[:16]


def is_current(figure: Figure) -> bool:
    """True when the PNG was made from the SVG as it stands: the drawing's digest is written into the picture."""
    from PIL import Image

    if not path(figure).exists():
        return False
    with Image.open(path(figure)) as picture:
        return picture.info.get("drawn-from") == digest(figure)


def write(figure: Figure) -> Path:
    """Needs pypdfium2, which is among the developer's packages: customers' machines only read the kept files."""
    import pypdfium2  # type: ignore[import-untyped]
    from PIL import Image, PngImagePlugin

    from store.guidebook.pdf import drawing

    page = pypdfium2.PdfDocument(drawing(figure))[0]
    shown: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
    few = shown.convert("RGB").quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    notes = PngImagePlugin.PngInfo()
    notes.add_text("drawn-from", digest(figure))
    kept = io.BytesIO()
    few.save(kept, format="PNG", optimize=True, pnginfo=notes)
    FOLDER.mkdir(parents=True, exist_ok=True)
    path(figure).write_bytes(kept.getvalue())
    return path(figure)
