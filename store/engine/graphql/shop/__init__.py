"""GraphQL type and query of the shop as a whole, and its settings of reasons.

Imports `graphql.channels` and `graphql.checkout`.
"""

from store.engine.graphql.shop import reason_references, types

__all__ = ["reason_references", "types"]
