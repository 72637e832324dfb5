"""Surface materials as Mitsuba plug-in dictionaries; nothing here imports mitsuba.

The functions are cached, so that a set of 24 cups shares one surface, which Mitsuba compiles and renders faster.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Plugin: TypeAlias = dict[str, Any]
Color: TypeAlias = tuple[float, float, float]
Image: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, eq=False, slots=True)
class Material:
    """`image` replaces the parameter `texture_parameter` of the (innermost) surface with a picture."""

    bsdf: Plugin
    image: Image | None = None
    texture_parameter: str = "diffuse_reflectance"


def rgb(color: Color) -> Plugin:
    return {"type": "rgb", "value": list(color)}


# (color of the light scattered back, tint of the light transmitted by one surface, share that is transmitted)
SILICONE: dict[str, tuple[Color, Color, float]] = {
    "Teal": ((0.07, 0.36, 0.36), (0.42, 0.85, 0.83), 0.56),
    "Blush": ((0.80, 0.43, 0.40), (0.975, 0.76, 0.73), 0.52),
    "Plum": ((0.175, 0.055, 0.135), (0.64, 0.38, 0.56), 0.50),
    "Charcoal": ((0.062, 0.066, 0.071), (0.55, 0.56, 0.58), 0.40),
    "Clear": ((0.80, 0.81, 0.80), (0.982, 0.984, 0.978), 0.85),
}
TINT: dict[str, Color] = {"Clear": (1.0, 1.0, 1.0), "Smoke": (0.80, 0.815, 0.825)}
# Of the plain forms that show how a cup holds: linear color of a light and of a dark skin.
SKIN: dict[str, Color] = {"light": (0.58, 0.345, 0.245), "dark": (0.165, 0.075, 0.043)}


@cache
def skin(tone: str) -> Material:
    """Matte and even, as a display form is: without pores, hair or marks."""
    surface = {
        "type": "principled",
        "base_color": rgb(SKIN[tone]),
        "roughness": 0.52,
        "specular": 0.4,
        "flatness": 0.5,
        "sheen": 0.15,
    }
    return Material({"type": "twosided", "a": surface})


@cache
def silicone(color: str) -> Material:
    """Slightly translucent: most light is scattered back at the surface, a share is transmitted diffusely.

    Clear silicone lets most light pass straight, so that what is behind it shows, under a satin skin.
    """
    body, tint, share = SILICONE[color]
    clear = color == "Clear"
    skin = {
        "type": "principled",
        "base_color": rgb(body),
        "roughness": 0.28 if clear else 0.34,
        "specular": 0.5,
        "flatness": 0.6,
        "sheen": 0.2,
        "sheen_tint": 0.6,
    }
    depth = _clear(1.41, tint)
    if not clear:
        depth |= {"type": "roughdielectric", "distribution": "ggx", "alpha": 0.26}
    return Material(
        {"type": "blendbsdf", "weight": share, "skin": {"type": "twosided", "a": skin}, "depth": depth}
    )


@cache
def glass(tint: str = "Clear") -> Material:
    return Material(_clear(1.5, TINT[tint]))


@cache
def polycarbonate(tint: str = "Clear") -> Material:
    r, g, b = TINT[tint]
    return Material(_clear(1.585, (r * 0.985, g * 0.99, b * 0.995)))


@cache
def amber_glass() -> Material:
    return Material(_clear(1.48, (0.80, 0.45, 0.14)))


@cache
def hard_plastic(color: Color = (0.84, 0.84, 0.83), alpha: float = 0.18) -> Material:
    return Material(_coated(color, alpha))


@cache
def rubber(color: Color = (0.05, 0.15, 0.19)) -> Material:
    return Material(_coated(color, 0.34))


@cache
def hose_plastic() -> Material:
    return Material(
        {"type": "blendbsdf", "weight": 0.6, "skin": _coated((0.78, 0.80, 0.80), 0.2), "depth": _hazy()}
    )


@cache
def tin_plate() -> Material:
    return Material(_metal(0.3, (0.55, 0.55, 0.54)))


@cache
def brass() -> Material:
    return Material(_metal(0.22, (0.74, 0.57, 0.29)))


def oiled_wood(image: Image) -> Material:
    return Material(_coated((1, 1, 1), 0.42) | {"int_ior": 1.38}, image=image)


def paper(image: Image) -> Material:
    return Material(
        {"type": "twosided", "a": {"type": "diffuse"}}, image=image, texture_parameter="reflectance"
    )


def printed(image: Image, alpha: float = 0.25) -> Material:
    return Material(_coated((1, 1, 1), alpha), image=image)


def matte(color: Color) -> Material:
    return Material({"type": "twosided", "a": {"type": "diffuse", "reflectance": rgb(color)}})


def _metal(alpha: float, tint: Color) -> Plugin:
    # Every metal is tinted aluminium: the renderer's package has the measured values of few others.
    surface = {"type": "roughconductor", "material": "Al", "alpha": alpha, "specular_reflectance": rgb(tint)}
    return {"type": "twosided", "a": surface}


def _clear(ior: float, tint: Color) -> Plugin:
    return {"type": "dielectric", "int_ior": ior, "ext_ior": 1.0, "specular_transmittance": rgb(tint)}


def _hazy() -> Plugin:
    return {"type": "roughdielectric", "alpha": 0.12, "int_ior": 1.45, "ext_ior": 1.0}


def _coated(color: Color, alpha: float) -> Plugin:
    return {
        "type": "roughplastic",
        "distribution": "ggx",
        "alpha": alpha,
        "int_ior": 1.5,
        "diffuse_reflectance": rgb(color),
        "nonlinear": True,
    }
