"""The order page: money that adds up, discounts and cards by name, addresses as their country writes them."""

from decimal import Decimal

import pytest

from store.engine.admin import order_money
from store.engine.checkout import complete, promo_codes
from store.engine.discounts import gift_cards
from store.engine.orders import contact_details
from store.engine.orders.models import Order
from tests.engine import checkout_flow
from tests.engine.admin.test_orders import order_url
from tests.engine.checkout.test_completion_checks import add_voucher

pytestmark = pytest.mark.django_db(transaction=True)


def ordered(*codes):
    """An order of two pieces at 29.00, with a voucher or gift cards."""
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 2))
    for code in codes:
        if code == "SPRING":
            add_voucher(shop, checkout)
        else:
            gift_cards.issue(amount=Decimal(20), currency="USD", code=code)
            promo_codes.add_code(checkout_id=checkout.pk, code=code)
    checkout_flow.pay(checkout)
    return complete.complete(checkout_id=checkout.pk)


@pytest.mark.parametrize(
    "codes", [(), ("SPRING",), ("CARD-1234",), ("SPRING", "CARD-1234"), ("CARD-1234", "CARD-5678")]
)
@pytest.mark.parametrize("gross", [True, False])
def test_the_rows_add_up_to_the_total(codes, gross):
    order = ordered(*codes)
    order.display_gross_prices = gross
    totals = order_money.totals_of(order, list(order.lines.all()))
    assert sum((row.amount for row in totals.rows), Decimal(0)) == order.total_gross_amount == totals.total
    labels = [row.label for row in order_money.labelled_rows(totals.rows)]
    assert [label for label in labels if "1234" in label] == ["Gift card ending in 1234"] * (
        "CARD-1234" in codes
    )
    assert any("spring" in label.lower() for label in labels) is ("SPRING" in codes)


def test_the_page_names_card_and_address(admin_client):
    order = ordered("CARD-1234")
    text = admin_client.get(order_url(order)).content.decode()
    assert "Gift card ending in 1234" in text
    assert "\u2212$20.00" in text
    assert "United States" in text


def test_addresses_are_corrected_on_a_form_that_keeps_what_was_typed(admin_client, shop):
    order = shop.order()
    form = contact_details.current(order) | {
        "user_email": "ada@example,com",
        "city": "Reno",
        "request_key": "k",
    }
    refused = admin_client.post(order_url(order, "correct"), form)
    assert refused.status_code == 422
    assert 'value="ada@example,com"' in refused.content.decode()
    form |= {"user_email": "ada@example.org", "city": "MOUNTAIN VIEW"}
    assert admin_client.post(order_url(order, "correct"), form).status_code == 302
    assert Order.objects.get().user_email == "ada@example.org"
    assert "to ada@example.org." in admin_client.get(order_url(order)).content.decode()
