"""A plain display form: the back of a thigh, face down, as a smooth body without any detail, with seats for cups.

Under a cup that holds, the surface lies flat against the rim and is drawn up inside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from catalog_seed.studio.curves import Points
from catalog_seed.studio.mesh import Matrix, Mesh, shift, stitch_rings, turn, with_normals
from catalog_seed.studio.smoothstep import smoothstep

LENGTH = 520.0
HIP_RADIUS, KNEE_RADIUS = 80.0, 54.0
END_ROUNDING = 16.0  # mm of length over which the ends close
RINGS, SEGMENTS = 600, 440  # vertices under a millimetre apart, so that a rim's edge is smooth
RIM_SHARE = 0.80  # of a cup's outer radius: inside it the surface is drawn up
SUNK = 2.2  # mm that a rim presses into the form
REACH = 22.0  # mm around a rim over which the surface returns to its own shape


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a cup holds: `x` along the form from its middle, towards the knee; the cup's outer `diameter`; in mm.

    `drawn_up`: how high the surface stands inside it.
    """

    x: float
    diameter: float
    drawn_up: float

    @property
    def pose(self) -> Matrix:
        """The matrix that puts a cup, standing on z = 0 at the origin, onto this seat."""
        slope = (_radius(self.x + 1.0) - _radius(self.x - 1.0)) * 2 / 2.0
        tilt = float(np.degrees(np.arctan(-slope)))
        top = float(2 * _radius(self.x))
        return shift(self.x, 0, top) @ turn("y", tilt) @ shift(z=-SUNK)


def thigh(seats: Sequence[Seat]) -> Mesh:
    """The form along x, resting on z = 0, with its surface drawn into the cups on these seats."""
    rings = _rings()
    vertices = rings.reshape(-1, 3)
    for seat in seats:
        vertices = _drawn_into(vertices, seat)
    return stitch_rings(vertices.reshape(rings.shape))


def reshaped(mesh: Mesh, vertices: Points) -> Mesh:
    """The mesh with its vertices moved; what was one point stays one point, with one normal."""
    _, together = np.unique(mesh.vertices.round(6), axis=0, return_inverse=True)
    return with_normals(vertices, mesh.faces, mesh.uv, shared=together.ravel())


def _radius(x: Points | float) -> Points:
    """The radius at `x`: from hip to knee, with the swell of the muscle between."""
    share = np.clip(np.asarray(x, dtype=np.float64) / LENGTH + 0.5, 0, 1)
    return np.asarray(
        HIP_RADIUS + (KNEE_RADIUS - HIP_RADIUS) * share**1.25 + 4.0 * np.sin(np.pi * share) ** 2,
        dtype=np.float64,
    )


def _rings() -> Points:
    """The outline as rings around x, from hip to knee, shape (RINGS, SEGMENTS, 3)."""
    x = np.linspace(-LENGTH / 2, LENGTH / 2, RINGS)
    from_end = np.clip((LENGTH / 2 - np.abs(x)) / END_ROUNDING, 0, 1)
    closing = np.sqrt(1 - (1 - from_end) ** 2)
    full = _radius(x)
    radius = full - END_ROUNDING * (1 - closing)
    radius[[0, -1]] = 0.0  # the flat ends, closed in their middle
    angle = np.linspace(0, 2 * np.pi, SEGMENTS, endpoint=False)
    rings = np.empty((RINGS, SEGMENTS, 3))
    rings[..., 0] = x[:, None]
    rings[..., 1] = 1.04 * radius[:, None] * np.cos(angle)
    rings[..., 2] = full[:, None] + radius[:, None] * np.sin(angle)
    return rings[:, ::-1]


def _drawn_into(vertices: Points, seat: Seat) -> Points:
    """The vertices near a seat moved along the cup's axis: flat at the rim, a low dome inside it."""
    pose = seat.pose
    local = (vertices - pose[:3, 3]) @ pose[:3, :3]
    away = np.hypot(local[:, 0], local[:, 1])
    outer = seat.diameter / 2
    inner = RIM_SHARE * outer
    dome = seat.drawn_up * np.clip(1 - (away / inner) ** 2, 0, 1) ** 0.8
    share = smoothstep((outer + REACH - away) / REACH)
    near = (share > 0) & (local[:, 2] > -0.6 * outer)
    moved = local.copy()
    moved[near, 2] += share[near] * (dome[near] - local[near, 2])
    return np.asarray(moved @ pose[:3, :3].T + pose[:3, 3], dtype=np.float64)
