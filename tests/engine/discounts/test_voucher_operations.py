"""Operations of staff on vouchers and gift cards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from store.engine.discounts import gift_cards, voucher_operations
from store.engine.discounts.models import GiftCard, Voucher, VoucherCode
from store.engine.discounts.voucher_operations import ListingInput
from store.engine.errors import NotFound, NotUnique, OperationError
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def create_voucher(*codes: str, **values: object) -> Voucher:
    return voucher_operations.create(values={"name": "Spring", **values}, codes=codes, links={})


def test_a_code_belongs_to_one_voucher() -> None:
    create_voucher("SPRING")
    with pytest.raises(NotUnique) as refused:
        create_voucher("SPRING")
    assert (refused.value.code, refused.value.extras) == ("ALREADY_EXISTS", {"voucher_codes": ["SPRING"]})
    assert Voucher.objects.count() == 1


def test_the_same_code_twice_is_refused() -> None:
    with pytest.raises(OperationError) as refused:
        create_voucher("A", "A")
    assert (refused.value.code, Voucher.objects.count()) == ("DUPLICATED_INPUT_ITEM", 0)


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(OperationError) as refused:
        create_voucher("A", end_date=timezone.now() - timedelta(days=1))
    assert refused.value.field == "endDate"


def test_a_percentage_above_100_is_refused() -> None:
    shop = checkout_flow.create_shop()
    spring_voucher = create_voucher("A", discount_value_type="PERCENTAGE")
    with pytest.raises(OperationError) as refused:
        voucher_operations.update_channel_listings(
            voucher_id=spring_voucher.pk, add=[ListingInput(shop.channel, Decimal(101))]
        )
    assert (refused.value.code, spring_voucher.channel_listings.count()) == ("INVALID", 0)


def test_a_listing_can_be_changed_and_removed() -> None:
    shop = checkout_flow.create_shop()
    spring_voucher = create_voucher("A")
    voucher_operations.update_channel_listings(
        voucher_id=spring_voucher.pk, add=[ListingInput(shop.channel, Decimal(5), Decimal(20), True)]
    )
    voucher_operations.update_channel_listings(
        voucher_id=spring_voucher.pk, add=[ListingInput(shop.channel, Decimal(7))]
    )
    listing = spring_voucher.channel_listings.get()
    assert (listing.discount_value, listing.min_spent_amount) == (7, 20)
    voucher_operations.update_channel_listings(voucher_id=spring_voucher.pk, remove=[shop.channel.pk])
    assert not spring_voucher.channel_listings.exists()


def test_vouchers_are_deleted_all_or_none() -> None:
    spring_voucher = create_voucher("A")
    with pytest.raises(NotFound):
        voucher_operations.delete(voucher_ids=[spring_voucher.pk, spring_voucher.pk + 1])
    assert Voucher.objects.count() == 1
    assert len(voucher_operations.delete(voucher_ids=[spring_voucher.pk])) == 1


def test_codes_are_deleted_one_by_one() -> None:
    create_voucher("A", "B")
    assert voucher_operations.delete_codes(code_ids=[VoucherCode.objects.get(code="A").pk]) == 1
    assert VoucherCode.objects.get().code == "B"


def test_gift_cards_are_created_in_bulk_with_different_codes() -> None:
    checkout_flow.create_shop()
    cards = gift_cards.bulk_create(count=5, amount=Decimal(10), currency="USD")
    assert len({card.code for card in cards}) == GiftCard.objects.count() == 5


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"amount": Decimal(0)}, "balance"),
        ({"currency": "dollars"}, "currency"),
        ({"expiry_date": timezone.now().date()}, "expiryDate"),
    ],
)
def test_a_gift_card_without_amount_or_time_is_refused(fields: dict[str, object], field: str) -> None:
    checkout_flow.create_shop()
    with pytest.raises(OperationError) as refused:
        gift_cards.create(**{"amount": Decimal(5), "currency": "USD", **fields})
    assert (refused.value.field, GiftCard.objects.count()) == (field, 0)


def test_a_deactivated_card_is_not_spendable() -> None:
    checkout_flow.create_shop()
    card = gift_cards.create(amount=Decimal(5), currency="USD", code="GIFT")
    gift_cards.set_active(card_id=card.pk, active=False, user=None)
    assert gift_cards.find_spendable("GIFT", currency="USD") is None
