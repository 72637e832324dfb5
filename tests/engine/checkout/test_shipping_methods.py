"""With what the shipping methods of a checkout are asked for."""

from decimal import Decimal

import pytest

from store.engine.checkout import promo_codes, shipping_methods
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


@pytest.fixture
def checkout() -> Checkout:
    shop = checkout_flow.create_shop()
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", weight=0.5), 3))


def test_methods_are_asked_with_the_value_after_discount_and_the_weight(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    voucher = Voucher.objects.create(name="Spring")
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=checkout.channel, currency="USD", discount_value=Decimal(7)
    )
    promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(
        shipping_methods.available_methods, "find_available", lambda **given: asked.append(given)
    )
    shipping_methods.for_checkout(LoadedCheckout(Checkout.objects.get()))
    assert (asked[0]["value"], asked[0]["weight"]) == (80, 1.5)
