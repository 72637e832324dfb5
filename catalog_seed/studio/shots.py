"""What a picture is: pieces on the table, a viewpoint and a backdrop."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from catalog_seed.studio.curves import Points
from catalog_seed.studio.materials import Colour, Material
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
    """Angles in degrees, lengths in mm. `margin` 1.0 would touch the edges; `lift` moves the things down the frame and
    `aside` to the right, in shares of half the frame; `focus` is the sharp point, the middle when left out.
    """

    elevation: float = 14.0
    azimuth: float = 0.0
    distance: float = 520.0
    margin: float = 1.30
    aperture: float = 1.7
    lift: float = 0.06
    aside: float = 0.0
    focus: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """`framing` may name other corners to frame, so that three sizes share one scale or a detail fills the picture."""

    pieces: Pieces
    view: View
    backdrop: Colour
    black_cards: bool = False
    exposure: float = 1.0
    framing: Points | None = field(default=None)

    def outline(self) -> Points:
        """What the camera frames."""
        return self.everything() if self.framing is None else self.framing

    def everything(self) -> Points:
        return np.vstack([piece.mesh.vertices for piece in self.pieces])


def moved(pieces: Pieces, matrix: Matrix) -> Pieces:
    return [piece.moved(matrix) for piece in pieces]
