"""`Subscription.event`: a fact as the document of a listener or webhook selects it.

Every event type of our slice is served; which row it is about follows from the fact, see `facts`.
"""

from store.engine.graphql.events import subscription

__all__ = ["subscription"]
