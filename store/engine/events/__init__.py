"""Domain events: the outbox they are recorded in, apps, webhooks, deliveries, signatures, and object metadata.

`events.record_event("ORDER_PAID", kind="Order", pk=order.pk)` writes an event row in the current transaction; after
the commit `tasks.deliver` renders it for each subscribed listener and webhook. May import `store.engine.errors`
only, no other package of the engine and never graphene. In-process listeners (`listeners.register`) and the renderer of
subscription documents (`store.engine.ports`) are handed in when the program starts. Mail lives in
`store.mailer`, permissions of a request in `store.engine.accounts.requestor`.
"""

from store.engine.events.outbox import has_subscribers, record_deleted_event, record_event

__all__ = ["has_subscribers", "record_deleted_event", "record_event"]
