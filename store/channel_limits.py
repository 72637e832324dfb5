"""Staff whose permission groups are all limited to channels see and change what belongs to these channels alone.

A group of staff is limited by Saleor's `restrictedAccessToChannels`; what a channel closes off are orders, baskets and
payments and what tells of them, as in Saleor. The catalogue, stock and settings are the whole shop's.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet

# What a page of the desk says of its rows, instead of the lookup of their channel.
SHARED = "shared"  # they tell of nobody's order: all staff with the permission see them
WHOLE_SHOP = "whole shop"  # they tell of orders of every channel: who is limited does not see them

Rows = TypeVar("Rows", bound=QuerySet[Any])
Channels = frozenset[int] | None  # primary keys of those that somebody reaches; None: all


def channels_of(user: Any) -> Channels:
    """Those that the colleague reaches; None for whom no group limits."""
    channels: Channels = user.channels_of_request
    return channels


def is_limited(user: Any) -> bool:
    return channels_of(user) is not None


def within(rows: Rows, channels: Channels, path: str = "channel") -> Rows:
    """Those of the rows that are of these channels; `path`: the lookup of a row's channel."""
    return rows if channels is None else rows.filter(**{f"{path}__in": channels})


# The global ids of the orders of these channels, as a subquery: the packages below the engine know orders by their ids.
OrderIds = Callable[[frozenset[int]], QuerySet[Any]]
_order_ids: OrderIds | None = None


def connect(order_ids: OrderIds) -> None:
    """For the whole process. Without it, with a Saleor elsewhere, who is limited sees no row about an order."""
    global _order_ids  # noqa: PLW0603 - set once, when the program starts
    _order_ids = order_ids


def within_orders(rows: Rows, channels: Channels, path: str) -> Rows:
    """Those of the rows that are about an order of these channels; `path`: the lookup of the order's global id."""
    if channels is None:
        return rows
    return rows.none() if _order_ids is None else rows.filter(**{f"{path}__in": _order_ids(channels)})
