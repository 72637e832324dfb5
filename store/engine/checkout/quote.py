"""What a checkout costs: the one place that works it out, for the basket page, payment and the order alike.

Prices come from the lines while they hold (`price_expiration`), then from the channel listings. A line is taxed and
rounded as a whole; the price of one piece is its share. Reading writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from store.engine.catalog import catalog_cache
from store.engine.catalog.models import CollectionProduct
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.checkout.queries import country_of, lines_of, needs_shipping
from store.engine.discounts import voucher_eligibility
from store.engine.discounts.models import GiftCard, Voucher, VoucherCode
from store.engine.discounts.voucher_arithmetic import Item, Offer, off_lines, spread
from store.engine.errors import Refusal
from store.engine.money import Money, TaxedMoney, quantize, taxed, total
from store.engine.taxes.tax_rates import Taxation, taxation

ZERO = Decimal(0)


@dataclass(slots=True)
class LinePrice:
    line: CheckoutLine
    undiscounted_unit: Decimal
    base_total: Decimal  # less what a voucher takes off this line, before tax handling
    rate: Decimal  # per cent
    total: TaxedMoney
    unit: TaxedMoney

    @property
    def undiscounted_total(self) -> Decimal:
        return self.undiscounted_unit * self.line.quantity


@dataclass(slots=True)
class Quote:
    currency: str
    taxation: Taxation
    lines: list[LinePrice]
    subtotal: TaxedMoney
    undiscounted_shipping: Decimal
    base_shipping: Decimal
    shipping_rate: Decimal
    shipping: TaxedMoney
    total_before_cards: TaxedMoney
    total: TaxedMoney
    discount: Decimal
    base_subtotal: Decimal  # before the discount on the whole order
    voucher: Voucher | None = None
    voucher_code: VoucherCode | None = None
    offer: Offer | None = None

    def of(self, line: CheckoutLine) -> LinePrice:
        return next(one for one in self.lines if one.line.pk == line.pk)

    @property
    def whole_order_discount(self) -> Decimal:
        return self.discount if self.voucher and self.voucher.for_whole_order else ZERO


def quote(checkout: Checkout) -> Quote:
    """Worked out once for each checkout object; `loading.forget` after a change."""
    kept: Quote | None = checkout.__dict__.get("_quote")
    if kept is None:
        kept = checkout.__dict__["_quote"] = work_out(checkout, lines_of(checkout))
    return kept


def work_out(checkout: Checkout, lines: Sequence[CheckoutLine], *, code: VoucherCode | None = None) -> Quote:
    """`code`: a voucher code that is locked already (completion)."""
    taxes = taxation(checkout.channel, country_of(checkout))
    units = unit_prices(checkout, lines)
    items = [_item(line, unit) for line, unit in zip(lines, units, strict=True)]
    code, offer = _voucher(checkout, items, code)
    voucher = code.voucher if code else None

    cuts = [ZERO] * len(items)
    if offer and voucher and voucher.for_lines:
        _know_collections(items, offer)
        cuts = off_lines(offer, items, specific=voucher.type == Voucher.Type.SPECIFIC_PRODUCT)
    base_totals = [item.total - cut for item, cut in zip(items, cuts, strict=True)]
    base_subtotal = sum(base_totals, ZERO)
    shares = [ZERO] * len(items)
    discount = sum(cuts, ZERO)
    if offer and voucher and voucher.for_whole_order:
        discount = offer.off(base_subtotal)
        shares = spread(discount, base_totals, checkout.currency)

    priced = [
        _priced(line, unit, base, share, taxes, checkout.currency)
        for line, unit, base, share in zip(lines, units, base_totals, shares, strict=True)
    ]
    subtotal = total((one.total for one in priced), checkout.currency)

    full_shipping = _delivery_price(checkout, lines)
    shipping_base = full_shipping
    if offer and voucher and voucher.for_shipping:
        discount = offer.off(full_shipping)
        shipping_base = full_shipping - discount
    shipping_rate = taxes.rate(checkout.delivery.tax_class_id if checkout.delivery else None)
    shipping = taxed(
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
        lines=priced,
        subtotal=subtotal,
        undiscounted_shipping=full_shipping,
        base_shipping=shipping_base,
        shipping_rate=shipping_rate,
        shipping=shipping,
        total_before_cards=before_cards,
        total=_less_gift_cards(checkout, before_cards),
        discount=quantize(discount, checkout.currency),
        base_subtotal=base_subtotal,
        voucher=voucher,
        voucher_code=code,
        offer=offer,
    )


def unit_prices(checkout: Checkout, lines: Sequence[CheckoutLine]) -> list[Decimal]:
    """The price of one piece of each line, before tax and discount."""
    if checkout.price_expiration > timezone.now():
        return [line.undiscounted_unit_price_amount for line in lines]
    listed = catalog_cache.prices(checkout.channel_id, [line.variant_id for line in lines])
    return [listed.get(line.variant_id) or line.undiscounted_unit_price_amount for line in lines]


def _item(line: CheckoutLine, unit: Decimal) -> Item:
    product = line.variant.product
    return Item(unit, line.quantity, line.variant_id, product.pk, product.category_id)


def _know_collections(items: Sequence[Item], offer: Offer) -> None:
    if not offer.collections:
        return
    rows = CollectionProduct.objects.filter(product_id__in={item.product_id for item in items})
    found: dict[int, set[int]] = {}
    for product_id, collection_id in rows.values_list("product_id", "collection_id"):
        found.setdefault(product_id, set()).add(collection_id)
    for item in items:
        item.collection_ids = frozenset(found.get(item.product_id, ()))


def _voucher(
    checkout: Checkout, items: Sequence[Item], code: VoucherCode | None
) -> tuple[VoucherCode | None, Offer | None]:
    """The voucher, as long as it applies to this basket."""
    if not checkout.voucher_code:
        return None, None
    code = code or voucher_eligibility.active_code(checkout.voucher_code, checkout.channel)
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
    except Refusal:
        return None, None
    return code, voucher_eligibility.offer_of(code.voucher, checkout.channel)


def _priced(
    line: CheckoutLine, unit: Decimal, base: Decimal, share: Decimal, taxes: Taxation, currency: str
) -> LinePrice:
    product = line.variant.product
    rate = taxes.rate(product.tax_class_id or product.product_type.tax_class_id)
    whole = taxed(
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


def _less_gift_cards(checkout: Checkout, before: TaxedMoney) -> TaxedMoney:
    """Cards lower what is left to pay; net sinks in proportion."""
    if not before.gross.amount:
        return before
    held = sum((card.current_balance_amount for card in cards_of(checkout)), ZERO)
    if not held:
        return before
    gross = max(before.gross.amount - held, ZERO)
    net = quantize(before.net.amount * gross / before.gross.amount, checkout.currency)
    return TaxedMoney(Money(net, checkout.currency), Money(gross, checkout.currency))


def cards_of(checkout: Checkout) -> list[GiftCard]:
    if not checkout.has_gift_cards:
        return []
    kept: list[GiftCard] | None = checkout.__dict__.get("_cards")
    if kept is None:
        kept = checkout.__dict__["_cards"] = list(checkout.gift_cards.order_by("pk"))
    return kept
