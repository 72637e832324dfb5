"""GraphQL types, queries and mutations of apps, webhooks and deliveries; the rules are in store.engine.events.

Also `_service` (the schema as SDL) and the view of the public keys.
"""

from store.engine.graphql.webhooks import apps, manifests, queries, types, webhooks

__all__ = ["apps", "manifests", "queries", "types", "webhooks"]
