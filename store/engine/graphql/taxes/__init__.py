"""GraphQL types, queries and mutations of tax classes and configurations; the rules are in store.engine.taxes.

Imports `graphql.channels`.
"""

from store.engine.graphql.taxes import mutations, types

__all__ = ["mutations", "types"]
