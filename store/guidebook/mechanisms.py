"""How a product makes suction, or what else it is: what decides which warnings belong to it, more than its material."""

from collections.abc import Mapping
from enum import StrEnum


class Mechanism(StrEnum):
    """`mechanism` of insert.toml; statements name it under `mechanisms`."""

    SQUEEZE = "squeeze"  # a silicone cup, squeezed by hand
    BULB = "bulb"  # a glass cup with a rubber bulb
    VALVE = "valve"  # a cup with a valve and a hand pump, of plastic or glass
    OIL = "oil"
    SPARE_PART = "spare-part"


CUP_MATERIALS = ("silicone", "plastic", "glass")
CUP_MECHANISMS = (Mechanism.SQUEEZE, Mechanism.BULB, Mechanism.VALVE)
SUCTION_METHODS: Mapping[str, Mechanism] = {
    "squeeze by hand": Mechanism.SQUEEZE,
    "rubber bulb": Mechanism.BULB,
    "valve and hand pump": Mechanism.VALVE,
}


def mechanism_of_method(name: str) -> Mechanism | None:
    """The mechanism of a value of the attribute `suction-method`, by its English name; None for a merchant's own."""
    return SUCTION_METHODS.get(name.strip().lower())
