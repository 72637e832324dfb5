"""The hand pump and the extension hose."""

import numpy as np

from catalog_seed.studio.curves import Points, rounded_polyline

HOSE_LENGTH = 400.0
HOSE_RADIUS = 3.6
PUMP_RADIUS = 11.4
SOCKET_RADIUS = 3.2  # fits over the pin of a valve and ends on its shoulder
PUMP_LENGTH = 142.0


def pump_parts() -> dict[str, Points]:
    """Turned parts of a straight hand pump, standing on its knob; `barrel` is clear, `knob` and `ring` dark."""
    barrel = [(9.5, 31), (10.5, 31), (10.5, 117), (9.5, 117), (9.5, 115), (9.5, 33), (9.5, 31)]
    nozzle = [
        (0, 130),
        (SOCKET_RADIUS, 130),
        (SOCKET_RADIUS, 141.5),
        (3.5, 142),
        (4.1, 142),
        (4.5, 141.2),
        (4.7, 131),
        (5.6, 130),
        (5.8, 127),
        (9.5, 123.5),
        (11.0, 121.5),
    ]
    nozzle += [(11.4, 119), (11.4, 115), (9.3, 115), (9.3, 113), (0, 113)]
    cap = [
        (3, 28.5),
        (9, 28),
        (11, 28.8),
        (11.4, 30),
        (11.4, 35.5),
        (9.3, 35.8),
        (9.3, 37),
        (3, 37),
        (3, 28.5),
    ]
    rod = [
        (0, 91),
        (8, 91),
        (9, 90),
        (9, 85.5),
        (8, 85),
        (8, 83.5),
        (9, 83),
        (9, 80),
        (8, 79.5),
        (2, 79),
        (2, 9),
        (0, 9),
    ]
    knob = [(0, 10), (5.5, 9.8), (9.5, 8.5), (10.9, 6.5), (11.2, 3.6), (9.8, 0.8), (5, 0.05), (0, 0)]
    ring = [(8.0, 84.8), (9.3, 84.6), (9.45, 84.2), (9.3, 83.8), (8.0, 83.6)]
    return {
        "barrel": rounded_polyline(barrel, rounds=1, steps=4)[::-1],
        "nozzle": rounded_polyline(nozzle),
        "cap": rounded_polyline(cap)[::-1],
        "rod": rounded_polyline(rod),
        "knob": rounded_polyline(knob),
        "ring": rounded_polyline(ring, rounds=1),
    }


def hose_path(length: float = HOSE_LENGTH) -> Points:
    """A flat coil of exactly this length, lying on the table, ends pointing outwards."""
    turns = np.linspace(0, 1, 400)
    angle = turns * 2 * np.pi * 1.7
    radius = 24 + 20 * turns + 10 * np.clip(turns - 0.9, 0, 1) * 10 * (turns - 0.9)
    coil = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), np.full(400, HOSE_RADIUS)])
    measured = float(np.linalg.norm(np.diff(coil, axis=0), axis=1).sum())
    coil[:, :2] *= length / measured
    return coil


def hose_end(*, socket: bool) -> Points:
    """A short connector of the hose: a plug for the nozzle of the pump, or a socket like it for the valve."""
    if socket:
        return _hose_socket()
    steps = [
        (0, 7),
        (1.7, 7),
        (1.75, 15.6),
        (2.1, 16),
        (3.0, 16),
        (3.4, 15.4),
        (3.6, 7),
        (5.2, 6.4),
        (5.6, 5.6),
    ]
    return rounded_polyline([*steps, (5.6, 0.6), (5.0, 0), (0, 0)], rounds=2)


def _hose_socket() -> Points:
    steps = [(0, 5), (SOCKET_RADIUS, 5), (SOCKET_RADIUS, 15.6), (3.5, 16), (4.2, 16), (4.6, 15.4), (4.8, 7)]
    return rounded_polyline([*steps, (5.3, 6.4), (5.6, 5.6), (5.6, 0.6), (5.0, 0), (0, 0)], rounds=2)
