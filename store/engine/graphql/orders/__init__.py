"""Saleor's words for orders: what they show, and what staff does to them."""

from store.engine.graphql.orders import (
    amounts,
    draft_orders,
    filters,
    fulfillments,
    granted_refunds,
    queries,
    staff_mutations,
    types,
)

__all__ = [
    "amounts",
    "draft_orders",
    "filters",
    "fulfillments",
    "granted_refunds",
    "queries",
    "staff_mutations",
    "types",
]
