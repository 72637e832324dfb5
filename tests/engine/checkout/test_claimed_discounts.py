"""A gift card, or the last use of a code, that another basket has been paid with is not charged beside."""

from decimal import Decimal

import pytest

from store.engine.checkout import complete, paid_checkouts, payment, promo_codes
from store.engine.checkout.models import Checkout
from store.engine.discounts import gift_cards
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import OperationError
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "ONE-CODE"
VOUCHERS = {
    "single use": {"single_use": True},
    "one use": {"usage_limit": 1},
    "once per customer": {"apply_once_per_customer": True},
}


def give_card(shop: Shop, amount: int = 20) -> None:
    gift_cards.issue(amount=Decimal(amount), currency="USD", code=CODE)


def give_voucher(shop: Shop, **terms: object) -> None:
    voucher = Voucher.objects.create(name="v", **terms)
    VoucherCode.objects.create(voucher=voucher, code=CODE)
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(5)
    )


def basket(shop: Shop) -> Checkout:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    promo_codes.add_code(checkout_id=checkout.pk, code=CODE)
    return Checkout.objects.get(pk=checkout.pk)


def refusal_of_payment(checkout: Checkout) -> str | None:
    with pytest.raises(OperationError, match="Nothing more was charged") as refused:
        checkout_flow.pay(checkout)
    return refused.value.field


@pytest.fixture
def cups(shop: Shop) -> Shop:
    shop.variant("CUP")
    return shop


def test_a_gift_card_that_another_basket_is_paid_with_stops_the_payment(cups: Shop) -> None:
    give_card(cups)
    first, second = basket(cups), basket(cups)
    checkout_flow.pay(first)
    assert refusal_of_payment(second) == "giftCards"
    assert not TransactionItem.objects.filter(checkout_id=second.pk).exists()
    assert complete.complete(checkout_id=first.pk).is_paid


@pytest.mark.parametrize("terms", VOUCHERS.values(), ids=VOUCHERS)
def test_the_last_use_of_a_code_stops_the_payment(cups: Shop, terms: dict[str, object]) -> None:
    give_voucher(cups, **terms)
    first, second = basket(cups), basket(cups)
    checkout_flow.pay(first)
    assert refusal_of_payment(second) == "voucherCode"
    assert not TransactionItem.objects.filter(checkout_id=second.pk).exists()
    assert complete.complete(checkout_id=first.pk).is_paid


def test_a_code_with_uses_left_stops_nobody(cups: Shop) -> None:
    give_voucher(cups, usage_limit=2)
    for checkout in (basket(cups), basket(cups)):
        checkout_flow.pay(checkout)
    assert refusal_of_payment(basket(cups)) == "voucherCode"


def test_an_unpaid_basket_claims_nothing(cups: Shop) -> None:
    give_card(cups)
    _, second = basket(cups), basket(cups)
    checkout_flow.pay(second)
    assert complete.complete(checkout_id=second.pk).is_paid


def test_a_card_that_covers_a_whole_basket_does_not_take_it_from_a_paid_one(cups: Shop) -> None:
    give_card(cups, 20)
    paid = checkout_flow.checkout_ready_to_pay(cups, (cups.variants["CUP"], 3))
    promo_codes.add_code(checkout_id=paid.pk, code=CODE)
    checkout_flow.pay(Checkout.objects.get(pk=paid.pk))
    gift_cards.adjust_balance(card_id=gift_cards.GiftCard.objects.get().pk, amount=Decimal(80))
    with pytest.raises(OperationError) as refused:
        complete.complete(checkout_id=basket(cups).pk)
    assert refused.value.code == "GIFT_CARD_NOT_APPLICABLE"
    assert Order.objects.count() == 0


def test_the_card_is_free_again_once_the_money_has_gone_back(cups: Shop) -> None:
    give_card(cups)
    first, second = basket(cups), basket(cups)
    checkout_flow.pay(first)
    paid_checkouts.refund(checkout_id=first.pk)
    checkout_flow.pay(second)
    assert complete.complete(checkout_id=second.pk).is_paid


def test_a_declined_payment_claims_nothing(cups: Shop) -> None:
    give_card(cups)
    first, second = basket(cups), basket(cups)
    declined = {"event": {"type": "CHARGE_FAILURE"}}
    payment.initialize(gateway_id=checkout_flow.DUMMY, data=declined, checkout_id=first.pk)
    checkout_flow.pay(second)
    assert complete.complete(checkout_id=second.pk).is_paid


def test_of_two_that_were_paid_by_apps_the_first_becomes_the_order(cups: Shop) -> None:
    """An app that charges by itself asks nobody before."""
    give_card(cups)
    first, second = basket(cups), basket(cups)
    for checkout in (first, second):
        TransactionItem.objects.create(
            checkout_id=checkout.pk, currency="USD", charged_value=Decimal("16.79")
        )
    with pytest.raises(OperationError):
        complete.complete(checkout_id=second.pk)
    assert complete.complete(checkout_id=first.pk).is_paid
    [listed] = paid_checkouts.paid_checkouts_without_order()
    assert listed.checkout_id == second.pk
