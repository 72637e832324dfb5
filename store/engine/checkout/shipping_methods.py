"""The shipping methods available for a checkout."""

from collections.abc import Sequence

from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import CheckoutLine
from store.engine.shipping import available_methods
from store.engine.shipping.available_methods import AvailableMethod


def for_checkout(loaded: LoadedCheckout) -> list[AvailableMethod]:
    """Shipping methods that fit address, value and weight; none without an address or for a collected checkout."""
    checkout, quoted = loaded.checkout, loaded.quote
    if checkout.shipping_address is None or checkout.collection_point_id or not loaded.needs_shipping:
        return []
    return available_methods.find_available(
        channel=checkout.channel,
        address=checkout.shipping_address,
        value=quoted.base_subtotal - quoted.whole_order_discount,
        weight=weight_of(loaded.lines),
        product_ids=[line.variant.product_id for line in loaded.lines],
    )


def weight_of(lines: Sequence[CheckoutLine]) -> float:
    """The weight in kilograms."""
    return sum(available_methods.variant_weight(line.variant) * line.quantity for line in lines)
