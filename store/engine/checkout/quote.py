"""What a checkout costs, calculated here only: for the cart page, payment and the order alike (see
`loaded_checkout`, which reads what it is calculated from).

Prices come from the lines until `price_expiration`, then from the channel listings. A line is taxed and rounded as a
whole; its unit price is its share. Reading writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from store.engine.catalog import catalog_cache
from store.engine.catalog.models import CollectionProduct
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.checkout.queries import country_of, needs_shipping
from store.engine.discounts import voucher_eligibility
from store.engine.discounts.gift_cards import is_spendable, lowered_by_cards
from store.engine.discounts.models import GiftCard, Voucher, VoucherCode
from store.engine.discounts.voucher_arithmetic import (
    DiscountableLine,
    VoucherInfo,
    discounts_by_line,
    distribute_discount,
)
from store.engine.errors import OperationError
from store.engine.money import Money, TaxedMoney, apply_tax, quantize, total
from store.engine.taxes.tax_rates import Taxation, taxation

ZERO = Decimal(0)


@dataclass(slots=True)
class LinePrice:
    """The price of a line; amounts in the checkout's currency."""

    line: CheckoutLine
    undiscounted_unit: Decimal
    base_total: Decimal  # less the voucher discount on this line, before tax
    rate: Decimal  # per cent
    total: TaxedMoney
    unit: TaxedMoney

    @property
    def undiscounted_total(self) -> Decimal:
        return self.undiscounted_unit * self.line.quantity


@dataclass(slots=True)
class Quote:
    """The prices of a checkout; plain amounts are before tax handling, as entered by the merchant."""

    currency: str
    taxation: Taxation
    lines: list[LinePrice]
    subtotal: TaxedMoney
    undiscounted_shipping: Decimal
    base_shipping: Decimal
    shipping_rate: Decimal
    shipping: TaxedMoney
    total_before_gift_cards: TaxedMoney
    total: TaxedMoney
    discount: Decimal
    base_subtotal: Decimal  # before the discount on the whole order
    voucher: Voucher | None = None
    voucher_code: VoucherCode | None = None
    voucher_info: VoucherInfo | None = None

    def price_of(self, line: CheckoutLine) -> LinePrice:
        return next(price for price in self.lines if price.line.pk == line.pk)

    @property
    def whole_order_discount(self) -> Decimal:
        return self.discount if self.voucher and self.voucher.for_whole_order else ZERO


def calculate(
    checkout: Checkout,
    lines: Sequence[CheckoutLine],
    *,
    code: VoucherCode | None = None,
    cards: Sequence[GiftCard] = (),
) -> Quote:
    """The quote of these lines with this voucher code, as far as it applies, and with these gift cards, as far as
    they can be spent.
    """
    taxes = taxation(checkout.channel, country_of(checkout))
    units = unit_prices(checkout, lines)
    items = [_item(line, unit) for line, unit in zip(lines, units, strict=True)]
    code, voucher_info = _applicable_voucher(checkout, items, code)
    voucher = code.voucher if code else None

    line_discounts = [ZERO] * len(items)
    if voucher_info and voucher and voucher.for_lines:
        _set_collections(items, voucher_info)
        line_discounts = discounts_by_line(
            voucher_info, items, specific=voucher.type == Voucher.Type.SPECIFIC_PRODUCT
        )
    base_totals = [
        item.total - line_discount for item, line_discount in zip(items, line_discounts, strict=True)
    ]
    base_subtotal = sum(base_totals, ZERO)
    shares = [ZERO] * len(items)
    discount = sum(line_discounts, ZERO)
    if voucher_info and voucher and voucher.for_whole_order:
        discount = voucher_info.discount(base_subtotal)
        shares = distribute_discount(discount, base_totals, checkout.currency)

    prices = [
        _line_price(line, unit, base, share, taxes, checkout.currency)
        for line, unit, base, share in zip(lines, units, base_totals, shares, strict=True)
    ]
    subtotal = total((price.total for price in prices), checkout.currency)

    full_shipping = _delivery_price(checkout, lines)
    shipping_base = full_shipping
    if voucher_info and voucher and voucher.for_shipping:
        discount = voucher_info.discount(full_shipping)
        shipping_base = full_shipping - discount
    shipping_rate = taxes.shipping_rate(
        checkout.delivery.tax_class_id if checkout.delivery else None,
        ((price.rate, price.total.net.amount) for price in prices),
    )
    shipping = apply_tax(
        shipping_base,
        checkout.currency,
        rate=shipping_rate,
        with_tax=taxes.prices_entered_with_tax,
        rounding=ROUND_HALF_UP,
    )
    before_cards = subtotal + shipping
    return Quote(
        currency=checkout.currency,
        taxation=taxes,
        lines=prices,
        subtotal=subtotal,
        undiscounted_shipping=full_shipping,
        base_shipping=shipping_base,
        shipping_rate=shipping_rate,
        shipping=shipping,
        total_before_gift_cards=before_cards,
        total=_subtract_gift_cards(before_cards, cards),
        discount=quantize(discount, checkout.currency),
        base_subtotal=base_subtotal,
        voucher=voucher,
        voucher_code=code,
        voucher_info=voucher_info,
    )


