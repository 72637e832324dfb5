"""Figures as PNG, for mail clients that cannot render SVG: made from the SVG files, stored as static files."""

import hashlib
import io
from pathlib import Path

from store.guidebook.records import Figure

FOLDER = Path(__file__).parent / "static" / "guidebook" / "figures"
WIDTH = 960  # pixels; twice the width at which a mail shows it


def png_path(figure: Figure) -> Path:
    return FOLDER / f"{figure.slug}.png"


def svg_digest(figure: Figure) -> str:
    return hashlib.sha256(figure.svg.encode()).hexdigest()[:16]


def is_current(figure: Figure) -> bool:
    """Whether the PNG was made from the current SVG: the SVG's digest is stored in the PNG's metadata."""
    from PIL import Image

    if not png_path(figure).exists():
        return False
    with Image.open(png_path(figure)) as picture:
        return picture.info.get("drawn-from") == svg_digest(figure)


def write_png(figure: Figure) -> Path:
    """Render and store the PNG. Needs pypdfium2, a development dependency: production only reads the stored files."""
    import pypdfium2  # type: ignore[import-untyped]
    from PIL import Image, PngImagePlugin

    from store.guidebook.pdf import figure_pdf

    page = pypdfium2.PdfDocument(figure_pdf(figure))[0]
    rendered: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
    quantized = rendered.convert("RGB").quantize(
        128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    metadata = PngImagePlugin.PngInfo()
    metadata.add_text("drawn-from", svg_digest(figure))
    png = io.BytesIO()
    quantized.save(png, format="PNG", optimize=True, pnginfo=metadata)
    FOLDER.mkdir(parents=True, exist_ok=True)
    png_path(figure).write_bytes(png.getvalue())
    return png_path(figure)
