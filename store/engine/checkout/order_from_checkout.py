"""The words and numbers of an order, copied from a basket."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from store.engine.channels.models import Translation
from store.engine.checkout import queries, shipping_methods
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import LinePrice, Quote
from store.engine.money import TaxedMoney, quantize, taxed, total
from store.engine.orders.models import Order, OrderLine, OrderStatus
from store.engine.payments.models import Payment, TransactionItem


def order_of(
    checkout: Checkout,
    quoted: Quote,
    paid_by: Sequence[TransactionItem | Payment],
) -> Order:
    """Not saved; without number and charge data. The checkout's address rows become the order's own."""
    confirmed = checkout.channel.automatically_confirm_all_new_orders and bool(paid_by)
    undiscounted = total((_undiscounted(one, quoted) for one in quoted.lines), quoted.currency)
    full_shipping = quoted.undiscounted_shipping
    delivery, point = checkout.delivery, checkout.collection_point
    lines = queries.lines_of(checkout)
    return Order(
        status=OrderStatus.UNFULFILLED if confirmed else OrderStatus.UNCONFIRMED,
        checkout_token=checkout.pk,
        channel=checkout.channel,
        user=checkout.user,
        user_email=checkout.email or (checkout.user.email if checkout.user else ""),
        language_code=checkout.language_code,
        billing_address=checkout.billing_address,
        shipping_address=checkout.shipping_address,
        shipping_method_id=delivery.shipping_method_id if delivery else None,
        shipping_method_name=delivery.name if delivery else None,
        collection_point=point,
        collection_point_name=point.name if point else None,
        customer_note=checkout.note,
        metadata=dict(checkout.metadata),
        private_metadata=dict(checkout.private_metadata),
        weight=shipping_methods.weight_of(lines),
        display_gross_prices=quoted.taxation.display_gross_prices,
        voucher=quoted.voucher,
        voucher_code=quoted.voucher_code.code if quoted.voucher_code else None,
        currency=quoted.currency,
        total_net_amount=quoted.total.net.amount,
        total_gross_amount=quoted.total.gross.amount,
        undiscounted_total_net_amount=undiscounted.net.amount + full_shipping,
        undiscounted_total_gross_amount=undiscounted.gross.amount + full_shipping,
        subtotal_net_amount=quoted.subtotal.net.amount,
        subtotal_gross_amount=quoted.subtotal.gross.amount,
        shipping_price_net_amount=quoted.shipping.net.amount,
        shipping_price_gross_amount=quoted.shipping.gross.amount,
        base_shipping_price_amount=quoted.base_shipping,
        undiscounted_base_shipping_price_amount=full_shipping,
        shipping_tax_rate=quoted.shipping_rate / 100,
        shipping_tax_class_name=delivery.tax_class_name if delivery else None,
    )


def order_lines(order: Order, checkout: Checkout, quoted: Quote) -> list[OrderLine]:
    """Not saved. Each keeps the id of its basket line, so that reservations and shortages name the same line."""
    words = _translations(checkout, quoted.lines)
    return [_order_line(order, at, one, quoted, words) for at, one in enumerate(quoted.lines)]


def _order_line(
    order: Order, at: int, one: LinePrice, quoted: Quote, words: Mapping[tuple[str, str], str]
) -> OrderLine:
    line, variant = one.line, one.line.variant
    product = variant.product
    full = _undiscounted(one, quoted)
    full_unit = _taxed(one.undiscounted_unit, one, quoted)
    if full_unit.gross == one.unit.gross or one.undiscounted_total == one.base_total == _entered(one, quoted):
        full_unit, full = one.unit, one.total  # no discount: the same rounding as what is paid
    unit = quantize(one.base_total / line.quantity, quoted.currency)
    by_voucher = (
        quoted.voucher is not None and quoted.voucher.for_lines and one.base_total != one.undiscounted_total
    )
    return OrderLine(
        pk=line.pk,
        order=order,
        position=at,
        variant=variant,
        product_variant_pk=variant.pk,
        product_name=product.name,
        variant_name=str(variant),
        translated_product_name=words.get(("Product", str(product.pk)), ""),
        translated_variant_name=words.get(("ProductVariant", str(variant.pk)), ""),
        product_sku=variant.sku,
        is_shipping_required=product.product_type.is_shipping_required,
        is_gift_card=product.product_type.kind.upper() == "GIFT_CARD",
        quantity=line.quantity,
        metadata=line.metadata,
        private_metadata=line.private_metadata,
        currency=quoted.currency,
        unit_price_net_amount=one.unit.net.amount,
        unit_price_gross_amount=one.unit.gross.amount,
        total_price_net_amount=one.total.net.amount,
        total_price_gross_amount=one.total.gross.amount,
        undiscounted_unit_price_net_amount=full_unit.net.amount,
        undiscounted_unit_price_gross_amount=full_unit.gross.amount,
        undiscounted_total_price_net_amount=full.net.amount,
        undiscounted_total_price_gross_amount=full.gross.amount,
        base_unit_price_amount=unit,
        undiscounted_base_unit_price_amount=one.undiscounted_unit,
        unit_discount_amount=one.undiscounted_unit - unit,
        unit_discount_reason=_reason(quoted) if by_voucher else None,
        voucher_code=quoted.voucher_code.code if by_voucher and quoted.voucher_code else None,
        tax_rate=one.rate / 100,
    )


def _reason(quoted: Quote) -> str:
    return f"Voucher code: {quoted.voucher_code.code}" if quoted.voucher_code else ""


def _entered(one: LinePrice, quoted: Quote) -> Decimal:
    return one.total.gross.amount if quoted.taxation.prices_entered_with_tax else one.total.net.amount


def _undiscounted(one: LinePrice, quoted: Quote) -> TaxedMoney:
    return _taxed(one.undiscounted_total, one, quoted)


def _taxed(amount: Decimal, one: LinePrice, quoted: Quote) -> TaxedMoney:
    return taxed(
        amount,
        quoted.currency,
        rate=one.rate,
        with_tax=quoted.taxation.prices_entered_with_tax,
        rounding=ROUND_HALF_UP,
    )


def _translations(checkout: Checkout, lines: Sequence[LinePrice]) -> dict[tuple[str, str], str]:
    """Names in the language of the basket, where there are any."""
    if checkout.language_code.split("-")[0].lower() == "en":
        return {}
    pks = {str(one.line.variant.product_id) for one in lines} | {str(one.line.variant_id) for one in lines}
    rows = Translation.objects.filter(
        kind__in=("Product", "ProductVariant"),
        object_pk__in=pks,
        language_code__iexact=checkout.language_code,
    )
    return {(row.kind, row.object_pk): row.values.get("name") or "" for row in rows}
