"""Builds the Mitsuba scene: backdrop, softboxes, black cards, sensor and the meshes. Needs mitsuba."""

from dataclasses import dataclass, replace
from typing import Any

import mitsuba as mi
import numpy as np

from catalog_seed.studio.camera import CameraSetup
from catalog_seed.studio.curves import Points
from catalog_seed.studio.materials import Color, Material, Plugin, rgb
from catalog_seed.studio.mesh import Mesh, shift
from catalog_seed.studio.shots import Shot

mi.set_variant("llvm_ad_rgb")

from catalog_seed.studio import guides  # noqa: E402, its class needs the variant


@dataclass(frozen=True, slots=True)
class Softbox:
    position: tuple[float, float, float]
    target: tuple[float, float, float]
    size: tuple[float, float]
    light: Color | None  # radiance; None for a card that only blocks light


# The light of a room: a window at the left, slightly behind the products, a pale wall at the right and the ceiling.
# The window's bars show in glass, as in a photograph by a window.
WINDOW = Softbox((-330, 55, 215), (0, 0, 35), (250, 290), (16.5, 15.6, 14.1))
PANES, BAR = (2, 2), 12.0
WALL = Softbox((330, -120, 150), (0, 0, 40), (260, 260), (1.5, 1.42, 1.3))
CEILING = Softbox((20, -40, 420), (0, 0, 0), (420, 360), (1.5, 1.48, 1.42))
FILL: Color = (0.48, 0.462, 0.435)


def build_scene(shot: Shot, camera_setup: CameraSetup) -> Any:
    """The Mitsuba scene of a shot, without a sensor."""
    scene: Plugin = {"type": "scene"}
    sweep = _sweep(camera_setup.radius).moved(shift(z=shot.floor))
    scene["backdrop"] = _mesh("backdrop", sweep, mi.load_dict(_backdrop(shot.backdrop)))
    scene |= _lights(camera_setup, shot.room_light)
    if shot.black_cards:
        scene |= _black_cards(camera_setup)
    pieces = [*shot.pieces, *shot.props]
    surfaces = {
        material: mi.load_dict(_with_texture(material)) for material in {piece.material for piece in pieces}
    }
    for number, piece in enumerate(pieces):
        scene[f"piece{number}"] = _mesh(f"piece{number}", piece.mesh, surfaces[piece.material])
    return mi.load_dict(scene)


def path_integrator() -> Any:
    """The integrator of the picture. 24 bounces: with fewer, overlapping glass walls show black spots."""
    return mi.load_dict({"type": "path", "max_depth": 24, "rr_depth": 4, "hide_emitters": True})


def guide_integrator() -> Any:
    """The integrator of albedo and normals for the denoiser. Within the pass of the picture it takes thrice as long."""
    return mi.load_dict({"type": guides.NAME})


def build_sensor(
    camera_setup: CameraSetup, width: int, height: int, part: tuple[int, int, int, int] | None = None
) -> Any:
    """A sensor of width x height pixels; `part` (left, top, right, bottom in pixels) restricts what is rendered."""
    # A box filter keeps the noise of neighbouring pixels independent; the denoiser leaves it in otherwise.
    film: Plugin = {"type": "hdrfilm", "width": width, "height": height, "rfilter": {"type": "box"}}
    film |= {"pixel_format": "rgb", "component_format": "float32"}
    if part is not None:
        left, top, right, bottom = part
        film |= {
            "crop_offset_x": left,
            "crop_offset_y": top,
            "crop_width": right - left,
            "crop_height": bottom - top,
        }
    lens: Plugin = {
        "type": "thinlens",
        "aperture_radius": camera_setup.aperture,
        "focus_distance": camera_setup.focus,
        "fov": camera_setup.fov,
        "fov_axis": "larger",
        "to_world": _look_at(camera_setup.eye, camera_setup.target, (0, 0, 1)),
        "film": film,
        # Spread evenly over pixel and lens, or edges out of focus are frayed.
        "sampler": {"type": "multijitter"},
    }
    return mi.load_dict(lens)


def _lights(camera_setup: CameraSetup, room_light: float) -> Plugin:
    """The lights scaled with the group of objects and the frame, so that a large set is lit like a single cup."""
    # Window and wall stand beside the frame; at this factor the nearer edge is just out of sight.
    scale = max(1.0, camera_setup.radius / 130, (camera_setup.reach * 1.3 + 60) / 300)
    lights: Plugin = {
        "wall": _panel(_dimmed(WALL, room_light), scale),
        "ceiling": _panel(_dimmed(CEILING, room_light), scale),
    }
    lights |= _window(scale)
    return lights | {"fill": {"type": "constant", "radiance": rgb(_times(FILL, room_light))}}


def _dimmed(box: Softbox, share: float) -> Softbox:
    return box if box.light is None else replace(box, light=_times(box.light, share))


def _times(light: Color, share: float) -> Color:
    red, green, blue = light
    return red * share, green * share, blue * share


