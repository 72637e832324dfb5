"""GraphQL type and query of the shop as a whole. Imports `graphql.channels` and `graphql.checkout`."""

from store.engine.graphql.shop import types

__all__ = ["types"]
