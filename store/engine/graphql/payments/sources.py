"""The order and the checkout of payments and transactions, one statement each for all siblings."""

from typing import Any

from store.engine.checkout import queries as checkouts
from store.engine.checkout.models import Checkout
from store.engine.graphql.batching import batched
from store.engine.graphql.registry import Info
from store.engine.orders.models import Order


@batched
def order_of(rows: list[Any], _info: Info) -> list[Order | None]:
    found = Order.objects.in_bulk({row.order_id for row in rows} - {None})
    return [found.get(row.order_id) for row in rows]


@batched
def checkout_of(rows: list[Any], _info: Info) -> list[Checkout | None]:
    found = checkouts.checkouts().in_bulk({row.checkout_id for row in rows} - {None})
    return [found.get(row.checkout_id) for row in rows]
