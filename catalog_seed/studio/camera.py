"""Computes camera position and field of view, so that a shot fills the frame."""

from dataclasses import dataclass

import numpy as np

from catalog_seed.studio.curves import Points
from catalog_seed.studio.shots import Shot


@dataclass(frozen=True, slots=True)
class CameraSetup:
    """Positions and lengths in mm, `fov` in degrees.

    `half_width` is half the visible width at the target, `reach` the visible width on the wider side of the group,
    `radius` the extent of the group on the table, `content_area` the part of the picture with objects, as shares (left,
    top, right, bottom) that may reach beyond it.
    """

    eye: Points
    target: Points
    fov: float
    focus: float
    aperture: float
    half_width: float
    reach: float
    radius: float
    content_area: tuple[float, float, float, float]


def fit_camera(shot: Shot, aspect: float) -> CameraSetup:
    """Aim at the middle of the points to frame, from the view's direction, with the field of view they need."""
    points = shot.points_to_frame()
    view = shot.view
    radius = float(np.abs(points[:, :2] - points[:, :2].mean(0)).max())
    distance = max(view.distance, radius * 4.2)
    back = _direction(view.elevation, view.azimuth)
    target = points.mean(0)
    for _ in range(6):
        projected = _projected(points, target + back * distance, target)
        low, high = projected.min(0), projected.max(0)
        right, up = _axes(back)
        target = target + distance * ((low + high)[0] / 2 * right + (low + high)[1] / 2 * up)
    half = (high - low) / 2 * view.margin
    half_width, half_height = float(max(half[0], half[1] * aspect)), float(max(half[1], half[0] / aspect))
    right, up = _axes(back)
    target = target + distance * (
        view.vertical_shift * half_height * up - view.horizontal_shift * half_width * right
    )
    eye = target + back * distance
    focus = distance if view.focus is None else float((eye - np.array(view.focus)) @ back)
    fov = float(np.degrees(2 * np.arctan(max(half_width, half_height))))
    content_area = _content_area(_projected(shot.all_points(), eye, target) / (half_width, half_height))
    visible = half_width * distance
    reach = visible * (1 + abs(view.horizontal_shift))
    return CameraSetup(
        eye, target, fov, focus, view.aperture * distance / 440, visible, reach, radius, content_area
    )


def _content_area(projected: Points) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the part that shows objects, as shares of the picture."""
    (left, low), (right, high) = projected.min(0) / 2 + 0.5, projected.max(0) / 2 + 0.5
    return float(left), float(1 - high), float(right), float(1 - low)


def _direction(elevation: float, azimuth: float) -> Points:
    e, a = np.radians(elevation), np.radians(azimuth)
    return np.array([np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)])


def _axes(back: Points) -> tuple[Points, Points]:
    right = np.cross((0.0, 0.0, 1.0), back)
    right /= np.linalg.norm(right)
    return right, np.cross(back, right)


def _projected(points: Points, eye: Points, target: Points) -> Points:
    back = (eye - target) / np.linalg.norm(eye - target)
    right, up = _axes(back)
    ray = points - eye
    depth = -(ray @ back)
    return np.column_stack([ray @ right / depth, ray @ up / depth])
