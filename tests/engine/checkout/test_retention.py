"""Carts that nobody has touched for 90 days are deleted, unless money belongs to them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from store.engine.accounts.models import Address, User
from store.engine.channels import shop_settings
from store.engine.channels.models import Channel
from store.engine.checkout import retention
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, OperationError
from store.engine.payments.models import Payment, TransactionItem
from store.engine.stock.models import Reservation
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def channel():
    return Channel.objects.create(name="US", slug="us", currency_code="USD", default_country="US")


def cart(channel, *, days, **more):
    address = Address.objects.create(city="Austin", country="US")
    row = Checkout.objects.create(
        channel=channel,
        currency="USD",
        country="US",
        email="ada@example.com",
        shipping_address=address,
        **more,
    )
    Checkout.objects.filter(pk=row.pk).update(last_change=timezone.now() - timedelta(days=days))
    return row


def test_old_carts_go_with_their_addresses_and_young_ones_stay(channel):
    old = [cart(channel, days=91) for _ in range(3)]
    young = cart(channel, days=89)
    assert retention.delete_abandoned() == 3
    assert list(Checkout.objects.all()) == [young]
    assert list(Address.objects.values_list("pk", flat=True)) == [young.shipping_address_id]
    assert len(old) == 3


def test_carts_with_money_stay(channel):
    carts = [cart(channel, days=400) for _ in range(2)]
    TransactionItem.objects.create(checkout_id=carts[0].pk, currency="USD")
    Payment.objects.create(checkout_id=carts[1].pk, currency="USD", gateway="dummy")
    refused = cart(channel, days=400, completion_problem="The delivery does not fit.")
    assert retention.delete_abandoned() == 0
    assert set(Checkout.objects.all()) == {*carts, refused}


def test_an_address_of_an_address_book_stays(channel):
    row = cart(channel, days=91)
    User.objects.create_user("ada@example.com", "cupwell-demo").addresses.add(row.shipping_address)
    assert retention.delete_abandoned() == 1
    assert Address.objects.count() == 1


def test_batches_follow_each_other_until_none_is_left(channel, monkeypatch):
    monkeypatch.setattr(retention, "BATCH_SIZE", 2)
    for _ in range(5):
        cart(channel, days=91)
    assert retention.delete_abandoned() == 5
    assert Checkout.objects.count() == 0


def test_zero_days_keep_everything(channel, settings):
    settings.CHECKOUT_RETENTION_DAYS = 0
    cart(channel, days=4000)
    assert retention.delete_abandoned() == 0


def test_a_days_retention_is_obeyed(channel, settings):
    settings.CHECKOUT_RETENTION_DAYS = 1
    cart(channel, days=2)
    assert (retention.delete_abandoned(), Checkout.objects.count()) == (1, 0)


def test_one_cart_is_deleted_with_all_of_its_rows_and_another_stays():
    shop = checkout_flow.create_shop()
    cup = shop.variant("CUP")
    shop_settings.update(changes={"reserve_stock_duration_anonymous_user": 10})
    checkout, other = (checkout_flow.checkout_ready_to_pay(shop, (cup, 1)) for _ in range(2))
    retention.delete_one(checkout_id=checkout.pk)
    assert list(Checkout.objects.all()) == [other]
    assert [line.pk for line in other.lines.all()] == [Reservation.objects.get().checkout_line_id]
    assert not Address.objects.filter(
        pk__in=[checkout.billing_address_id, checkout.shipping_address_id]
    ).exists()
    assert Address.objects.filter(pk=other.billing_address_id).exists()
    with pytest.raises(NotFound):
        retention.delete_one(checkout_id=checkout.pk)


def test_one_cart_with_money_is_not_deleted(channel):
    row = cart(channel, days=400)
    TransactionItem.objects.create(checkout_id=row.pk, currency="USD")
    with pytest.raises(OperationError) as refused:
        retention.delete_one(checkout_id=row.pk)
    assert (refused.value.code, Checkout.objects.count()) == ("INVALID", 1)
