"""Saleor's words for warehouses, stock rows and what a merchant does with them."""

from store.engine.graphql.stock import changes, rows

__all__ = ["changes", "rows"]
