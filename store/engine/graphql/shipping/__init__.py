"""GraphQL types, queries and mutations of shipping zones and methods; the rules are in store.engine.shipping.

Imports `graphql.channels`. `weights` is imported by the catalog's resolvers, too.
"""

from store.engine.graphql.shipping import mutations, types

__all__ = ["mutations", "types"]
