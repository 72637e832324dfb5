"""Mark and wordmark as strokes of lines and arcs: one source for the SVG files and for what is printed on things.

Units: x-height 40, baseline y = 0, y grows downwards as in SVG. One pen, round ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from catalog_seed.studio.materials import Image as Pixels

PEN = 9.0
INK = (22, 61, 64)
BOARD = (48, 82, 85)
PAPER = (250, 248, 244)
SHEET = (231, 229, 223)  # printed paper reflects less than a white screen shines


@dataclass(frozen=True, slots=True)
class Arc:
    """Degrees, counter-clockwise as seen; a line is an arc without a middle."""

    x: float
    y: float
    radius: float
    start: float
    end: float

    def points(self) -> list[tuple[float, float]]:
        angle = np.radians(np.linspace(self.start, self.end, 181))
        return [
            (self.x + self.radius * float(np.cos(t)), self.y - self.radius * float(np.sin(t))) for t in angle
        ]


Dot: TypeAlias = tuple[float, float]
Stroke: TypeAlias = Sequence["Arc | Dot"]


def letters() -> list[Stroke]:
    """C u p w e l l."""
    return [
        [Arc(33, -29, 29, 46, 314)],
        [(74, -40), Arc(92, -18, 18, 180, 360), (110, -40)],
        [(110, -18), (110, 0)],
        [(128, 18), (128, -20), Arc(148, -20, 20, 180, -180)],
        [(182, -40), Arc(195, -13, 13, 180, 360), (208, -34)],
        [(208, -13), Arc(221, -13, 13, 180, 360), (234, -40)],
        [(250, -20), (289, -20), Arc(270, -20, 20, 0, 318)],
        [(306, -64), (306, 0)],
        [(322, -64), (322, 0)],
    ]


WORD_BOX = (-1.0, -69.0, 328.0, 94.0)


def mark() -> list[Stroke]:
    """A glass cup on its rim: dome, lip and the reflection of a window. Drawn in a 64 x 64 box."""
    return [
        [(14, 52), (14, 30), Arc(32, 30, 18, 180, 0), (50, 52)],
        [(8, 52), (56, 52)],
        [Arc(32, 30, 8.5, 180, 105)],
    ]


def svg(
    strokes: list[Stroke], box: tuple[float, float, float, float], pen: float, title: str, ink: str
) -> str:
    """A small SVG file; `ink` may be currentColor."""
    paths = "".join(f'<path d="{_path(stroke)}"/>' for stroke in strokes)
    view = " ".join(f"{v:g}" for v in box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img"><title>{title}</title>'
        f'<g fill="none" stroke="{ink}" stroke-width="{pen:g}" stroke-linecap="round" stroke-linejoin="round">'
        f"{paths}</g></svg>\n"
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where and how large strokes are drawn, in pixels; `pen` in the strokes' own units."""

    at: Dot
    scale: float
    pen: float
    colour: tuple[int, ...] = INK


def ink(image: Image.Image, strokes: list[Stroke], how: Drawn) -> None:
    """Draws strokes onto an image, four times finer inside for smooth edges."""
    fine = 4
    mask = Image.new("L", (image.width * fine, image.height * fine), 0)
    draw = ImageDraw.Draw(mask)
    radius = how.pen * how.scale * fine / 2
    for stroke in strokes:
        line = [
            ((x * how.scale + how.at[0]) * fine, (y * how.scale + how.at[1]) * fine)
            for x, y in flattened(stroke)
        ]
        draw.line(line, fill=255, width=max(1, round(radius * 2)), joint="curve")
        for x, y in line:
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)
    image.paste(
        Image.new(image.mode, image.size, how.colour), mask=mask.resize(image.size, Image.Resampling.LANCZOS)
    )


def flattened(stroke: Stroke) -> list[Dot]:
    return [dot for part in stroke for dot in (part.points() if isinstance(part, Arc) else [part])]


def bottle_label(millilitres: int, radius: float, height: float, reach: float) -> Pixels:
    """The label laid flat, `reach` degrees of the bottle wide; the wordmark in its middle."""
    dots = 12
    size = (round(np.radians(reach) * radius * dots), round(height * dots))
    image = Image.new("RGB", size, PAPER)
    scale = radius * 1.12 * dots / 328
    middle = size[0] / 2
    ink(image, letters(), Drawn(at=(middle - 164 * scale, size[1] * 0.42), scale=scale, pen=PEN))
    draw = ImageDraw.Draw(image)
    small = ImageFont.load_default(radius * 0.15 * dots)
    draw.text((middle, size[1] * 0.60), "Plain massage oil", fill=INK, font=small, anchor="mm")
    draw.text((middle, size[1] * 0.86), f"{millilitres} ml", fill=INK, font=small, anchor="mm")
    draw.line(
        [middle - radius * 0.2 * dots, size[1] * 0.72, middle + radius * 0.2 * dots, size[1] * 0.72], INK, 6
    )
    return np.asarray(image)


def lid(width: float, depth: float) -> Pixels:
    """The top of the box: the wordmark, small, in its middle."""
    dots = 8
    image = Image.new("RGB", (round(width * dots), round(depth * dots)), BOARD)
    scale = min(width * 0.38, 80) * dots / 328
    at = (image.width / 2 - 164 * scale, image.height / 2 + 22 * scale)
    ink(image, letters(), Drawn(at=at, scale=scale, pen=PEN, colour=(206, 212, 208)))
    return np.asarray(image)


def leaflet_cover() -> Pixels:
    """The front of the folded safety insert, A6: wordmark and title only, the words themselves are in guides/."""
    image = Image.new("RGB", (1050, 1480), SHEET)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, 1050, 40], fill=INK)
    ink(image, letters(), Drawn(at=(110, 330), scale=1.5, pen=PEN))
    title, small = ImageFont.load_default(92), ImageFont.load_default(46)
    draw.text((108, 640), "Safety insert", fill=INK, font=title)
    for row, words in enumerate(("Sicherheitsblatt", "Hoja de seguridad")):
        draw.text((110, 790 + 74 * row), words, fill=(90, 108, 108), font=small)
    ink(image, mark(), Drawn(at=(110, 1130), scale=3.0, pen=5.0))
    return np.asarray(image)


def _path(stroke: Stroke) -> str:
    words: list[str] = []
    for part in stroke:
        if isinstance(part, Arc):
            words += _arc_path(part, "L" if words else "M")
        else:
            words.append(f"{'L' if words else 'M'}{part[0]:g} {part[1]:g}")
    return "".join(words)


def _arc_path(arc: Arc, first: str) -> list[str]:
    """In halves, because SVG cannot say a full circle in one arc."""
    middle = (arc.start + arc.end) / 2
    sweep = 0 if arc.end > arc.start else 1
    big = 1 if abs(arc.end - arc.start) / 2 > 180 else 0
    dots = [Arc(arc.x, arc.y, arc.radius, a, a).points()[0] for a in (arc.start, middle, arc.end)]
    start = f"{first}{dots[0][0]:.2f} {dots[0][1]:.2f}"
    return [start, *(f"A{arc.radius:g} {arc.radius:g} 0 {big} {sweep} {x:.2f} {y:.2f}" for x, y in dots[1:])]
