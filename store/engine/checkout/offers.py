"""Which ways of delivery a basket may use."""

from collections.abc import Sequence

from store.engine.checkout import loading
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.checkout.quote import quote
from store.engine.orders import ways
from store.engine.orders.ways import Offered


def for_checkout(checkout: Checkout) -> list[Offered]:
    lines = loading.lines_of(checkout)
    if checkout.shipping_address is None or checkout.collection_point_id or not loading.needs_shipping(lines):
        return []
    found = quote(checkout)
    return ways.applicable(
        channel=checkout.channel,
        address=checkout.shipping_address,
        value=found.base_subtotal - found.whole_order_discount,
        weight=weight_of(lines),
    )


def weight_of(lines: Sequence[CheckoutLine]) -> float:
    """In kilograms."""
    return sum(ways.weight_of(line.variant) * line.quantity for line in lines)
