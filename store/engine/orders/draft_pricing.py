"""Prices of draft and unconfirmed orders. (An order from a checkout takes over the checkout's prices.)

What staff takes off by hand goes before a voucher, as in Saleor: a line with a discount of its own has none of a
voucher's, and an order with one has none of a voucher for the whole order. A voucher for the delivery stays.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from store.engine.catalog.models import CollectionProduct, ProductVariant
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.discounts.models import Voucher
from store.engine.discounts.voucher_arithmetic import (
    PERCENTAGE,
    DiscountableLine,
    VoucherInfo,
    discounts_by_line,
    distribute_discount,
)
from store.engine.money import Money, TaxedMoney, apply_tax, quantize, total
from store.engine.orders.models import Order, OrderDiscount, OrderLine
from store.engine.shipping.available_methods import variant_weight
from store.engine.taxes.tax_rates import Taxation, taxation

ZERO = Decimal(0)
MANUAL = "MANUAL"  # the type of an OrderDiscount that staff gave


def country_of(order: Order) -> str:
    """The country of the shipping address, else of the billing address, else the channel's default."""
    address = order.shipping_address or order.billing_address
    return address.country if address else order.channel.default_country


def reprice(order: Order) -> None:
    """Recalculate all amounts of the order and its lines, and save them."""
    lines = list(order.lines.select_related("variant__product__product_type"))
    taxes = taxation(order.channel, country_of(order))
    voucher_info = (
        voucher_eligibility.get_voucher_info(order.voucher, order.channel) if order.voucher else None
    )
    by_hand = OrderDiscount.objects.filter(order=order, type=MANUAL).first()
    of_voucher = [line for line in lines if line.manual_discount_type is None]
    by_voucher_of = dict(
        zip(of_voucher, _line_discounts(order.voucher, voucher_info, of_voucher), strict=True)
    )
    full = [line.undiscounted_base_unit_price_amount * line.quantity for line in lines]
    bases = [
        price - (by_voucher_of[line] if line in by_voucher_of else _line_by_hand(line))
        for line, price in zip(lines, full, strict=True)
    ]
    shipping = order.undiscounted_base_shipping_price_amount if order.shipping_method_id else ZERO
    by_voucher = off_goods = off_shipping = ZERO
    if voucher_info and order.voucher and order.voucher.for_shipping:
        by_voucher = voucher_info.discount(shipping)
    base_shipping = shipping - by_voucher
    if by_hand:
        off_goods, off_shipping = _shared_by_hand(by_hand, sum(bases, ZERO), base_shipping)
    elif voucher_info and order.voucher and order.voucher.for_whole_order:
        by_voucher = off_goods = voucher_info.discount(sum(bases, ZERO))
    shares = distribute_discount(off_goods, bases, order.currency)
    for line, base, share in zip(lines, bases, shares, strict=True):
        _price_line(line, base, share, taxes, order.voucher_code)
    OrderLine.objects.bulk_update(lines, LINE_COLUMNS)
    _set_totals(order, lines, shipping, base_shipping, base_shipping - off_shipping, taxes)
    order.save()
    _save_discount(order, by_voucher)
    if by_hand:
        by_hand.amount_value = off_goods + off_shipping
        by_hand.save(update_fields=["amount_value"])


def _shared_by_hand(discount: OrderDiscount, goods: Decimal, shipping: Decimal) -> tuple[Decimal, Decimal]:
    """What staff's discount takes off the goods and off the delivery: of each its percentage, or its share."""
    if discount.value_type == PERCENTAGE:
        terms = VoucherInfo(discount.value, PERCENTAGE, discount.currency)
        return terms.discount(goods), terms.discount(shipping)
    off_goods, off_shipping = distribute_discount(discount.value, [goods, shipping], discount.currency)
    return off_goods, off_shipping


def _line_by_hand(line: OrderLine) -> Decimal:
    """What staff's discount takes off the whole line."""
    terms = VoucherInfo(line.manual_discount_value or ZERO, line.manual_discount_type or "", line.currency)
    return terms.discount(line.undiscounted_base_unit_price_amount) * line.quantity


def _line_discounts(
    voucher: Voucher | None, voucher_info: VoucherInfo | None, lines: Sequence[OrderLine]
) -> list[Decimal]:
    if not voucher or not voucher_info or not voucher.for_lines:
        return [ZERO] * len(lines)
    collections: dict[int, set[int]] = {}
    if voucher_info.collections:
        products = {line.variant.product_id for line in lines if line.variant}
        rows = CollectionProduct.objects.filter(product_id__in=products)
        for product, collection in rows.values_list("product_id", "collection_id"):
            collections.setdefault(product, set()).add(collection)
    items = [_item(line, line.variant, collections) for line in lines]
    return discounts_by_line(voucher_info, items, specific=voucher.type == Voucher.Type.SPECIFIC_PRODUCT)


