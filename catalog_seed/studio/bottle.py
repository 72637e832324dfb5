"""The oil bottle: a full amber bottle, its label and its disc cap."""

from dataclasses import dataclass

import numpy as np

from catalog_seed.studio.curves import Points, rounded_polyline, smooth_curve

WALL = 1.6
LABEL_ANGLE = 230.0  # degrees; the back stays free, so that light enters and the amber glass glows


@dataclass(frozen=True, slots=True)
class BottleSize:
    """Outer sizes in mm of a bottle that holds `millilitres` up to its shoulder."""

    millilitres: int
    diameter: float
    body: float

    @property
    def cap_diameter(self) -> float:
        return 24.0

    @property
    def height(self) -> float:
        return self.body + 10 + 21


BOTTLES = {100: BottleSize(100, 46, 88), 250: BottleSize(250, 60, 116)}


def body(size: BottleSize) -> Points:
    """Glass and oil as one solid: both bend light alike, so a full bottle has no visible inner wall."""
    r, h = size.diameter / 2, size.body
    foot = [(r, 6), (r - 0.2, 3), (r - 1.4, 0.9), (r - 3.5, 0.0), (r - 6, 0.3), (r * 0.4, 1.4), (0, 1.6)]
    side = [(r - 4.5, h - 5.0), (r - 1.2, h - 10), (r - 0.05, h - 15), (r, h - 20), (r, h * 0.45), (r, 12)]
    neck = [(0, h + 8), (9.3, h + 8), (9.8, h + 7.4), (9.8, h + 1.8), (10.8, h + 0.2), (r * 0.62, h - 2.2)]
    return np.vstack([smooth_curve(neck[:1] + neck[1:] + side + foot)])


def cap(size: BottleSize) -> Points:
    """A smooth disc-top cap, standing on the shoulder."""
    r, z = size.cap_diameter / 2, size.body + 3.2
    steps = [
        (0, z + 21),
        (r - 1.2, z + 21),
        (r - 0.3, z + 20.6),
        (r, z + 19.8),
        (r, z + 16.4),
        (r - 0.35, z + 16.1),
    ]
    steps += [
        (r - 0.35, z + 15.7),
        (r, z + 15.4),
        (r, z + 0.5),
        (r - 0.6, z),
        (r - 2.0, z),
        (r - 2.0, z + 6),
        (0, z + 6),
    ]
    return rounded_polyline(steps, rounds=2)


def label_band(size: BottleSize) -> tuple[float, float, float]:
    """Radius, lower and upper edge of the label, in mm."""
    return size.diameter / 2 + 0.12, 12.0, size.body - 20.0


def capacity_ml(size: BottleSize) -> float:
    """Inner volume in millilitres up to the end of the shoulder."""
    r = size.diameter / 2 - WALL
    return float(np.pi * r * r * (size.body - 14 - WALL) / 1000)
