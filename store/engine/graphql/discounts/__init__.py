"""Saleor's words for vouchers and gift cards."""

from store.engine.graphql.discounts import cards, changes, queries, types

__all__ = ["cards", "changes", "queries", "types"]
