"""What a checkout's price depends on: read once, and under its lock where money moves."""

from decimal import Decimal

import pytest
from django.db import transaction

from store.engine.checkout import lines, loaded_checkout, promo_codes
from store.engine.checkout.lines import LineInput
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.discounts import gift_cards
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop
from tests.engine.locks import recorded_locks

pytestmark = pytest.mark.django_db


@pytest.fixture
def checkout(shop: Shop) -> Checkout:
    """With a voucher of 5, a gift card of 10 and a payment of 7."""
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    voucher = Voucher.objects.create(name="Spring")
    VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(5)
    )
    gift_cards.issue(amount=Decimal(10), currency="USD", code="GIFT-1234")
    for code in ("SPRING", "GIFT-1234"):
        promo_codes.add_code(checkout_id=checkout.pk, code=code)
    checkout_flow.pay(checkout, amount=Decimal(7))
    return checkout


def test_all_that_money_depends_on_is_read_under_its_lock(checkout: Checkout) -> None:
    with recorded_locks() as locked, transaction.atomic():
        loaded = loaded_checkout.lock_for_payment(checkout.pk)
        assert locked == ["Checkout", "Voucher", "VoucherCode", "GiftCard", "TransactionItem"]
    assert (len(loaded.gift_cards), len(loaded.transactions), loaded.voucher_code is None) == (1, 1, False)


def test_what_is_only_shown_is_not_locked(checkout: Checkout) -> None:
    with recorded_locks() as locked:
        loaded = LoadedCheckout(Checkout.objects.select_related("delivery").get())
        status = loaded.payment_status
        assert (loaded.quote.total.gross.amount, status.charged) == (Decimal("21.36"), 7)
    assert locked == []


def test_a_lock_of_the_checkout_alone_locks_nothing_else(checkout: Checkout) -> None:
    with recorded_locks() as locked, transaction.atomic():
        assert loaded_checkout.lock(checkout.pk).quote.discount == 5
    assert locked == ["Checkout"]


def test_after_a_change_prices_and_payments_are_read_again(shop: Shop, checkout: Checkout) -> None:
    loaded = LoadedCheckout(Checkout.objects.get())
    assert (len(loaded.transactions), len(loaded.lines)) == (1, 1)
    TransactionItem.objects.all().delete()
    assert (len(loaded.transactions), len(loaded.changed().transactions)) == (1, 0)
    assert loaded.changed().lines == loaded.lines
    assert loaded.changed([]).lines == []
    changed = lines.add_lines(checkout_id=checkout.pk, line_inputs=[LineInput(shop.variant("OIL").pk, 3)])
    assert [line.quantity for line in changed.lines] == [1, 3]
