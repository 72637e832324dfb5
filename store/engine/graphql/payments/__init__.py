"""Saleor's words for money: transactions and their events, gateways, and the mutations that move money."""

from store.engine.graphql.payments import apps_side, classic, paying, types

__all__ = ["apps_side", "classic", "paying", "types"]
