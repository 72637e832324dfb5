"""Profiles of the cups by outer rim diameter and height in mm. The height excludes bulb and valve.

The control points are in units of the body radius; `fit_to_size` scales them to the dimensions of the catalog.
"""

import numpy as np

from catalog_seed.studio.curves import Points, fit_to_size, rounded_polyline, smooth_curve

BOSS_RADIUS = 6.4  # every valve fits every cup, so the boss has one size
BOSS_HEIGHT = 5.0
VALVE_HEIGHT = 15.5
VALVE_SHOULDER = 9.9  # what a pump or hose that is put on the pin ends on
VALVE_SUNK = 2.2  # of the valve's height: its collar fits over the boss
SILICONE_NECK = 1.26 / 1.98  # of the height: between the bell and the bulb


def silicone_cup(diameter: float, height: float) -> Points:
    """A bell with a hollow squeeze bulb, a wide channel between the two and a rolled lip."""
    outside = [
        (0, 1.98),
        (0.24, 1.965),
        (0.43, 1.88),
        (0.535, 1.72),
        (0.54, 1.55),
        (0.475, 1.40),
        (0.425, 1.30),
    ]
    outside += [
        (0.42, 1.22),
        (0.47, 1.12),
        (0.59, 1.00),
        (0.72, 0.83),
        (0.815, 0.63),
        (0.87, 0.43),
        (0.92, 0.25),
    ]
    outside += [(0.985, 0.135), (1.055, 0.085), (1.08, 0.04), (1.05, 0.0)]
    inside = [
        (0.985, 0.0),
        (0.915, 0.03),
        (0.87, 0.11),
        (0.82, 0.25),
        (0.765, 0.42),
        (0.69, 0.60),
        (0.59, 0.76),
    ]
    inside += [
        (0.45, 0.90),
        (0.34, 1.00),
        (0.29, 1.10),
        (0.28, 1.22),
        (0.30, 1.32),
        (0.36, 1.44),
        (0.415, 1.57),
    ]
    inside += [(0.405, 1.69), (0.31, 1.81), (0.14, 1.865), (0, 1.87)]
    return fit_to_size(np.vstack([smooth_curve(outside), smooth_curve(inside)]), diameter, height)


def bulb_cup(diameter: float, height: float) -> Points:
    """A thick glass bell, open at the neck that carries the rubber bulb."""
    outside = [
        (0.20, 2.30),
        (0.235, 2.305),
        (0.26, 2.28),
        (0.262, 2.16),
        (0.255, 2.02),
        (0.275, 1.90),
        (0.38, 1.80),
    ]
    outside += [
        (0.58, 1.69),
        (0.77, 1.50),
        (0.88, 1.22),
        (0.92, 0.90),
        (0.925, 0.55),
        (0.935, 0.30),
        (0.975, 0.17),
    ]
    outside += [(1.045, 0.12), (1.07, 0.06), (1.045, 0.008), (1.0, 0.0)]
    inside = [
        (0.93, 0.0),
        (0.88, 0.025),
        (0.855, 0.10),
        (0.845, 0.30),
        (0.84, 0.55),
        (0.835, 0.88),
        (0.79, 1.18),
    ]
    inside += [
        (0.69, 1.42),
        (0.52, 1.59),
        (0.33, 1.70),
        (0.20, 1.80),
        (0.165, 1.95),
        (0.165, 2.20),
        (0.175, 2.285),
    ]
    return fit_to_size(
        np.vstack([smooth_curve(outside), smooth_curve([*inside, (0.20, 2.30)])]), diameter, height
    )


def glide_cup(diameter: float, height: float) -> Points:
    """A round-bellied glass cup with a broad polished lip for gliding, open at the neck."""
    outside = [
        (0.20, 2.30),
        (0.235, 2.305),
        (0.26, 2.28),
        (0.262, 2.16),
        (0.255, 2.04),
        (0.285, 1.94),
        (0.42, 1.86),
    ]
    outside += [
        (0.68, 1.72),
        (0.90, 1.45),
        (0.985, 1.13),
        (0.965, 0.82),
        (0.905, 0.55),
        (0.885, 0.37),
        (0.925, 0.24),
    ]
    outside += [(1.01, 0.175), (1.075, 0.10), (1.07, 0.03), (1.02, 0.0)]
    inside = [
        (0.94, 0.0),
        (0.86, 0.03),
        (0.81, 0.12),
        (0.79, 0.35),
        (0.82, 0.55),
        (0.875, 0.82),
        (0.895, 1.12),
    ]
    inside += [
        (0.82, 1.39),
        (0.62, 1.63),
        (0.36, 1.77),
        (0.21, 1.86),
        (0.165, 1.98),
        (0.165, 2.20),
        (0.175, 2.285),
    ]
    return fit_to_size(
        np.vstack([smooth_curve(outside), smooth_curve([*inside, (0.20, 2.30)])]), diameter, height
    )


