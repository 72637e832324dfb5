"""The status of an order, derived from its fulfillments."""

from store.engine.orders.models import Fulfillment, Order, OrderStatus

RETURNED_STATUSES = (Fulfillment.Status.RETURNED, Fulfillment.Status.REFUNDED_AND_RETURNED)


def refresh(order: Order) -> bool:
    """Set the status, with the order locked; save and return True if it changed."""
    lines = list(order.lines.all())
    fulfillments = list(order.fulfillments.prefetch_related("lines"))
    quantities = {
        fulfillment.pk: sum(line.quantity for line in fulfillment.lines.all()) for fulfillment in fulfillments
    }
    returned = sum(quantities[p.pk] for p in fulfillments if p.status in RETURNED_STATUSES)
    replaced = sum(quantities[p.pk] for p in fulfillments if p.status == Fulfillment.Status.REPLACED)
    waiting = sum(
        quantities[p.pk] for p in fulfillments if p.status == Fulfillment.Status.WAITING_FOR_APPROVAL
    )
    ordered = sum(line.quantity for line in lines) - replaced
    sent = sum(line.quantity_fulfilled for line in lines) - replaced - waiting
    if not ordered:
        return False
    status = _status(ordered, sent, returned)
    if status == order.status:
        return False
    order.status = status
    order.save(update_fields=["status", "updated_at"])
    return True


def _status(ordered: int, sent: int, returned: int) -> str:
    if sent <= 0:
        return OrderStatus.UNFULFILLED
    if 0 < returned < ordered:
        return OrderStatus.PARTIALLY_RETURNED
    if returned == ordered:
        return OrderStatus.RETURNED
    return OrderStatus.PARTIALLY_FULFILLED if sent < ordered else OrderStatus.FULFILLED
