"""Expires orders that are not paid in the time their channel sets, and deletes expired orders later."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from store.engine import events
from store.engine.errors import NotFound
from store.engine.orders import order_events, queries, staff_operations
from store.engine.orders.models import Order, OrderStatus
from store.engine.payments.models import Payment, TransactionItem

BATCH_SIZE = 100


def expire() -> int:
    """Expire unconfirmed orders without any payment that are older than `expire_orders_after`; return how many."""
    now = timezone.now()
    waiting = _unpaid(OrderStatus.UNCONFIRMED).filter(channel__expire_orders_after__gt=0)
    rows = waiting.order_by("created_at").values_list("pk", "created_at", "channel__expire_orders_after")
    overdue = [pk for pk, created_at, minutes in rows if created_at <= now - timedelta(minutes=minutes or 0)]
    return sum(_expire(pk) for pk in overdue[:BATCH_SIZE])


def _unpaid(status: str) -> QuerySet[Order]:
    return Order.objects.filter(
        ~Exists(TransactionItem.objects.filter(order_id=OuterRef("pk"))),
        ~Exists(Payment.objects.filter(order_id=OuterRef("pk"))),
        status=status,
    )


def _expire(pk: UUID) -> bool:
    """Expire one order. It is checked again under the lock, since the customer may be paying at this moment."""
    with transaction.atomic(durable=True):
        try:
            order = queries.lock(pk)
        except NotFound:
            return False
        if not _unpaid(OrderStatus.UNCONFIRMED).filter(pk=pk).exists():
            return False
        staff_operations.release_resources(order)
        order.status, order.expired_at = OrderStatus.EXPIRED, timezone.now()
        order.save(update_fields=["status", "expired_at", "updated_at"])
        order_events.record(order_events.build(order, "EXPIRED"))
        events.record_event("ORDER_EXPIRED", kind="Order", pk=order.pk)
    return True


def delete_expired() -> int:
    """Delete orders that expired longer ago than `delete_expired_orders_after`; return how many."""
    now = timezone.now()
    expired = _unpaid(OrderStatus.EXPIRED).filter(expired_at__isnull=False)
    rows = expired.filter(channel__delete_expired_orders_after__gt=0).values_list(
        "pk", "expired_at", "channel__delete_expired_orders_after"
    )
    overdue = [
        pk for pk, expired_at, days in rows if expired_at and expired_at <= now - timedelta(days=days)
    ][:BATCH_SIZE]
    with transaction.atomic(durable=True):
        Order.objects.filter(pk__in=overdue).delete()
    return len(overdue)
