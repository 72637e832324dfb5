"""Saleor's orders in GraphQL: their types, queries and staff's mutations.

May import `engine.orders` and what lies below.
"""

from store.engine.graphql.orders import (
    amounts,
    discounts,
    draft_orders,
    filters,
    fulfillments,
    granted_refunds,
    history,
    queries,
    staff_mutations,
    types,
)

__all__ = [
    "amounts",
    "discounts",
    "draft_orders",
    "filters",
    "fulfillments",
    "granted_refunds",
    "history",
    "queries",
    "staff_mutations",
    "types",
]