def _window(scale: float) -> Plugin:
    """The panes of the window, in one plane, with dark bars left out between them."""
    columns, rows = PANES
    width, height = ((side + BAR) / count - BAR for side, count in zip(WINDOW.size, PANES, strict=True))
    frame = _pose(WINDOW, scale)
    panes: Plugin = {}
    for column in range(columns):
        for row in range(rows):
            x = (column - (columns - 1) / 2) * (width + BAR) * scale
            y = (row - (rows - 1) / 2) * (height + BAR) * scale
            place = frame @ mi.ScalarTransform4f().translate([x, y, 0])
            panes[f"pane{column}{row}"] = _rectangle(place, (width * scale, height * scale), WINDOW.light)
    return panes


def _black_cards(camera_setup: CameraSetup) -> Plugin:
    """Two black cards outside the frame, whose reflections outline clear objects; their shadows end outside it too."""
    distance = camera_setup.half_width * 1.22 + 45
    sides = {"card_left": (-distance, 40.0, 60.0), "card_right": (distance, 20.0, 60.0)}
    return {
        name: _panel(Softbox(position, (0, 0, 40), (30, 300), None), 1.0) for name, position in sides.items()
    }


def _panel(box: Softbox, scale: float) -> Plugin:
    return _rectangle(_pose(box, scale), (box.size[0] * scale, box.size[1] * scale), box.light)


def _pose(box: Softbox, scale: float) -> Any:
    position = tuple(v * scale for v in box.position)
    up = (0, 0, 1) if abs(position[0]) > 100 else (0, 1, 0)
    return _look_at(position, box.target, up)


def _rectangle(pose: Any, size: tuple[float, float], light: Color | None) -> Plugin:
    """A flat panel of this width and height in mm: dark, and shining towards its front if it has a light."""
    scale = mi.ScalarTransform4f().scale([size[0] / 2, size[1] / 2, 1])
    panel: Plugin = {"type": "rectangle", "to_world": pose @ scale}
    panel["bsdf"] = {"type": "twosided", "a": {"type": "diffuse", "reflectance": rgb((0.05, 0.047, 0.043))}}
    if light is not None:
        panel["emitter"] = {"type": "area", "radiance": rgb(light)}
    return panel


def _look_at(eye: Any, target: Any, up: Any) -> Any:
    return mi.ScalarTransform4f().look_at(origin=list(eye), target=list(target), up=list(up))


def _backdrop(color: Color) -> Plugin:
    cloth = {"type": "roughplastic", "alpha": 0.45, "int_ior": 1.35, "diffuse_reflectance": rgb(color)}
    return {"type": "twosided", "a": cloth}


def _sweep(radius: float) -> Mesh:
    """A seamless backdrop: floor, quarter round and wall in one mesh."""
    back, bend, top = 220 + radius * 0.5, 160 + radius * 0.5, 1600.0
    angle = np.linspace(0, np.pi / 2, 64)
    line = [
        (-1600.0, 0.0),
        *((back + bend * np.sin(t), bend - bend * np.cos(t)) for t in angle),
        (back + bend, top),
    ]
    points = np.array(line)
    profile = np.vstack([points[:1], [[back - 300, 0.0]], points[1:]])
    vertices = np.array([(x, y, z) for y, z in profile for x in (-2400.0, 2400.0)])
    first = np.arange(0, len(vertices) - 2, 2)
    faces = np.vstack(
        [np.column_stack([first, first + 1, first + 2]), np.column_stack([first + 1, first + 3, first + 2])]
    )
    # The round's own normals: averaged ones would turn at once where it ends, and leave a line on the wall.
    share = np.clip((profile[:, 0] - back) / bend, 0, 1)
    normals = np.repeat(np.column_stack([np.zeros_like(share), -share, np.sqrt(1 - share**2)]), 2, axis=0)
    return Mesh(vertices, normals, faces.astype(np.uint32))


def _mesh(name: str, mesh: Mesh, surface: Any) -> Any:
    props = mi.Properties()
    props["bsdf"] = surface
    mitsuba_mesh = mi.Mesh(
        name, len(mesh.vertices), len(mesh.faces), has_vertex_normals=True, has_vertex_texcoords=mesh.uv is not None,
        props=props,
    )  # fmt: skip
    params = mi.traverse(mitsuba_mesh)
    params["vertex_positions"] = _flat(mesh.vertices)
    params["vertex_normals"] = _flat(mesh.normals)
    params["faces"] = mesh.faces.ravel()
    if mesh.uv is not None:
        # image rows start at the top, Mitsuba's v axis at the bottom
        params["vertex_texcoords"] = _flat(np.column_stack([mesh.uv[:, 0], 1 - mesh.uv[:, 1]]))
    params.update()
    return mitsuba_mesh


def _flat(values: Points) -> Any:
    return values.astype(np.float32).ravel()


def _with_texture(material: Material) -> Plugin:
    if material.image is None:
        return material.bsdf
    texture = {"type": "bitmap", "bitmap": mi.Bitmap(material.image.copy()), "filter_type": "bilinear"}
    if "a" in material.bsdf:
        return material.bsdf | {"a": material.bsdf["a"] | {material.texture_parameter: texture}}
    return material.bsdf | {material.texture_parameter: texture}
