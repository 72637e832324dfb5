"""Vouchers and gift cards on a checkout."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.checkout import complete, promo_codes
from store.engine.checkout.models import Checkout
from store.engine.discounts import gift_cards
from store.engine.discounts.models import (
    GiftCard,
    Voucher,
    VoucherChannelListing,
    VoucherCode,
    VoucherCustomer,
)
from store.engine.errors import NotFound, OperationError
from store.engine.orders import staff_operations
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db


def voucher(shop: Shop, *, min_spent: str | None = None, **options: Any) -> str:
    made = Voucher.objects.create(name="Spring", **options)
    VoucherCode.objects.create(voucher=made, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=made,
        channel=shop.channel,
        currency="USD",
        discount_value=Decimal(5),
        min_spent_amount=min_spent and Decimal(min_spent),
    )
    return "SPRING"


def error_code(shop: Shop, code: str, quantity: int = 1) -> str:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), quantity))
    with pytest.raises(OperationError) as error:
        promo_codes.add_code(checkout_id=checkout.pk, code=code)
    checkout.refresh_from_db()
    assert checkout.voucher_code is None
    return error.value.code


def test_an_unknown_code_is_invalid() -> None:
    assert error_code(checkout_flow.create_shop(), "NOPE") == "INVALID"


@pytest.mark.parametrize(
    "options",
    [
        {"start_date": timezone.now() + timedelta(days=1)},
        {"end_date": timezone.now() - timedelta(days=1)},
        {"usage_limit": 0},
    ],
)
def test_a_code_out_of_its_time_or_used_up_is_invalid(options: dict[str, Any]) -> None:
    shop = checkout_flow.create_shop()
    assert error_code(shop, voucher(shop, **options)) == "INVALID"


def test_below_the_least_sum_a_code_does_not_apply() -> None:
    shop = checkout_flow.create_shop()
    assert error_code(shop, voucher(shop, min_spent="30.00")) == "VOUCHER_NOT_APPLICABLE"


def test_below_the_least_number_of_pieces_a_code_does_not_apply() -> None:
    shop = checkout_flow.create_shop()
    assert error_code(shop, voucher(shop, min_checkout_items_quantity=2)) == "VOUCHER_NOT_APPLICABLE"


def test_a_code_for_staff_is_refused_to_guests() -> None:
    shop = checkout_flow.create_shop()
    assert error_code(shop, voucher(shop, only_for_staff=True)) == "VOUCHER_NOT_APPLICABLE"


def test_a_used_code_is_counted_and_stored_on_the_order() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=voucher(shop, usage_limit=9))
    checkout_flow.pay(checkout)
    order = complete.complete(checkout_id=checkout.pk)
    assert (order.voucher_code, VoucherCode.objects.get().used) == ("SPRING", 1)
    assert order.discounts.get().amount_value == Decimal(5)


def test_a_canceled_order_releases_the_voucher_use() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=voucher(shop, usage_limit=1))
    checkout_flow.pay(checkout)
    staff_operations.cancel(order_id=complete.complete(checkout_id=checkout.pk).pk)
    assert VoucherCode.objects.get().used == 0


def test_a_code_good_once_for_each_customer_is_refused_the_second_time() -> None:
    shop = checkout_flow.create_shop()
    name = voucher(shop, apply_once_per_customer=True)
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=name)
    checkout_flow.pay(checkout)
    complete.complete(checkout_id=checkout.pk)
    second = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    with pytest.raises(OperationError) as error:
        promo_codes.add_code(checkout_id=second.pk, code=name)
    assert (error.value.code, VoucherCustomer.objects.count()) == ("VOUCHER_NOT_APPLICABLE", 1)


def test_a_code_that_ran_out_meanwhile_stops_the_order() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=voucher(shop))
    checkout_flow.pay(checkout)
    Voucher.objects.update(end_date=timezone.now() - timedelta(minutes=1))
    with pytest.raises(OperationError) as error:
        complete.complete(checkout_id=checkout.pk)
    assert error.value.code == "VOUCHER_NOT_APPLICABLE"
    assert Checkout.objects.count() == 1


def test_a_removed_code_takes_nothing_off() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=voucher(shop))
    after = promo_codes.remove_code(checkout_id=checkout.pk, code="SPRING")
    assert after.quote.discount == 0


def test_a_gift_card_pays_its_part_and_keeps_the_rest() -> None:
    shop = checkout_flow.create_shop(rate="0")
    card = gift_cards.issue(amount=Decimal("50.00"), currency="USD", code="GIFT-1234")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1234")
    order = complete.complete(checkout_id=checkout.pk)
    card.refresh_from_db()
    assert (order.total_gross_amount, order.charge_status) == (Decimal("0.00"), "FULL")
    assert (card.current_balance_amount, card.used_by_email) == (Decimal("16.100"), "ada@example.com")


def test_a_gift_card_that_is_too_small_leaves_the_rest_to_pay() -> None:
    shop = checkout_flow.create_shop(rate="0")
    gift_cards.issue(amount=Decimal("10.00"), currency="USD", code="GIFT-1234")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP", price="29.00"), 1))
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-1234")
    paid = checkout_flow.pay(checkout)
    complete.complete(checkout_id=checkout.pk)
    assert paid.transaction.charged_value == Decimal("23.90")
    assert GiftCard.objects.get().current_balance_amount == 0


def test_a_card_of_another_currency_is_unknown() -> None:
    gift_cards.issue(amount=Decimal("10.00"), currency="EUR", code="GIFT-1234")
    assert error_code(checkout_flow.create_shop(), "GIFT-1234") == "INVALID"


def with_card(shop: Shop) -> Checkout:
    """A checkout with a gift card of 10."""
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    gift_cards.issue(amount=Decimal(10), currency="USD", code="GIFT-1234")
    return promo_codes.add_code(checkout_id=checkout.pk, code=" GIFT-1234 ").checkout


@pytest.mark.parametrize("by", ["code", "last characters", "id"])
def test_a_gift_card_is_taken_off_by_its_code_or_id_and_another_stays(by: str) -> None:
    checkout = with_card(checkout_flow.create_shop())
    card = GiftCard.objects.get()
    other = gift_cards.issue(amount=Decimal(1), currency="USD", code="GIFT-5678")
    promo_codes.add_code(checkout_id=checkout.pk, code="GIFT-5678")
    given: dict[str, Any] = (
        {"gift_card_id": card.pk}
        if by == "id"
        else {"code": card.code if by == "code" else card.display_code}
    )
    loaded = promo_codes.remove_code(checkout_id=checkout.pk, **given)
    assert (loaded.gift_cards, list(checkout.gift_cards.all())) == ([other], [other])
    promo_codes.remove_code(checkout_id=checkout.pk, gift_card_id=other.pk)
    found = Checkout.objects.get()
    assert (found.has_gift_cards, found.gift_cards.count()) == (False, 0)


def test_what_is_not_on_the_checkout_is_not_taken_off() -> None:
    shop = checkout_flow.create_shop()
    checkout = with_card(shop)
    promo_codes.add_code(checkout_id=checkout.pk, code=voucher(shop))
    for given in ({"code": "GIFT-9999"}, {"gift_card_id": 0}):
        with pytest.raises(NotFound):
            promo_codes.remove_code(checkout_id=checkout.pk, **given)  # type: ignore[arg-type]
    for code in ("", None):
        with pytest.raises(OperationError, match="Give a promo code"):
            promo_codes.remove_code(checkout_id=checkout.pk, code=code)
    found = Checkout.objects.get()
    assert (found.voucher_code, found.has_gift_cards, found.gift_cards.count()) == ("SPRING", True, 1)


def test_a_code_of_both_is_the_vouchers() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    gift_cards.issue(amount=Decimal(10), currency="USD", code=voucher(shop))
    promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")
    found = Checkout.objects.get()
    assert (found.voucher_code, found.has_gift_cards) == ("SPRING", False)


def test_where_cards_are_no_promo_codes_they_are_refused() -> None:
    shop = checkout_flow.create_shop()
    shop.channel.allow_legacy_gift_card_use = False
    shop.channel.save()
    with pytest.raises(OperationError) as refused:
        with_card(shop)
    assert refused.value.code == "GIFT_CARD_NOT_APPLICABLE"


def test_a_code_good_once_for_each_customer_looks_at_the_account_first() -> None:
    shop = checkout_flow.create_shop()
    code = VoucherCode.objects.get(code=voucher(shop, apply_once_per_customer=True))
    VoucherCustomer.objects.create(voucher_code=code, customer_email="ada@example.com")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1), email="guest@example.com")
    checkout.user = User.objects.create(email="ada@example.com")
    checkout.save()
    with pytest.raises(OperationError) as refused:
        promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")
    assert refused.value.code == "VOUCHER_NOT_APPLICABLE"
