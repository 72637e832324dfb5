"""Saleor's words for orders: what they show, and what staff does to them."""

from store.engine.graphql.orders import filters, money, parcels, queries, refunds, types, work

__all__ = ["filters", "money", "parcels", "queries", "refunds", "types", "work"]
