"""Tells the merchant that a variant runs low in a warehouse: the embedded shop says so when a sale crosses the limit.

A Saleor elsewhere has no event for it.
"""

from dataclasses import asdict
from uuid import uuid4

from django.utils import timezone

from store.mailer import enqueue, mail_texts, planning
from store.mailer.low_stock_mails import LowStock
from store.mailer.mail_classes import Kind
from store.mailer.merchant_messages import merchant_address
from store.mailer.models import OrderEvent

EVENT = "LowStock"


def plan(
    *, sku: str, product: str, variant: str, warehouse: str, left: int, threshold: int, path: str
) -> None:
    """Plan the mail, in the caller's transaction, in which the stock went below the limit: once for each time."""
    email, now = merchant_address(), timezone.now()
    about = LowStock(email, sku, product, variant, warehouse, left, threshold, path)
    key = f"low-stock:{uuid4()}"
    event = OrderEvent.objects.create(
        dedupe_key=key, kind=EVENT, source="engine", payload=asdict(about), occurred_at=now, planned_at=now
    )
    if row := planning.plan_from_event(
        Kind.LOW_STOCK, key=key, event=event, about=sku, recipient=email, lang=mail_texts.FALLBACK
    ):
        enqueue.enqueue_on_commit(row)
