"""Adding, changing and removing checkout lines."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.catalog.models import ProductChannelListing, VariantChannelListing
from store.engine.channels import shop_settings
from store.engine.checkout import lines
from store.engine.checkout.errors import CheckoutError
from store.engine.checkout.lines import LineInput, LineUpdate
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.errors import NotFound, OperationError, OperationErrors
from store.engine.stock.models import Reservation
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db


def quantities(checkout: Checkout) -> list[int]:
    return list(CheckoutLine.objects.filter(checkout=checkout).values_list("quantity", flat=True))


def test_the_same_variant_again_raises_its_quantity() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP")
    checkout = checkout_flow.create_checkout(shop, (variant, 1))
    lines.add_lines(checkout_id=checkout.pk, line_inputs=[LineInput(variant.pk, 2)])
    assert quantities(checkout) == [3]


def test_a_forced_new_line_stays_apart() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP")
    checkout = checkout_flow.create_checkout(shop, (variant, 1))
    lines.add_lines(checkout_id=checkout.pk, line_inputs=[LineInput(variant.pk, 2, force_new_line=True)])
    assert quantities(checkout) == [1, 2]


def test_lines_stay_in_the_order_in_which_they_were_added() -> None:
    shop = checkout_flow.create_shop()
    b, a = shop.variant("B"), shop.variant("A")
    checkout = checkout_flow.create_checkout(shop, (b, 1), (a, 1))
    assert [line.variant.sku for line in checkout.lines.all()] == ["B", "A"]


def test_zero_takes_a_line_out() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.create_checkout(shop, (shop.variant("CUP"), 2))
    line = checkout.lines.get()
    lines.update_lines(checkout_id=checkout.pk, changes=[LineUpdate(0, line_id=line.pk)])
    assert quantities(checkout) == []


def test_a_quantity_below_zero_is_refused() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.create_checkout(shop, (shop.variant("CUP"), 2))
    with pytest.raises(OperationError) as refused:
        lines.update_lines(checkout_id=checkout.pk, changes=[LineUpdate(-1, line_id=checkout.lines.get().pk)])
    assert (refused.value.code, quantities(checkout)) == ("ZERO_QUANTITY", [2])


def test_more_than_the_stock_is_refused_and_nothing_changes() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=3)
    checkout = checkout_flow.create_checkout(shop, (variant, 2))
    with pytest.raises(OperationErrors) as refused:
        lines.add_lines(checkout_id=checkout.pk, line_inputs=[LineInput(variant.pk, 2)])
    (problem,) = refused.value.errors
    assert (problem.code, problem.field) == ("INSUFFICIENT_STOCK", "quantity")
    assert quantities(checkout) == [2]


def test_stock_allocated_to_others_is_not_for_sale() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=3)
    checkout_flow.place_order(shop, (variant, 2))
    with pytest.raises(OperationErrors):
        checkout_flow.create_checkout(shop, (variant, 2))
    assert Checkout.objects.count() == 0


def test_a_variant_without_tracked_inventory_can_always_be_bought() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.create_checkout(shop, (shop.variant("OIL", stock=0, track_inventory=False), 5))
    assert quantities(checkout) == [5]


def test_more_than_a_customer_may_have_is_refused() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", quantity_limit_per_customer=2)
    with pytest.raises(OperationError) as refused:
        checkout_flow.create_checkout(shop, (variant, 3))
    assert refused.value.code == "QUANTITY_GREATER_THAN_LIMIT"


def test_more_than_the_shops_limit_is_refused() -> None:
    shop = checkout_flow.create_shop()
    with pytest.raises(OperationError) as refused:
        checkout_flow.create_checkout(shop, (shop.variant("CUP", stock=99), 51))
    assert refused.value.code == "QUANTITY_GREATER_THAN_LIMIT"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"available_for_purchase_at": None}, "PRODUCT_UNAVAILABLE_FOR_PURCHASE"),
        (
            {"available_for_purchase_at": timezone.now() + timedelta(days=9)},
            "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
        ),
        ({"is_published": False}, "PRODUCT_NOT_PUBLISHED"),
    ],
)
def test_what_is_not_on_sale_is_refused_by_name(change: dict[str, object], code: str) -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP")
    ProductChannelListing.objects.update(**change)
    with pytest.raises(CheckoutError) as refused:
        checkout_flow.create_checkout(shop, (variant, 1))
    assert (refused.value.code, refused.value.extras) == (code, {"variants": [variant.pk]})


def test_a_variant_without_price_in_the_channel_is_refused() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP")
    VariantChannelListing.objects.all().delete()
    with pytest.raises(CheckoutError) as refused:
        checkout_flow.create_checkout(shop, (variant, 1))
    assert refused.value.code == "UNAVAILABLE_VARIANT_IN_CHANNEL"


def test_an_unknown_variant_is_not_found() -> None:
    shop = checkout_flow.create_shop()
    with pytest.raises(NotFound):
        lines.create(channel=shop.channel, line_inputs=[LineInput(999, 1)])
    assert not Checkout.objects.exists()


def test_an_inactive_channel_sells_nothing() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP")
    shop.channel.is_active = False
    with pytest.raises(OperationError) as refused:
        checkout_flow.create_checkout(shop, (variant, 1))
    assert refused.value.code == "CHANNEL_INACTIVE"


def test_a_line_of_another_checkout_is_refused() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP")
    mine, other = (
        checkout_flow.create_checkout(shop, (variant, 1)),
        checkout_flow.create_checkout(shop, (variant, 1)),
    )
    with pytest.raises(CheckoutError):
        lines.delete_lines(checkout_id=mine.pk, line_ids=[other.lines.get().pk])
    assert (quantities(mine), quantities(other)) == ([1], [1])


def test_the_price_that_was_shown_holds_for_an_hour() -> None:
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.create_checkout(shop, (shop.variant("CUP", price="29.00"), 1))
    VariantChannelListing.objects.update(price_amount=Decimal("35.00"))
    assert LoadedCheckout(Checkout.objects.get()).quote.lines[0].undiscounted_unit == Decimal("29.00")
    Checkout.objects.update(price_expiration=timezone.now())
    assert LoadedCheckout(Checkout.objects.get(pk=checkout.pk)).quote.lines[0].undiscounted_unit == Decimal(
        "35.00"
    )


def test_pieces_are_held_where_the_shop_reserves() -> None:
    shop = checkout_flow.create_shop()
    variant = shop.variant("CUP", stock=3)
    shop_settings.update(changes={"reserve_stock_duration_anonymous_user": 10})
    checkout_flow.create_checkout(shop, (variant, 2))
    with pytest.raises(OperationErrors):
        checkout_flow.create_checkout(shop, (variant, 2))
    assert Reservation.objects.get().quantity_reserved == 2


def test_each_change_returns_the_lines_as_they_are_now() -> None:
    shop = checkout_flow.create_shop()
    cup, oil = shop.variant("CUP"), shop.variant("OIL")
    checkout = checkout_flow.create_checkout(shop, (cup, 1))
    line = checkout.lines.get()
    added = lines.add_lines(checkout_id=checkout.pk, line_inputs=[LineInput(oil.pk, 2)])
    assert [one.quantity for one in added.lines] == [1, 2]
    updated = lines.update_lines(checkout_id=checkout.pk, changes=[LineUpdate(4, line_id=line.pk)])
    assert [one.quantity for one in updated.lines] == [4, 2]
    deleted = lines.delete_lines(checkout_id=checkout.pk, line_ids=[line.pk])
    assert ([one.quantity for one in deleted.lines], quantities(checkout)) == ([2], [2])


def test_a_variant_may_be_named_in_place_of_its_only_line() -> None:
    shop = checkout_flow.create_shop()
    cup, oil = shop.variant("CUP"), shop.variant("OIL")
    checkout = checkout_flow.create_checkout(shop, (cup, 1))
    changes = [
        LineUpdate(3, variant_id=cup.pk, metadata={"a": "1"}),
        LineUpdate(2, variant_id=oil.pk, metadata={"b": "2"}),
    ]
    lines.update_lines(checkout_id=checkout.pk, changes=changes)
    assert [(one.quantity, one.metadata) for one in checkout.lines.all()] == [
        (3, {"a": "1"}),
        (2, {"b": "2"}),
    ]
    lines.update_lines(checkout_id=checkout.pk, changes=[LineUpdate(0, variant_id=oil.pk)])
    lines.update_lines(checkout_id=checkout.pk, changes=[LineUpdate(0, variant_id=shop.variant("PDF").pk)])
    assert quantities(checkout) == [3]


def test_a_change_of_nothing_or_of_a_variant_on_two_lines_is_refused() -> None:
    shop = checkout_flow.create_shop()
    cup = shop.variant("CUP")
    checkout = checkout_flow.create_checkout(shop, (cup, 1))
    lines.add_lines(checkout_id=checkout.pk, line_inputs=[LineInput(cup.pk, 1, force_new_line=True)])
    for change, code in (
        (LineUpdate(2), "GRAPHQL_ERROR"),
        (LineUpdate(2, line_id=uuid4()), "GRAPHQL_ERROR"),
        (LineUpdate(2, variant_id=cup.pk), "INVALID"),
    ):
        with pytest.raises(OperationError) as refused:
            lines.update_lines(checkout_id=checkout.pk, changes=[change])
        assert (refused.value.code, quantities(checkout)) == (code, [1, 1])


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_and_less_is_not_added(quantity: int) -> None:
    shop = checkout_flow.create_shop()
    cup = shop.variant("CUP")
    checkout = checkout_flow.create_checkout(shop, (cup, 1))
    with pytest.raises(OperationError) as refused:
        lines.add_lines(checkout_id=checkout.pk, line_inputs=[LineInput(cup.pk, quantity)])
    with pytest.raises(OperationError):
        lines.create(channel=shop.channel, line_inputs=[LineInput(cup.pk, quantity)])
    assert (refused.value.code, quantities(checkout), Checkout.objects.count()) == ("ZERO_QUANTITY", [1], 1)


def test_guests_and_customers_have_their_own_time_to_pay() -> None:
    shop_settings.update(
        changes={"reserve_stock_duration_anonymous_user": 10, "reserve_stock_duration_authenticated_user": 20}
    )
    settings = shop_settings.current()
    assert lines.reservation_minutes(settings, None) == 10
    assert lines.reservation_minutes(settings, User(email="ada@example.com")) == 20


def test_a_line_that_goes_gives_its_reservation_back() -> None:
    shop = checkout_flow.create_shop()
    shop_settings.update(changes={"reserve_stock_duration_anonymous_user": 10})
    cup, oil = shop.variant("CUP"), shop.variant("OIL")
    checkout = checkout_flow.create_checkout(shop, (cup, 2), (oil, 1))
    line = checkout.lines.get(variant=cup)
    lines.delete_lines(checkout_id=checkout.pk, line_ids=[line.pk])
    held = Reservation.objects.get()
    assert (held.stock.variant, held.quantity_reserved) == (oil, 1)
    assert timedelta(minutes=9) < held.reserved_until - timezone.now() <= timedelta(minutes=10)


def test_metadata_pairs_need_a_key() -> None:
    assert lines.metadata_from_input([{"key": "a", "value": "1"}]) == {"a": "1"}
    assert lines.metadata_from_input(None) == {}
    with pytest.raises(OperationError):
        lines.metadata_from_input([{"key": " ", "value": "1"}])
