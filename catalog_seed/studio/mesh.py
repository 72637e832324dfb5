"""Triangle meshes with smooth normals: bodies of revolution, tubes, slabs and sheets."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from catalog_seed.studio.curves import Points

Matrix: TypeAlias = NDArray[np.float64]
Faces: TypeAlias = NDArray[np.uint32]

SEGMENTS = 144


@dataclass(frozen=True, slots=True)
class Mesh:
    vertices: Points
    normals: Points
    faces: Faces
    uv: Points | None = None

    def moved(self, matrix: Matrix) -> "Mesh":
        """A transformed copy; `matrix` is a 4 x 4 rotation and translation without scaling."""
        turn = matrix[:3, :3]
        return replace(self, vertices=self.vertices @ turn.T + matrix[:3, 3], normals=self.normals @ turn.T)

    def volume(self) -> float:
        """Enclosed volume in cubic millimetres; negative when the faces point inwards."""
        a, b, c = (self.vertices[self.faces[:, k]] for k in range(3))
        return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def shift(x: float = 0, y: float = 0, z: float = 0) -> Matrix:
    """The 4 x 4 matrix of a translation in mm."""
    matrix = np.eye(4)
    matrix[:3, 3] = (x, y, z)
    return matrix


def turn(axis: str, degrees: float) -> Matrix:
    """The 4 x 4 matrix of a right-handed rotation about x, y or z."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    i, j = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(4)
    matrix[i, i], matrix[i, j], matrix[j, i], matrix[j, j] = c, -s, s, c
    return matrix


def lathe(profile: Points, segments: int = SEGMENTS) -> Mesh:
    """A surface of revolution. The profile runs from the top of the axis down the outside and back up the inside."""
    angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    radius, height = profile[:, :1], np.repeat(profile[:, 1:], segments, axis=1)
    return stitch_rings(np.stack([radius * np.cos(angles), radius * np.sin(angles), height], axis=-1))


def tube(path: Points, radius: float, segments: int = 28) -> Mesh:
    """A closed round tube along a path of shape (n, 3)."""
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, (0.0, 0.0, 1.0))
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    up = np.cross(side, along)
    angles = np.linspace(0, 2 * np.pi, segments, endpoint=False)[None, :, None]
    wall = path[:, None] + radius * (np.cos(angles) * side[:, None] - np.sin(angles) * up[:, None])
    ends = [np.repeat(path[k][None, None], segments, axis=1) for k in (0, -1)]
    return stitch_rings(np.concatenate([ends[0], wall, ends[1]])[::-1])


def slab(width: float, depth: float, height: float, corner: float = 1.0, bevel: float = 0.4) -> Mesh:
    """A flat box with rounded corners and bevelled edges, centred on x and y, standing on z = 0."""
    steps = np.linspace(0, np.pi / 2, 5)
    edge = [(bevel * (1 - np.cos(t)), height - bevel * (1 - np.sin(t))) for t in steps[::-1]]
    edge += [(bevel * (1 - np.cos(t)), bevel * (1 - np.sin(t))) for t in steps]
    edge = [(bevel + 0.05, height), *edge, (bevel + 0.05, 0.0)]
    rings = [_rounded_rectangle(width, depth, corner, inset, z) for inset, z in edge]
    caps = [np.broadcast_to((0.0, 0.0, z), rings[0].shape) for z in (height, 0.0)]
    mesh = stitch_rings(np.stack([caps[0], *rings, caps[1]]))
    flat = mesh.vertices[:, :2] / (width, depth) + 0.5
    return replace(mesh, uv=flat)


def sheet(height: NDArray[np.float64], width: float, depth: float) -> Mesh:
    """A surface over a grid of heights (rows, columns); row 0 is the near edge. Open: needs a two-sided material."""
    rows, columns = height.shape
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    vertices = np.column_stack([(u.ravel() - 0.5) * width, (v.ravel() - 0.5) * depth, height.ravel()])
    return with_normals(vertices, _grid_faces(rows, columns), np.column_stack([u.ravel(), v.ravel()]))


def band(radius: float, low: float, high: float, angle: float, steps: int = 240) -> Mesh:
    """A label around a bottle, `angle` degrees wide: open, facing outwards, its middle towards the camera."""
    angles = np.radians(np.linspace(-90 - angle / 2, -90 + angle / 2, steps))
    ring = np.column_stack([radius * np.cos(angles), radius * np.sin(angles)])
    vertices = np.vstack([np.column_stack([ring, np.full(steps, z)]) for z in (low, high)])
    u, v = np.tile(np.linspace(0, 1, steps), 2), np.repeat([0.0, 1.0], steps)
    return with_normals(vertices, _grid_faces(2, steps), np.column_stack([u, v]))


def stitch_rings(rings: NDArray[np.float64]) -> Mesh:
    """Join neighbouring rings, array (rings, segments, 3), by triangles; a ring shrunk to one point becomes a pole."""
    count, segments, _ = rings.shape
    first = np.arange(segments)
    after = (first + 1) % segments
    faces: list[Faces] = []
    for i in range(count - 1):
        a, b = first + i * segments, after + i * segments
        faces.append(np.column_stack([a, a + segments, b]))
        faces.append(np.column_stack([b, a + segments, b + segments]))
    vertices = rings.reshape(-1, 3).copy()
    return with_normals(vertices, _without_slivers(vertices, np.vstack(faces)), shared=_poles(rings))


def with_normals(
    vertices: Points, faces: Faces, uv: Points | None = None, shared: NDArray[np.int64] | None = None
) -> Mesh:
    """A mesh with area-weighted normals; vertices with the same number in `shared` get the same normal."""
    corners = [vertices[faces[:, k]] for k in range(3)]
    weight = np.cross(corners[1] - corners[0], corners[2] - corners[0])
    group = np.arange(len(vertices)) if shared is None else shared
    corner = group[faces].ravel()
    total: Points = np.stack(
        [np.bincount(corner, np.repeat(weight[:, k], 3), minlength=len(vertices)) for k in range(3)],
        axis=1,
        dtype=np.float64,
    )
    total /= np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)
    return Mesh(vertices, total[group], faces.astype(np.uint32), uv)


def _poles(rings: NDArray[np.float64]) -> NDArray[np.int64]:
    """A number for each vertex; all vertices of a ring shrunk to one point have the same."""
    count, segments, _ = rings.shape
    numbers = np.arange(count * segments).reshape(count, segments)
    shrunk = np.abs(rings - rings[:, :1]).max(axis=(1, 2)) < 1e-9
    numbers[shrunk] = numbers[shrunk][:, :1]
    return numbers.ravel()


def _rounded_rectangle(width: float, depth: float, corner: float, inset: float, z: float) -> Points:
    radius = max(corner - inset, 0.05)
    centres = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * (width / 2 - corner, depth / 2 - corner)
    arc = np.radians(np.linspace(0, 90, 9))
    parts = [
        centre + radius * np.column_stack([np.cos(arc + k * np.pi / 2), np.sin(arc + k * np.pi / 2)])
        for k, centre in enumerate(centres)
    ]
    return np.column_stack([np.vstack(parts), np.full(36, z)])


def _grid_faces(rows: int, columns: int) -> Faces:
    a = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    near = np.column_stack([a, a + 1, a + columns])
    far = np.column_stack([a + 1, a + columns + 1, a + columns])
    return np.vstack([near, far]).astype(np.uint32)


def _without_slivers(vertices: Points, faces: Faces) -> Faces:
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    remaining: Faces = faces[area > 1e-9].astype(np.uint32)
    return remaining
