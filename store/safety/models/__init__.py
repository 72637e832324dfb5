"""The tables of product safety: lots, and recalls with those whom they concern."""

from store.safety.models.lots import Lot, LotMovement, LotMovementKind, LotQuantity
from store.safety.models.recalls import (
    Recall,
    RecalledLine,
    RecallEvent,
    RecallItem,
    RecallRecipient,
    RecallText,
    Remedy,
    Whereabouts,
)

__all__ = [
    "Lot",
    "LotMovement",
    "LotMovementKind",
    "LotQuantity",
    "Recall",
    "RecallEvent",
    "RecallItem",
    "RecallRecipient",
    "RecallText",
    "RecalledLine",
    "Remedy",
    "Whereabouts",
]
