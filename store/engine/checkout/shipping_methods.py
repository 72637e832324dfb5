"""Which ways of delivery a basket may use."""

from collections.abc import Sequence

from store.engine.checkout import queries
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.checkout.quote import quote
from store.engine.shipping import available_methods
from store.engine.shipping.available_methods import Offered


def for_checkout(checkout: Checkout) -> list[Offered]:
    lines = queries.lines_of(checkout)
    if checkout.shipping_address is None or checkout.collection_point_id or not queries.needs_shipping(lines):
        return []
    found = quote(checkout)
    return available_methods.applicable(
        channel=checkout.channel,
        address=checkout.shipping_address,
        value=found.base_subtotal - found.whole_order_discount,
        weight=weight_of(lines),
    )


def weight_of(lines: Sequence[CheckoutLine]) -> float:
    """In kilograms."""
    return sum(available_methods.weight_of(line.variant) * line.quantity for line in lines)