def rubber_bulb(diameter: float, height: float) -> Points:
    """The rubber bulb for a glass cup of this size, positioned on its neck."""
    skin = [(0, 3.44), (0.16, 3.42), (0.36, 3.32), (0.52, 3.12), (0.565, 2.90), (0.52, 2.68), (0.42, 2.50)]
    skin += [
        (0.345, 2.36),
        (0.33, 2.24),
        (0.345, 2.16),
        (0.36, 2.09),
        (0.345, 2.04),
        (0.30, 2.03),
        (0.266, 2.04),
    ]
    profile = np.vstack([smooth_curve(skin), [(0.2655, 2.31), (0.0, 2.315)]])
    scale = diameter / 2 / 1.07
    return np.column_stack([profile[:, 0] * scale, (profile[:, 1] - 2.305) * scale + height])


def pump_cup(diameter: float, height: float) -> Points:
    """A clear plastic cup: straight wall, domed top, boss for the valve."""
    dome = [(0.50, 2.255), (0.72, 2.12), (0.86, 1.90), (0.92, 1.62), (0.94, 1.2), (0.95, 0.7), (0.96, 0.34)]
    foot = [(0.985, 0.20), (1.05, 0.15), (1.075, 0.08), (1.06, 0.015), (1.02, 0.0)]
    inside = [
        (0.97, 0.0),
        (0.925, 0.02),
        (0.895, 0.08),
        (0.885, 0.20),
        (0.88, 0.34),
        (0.87, 0.7),
        (0.86, 1.2),
    ]
    inside += [(0.84, 1.60), (0.78, 1.86), (0.65, 2.055), (0.45, 2.18), (0.28, 2.23), (0, 2.24)]
    return _with_boss(dome + foot, inside, diameter, height, top=2.33)


def glass_valve_cup(diameter: float, height: float) -> Points:
    """A thick glass globe with a beaded rim and a boss for the valve."""
    dome = [(0.48, 2.29), (0.72, 2.20), (0.94, 2.00), (1.06, 1.70), (1.09, 1.36), (1.06, 1.02), (0.99, 0.70)]
    foot = [
        (0.945, 0.46),
        (0.94, 0.30),
        (0.975, 0.20),
        (1.05, 0.14),
        (1.10, 0.075),
        (1.07, 0.015),
        (1.0, 0.0),
    ]
    inside = [
        (0.93, 0.0),
        (0.875, 0.03),
        (0.845, 0.11),
        (0.835, 0.28),
        (0.845, 0.46),
        (0.89, 0.70),
        (0.96, 1.02),
    ]
    inside += [(0.985, 1.36), (0.95, 1.66), (0.83, 1.92), (0.61, 2.09), (0.30, 2.165), (0, 2.18)]
    return _with_boss(dome + foot, inside, diameter, height, top=2.36)


def valve() -> Points:
    """Collar, stem and pull knob of a valve, standing on z = 0; the same on every cup."""
    steps = [
        (0, 15.5),
        (2.1, 15.5),
        (2.7, 15.3),
        (2.8, 14.4),
        (2.7, 13.2),
        (1.9, 12.6),
        (1.55, 12.2),
        (1.55, 10.4),
    ]
    steps += [(2.4, 9.9), (4.4, 9.7), (4.9, 9.2), (5.1, 7.6), (5.2, 4.4), (5.4, 3.6), (6.9, 3.3), (7.7, 2.8)]
    steps += [(7.9, 1.9), (7.9, 0.9), (7.5, 0.2), (6.9, 0.0)]
    return np.vstack(
        [rounded_polyline(steps), rounded_polyline([(6.6, 0.0), (6.5, 0.3), (6.5, 3.0), (0, 3.0)], rounds=1)]
    )


def _with_boss(
    outside: list[tuple[float, float]],
    inside: list[tuple[float, float]],
    diameter: float,
    height: float,
    *,
    top: float,
) -> Points:
    """The body scaled to end below a boss of fixed size, whose top is at exactly `height`."""
    radial_scale = diameter / 2 / max(r for r, _ in outside)
    height_scale = (height - BOSS_HEIGHT + 0.6) / top
    boss = [(0.0, height), (5.2, height), (6.1, height - 0.4), (BOSS_RADIUS, height - 1.3)]
    boss += [(BOSS_RADIUS, height - 2.6), (BOSS_RADIUS + 0.7, height - 4.2)]
    shoulder = [
        (r * radial_scale, z * height_scale) for r, z in outside if r * radial_scale > BOSS_RADIUS + 3.0
    ]
    hollow = [(r * radial_scale, z * height_scale) for r, z in inside]
    return np.vstack([smooth_curve([*boss, *shoulder]), smooth_curve(hollow)])
