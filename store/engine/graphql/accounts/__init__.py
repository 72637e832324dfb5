"""GraphQL types, queries and mutations of users, addresses, staff and groups.

The rules are in store.engine.accounts.
"""

from store.engine.graphql.accounts import account, address_book, jwt_tokens, queries, staff, types

__all__ = ["account", "address_book", "jwt_tokens", "queries", "staff", "types"]
