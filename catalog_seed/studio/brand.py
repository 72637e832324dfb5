"""Mark and wordmark as strokes of lines and arcs: one source for the SVG files and for the prints on packaging.

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
BOX_COLOR = (48, 82, 85)
PAPER = (250, 248, 244)
PRINTED_PAPER = (231, 229, 223)  # printed paper reflects less than a white screen shines


@dataclass(frozen=True, slots=True)
class Arc:
    """An arc around (x, y) from `start` to `end`, in degrees counter-clockwise as drawn."""

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


Point: TypeAlias = tuple[float, float]
Stroke: TypeAlias = Sequence["Arc | Point"]


def letters() -> list[Stroke]:
    """The strokes of the word "Cupwell"."""
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
    strokes: list[Stroke], box: tuple[float, float, float, float], pen: float, title: str, stroke_color: str
) -> str:
    """An SVG document; `box` is its viewBox, `pen` the stroke width, `stroke_color` a CSS color or currentColor."""
    paths = "".join(f'<path d="{_path(stroke)}"/>' for stroke in strokes)
    view = " ".join(f"{v:g}" for v in box)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img"><title>{title}</title>'
        f'<g fill="none" stroke="{stroke_color}" stroke-width="{pen:g}" stroke-linecap="round" stroke-linejoin="round">'
        f"{paths}</g></svg>\n"
    )


@dataclass(frozen=True, slots=True)
class StrokeStyle:
    """Where and how large strokes are drawn, in pixels; `pen` in the strokes' own units."""

    at: Point
    scale: float
    pen: float
    color: tuple[int, ...] = INK


def draw_strokes(image: Image.Image, strokes: list[Stroke], style: StrokeStyle) -> None:
    """Draw strokes onto an image, through a mask of four times the resolution for smooth edges."""
    fine = 4
    mask = Image.new("L", (image.width * fine, image.height * fine), 0)
    draw = ImageDraw.Draw(mask)
    radius = style.pen * style.scale * fine / 2
    for stroke in strokes:
        line = [
            ((x * style.scale + style.at[0]) * fine, (y * style.scale + style.at[1]) * fine)
            for x, y in to_points(stroke)
        ]
        draw.line(line, fill=255, width=max(1, round(radius * 2)), joint="curve")
        for x, y in line:
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)
    image.paste(
        Image.new(image.mode, image.size, style.color), mask=mask.resize(image.size, Image.Resampling.LANCZOS)
    )


def to_points(stroke: Stroke) -> list[Point]:
    return [dot for part in stroke for dot in (part.points() if isinstance(part, Arc) else [part])]


def bottle_label(millilitres: int, radius: float, height: float, angle: float) -> Pixels:
    """The unrolled label, covering `angle` degrees of a bottle of this radius (mm); the wordmark in its middle."""
    dots = 12
    size = (round(np.radians(angle) * radius * dots), round(height * dots))
    image = Image.new("RGB", size, PAPER)
    scale = radius * 1.12 * dots / 328
    middle = size[0] / 2
    draw_strokes(
        image, letters(), StrokeStyle(at=(middle - 164 * scale, size[1] * 0.42), scale=scale, pen=PEN)
    )
    draw = ImageDraw.Draw(image)
    small = ImageFont.load_default(radius * 0.15 * dots)
    draw.text((middle, size[1] * 0.60), "Plain massage oil", fill=INK, font=small, anchor="mm")
    draw.text((middle, size[1] * 0.86), f"{millilitres} ml", fill=INK, font=small, anchor="mm")
    draw.line(
        [middle - radius * 0.2 * dots, size[1] * 0.72, middle + radius * 0.2 * dots, size[1] * 0.72], INK, 6
    )
    return np.asarray(image)


def box_lid_face(width: float, depth: float) -> Pixels:
    """The top of the box: the wordmark, small, in its middle."""
    dots = 8
    image = Image.new("RGB", (round(width * dots), round(depth * dots)), BOX_COLOR)
    scale = min(width * 0.38, 80) * dots / 328
    at = (image.width / 2 - 164 * scale, image.height / 2 + 22 * scale)
    draw_strokes(image, letters(), StrokeStyle(at=at, scale=scale, pen=PEN, color=(206, 212, 208)))
    return np.asarray(image)


def leaflet_cover() -> Pixels:
    """The front of the folded safety insert, A6: wordmark and title only; its text is in guides/."""
    image = Image.new("RGB", (1050, 1480), PRINTED_PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 0, 1050, 40], fill=INK)
    draw_strokes(image, letters(), StrokeStyle(at=(110, 330), scale=1.5, pen=PEN))
    title, small = ImageFont.load_default(92), ImageFont.load_default(58)
    draw.text((108, 640), "Safety insert", fill=INK, font=title)
    for row, translation in enumerate(("Sicherheitsblatt", "Hoja de seguridad")):
        draw.text((110, 790 + 74 * row), translation, fill=(58, 84, 86), font=small)
    draw_strokes(image, mark(), StrokeStyle(at=(110, 1130), scale=3.0, pen=5.0))
    return np.asarray(image)


def _path(stroke: Stroke) -> str:
    commands: list[str] = []
    for part in stroke:
        if isinstance(part, Arc):
            commands += _arc_path(part, "L" if commands else "M")
        else:
            commands.append(f"{'L' if commands else 'M'}{part[0]:g} {part[1]:g}")
    return "".join(commands)


def _arc_path(arc: Arc, first: str) -> list[str]:
    """Two half arcs, because one SVG arc command can not draw a full circle."""
    middle = (arc.start + arc.end) / 2
    sweep = 0 if arc.end > arc.start else 1
    big = 1 if abs(arc.end - arc.start) / 2 > 180 else 0
    dots = [Arc(arc.x, arc.y, arc.radius, a, a).points()[0] for a in (arc.start, middle, arc.end)]
    start = f"{first}{dots[0][0]:.2f} {dots[0][1]:.2f}"
    return [start, *(f"A{arc.radius:g} {arc.radius:g} 0 {big} {sweep} {x:.2f} {y:.2f}" for x, y in dots[1:])]
