"""Saleor's words for baskets: what a checkout shows, and the mutations that change, pay and complete it."""

from store.engine.graphql.checkout import (
    addresses,
    completion,
    contact,
    delivery,
    errors,
    legacy_payments,
    lines,
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
    "promo_codes",
    "types",
]
