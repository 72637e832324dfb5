"""Gift cards that are sold: one for each piece that is sent, worth what it was bought for, and gone with the order."""

from decimal import Decimal

import pytest

from store.engine.accounts.address_validation import Checks
from store.engine.accounts.models import User
from store.engine.catalog.models import ProductVariant
from store.engine.checkout import complete, contact
from store.engine.discounts.models import GiftCard, GiftCardEvent
from store.engine.events.models import Event
from store.engine.orders import gift_card_fulfillment, gift_card_issuing, staff_operations
from store.engine.orders.models import Order, OrderGrantedRefund
from store.engine.stock.models import Stock
from tests.engine import checkout_flow
from tests.engine.orders.order_flow import bought, refund, send

pytestmark = pytest.mark.django_db


def order_of_cards(quantity: int, price: str = "25.00") -> tuple[checkout_flow.Shop, Order]:
    shop = checkout_flow.create_shop(rate="0")
    shop.type.kind = "gift_card"
    shop.type.save()
    return shop, checkout_flow.place_order(shop, (shop.variant("CARD", price=price), quantity))


def test_each_piece_that_is_sent_is_a_card_of_its_price() -> None:
    shop, order = order_of_cards(3)
    order.user = User.objects.create(email="ada@example.com")
    order.save()
    assert not GiftCard.objects.exists()
    send(shop, order, 2)
    cards = list(GiftCard.objects.order_by("pk"))
    assert [(card.current_balance_amount, card.initial_balance_amount, card.currency) for card in cards] == [
        (Decimal(25), Decimal(25), "USD")
    ] * 2
    line = order.lines.get()
    assert {(card.created_by_email, card.created_by, card.order_line_id, card.product) for card in cards} == {
        ("ada@example.com", order.user, line.pk, line.variant and line.variant.product)
    }
    bought_events = GiftCardEvent.objects.filter(type="BOUGHT").order_by("pk")
    assert [(one.gift_card, one.user, one.order_id, one.parameters) for one in bought_events] == [
        (card, order.user, order.pk, {"channel": "default-channel"}) for card in cards
    ]
    created = Event.objects.filter(type="GIFT_CARD_CREATED")
    assert {one.object_pk for one in created} == {str(card.pk) for card in cards}
    send(shop, order, 1)
    assert GiftCard.objects.count() == 3


def test_other_goods_are_no_cards() -> None:
    shop, order = bought(2)
    send(shop, order, 2)
    assert not GiftCard.objects.exists()


def test_the_cards_of_a_canceled_order_pay_no_more() -> None:
    shop, order = order_of_cards(2)
    send(shop, order, 1)
    variant = shop.variants["CARD"]
    other = checkout_flow.place_order(shop, (variant, 1))
    send(shop, other, 1)
    gift_card_issuing.deactivate(order)
    assert [card.is_active for card in GiftCard.objects.order_by("pk")] == [False, True]


def test_canceling_an_order_without_cards_leaves_cards_alone() -> None:
    shop, cards = order_of_cards(1)
    send(shop, cards, 1)
    shop.type.kind = "normal"
    shop.type.save()
    order = checkout_flow.place_order(shop, (shop.variant("CUP"), 1))
    staff_operations.cancel(order_id=order.pk)
    assert GiftCard.objects.get().is_active


def digital_shop(*, automatic: bool = True) -> checkout_flow.Shop:
    """Cards need no parcel there."""
    shop = checkout_flow.create_shop(rate="0")
    shop.channel.automatically_fulfill_non_shippable_gift_card = automatic
    shop.channel.save()
    shop.type.kind, shop.type.is_shipping_required = "gift_card", False
    shop.type.save()
    return shop


def digital_order(*, tracked: bool = True, automatic: bool = True) -> Order:
    shop = digital_shop(automatic=automatic)
    return buy_cards(shop, shop.variant("CARD", price="25.00", track_inventory=tracked))


def buy_cards(shop: checkout_flow.Shop, card: ProductVariant) -> Order:
    """Two paid cards."""
    checkout = checkout_flow.create_checkout(shop, (card, 2), email="ada@example.com")
    contact.set_billing_address(checkout_id=checkout.pk, given=checkout_flow.ADA, checks=Checks())
    checkout_flow.pay(checkout)
    return complete.complete(checkout_id=checkout.pk)


@pytest.mark.parametrize("tracked", [True, False])
def test_a_channel_can_send_cards_without_a_person_once(tracked: bool) -> None:
    order = digital_order(tracked=tracked)
    assert [gift_card_fulfillment.sweep(), gift_card_fulfillment.sweep()] == [1, 0]
    order.refresh_from_db()
    assert (order.status, order.fulfillments.count(), GiftCard.objects.count()) == ("FULFILLED", 1, 2)


def test_cards_wait_for_a_person_elsewhere_and_while_unpaid() -> None:
    order = digital_order(automatic=False)
    assert gift_card_fulfillment.sweep() == 0
    order.channel.automatically_fulfill_non_shippable_gift_card = True
    order.channel.save()
    Order.objects.update(charge_status="PARTIAL")
    assert gift_card_fulfillment.sweep() == 0
    Order.objects.update(charge_status="FULL")
    assert gift_card_fulfillment.sweep() == 1


def test_two_sweeps_of_one_moment_send_each_card_once(monkeypatch: pytest.MonkeyPatch) -> None:
    order = digital_order()
    monkeypatch.setattr(gift_card_fulfillment, "due", lambda: [order.pk, order.pk])
    stale = gift_card_fulfillment._lines_of(order.pk)
    monkeypatch.setattr(gift_card_fulfillment, "_lines_of", lambda _: stale)
    assert gift_card_fulfillment.sweep() == 1
    assert GiftCard.objects.count() == 2


def test_cards_of_which_money_went_back_wait_for_a_person() -> None:
    order = digital_order()
    refund(order, "25.00")
    Order.objects.update(charge_status="FULL")  # as after a refund that was granted for its lines
    assert (gift_card_fulfillment.sweep(), GiftCard.objects.count()) == (0, 0)


def test_cards_that_are_granted_back_wait_for_a_person() -> None:
    order = digital_order()
    OrderGrantedRefund.objects.create(order=order, amount_value=Decimal(25), currency="USD")
    assert (gift_card_fulfillment.sweep(), GiftCard.objects.count()) == (0, 0)


def test_an_order_that_is_refused_keeps_no_other_one_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    shop = digital_shop()
    refused, sent = (buy_cards(shop, shop.variant(sku, price="25.00")) for sku in ("CARD-A", "CARD-B"))
    Stock.objects.filter(variant__sku="CARD-A").update(quantity=0)
    monkeypatch.setattr(gift_card_fulfillment, "BATCH_SIZE", 1)
    assert max(gift_card_fulfillment.sweep() for _ in range(60)) == 1  # missed by chance once in 10^18
    assert [order.fulfillments.count() for order in (refused, sent)] == [0, 1]