def _item(
    line: OrderLine, variant: ProductVariant | None, collections: dict[int, set[int]]
) -> DiscountableLine:
    unit = line.undiscounted_base_unit_price_amount
    if variant is None:
        return DiscountableLine(unit, line.quantity, 0, 0, None)
    product = variant.product
    return DiscountableLine(
        unit,
        line.quantity,
        variant.pk,
        product.pk,
        product.category_id,
        frozenset(collections.get(product.pk, ())),
    )


LINE_COLUMNS = [
    "base_unit_price_amount",
    "unit_discount_amount",
    "unit_discount_reason",
    "voucher_code",
    "tax_rate",
    *(
        f"{name}_{side}_amount"
        for name in ("unit_price", "total_price", "undiscounted_unit_price", "undiscounted_total_price")
        for side in ("net", "gross")
    ),
]


def _price_line(line: OrderLine, base: Decimal, share: Decimal, taxes: Taxation, code: str | None) -> None:
    rate = _rate(line, taxes)
    currency, quantity = line.currency, line.quantity
    full = line.undiscounted_base_unit_price_amount

    def with_tax(amount: Decimal) -> TaxedMoney:
        return apply_tax(
            amount, currency, rate=rate, with_tax=taxes.prices_entered_with_tax, rounding=ROUND_HALF_UP
        )

    whole = with_tax(max(base - share, ZERO))
    set_taxed(line, "total_price", whole)
    line.unit_price_net_amount = quantize(whole.net.amount / quantity, currency)
    line.unit_price_gross_amount = quantize(whole.gross.amount / quantity, currency)
    set_taxed(line, "undiscounted_unit_price", with_tax(full))
    set_taxed(line, "undiscounted_total_price", with_tax(full * quantity))
    line.base_unit_price_amount = quantize(base / quantity, currency)
    line.unit_discount_amount = full - line.base_unit_price_amount
    by_voucher = bool(code) and line.manual_discount_type is None and base != full * quantity
    line.unit_discount_reason = f"Voucher code: {code}" if by_voucher else line.manual_discount_reason
    line.voucher_code = code if by_voucher else None
    line.tax_rate = rate / 100


def _rate(line: OrderLine, taxes: Taxation) -> Decimal:
    if line.variant is None:
        return line.tax_rate * 100
    return taxes.rate(line.variant.product.taxed_as)


def set_taxed(row: object, name: str, amount: TaxedMoney) -> None:
    """Store net and gross in the columns that begin with `name` (not saved)."""
    setattr(row, f"{name}_net_amount", amount.net.amount)
    setattr(row, f"{name}_gross_amount", amount.gross.amount)


def _set_totals(
    order: Order,
    lines: Sequence[OrderLine],
    shipping: Decimal,
    base_shipping: Decimal,
    charged_shipping: Decimal,
    taxes: Taxation,
) -> None:
    """`shipping` is the delivery's price, `base_shipping` after a voucher, `charged_shipping` by hand, too."""
    method = order.shipping_method
    rate = taxes.shipping_rate(
        method.tax_class_id if method else None,
        ((line.tax_rate * 100, line.total_price_net_amount) for line in lines),
    )
    shipping_price = apply_tax(
        charged_shipping,
        order.currency,
        rate=rate,
        with_tax=taxes.prices_entered_with_tax,
        rounding=ROUND_HALF_UP,
    )
    subtotal = total((taxed_amount(line, "total_price") for line in lines), order.currency)
    undiscounted = total((taxed_amount(line, "undiscounted_total_price") for line in lines), order.currency)
    set_taxed(order, "subtotal", subtotal)
    set_taxed(order, "shipping_price", shipping_price)
    paid_by_cards = sum(gift_cards.spent_on(order.pk).values(), ZERO)
    set_taxed(order, "total", gift_cards.lowered_by_cards(subtotal + shipping_price, paid_by_cards))
    order.undiscounted_total_net_amount = undiscounted.net.amount + shipping
    order.undiscounted_total_gross_amount = undiscounted.gross.amount + shipping
    order.base_shipping_price_amount = base_shipping
    order.undiscounted_base_shipping_price_amount = shipping
    order.shipping_tax_rate = rate / 100
    order.display_gross_prices = taxes.display_gross_prices
    order.weight = sum(_weight(line) for line in lines)


def taxed_amount(row: OrderLine | Order, name: str) -> TaxedMoney:
    """The net and gross amounts stored in the columns that begin with `name`."""
    net, gross = getattr(row, f"{name}_net_amount"), getattr(row, f"{name}_gross_amount")
    return TaxedMoney(Money(net, row.currency), Money(gross, row.currency))


def _weight(line: OrderLine) -> float:
    return variant_weight(line.variant) * line.quantity if line.variant else 0.0


def _save_discount(order: Order, discount: Decimal) -> None:
    OrderDiscount.objects.filter(order=order, type="VOUCHER").delete()
    if not discount or order.voucher is None:
        return
    OrderDiscount.objects.create(
        order=order,
        value=discount,
        amount_value=discount,
        currency=order.currency,
        name=order.voucher.name or "",
        reason=f"Voucher code: {order.voucher_code}",
    )
