"""The shipping methods available for a checkout."""

from collections.abc import Sequence

from store.engine.checkout import queries
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.checkout.quote import quote
from store.engine.shipping import available_methods
from store.engine.shipping.available_methods import AvailableMethod


def for_checkout(checkout: Checkout) -> list[AvailableMethod]:
    """Shipping methods that fit address, value and weight; none without an address or for a collected checkout."""
    lines = queries.lines_of(checkout)
    if checkout.shipping_address is None or checkout.collection_point_id or not queries.needs_shipping(lines):
        return []
    quoted = quote(checkout)
    return available_methods.find_available(
        channel=checkout.channel,
        address=checkout.shipping_address,
        value=quoted.base_subtotal - quoted.whole_order_discount,
        weight=weight_of(lines),
    )


def weight_of(lines: Sequence[CheckoutLine]) -> float:
    """The weight in kilograms."""
    return sum(available_methods.variant_weight(line.variant) * line.quantity for line in lines)
