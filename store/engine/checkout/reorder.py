"""Creates a checkout from an order, with the lines that are still available."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from store.engine.accounts.models import User
from store.engine.catalog import catalog_cache
from store.engine.channels import shop_settings
from store.engine.checkout import lines as checkout_lines
from store.engine.checkout.lines import LineInput
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.errors import OperationError
from store.engine.orders.models import Order, OrderLine
from store.engine.stock.availability import availability
from store.saleor.lot_codes import without_lots


@dataclass(frozen=True, slots=True)
class UnavailableLine:
    """An order line that can't be ordered again, with Saleor's error code."""

    line: OrderLine
    code: str
    message: str


MESSAGES = {
    "NOT_FOUND": "Variant is not available anymore.",
    "UNAVAILABLE_VARIANT_IN_CHANNEL": "Variant is not available in the channel.",
    "PRODUCT_NOT_PUBLISHED": "Product is not published.",
    "PRODUCT_UNAVAILABLE_FOR_PURCHASE": "Product is not available for purchase.",
    "QUANTITY_GREATER_THAN_LIMIT": "More than a basket may hold.",
    "INSUFFICIENT_STOCK": "Insufficient product stock.",
}


def from_order(*, order_id: UUID, user: User | None) -> tuple[LoadedCheckout, list[UnavailableLine]]:
    """A new checkout and the lines left out of it. Raises OperationError for an unknown order or an inactive
    channel.
    """
    order = Order.objects.select_related("channel").filter(pk=order_id).first()
    if order is None:
        raise OperationError("There is no such order.", field="id", code="ORDER_NOT_FOUND")
    if not order.channel.is_active:
        raise OperationError("The channel is inactive.", field="channel", code="CHANNEL_INACTIVE")
    lines = list(order.lines.select_related("variant__product"))
    reasons = _reasons(order, lines)
    line_inputs = [
        LineInput(line.variant_id, line.quantity, metadata=without_lots(line.metadata))
        for line in lines
        if line.variant_id and line.pk not in reasons
    ]
    checkout = checkout_lines.create(
        channel=order.channel,
        line_inputs=line_inputs,
        user=user if user and user.pk == order.user_id else None,
        language_code=order.language_code,
    )
    unavailable = [(line, reasons[line.pk]) for line in lines if line.pk in reasons]
    return checkout, [UnavailableLine(line, code, MESSAGES[code]) for line, code in unavailable]


def _reasons(order: Order, lines: list[OrderLine]) -> dict[UUID, str]:
    variants = {line.variant.pk: line.variant for line in lines if line.variant}
    prices = catalog_cache.get_prices(order.channel_id, list(variants))
    products = {variant.product_id for variant in variants.values()}
    listings = catalog_cache.get_listings(order.channel_id, products)
    available = availability(
        variant_ids=list(variants), channel=order.channel, country=order.channel.default_country
    )
    quantities: dict[int, int] = defaultdict(int)
    for line in lines:
        if line.variant_id:
            quantities[line.variant_id] += line.quantity
    checkout_limit = shop_settings.current().limit_quantity_per_checkout
    reasons: dict[UUID, str] = {}
    for line in lines:
        variant = line.variant
        if variant is None:
            reasons[line.pk] = "NOT_FOUND"
            continue
        listing = listings.get(variant.product_id)
        limits = [limit for limit in (checkout_limit, variant.quantity_limit_per_customer) if limit]
        checks = (
            ("UNAVAILABLE_VARIANT_IN_CHANNEL", variant.pk not in prices or listing is None),
            ("PRODUCT_NOT_PUBLISHED", listing is not None and not listing.is_visible()),
            (
                "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
                listing is not None and not listing.is_available_for_purchase(),
            ),
            ("QUANTITY_GREATER_THAN_LIMIT", bool(limits) and quantities[variant.pk] > min(limits)),
            (
                "INSUFFICIENT_STOCK",
                variant.track_inventory and available[variant.pk] < quantities[variant.pk],
            ),
        )
        reason = next((code for code, applies in checks if applies), None)
        if reason:
            reasons[line.pk] = reason
    return reasons
