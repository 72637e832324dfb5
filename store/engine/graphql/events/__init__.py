"""`Subscription.event`: an event as the subscription document of a webhook or internal subscriber selects it.

Every event type of the SDL is served; `payloads` finds the row that an event is about.
"""

from store.engine.graphql.events import subscription

__all__ = ["subscription"]
