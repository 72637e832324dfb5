"""Apps, webhooks and their deliveries in Saleor's words, and `_service`. The rules are in
store.engine.events.
"""

from store.engine.graphql.webhooks import apps, queries, types, webhooks

__all__ = ["apps", "queries", "types", "webhooks"]
