"""Deleting a channel: its carts go, its orders move, and nothing with money is lost."""

import pytest

from store.engine.channels.models import Channel
from store.engine.checkout import channel_deletion
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError
from store.engine.events.models import Event
from store.engine.orders.models import Order
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop
from tests.engine.locks import recorded_locks

pytestmark = pytest.mark.django_db


def another(currency: str = "USD") -> Channel:
    return Channel.objects.create(
        name=currency, slug=currency.lower(), currency_code=currency, default_country="US", is_active=True
    )


def refusal(channel: Channel, target: Channel | None = None) -> tuple[str, str | None]:
    with pytest.raises(OperationError) as refused:
        channel_deletion.delete(channel=channel, target=target)
    assert Channel.objects.filter(pk=channel.pk).exists()
    return refused.value.code, refused.value.field


def test_carts_go_with_their_channel_and_other_channels_keep_theirs(shop: Shop) -> None:
    cup = shop.variant("CUP")
    checkout_flow.create_checkout(shop, (cup, 1))
    other = another()
    kept = Checkout.objects.create(channel=other, currency="USD", country="US")
    with recorded_locks() as locked:
        channel_deletion.delete(channel=shop.channel)
    assert locked == ["Channel", "Checkout"]
    assert list(Channel.objects.all()) == [other]
    assert list(Checkout.objects.all()) == [kept]
    assert Event.objects.filter(type="CHANNEL_DELETED").count() == 1


def test_orders_move_to_the_channel_that_is_named(shop: Shop) -> None:
    cup = shop.variant("CUP")
    order = checkout_flow.place_order(shop, (cup, 1))
    other = another()
    assert refusal(shop.channel) == ("CHANNEL_WITH_ORDERS", "id")
    channel_deletion.delete(channel=shop.channel, target=other)
    assert Order.objects.get(pk=order.pk).channel == other


def test_a_target_of_another_currency_or_itself_is_refused(shop: Shop) -> None:
    assert refusal(shop.channel, another("EUR")) == ("CHANNELS_CURRENCY_MUST_BE_THE_SAME", "channelId")
    assert refusal(shop.channel, shop.channel) == ("INVALID", "channelId")


def test_a_cart_with_money_keeps_its_channel(shop: Shop) -> None:
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    checkout_flow.pay(checkout)
    assert refusal(shop.channel, another()) == ("INVALID", "id")
    assert Checkout.objects.count() == 1
