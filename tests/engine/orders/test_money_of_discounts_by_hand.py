"""Money as the desk shows it where staff takes something off by hand, beside vouchers, in every kind of prices."""

from decimal import Decimal
from itertools import product

import pytest

from store.engine.admin.order_money import totals_of
from store.engine.channels.models import TaxConfiguration
from store.engine.money import apply_tax
from store.engine.orders import manual_discounts
from store.engine.orders.manual_discounts import Terms
from store.engine.orders.models import Order
from store.saleor.order_totals import RowKind
from tests.engine import checkout_flow
from tests.engine.orders.test_draft_pricing import draft, lines_of, with_voucher

pytestmark = pytest.mark.django_db
PRICES = {
    "net": (False, False),
    "gross": (True, True),
    "net shown gross": (False, True),
    "gross shown net": (True, False),
}
BY_HAND = {
    "percentage": Terms("PERCENTAGE", Decimal(10), "Scratch"),
    "amount": Terms("FIXED", Decimal("9.29"), "Scratch"),
    "large amount": Terms("FIXED", Decimal("61.13"), "Scratch"),
    "cents": Terms("FIXED", Decimal("0.31"), "Scratch"),
}
VOUCHERS = {
    "none": None,
    "order": ("10", {"type": "ENTIRE_ORDER", "discount_value_type": "PERCENTAGE"}),
    "delivery": ("40", {"type": "SHIPPING", "discount_value_type": "PERCENTAGE"}),
    "free delivery": ("100", {"type": "SHIPPING", "discount_value_type": "PERCENTAGE"}),
}


def priced(prices: str, voucher: str) -> Order:
    entered, shown = PRICES[prices]
    shop = checkout_flow.create_shop(entered_with_tax=entered)
    TaxConfiguration.objects.update(display_gross_prices=shown)
    given = VOUCHERS[voucher]
    return with_voucher(shop, given[0], **given[1]) if given else draft(shop)


def full_delivery(prices: str) -> Decimal:
    """4.90 as the merchant entered it, as it is shown."""
    entered, shown = PRICES[prices]
    price = apply_tax(Decimal("4.90"), "USD", rate=Decimal("8.5"), with_tax=entered)
    return (price.gross if shown else price.net).amount


@pytest.mark.parametrize(
    ("prices", "voucher", "by_hand"), list(product(PRICES, ("none", "order", "delivery"), BY_HAND))
)
def test_what_is_shared_by_goods_and_delivery_is_split_as_it_was_entered(
    prices: str, voucher: str, by_hand: str
) -> None:
    order = manual_discounts.add(order_id=priced(prices, voucher).pk, terms=BY_HAND[by_hand])
    order.refresh_from_db()
    shown = totals_of(order, lines_of(order))
    assert sum(row.amount for row in shown.rows) == shown.total == order.total_gross_amount
    if order.shipping_price_gross_amount and by_hand != "cents":
        assert shown.amount(RowKind.SHIPPING) == full_delivery(prices)


@pytest.mark.parametrize(("prices", "voucher"), list(product(PRICES, ("none", "delivery", "free delivery"))))
def test_a_line_lowered_by_hand_is_not_named_after_the_delivery_s_voucher(prices: str, voucher: str) -> None:
    order = priced(prices, voucher)
    manual_discounts.set_on_line(line_id=lines_of(order)[0].pk, terms=Terms("PERCENTAGE", Decimal(20)))
    order.refresh_from_db()
    shown = totals_of(order, lines_of(order))
    assert sum(row.amount for row in shown.rows) == shown.total == order.total_gross_amount
    named = {
        row.kind: row.name for row in shown.rows if row.kind in (RowKind.DISCOUNT, RowKind.SHIPPING_DISCOUNT)
    }
    expected = {} if voucher == "none" else {RowKind.SHIPPING_DISCOUNT: "SPRING"}
    assert named == {RowKind.DISCOUNT: ""} | expected
