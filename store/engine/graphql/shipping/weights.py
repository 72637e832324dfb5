"""Weights: kilograms in the database, the shop's unit in the API."""

from decimal import Decimal
from typing import overload

from store.engine.graphql.channels.request_channel import settings_of
from store.engine.graphql.plain_values import Weight
from store.engine.graphql.registry import Info

PER_KILOGRAM = {"KG": 1.0, "G": 1000.0, "LB": 2.2046226218, "OZ": 35.27396195, "TONNE": 0.001}


@overload
def to_weight(info: Info, kilograms: float) -> Weight: ...
@overload
def to_weight(info: Info, kilograms: float | None) -> Weight | None: ...
def to_weight(info: Info, kilograms: float | None) -> Weight | None:
    """Saleor's Weight in the shop's default unit, rounded to 6 digits."""
    if kilograms is None:
        return None
    unit = settings_of(info).default_weight_unit
    return {"unit": unit, "value": round(kilograms * PER_KILOGRAM[unit], 6)}


def to_kilograms(info: Info, value: Decimal | float | None) -> float | None:
    """The weight of an input, which is a number in the shop's default unit."""
    if value is None:
        return None
    return float(value) / PER_KILOGRAM[settings_of(info).default_weight_unit]
