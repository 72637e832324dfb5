"""Saleor's words for baskets: what a checkout shows, and the mutations that change, pay and complete it."""

from store.engine.graphql.checkout import (
    addresses,
    classic,
    codes,
    completion,
    contact,
    delivery,
    errors,
    lines,
    types,
)

__all__ = ["addresses", "classic", "codes", "completion", "contact", "delivery", "errors", "lines", "types"]
