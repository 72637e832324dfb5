"""What the merchant does to vouchers and gift cards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from store.engine.discounts import gift_cards, voucher_operations
from store.engine.discounts.models import GiftCard, Voucher, VoucherCode
from store.engine.discounts.voucher_operations import Listing
from store.engine.errors import NotFound, NotUnique, Refusal
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def voucher(*codes: str, **values: object) -> Voucher:
    return voucher_operations.create(values={"name": "Spring", **values}, codes=codes, links={})


def test_a_code_belongs_to_one_voucher() -> None:
    voucher("SPRING")
    with pytest.raises(NotUnique) as refused:
        voucher("SPRING")
    assert (refused.value.code, refused.value.extras) == ("ALREADY_EXISTS", {"voucher_codes": ["SPRING"]})
    assert Voucher.objects.count() == 1


def test_the_same_code_twice_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        voucher("A", "A")
    assert (refused.value.code, Voucher.objects.count()) == ("DUPLICATED_INPUT_ITEM", 0)


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        voucher("A", end_date=timezone.now() - timedelta(days=1))
    assert refused.value.field == "endDate"


def test_more_than_the_whole_price_is_no_percentage() -> None:
    shop = checkout_flow.open_shop()
    made = voucher("A", discount_value_type="PERCENTAGE")
    with pytest.raises(Refusal) as refused:
        voucher_operations.list_in_channels(voucher_id=made.pk, add=[Listing(shop.channel, Decimal(101))])
    assert (refused.value.code, made.channel_listings.count()) == ("INVALID", 0)


def test_a_listing_can_be_changed_and_taken_away() -> None:
    shop = checkout_flow.open_shop()
    made = voucher("A")
    voucher_operations.list_in_channels(
        voucher_id=made.pk, add=[Listing(shop.channel, Decimal(5), Decimal(20), True)]
    )
    voucher_operations.list_in_channels(voucher_id=made.pk, add=[Listing(shop.channel, Decimal(7))])
    listing = made.channel_listings.get()
    assert (listing.discount_value, listing.min_spent_amount) == (7, 20)
    voucher_operations.list_in_channels(voucher_id=made.pk, remove=[shop.channel.pk])
    assert not made.channel_listings.exists()


def test_vouchers_are_deleted_all_or_none() -> None:
    made = voucher("A")
    with pytest.raises(NotFound):
        voucher_operations.delete(voucher_ids=[made.pk, made.pk + 1])
    assert Voucher.objects.count() == 1
    assert len(voucher_operations.delete(voucher_ids=[made.pk])) == 1


def test_codes_are_deleted_one_by_one() -> None:
    voucher("A", "B")
    assert voucher_operations.delete_codes(code_ids=[VoucherCode.objects.get(code="A").pk]) == 1
    assert VoucherCode.objects.get().code == "B"


def test_gift_cards_are_made_in_a_batch_with_codes_of_their_own() -> None:
    checkout_flow.open_shop()
    cards = gift_cards.create_many(count=5, amount=Decimal(10), currency="USD")
    assert len({card.code for card in cards}) == GiftCard.objects.count() == 5


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"amount": Decimal(0)}, "balance"),
        ({"currency": "dollars"}, "currency"),
        ({"expiry_date": timezone.now().date()}, "expiryDate"),
    ],
)
def test_a_gift_card_of_no_money_or_no_time_is_refused(told: dict[str, object], field: str) -> None:
    checkout_flow.open_shop()
    with pytest.raises(Refusal) as refused:
        gift_cards.create(**{"amount": Decimal(5), "currency": "USD", **told})
    assert (refused.value.field, GiftCard.objects.count()) == (field, 0)


def test_a_card_switched_off_is_not_spendable() -> None:
    checkout_flow.open_shop()
    card = gift_cards.create(amount=Decimal(5), currency="USD", code="GIFT")
    gift_cards.switch(card_id=card.pk, on=False, user=None)
    assert gift_cards.spendable("GIFT", currency="USD") is None
