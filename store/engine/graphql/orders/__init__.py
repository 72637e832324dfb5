"""Saleor's words for orders: what they show, and what staff does to them."""

from store.engine.graphql.orders import drafts, filters, money, parcels, queries, refunds, types, work

__all__ = ["drafts", "filters", "money", "parcels", "queries", "refunds", "types", "work"]
