"""Saleor's warehouses and stocks in GraphQL. May import `engine.stock` and what lies below."""

from store.engine.graphql.stock import mutations, types

__all__ = ["mutations", "types"]
