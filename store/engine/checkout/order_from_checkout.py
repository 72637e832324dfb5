"""Builds the rows of an order from a checkout and its quote."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from store.engine.channels.models import Translation
from store.engine.checkout import shipping_methods
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import LinePrice, Quote
from store.engine.money import TaxedMoney, apply_tax, quantize, total
from store.engine.orders.models import Order, OrderLine, OrderStatus
from store.engine.payments.models import Payment, TransactionItem
from store.engine.taxes.tax_rates import class_name
from store.saleor.lot_codes import without_lots


def build_order(loaded: LoadedCheckout, paid_by: Sequence[TransactionItem | Payment]) -> Order:
    """The order, not saved, without number and charge amounts. It takes over the checkout's address rows.

    `paid_by`: the transactions and payments; without any, the order starts unconfirmed.
    """
    checkout, quoted = loaded.checkout, loaded.quote
    confirmed = checkout.channel.automatically_confirm_all_new_orders and bool(paid_by)
    undiscounted = total((_undiscounted(price, quoted) for price in quoted.lines), quoted.currency)
    full_shipping = quoted.undiscounted_shipping
    delivery, point = checkout.delivery, checkout.collection_point
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
        weight=shipping_methods.weight_of(loaded.lines),
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


def build_order_lines(order: Order, checkout: Checkout, quoted: Quote) -> list[OrderLine]:
    """The order lines, not saved. Each has the id of its checkout line, so that reservations and shortages match."""
    translations = _translations(checkout, quoted.lines)
    return [
        _order_line(order, position, price, quoted, translations)
        for position, price in enumerate(quoted.lines)
    ]


def _order_line(
    order: Order, position: int, price: LinePrice, quoted: Quote, translations: Mapping[tuple[str, str], str]
) -> OrderLine:
    line, variant = price.line, price.line.variant
    product = variant.product
    full = _undiscounted(price, quoted)
    full_unit = _taxed(price.undiscounted_unit, price, quoted)
    if full_unit.gross == price.unit.gross or price.undiscounted_total == price.base_total == _entered_amount(
        price, quoted
    ):
        full_unit, full = price.unit, price.total  # no discount: the same rounding as what is paid
    unit = quantize(price.base_total / line.quantity, quoted.currency)
    by_voucher = (
        quoted.voucher is not None
        and quoted.voucher.for_lines
        and price.base_total != price.undiscounted_total
    )
    return OrderLine(
        pk=line.pk,
        order=order,
        position=position,
        variant=variant,
        product_variant_pk=variant.pk,
        product_name=product.name,
        variant_name=str(variant),
        translated_product_name=translations.get(("Product", str(product.pk)), ""),
        translated_variant_name=translations.get(("ProductVariant", str(variant.pk)), ""),
        product_sku=variant.sku,
        is_shipping_required=product.product_type.is_shipping_required,
        is_gift_card=product.product_type.kind.upper() == "GIFT_CARD",
        quantity=line.quantity,
        metadata=without_lots(
            line.metadata
        ),  # the buyer may write there, the warehouse alone says which lot it was
        private_metadata=line.private_metadata,
        currency=quoted.currency,
        unit_price_net_amount=price.unit.net.amount,
        unit_price_gross_amount=price.unit.gross.amount,
        total_price_net_amount=price.total.net.amount,
        total_price_gross_amount=price.total.gross.amount,
        undiscounted_unit_price_net_amount=full_unit.net.amount,
        undiscounted_unit_price_gross_amount=full_unit.gross.amount,
        undiscounted_total_price_net_amount=full.net.amount,
        undiscounted_total_price_gross_amount=full.gross.amount,
        base_unit_price_amount=unit,
        undiscounted_base_unit_price_amount=price.undiscounted_unit,
        unit_discount_amount=price.undiscounted_unit - unit,
        unit_discount_reason=_discount_reason(quoted) if by_voucher else None,
        voucher_code=quoted.voucher_code.code if by_voucher and quoted.voucher_code else None,
        tax_rate=price.rate / 100,
        tax_class_name=class_name(product.taxed_as),
    )


def _discount_reason(quoted: Quote) -> str:
    return f"Voucher code: {quoted.voucher_code.code}" if quoted.voucher_code else ""


def _entered_amount(price: LinePrice, quoted: Quote) -> Decimal:
    return price.total.gross.amount if quoted.taxation.prices_entered_with_tax else price.total.net.amount


def _undiscounted(price: LinePrice, quoted: Quote) -> TaxedMoney:
    return _taxed(price.undiscounted_total, price, quoted)


def _taxed(amount: Decimal, price: LinePrice, quoted: Quote) -> TaxedMoney:
    return apply_tax(
        amount,
        quoted.currency,
        rate=price.rate,
        with_tax=quoted.taxation.prices_entered_with_tax,
        rounding=ROUND_HALF_UP,
    )


def _translations(checkout: Checkout, lines: Sequence[LinePrice]) -> dict[tuple[str, str], str]:
    """Names in the checkout's language by (kind, primary key), where they exist; none for English, the original."""
    if checkout.language_code.split("-")[0].lower() == "en":
        return {}
    pks = {str(price.line.variant.product_id) for price in lines} | {
        str(price.line.variant_id) for price in lines
    }
    rows = Translation.objects.filter(
        kind__in=("Product", "ProductVariant"),
        object_pk__in=pks,
        language_code__iexact=checkout.language_code,
    )
    return {(row.kind, row.object_pk): row.values.get("name") or "" for row in rows}