def unit_prices(checkout: Checkout, lines: Sequence[CheckoutLine]) -> list[Decimal]:
    """The unit price of each line, before tax and discount."""
    if checkout.price_expiration > timezone.now():
        return [line.undiscounted_unit_price_amount for line in lines]
    listed = catalog_cache.get_prices(checkout.channel_id, [line.variant_id for line in lines])
    return [listed.get(line.variant_id) or line.undiscounted_unit_price_amount for line in lines]


def _item(line: CheckoutLine, unit: Decimal) -> DiscountableLine:
    product = line.variant.product
    return DiscountableLine(unit, line.quantity, line.variant_id, product.pk, product.category_id)


def _set_collections(items: Sequence[DiscountableLine], voucher_info: VoucherInfo) -> None:
    if not voucher_info.collections:
        return
    rows = CollectionProduct.objects.filter(product_id__in={item.product_id for item in items})
    found: dict[int, set[int]] = {}
    for product_id, collection_id in rows.values_list("product_id", "collection_id"):
        found.setdefault(product_id, set()).add(collection_id)
    for item in items:
        item.collection_ids = frozenset(found.get(item.product_id, ()))


def _applicable_voucher(
    checkout: Checkout, items: Sequence[DiscountableLine], code: VoucherCode | None
) -> tuple[VoucherCode | None, VoucherInfo | None]:
    """The voucher code and its VoucherInfo, if it applies to this checkout."""
    if code is None:
        return None, None
    try:
        voucher_eligibility.check(
            code.voucher,
            channel=checkout.channel,
            subtotal=sum((item.total for item in items), ZERO),
            quantity=sum(item.quantity for item in items),
            email=checkout.user.email if checkout.user else checkout.email,
            user=checkout.user,
            country=country_of(checkout),
        )
    except OperationError:
        return None, None
    return code, voucher_eligibility.get_voucher_info(code.voucher, checkout.channel)


def _line_price(
    line: CheckoutLine, unit: Decimal, base: Decimal, share: Decimal, taxes: Taxation, currency: str
) -> LinePrice:
    product = line.variant.product
    rate = taxes.rate(product.taxed_as)
    whole = apply_tax(
        max(base - share, ZERO),
        currency,
        rate=rate,
        with_tax=taxes.prices_entered_with_tax,
        rounding=ROUND_HALF_UP,
    )
    each = TaxedMoney(
        Money(quantize(whole.net.amount / line.quantity, currency), currency),
        Money(quantize(whole.gross.amount / line.quantity, currency), currency),
    )
    return LinePrice(line, unit, base, rate, whole, each)


def _delivery_price(checkout: Checkout, lines: Sequence[CheckoutLine]) -> Decimal:
    if checkout.delivery is None or checkout.collection_point_id or not needs_shipping(lines):
        return ZERO
    return quantize(checkout.delivery.price_amount, checkout.currency)


def _subtract_gift_cards(before: TaxedMoney, cards: Sequence[GiftCard]) -> TaxedMoney:
    currency = before.gross.currency
    balance = sum(
        (card.current_balance_amount for card in cards if is_spendable(card, currency=currency)), ZERO
    )
    return lowered_by_cards(before, balance)
