"""Weights: kilograms in the database, the shop's unit in the API."""

from decimal import Decimal
from typing import overload

from store.engine.graphql.channels.request_channel import settings_of
from store.engine.graphql.plain_values import Weight
from store.engine.graphql.registry import Info
from store.engine.graphql.scalars import UNITS_PER_KILOGRAM, WeightInUnit


@overload
def to_weight(info: Info, kilograms: float) -> Weight: ...
@overload
def to_weight(info: Info, kilograms: float | None) -> Weight | None: ...
def to_weight(info: Info, kilograms: float | None) -> Weight | None:
    """Saleor's Weight in the shop's default unit, rounded to 6 digits."""
    if kilograms is None:
        return None
    unit = settings_of(info).default_weight_unit
    return {"unit": unit, "value": round(kilograms * UNITS_PER_KILOGRAM[unit], 6)}


def to_kilograms(info: Info, given: WeightInUnit | Decimal | float | None) -> float | None:
    """The weight of an input; a number alone is in the shop's default unit."""
    if given is None:
        return None
    if isinstance(given, WeightInUnit):
        return float(given.value) / UNITS_PER_KILOGRAM[given.unit]
    return float(given) / UNITS_PER_KILOGRAM[settings_of(info).default_weight_unit]
