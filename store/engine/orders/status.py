"""What an order's parcels make of its status."""

from store.engine.orders.models import Fulfillment, Order, OrderStatus

CAME_BACK = (Fulfillment.Status.RETURNED, Fulfillment.Status.REFUNDED_AND_RETURNED)
NO_HINDRANCE = (
    Fulfillment.Status.CANCELED,
    Fulfillment.Status.REFUNDED,
    Fulfillment.Status.REPLACED,
    Fulfillment.Status.REFUNDED_AND_RETURNED,
    Fulfillment.Status.RETURNED,
)


def refresh(order: Order) -> bool:
    """Set the status anew (saved if it changed). With the order locked."""
    lines = list(order.lines.all())
    parcels = list(order.fulfillments.prefetch_related("lines"))
    pieces = {parcel.pk: sum(line.quantity for line in parcel.lines.all()) for parcel in parcels}
    returned = sum(pieces[p.pk] for p in parcels if p.status in CAME_BACK)
    replaced = sum(pieces[p.pk] for p in parcels if p.status == Fulfillment.Status.REPLACED)
    waiting = sum(pieces[p.pk] for p in parcels if p.status == Fulfillment.Status.WAITING_FOR_APPROVAL)
    wanted = sum(line.quantity for line in lines) - replaced
    sent = sum(line.quantity_fulfilled for line in lines) - replaced - waiting
    if not wanted:
        return False
    status = _status(wanted, sent, returned)
    if status == order.status:
        return False
    order.status = status
    order.save(update_fields=["status", "updated_at"])
    return True


def _status(wanted: int, sent: int, returned: int) -> str:
    if sent <= 0:
        return OrderStatus.UNFULFILLED
    if 0 < returned < wanted:
        return OrderStatus.PARTIALLY_RETURNED
    if returned == wanted:
        return OrderStatus.RETURNED
    return OrderStatus.PARTIALLY_FULFILLED if sent < wanted else OrderStatus.FULFILLED


def can_cancel(order: Order) -> bool:
    if order.status in (OrderStatus.CANCELED, OrderStatus.DRAFT, OrderStatus.EXPIRED):
        return False
    return not order.fulfillments.exclude(status__in=NO_HINDRANCE).exists()
