"""`useLegacyErrorFlow` of a channel: errors at each step, or the step done and a problem of the checkout."""

from collections.abc import Callable
from typing import Any

import pytest

from store.engine.accounts.address_validation import Checks
from store.engine.catalog.models import ProductVariant
from store.engine.checkout import contact, delivery_options, loaded_checkout, problems, promo_codes
from store.engine.checkout.models import Checkout
from store.engine.discounts import gift_cards
from store.engine.errors import OperationError, OperationErrors
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db
CANADA = {
    "first_name": "Ada",
    "last_name": "Gast",
    "street_address_1": "111 Wellington St",
    "city": "Ottawa",
    "country_area": "ON",
    "postal_code": "K1A 0A9",
    "country": "CA",
}


def set_flow(shop: Shop, *, legacy: bool) -> None:
    shop.channel.use_legacy_error_flow = legacy
    shop.channel.save(update_fields=["use_legacy_error_flow"])


@pytest.fixture
def cup(shop: Shop) -> ProductVariant:
    return shop.variant("CUP")


@pytest.fixture
def checkout(shop: Shop, cup: ProductVariant) -> Checkout:
    return checkout_flow.create_checkout(shop, (cup, 2))


def clear_delivery(checkout: Checkout) -> Any:
    return delivery_options.choose(checkout_id=checkout.pk)


def add_gift_card(checkout: Checkout) -> Any:
    card = gift_cards.GiftCard.objects.create(
        code="ABCD-EFGH", currency="USD", initial_balance_amount=5, current_balance_amount=5
    )
    return promo_codes.add_code(checkout_id=checkout.pk, code=card.code)


@pytest.mark.parametrize("step", [clear_delivery, add_gift_card])
def test_a_line_off_sale_stops_a_step_in_the_legacy_flow_only(
    shop: Shop, cup: ProductVariant, checkout: Checkout, step: Callable[[Checkout], Any]
) -> None:
    cup.channel_listings.all().delete()
    with pytest.raises(OperationError) as refused:
        step(checkout)
    assert (refused.value.code, refused.value.extras["variants"]) == (
        "UNAVAILABLE_VARIANT_IN_CHANNEL",
        [cup.pk],
    )
    set_flow(shop, legacy=False)
    gift_cards.GiftCard.objects.all().delete()
    found = problems.line_problems(step(checkout))
    assert [type(problem) for problem in found] == [problems.VariantNotAvailableProblem]


def test_an_address_that_no_stock_reaches_is_taken_and_told_as_a_problem(
    shop: Shop, cup: ProductVariant, checkout: Checkout
) -> None:
    Stock.objects.filter(variant=cup).update(quantity=1)

    def move() -> None:
        contact.set_shipping_address(checkout_id=checkout.pk, given=CANADA, checks=Checks())

    with pytest.raises(OperationErrors) as refused:
        move()
    assert [error.code for error in refused.value.errors] == ["INSUFFICIENT_STOCK"]
    set_flow(shop, legacy=False)
    move()
    loaded = loaded_checkout.lock(checkout.pk)
    assert loaded.checkout.shipping_address is not None
    assert loaded.checkout.shipping_address.country == "CA"
    assert [type(problem) for problem in problems.line_problems(loaded)] == [
        problems.InsufficientStockProblem
    ]
