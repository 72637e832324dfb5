"""Steps of an order after the sale, for tests."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from store.engine.checkout import payment
from store.engine.events.models import Event
from store.engine.orders import fulfillments
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import Fulfillment, Order
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop


def bought(quantity: int = 3, *, stock: int = 10, price: str = "29.00") -> tuple[Shop, Order]:
    """A shop, and a paid order of one line."""
    shop = checkout_flow.create_shop()
    return shop, checkout_flow.place_order(shop, (shop.variant("CUP", stock=stock, price=price), quantity))


def send(
    shop: Shop, order: Order, quantity: int, *, lots: Mapping[str, int] | None = None, **options: Any
) -> Fulfillment:
    """A parcel with a quantity of the order's only line."""
    line = FulfillLine(order.lines.get().pk, shop.warehouse.pk, quantity, lots or {})
    return fulfillments.fulfill(order_id=order.pk, fulfill_lines=[line], **options)[1][0]


def refund(order: Order, amount: str, **options: Any) -> TransactionItem:
    """An amount sent back from the order's first transaction."""
    item = TransactionItem.objects.filter(order_id=order.pk)[0]
    return payment.request_action(transaction_id=item.pk, action="REFUND", amount=Decimal(amount), **options)


def event_types(order: Order) -> list[str]:
    """The types of the order's recorded events, oldest first."""
    return list(Event.objects.filter(object_pk=str(order.pk)).order_by("pk").values_list("type", flat=True))
