"""Profiles of the coin that shows the size of the cups at a glance."""

from catalog_seed.studio.curves import Points, rounded_polyline

# Of a 1 euro coin, by Council Regulation (EU) No 729/2014.
DIAMETER = 23.25
THICKNESS = 2.33
CORE_RADIUS = 8.2


def ring() -> Points:
    """The outer part with its raised edge, turned as a whole disc standing on z = 0."""
    radius, top = DIAMETER / 2, THICKNESS
    upper = [(0, top - 0.35), (radius - 1.5, top - 0.35), (radius - 1.1, top), (radius - 0.2, top)]
    lower = [(radius, top - 0.25), (radius, 0.25), (radius - 0.2, 0), (0, 0)]
    return rounded_polyline([*upper, *lower], rounds=1)


def core() -> Points:
    """The paler middle, raised a little above the ring."""
    low, high = THICKNESS - 0.6, THICKNESS - 0.2
    return rounded_polyline([(0, high), (CORE_RADIUS - 0.2, high), (CORE_RADIUS, low), (0, low)], rounds=1)
