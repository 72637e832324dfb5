"""Operations of staff on vouchers and gift cards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from store.engine.discounts import gift_cards, voucher_operations
from store.engine.discounts.models import GiftCard, Voucher, VoucherCode
from store.engine.discounts.voucher_operations import ListingInput
from store.engine.errors import NotFound, NotUnique, OperationError, OperationErrors
from store.engine.events.models import Event
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
    gift_cards.set_active(card_id=card.pk, active=False)
    assert gift_cards.find_spendable("GIFT", currency="USD") is None


def voucher_events(voucher: Voucher) -> list[str]:
    found = Event.objects.filter(object_kind="Voucher", object_pk=str(voucher.pk)).order_by("pk")
    return list(found.values_list("type", flat=True))


def test_a_voucher_is_made_with_its_terms_codes_and_what_it_covers() -> None:
    shop = checkout_flow.create_shop()
    cup = shop.variant("CUP")
    voucher = voucher_operations.create(
        values={"name": "Spring", "usage_limit": 3, "single_use": None},
        codes=[" A ", "B"],
        links={"variants": [cup], "products": [cup.product]},
    )
    voucher.refresh_from_db()
    assert (voucher.name, voucher.usage_limit, voucher.single_use) == ("Spring", 3, False)
    assert list(voucher.codes.order_by("code").values_list("code", flat=True)) == ["A", "B"]
    assert (list(voucher.variants.all()), list(voucher.products.all())) == ([cup], [cup.product])
    assert voucher_events(voucher) == ["VOUCHER_CREATED"]


def test_a_changed_voucher_keeps_what_was_not_given() -> None:
    voucher = create_voucher("A", usage_limit=3)
    voucher_operations.update(voucher_id=voucher.pk, values={"usage_limit": None}, codes=["B"], links={})
    voucher.refresh_from_db()
    assert (voucher.name, voucher.usage_limit, voucher.codes.count()) == ("Spring", None, 2)
    assert voucher_events(voucher) == ["VOUCHER_CREATED", "VOUCHER_UPDATED"]


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_voucher_may_end_when_it_starts_but_not_before(days: int) -> None:
    start = timezone.now()
    voucher = create_voucher("A", start_date=start)
    change = {"end_date": start + timedelta(days=days)}
    if days < 0:
        with pytest.raises(OperationError) as refused:
            voucher_operations.update(voucher_id=voucher.pk, values=change, codes=[], links={})
        assert refused.value.field == "endDate"
    else:
        voucher_operations.update(voucher_id=voucher.pk, values=change, codes=[], links={})
    voucher.refresh_from_db()
    assert voucher.end_date == (None if days < 0 else change["end_date"])


@pytest.mark.parametrize("codes", [[""], ["  "], ["NEW", " "]])
def test_an_empty_code_is_refused(codes: list[str]) -> None:
    voucher = create_voucher("A")
    with pytest.raises(OperationError) as refused:
        voucher_operations.update(voucher_id=voucher.pk, values={"name": "New"}, codes=codes, links={})
    voucher.refresh_from_db()
    assert (refused.value.field, voucher.name, voucher.codes.count()) == ("codes", "Spring", 1)


def test_the_code_of_a_gift_card_is_no_code_of_a_voucher() -> None:
    gift_cards.issue(amount=Decimal(5), currency="USD", code="SPRING")
    with pytest.raises(NotUnique) as refused:
        create_voucher("SPRING", "OTHER")
    assert refused.value.extras == {"voucher_codes": ["SPRING"]}
    assert VoucherCode.objects.count() == 0


@pytest.mark.parametrize(
    ("before", "change", "field"),
    [
        ({}, {"single_use": True}, "singleUse"),
        ({"single_use": True}, {"single_use": False}, "singleUse"),
        ({}, {"usage_limit": 5}, "usageLimit"),
        ({"usage_limit": 5}, {"usage_limit": None}, "usageLimit"),
        ({"usage_limit": 5}, {"usage_limit": 9}, None),
        ({"usage_limit": 5}, {"usage_limit": 5, "single_use": False}, None),
        ({}, {"name": "Summer"}, None),
    ],
)
def test_how_uses_are_counted_is_not_switched_after_the_first_use(
    before: dict[str, object], change: dict[str, object], field: str | None
) -> None:
    unused, used = create_voucher("A", **before), create_voucher("B", **before)
    VoucherCode.objects.filter(code="B").update(used=1)
    voucher_operations.update(voucher_id=unused.pk, values=change, codes=[], links={})
    if field is None:
        voucher_operations.update(voucher_id=used.pk, values=change, codes=[], links={})
        return
    with pytest.raises(OperationError) as refused:
        voucher_operations.update(voucher_id=used.pk, values=change, codes=[], links={})
    assert (refused.value.field, refused.value.code) == (field, "VOUCHER_ALREADY_USED")


def test_a_listing_needs_a_value_and_keeps_the_rest() -> None:
    shop = checkout_flow.create_shop()
    voucher = create_voucher("A")
    with pytest.raises(OperationError) as refused:
        voucher_operations.update_channel_listings(voucher_id=voucher.pk, add=[ListingInput(shop.channel)])
    assert (refused.value.field, refused.value.extras) == ("discountValue", {"channels": [shop.channel.pk]})
    add = [ListingInput(shop.channel, Decimal(5), Decimal(20), sets_min_spent=True)]
    voucher_operations.update_channel_listings(voucher_id=voucher.pk, add=add)
    listing = voucher.channel_listings.get()
    assert (listing.discount_value, listing.min_spent_amount, listing.currency) == (5, 20, "USD")
    for change, expected in (
        (ListingInput(shop.channel), (5, 20)),
        (ListingInput(shop.channel, Decimal(7)), (7, 20)),
        (ListingInput(shop.channel, None, None, sets_min_spent=True), (7, None)),
    ):
        voucher_operations.update_channel_listings(voucher_id=voucher.pk, add=[change])
        listing.refresh_from_db()
        assert (listing.discount_value, listing.min_spent_amount) == expected
    assert voucher_events(voucher)[-1] == "VOUCHER_UPDATED"


@pytest.mark.parametrize(
    ("kind", "value", "taken"),
    [
        ("PERCENTAGE", "100", True),
        ("PERCENTAGE", "100.01", False),
        ("PERCENTAGE", "12.345", True),
        ("FIXED", "250", True),
        ("FIXED", "5.25", True),
        ("FIXED", "5.255", False),
    ],
)
def test_a_value_is_at_most_a_hundred_per_cent_or_whole_cents(kind: str, value: str, taken: bool) -> None:
    shop = checkout_flow.create_shop()
    voucher = create_voucher("A", discount_value_type=kind)
    add = [ListingInput(shop.channel, Decimal(value))]
    if taken:
        voucher_operations.update_channel_listings(voucher_id=voucher.pk, add=add)
        assert voucher.channel_listings.get().discount_value == Decimal(value)
    else:
        with pytest.raises(OperationError):
            voucher_operations.update_channel_listings(voucher_id=voucher.pk, add=add)
        assert voucher.channel_listings.count() == 0


def test_what_a_voucher_covers_is_added_and_taken_away() -> None:
    shop = checkout_flow.create_shop()
    cup, pump = shop.variant("CUP"), shop.variant("PUMP")
    voucher = create_voucher("A")
    links = {"variants": [cup, pump], "categories": [shop.category]}
    voucher_operations.update_catalog(voucher_id=voucher.pk, links=links, add=True)
    assert (voucher.variants.count(), voucher.categories.count()) == (2, 1)
    voucher_operations.update_catalog(voucher_id=voucher.pk, links={"variants": [cup]}, add=False)
    assert (list(voucher.variants.all()), voucher.categories.count()) == ([pump], 1)
    assert voucher_events(voucher) == ["VOUCHER_CREATED", "VOUCHER_UPDATED", "VOUCHER_UPDATED"]


def test_deleted_codes_are_counted_and_each_voucher_says_so_once() -> None:
    first, second = create_voucher("A", "B", "C"), create_voucher("D")
    pks = list(VoucherCode.objects.exclude(code="C").values_list("pk", flat=True))
    assert voucher_operations.delete_codes(code_ids=pks) == 3
    assert list(VoucherCode.objects.values_list("code", flat=True)) == ["C"]
    assert voucher_events(first) == voucher_events(second) == ["VOUCHER_CREATED", "VOUCHER_UPDATED"]
    assert voucher_operations.delete_codes(code_ids=pks) == 0


def test_a_deleted_voucher_is_announced_with_what_it_was() -> None:
    first, second = create_voucher("A"), create_voucher("B")
    with pytest.raises(NotFound) as refused:
        voucher_operations.delete(voucher_ids=[first.pk, 0])
    assert (refused.value.field, Voucher.objects.count()) == ("ids", 2)
    with pytest.raises(NotFound) as refused:
        voucher_operations.delete(voucher_ids=[0])
    assert refused.value.field == "id"
    deleted = voucher_operations.delete(voucher_ids=[second.pk, first.pk])
    assert [one.name for one in deleted] == ["Spring", "Spring"]
    assert Event.objects.filter(type="VOUCHER_DELETED").count() == 2


def test_an_unknown_voucher_is_named() -> None:
    with pytest.raises(NotFound) as refused:
        voucher_operations.update(voucher_id=0, values={}, codes=[], links={})
    assert refused.value.field == "id"


def test_a_claim_in_the_name_of_a_voucher_is_refused() -> None:
    kept = create_voucher("KEPT")
    with pytest.raises(OperationErrors):
        voucher_operations.create(values={"name": "Relieves back pain"}, codes=["A"], links={})
    with pytest.raises(OperationErrors):
        voucher_operations.update(
            voucher_id=kept.pk, values={"name": "Relieves back pain"}, codes=[], links={}
        )
    assert list(Voucher.objects.values_list("name", flat=True)) == ["Spring"]
