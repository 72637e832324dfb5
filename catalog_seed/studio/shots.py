"""The types of a picture: pieces, a viewpoint and a backdrop."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from catalog_seed.studio.curves import Points
from catalog_seed.studio.materials import Color, Material
from catalog_seed.studio.mesh import Matrix, Mesh

Pieces: TypeAlias = "list[Piece]"


@dataclass(frozen=True, slots=True)
class Piece:
    mesh: Mesh
    material: Material

    def moved(self, matrix: Matrix) -> "Piece":
        return replace(self, mesh=self.mesh.moved(matrix))


@dataclass(frozen=True, slots=True)
class View:
    """Angles in degrees, lengths in mm.

    With `margin` 1.0 the objects touch the edges; `vertical_shift` moves them down and `horizontal_shift` to the right,
    in shares of half the frame; `focus` is the point in focus, the middle if None.
    """

    elevation: float = 14.0
    azimuth: float = 0.0
    distance: float = 520.0
    margin: float = 1.30
    aperture: float = 1.7
    vertical_shift: float = 0.06
    horizontal_shift: float = 0.0
    focus: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to render: products, and the props around them, which do not count when the picture is framed.

    `floor` is the height of the backdrop in mm, below zero where the products stand on a board.
    `frame_points` (n, 3) replace the objects for framing, so that several sizes share one scale or a detail fills
    the frame. `room_light`: the light of walls, ceiling and surroundings as a share of that of a bright room.
    """

    pieces: Pieces
    view: View
    backdrop: Color
    black_cards: bool = False
    exposure: float = 1.0
    frame_points: Points | None = field(default=None)
    props: Pieces = field(default_factory=list)
    floor: float = 0.0
    room_light: float = 1.0

    def points_to_frame(self) -> Points:
        """The points that the camera frames."""
        return self.all_points() if self.frame_points is None else self.frame_points

    def all_points(self) -> Points:
        return np.vstack([piece.mesh.vertices for piece in self.pieces])


def moved(pieces: Pieces, matrix: Matrix) -> Pieces:
    return [piece.moved(matrix) for piece in pieces]
