"""Orders that nobody paid in time, where the channel sets a time; and the end of such orders' rows."""

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

AT_ONCE = 100


def expire() -> int:
    """Unconfirmed orders without any payment, older than their channel lets them wait. Returns how many."""
    now = timezone.now()
    waiting = _unpaid(OrderStatus.UNCONFIRMED).filter(channel__expire_orders_after__gt=0)
    rows = waiting.order_by("created_at").values_list("pk", "created_at", "channel__expire_orders_after")
    late = [pk for pk, made, minutes in rows if made <= now - timedelta(minutes=minutes or 0)]
    return sum(_expire(pk) for pk in late[:AT_ONCE])


def _unpaid(status: str) -> QuerySet[Order]:
    return Order.objects.filter(
        ~Exists(TransactionItem.objects.filter(order_id=OuterRef("pk"))),
        ~Exists(Payment.objects.filter(order_id=OuterRef("pk"))),
        status=status,
    )


def _expire(pk: UUID) -> bool:
    """Looked at again under the lock: the customer may be paying this moment."""
    with transaction.atomic(durable=True):
        try:
            order = queries.lock(pk)
        except NotFound:
            return False
        if not _unpaid(OrderStatus.UNCONFIRMED).filter(pk=pk).exists():
            return False
        staff_operations.let_go(order)
        order.status, order.expired_at = OrderStatus.EXPIRED, timezone.now()
        order.save(update_fields=["status", "expired_at", "updated_at"])
        order_events.tell(order_events.sentence(order, "EXPIRED"))
        events.record("ORDER_EXPIRED", kind="Order", pk=order.pk)
    return True


def forget() -> int:
    """Delete orders that expired longer ago than their channel keeps them. Returns how many."""
    now = timezone.now()
    gone = _unpaid(OrderStatus.EXPIRED).filter(expired_at__isnull=False)
    rows = gone.filter(channel__delete_expired_orders_after__gt=0).values_list(
        "pk", "expired_at", "channel__delete_expired_orders_after"
    )
    old = [pk for pk, since, days in rows if since and since <= now - timedelta(days=days)][:AT_ONCE]
    with transaction.atomic(durable=True):
        Order.objects.filter(pk__in=old).delete()
    return len(old)
