"""Accounts, addresses, staff and groups in Saleor's words. Thin: the rules are in store.engine.people."""

from store.engine.graphql.people import account, address_book, queries, staff, tokens, types

__all__ = ["account", "address_book", "queries", "staff", "tokens", "types"]
