"""Saleor's words for vouchers and gift cards."""

from store.engine.graphql.discounts import changes, queries, types

__all__ = ["changes", "queries", "types"]
