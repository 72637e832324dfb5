"""Profiles: half outlines of bodies of revolution, arrays of shape (n, 2) with radius and height in mm."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]
ControlPoints: TypeAlias = Sequence[tuple[float, float]]

STEPS = 9


def smooth_curve(control_points: ControlPoints, steps: int = STEPS) -> Points:
    """A centripetal Catmull-Rom curve through the control points, `steps` points per span, horizontal at the axis."""
    points = np.array(control_points, dtype=np.float64)
    padded = np.vstack([_extrapolate_start(points), points, _extrapolate_start(points[::-1])])
    spans = [_segment(padded[i - 1 : i + 3], steps) for i in range(1, len(padded) - 2)]
    curve = np.vstack([*spans, points[-1:]])
    curve[:, 0] = np.maximum(curve[:, 0], 0.0)
    return curve


def rounded_polyline(control_points: ControlPoints, rounds: int = 3, steps: int = 5) -> Points:
    """Straight lines through the control points with slightly rounded corners, as of turned or moulded parts."""
    points = np.array(control_points, dtype=np.float64)
    share = np.linspace(0, 1, steps, endpoint=False)[:, None]
    lines = [a + (b - a) * share for a, b in pairwise(points)]
    line = np.vstack([*lines, points[-1:]])
    for _ in range(rounds):
        line[1:-1] = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
    return line


def fit_to_size(profile: Points, diameter: float, height: float) -> Points:
    """The profile scaled to exactly this outer diameter and height, standing on z = 0."""
    low, high = profile[:, 1].min(), profile[:, 1].max()
    radius = profile[:, 0].max()
    return np.column_stack(
        [profile[:, 0] * (diameter / 2 / radius), (profile[:, 1] - low) * (height / (high - low))]
    )


def longest_side(profile: Points) -> tuple[Points, Points]:
    """The longest edge of the convex outline: what the body rests on when it lies on its side."""
    hull = _outer_hull(profile)
    lengths = np.linalg.norm(np.diff(hull, axis=0), axis=1)
    k = int(np.argmax(lengths))
    return hull[k], hull[k + 1]


def _extrapolate_start(points: Points) -> Points:
    first, second = points[0], points[1]
    if first[0] == 0:
        return np.array([[-second[0], second[1]]])
    return np.asarray(2 * first - second, dtype=np.float64)[None]


def _segment(p: Points, steps: int) -> Points:
    knots = np.concatenate([[0.0], np.cumsum(np.sqrt(np.linalg.norm(np.diff(p, axis=0), axis=1)))])
    t = np.linspace(knots[1], knots[2], steps, endpoint=False)[:, None]
    layer = [_interpolate(t, knots[i], knots[i + 1], p[i], p[i + 1]) for i in range(3)]
    layer = [_interpolate(t, knots[i], knots[i + 2], layer[i], layer[i + 1]) for i in range(2)]
    return _interpolate(t, knots[1], knots[2], layer[0], layer[1])


def _interpolate(t: Points, start: float, end: float, a: Points, b: Points) -> Points:
    share = (t - start) / (end - start)
    return np.asarray(a + share * (b - a), dtype=np.float64)


def _outer_hull(profile: Points) -> Points:
    """The right-hand side of the convex hull, from the lowest point upwards."""
    hull: list[Points] = []
    for point in profile[np.lexsort((-profile[:, 0], profile[:, 1]))]:
        while len(hull) > 1 and _turns_inward(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return np.array(hull)


def _turns_inward(a: Points, b: Points, c: Points) -> bool:
    """True when b lies left of the way from a to c, so it is not on the outside."""
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return bool(cross <= 0)
