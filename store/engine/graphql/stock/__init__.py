"""Saleor's words for warehouses, stock rows and what a merchant does with them."""

from store.engine.graphql.stock import mutations, types

__all__ = ["mutations", "types"]
