"""What happened, and who wants to know: facts written with the rows they speak of, apps, webhooks,
deliveries, signatures, and the metadata that every row may carry.

`hooks.record("ORDER_PAID", kind="Order", pk=order.pk)` writes a fact in the current transaction; after the
commit `tasks.deliver` renders it for each listener and webhook. The lowest room of the engine: imports no
other subject and never graphene. Listeners inside the house (`listeners.register`) and the renderer of their
documents (`rendering.use`) are handed in by wiring. Mail is no matter of this room: go to store.mailer. Who
may do what: store.engine.accounts.requestor.
"""

from store.engine.events.outbox import record, record_gone, wanted

__all__ = ["record", "record_gone", "wanted"]
