"""Saleor's Checkout in GraphQL: its types, and the mutations that change, pay and complete it.

May import `engine.checkout` and what lies below; `lookup` also serves the other GraphQL packages.
"""

from store.engine.graphql.checkout import (
    addresses,
    completion,
    contact,
    delivery,
    errors,
    legacy_payments,
    lines,
    lists,
    methods_per_country,
    promo_codes,
    types,
)

__all__ = [
    "addresses",
    "completion",
    "contact",
    "delivery",
    "errors",
    "legacy_payments",
    "lines",
    "lists",
    "methods_per_country",
    "promo_codes",
    "types",
]
