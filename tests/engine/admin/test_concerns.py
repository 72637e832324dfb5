"""What needs a person stands on the home page, with a list that offers what can be done."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from store.engine import ports
from store.engine.accounts.models import Group, User
from store.engine.checkout import complete, paid_checkouts
from store.engine.checkout.models import Checkout
from store.engine.events.models import App, Event, EventDelivery, Webhook
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.models import Stock
from tests.engine import checkout_flow

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/checkout/checkout/"


def concerns(client):
    return {concern.title: concern for concern in client.get("/admin/").context["concerns"]}


def test_a_quiet_shop_has_no_concerns(admin_client):
    assert concerns(admin_client) == {}


def test_the_home_page_takes_fifteen_statements(admin_client, django_assert_max_num_queries):
    shop = checkout_flow.create_shop()
    checkout_flow.place_order(shop, (shop.variant("CUP"), 1))
    concerns(admin_client)
    with django_assert_max_num_queries(15):
        concerns(admin_client)


@pytest.fixture
def paid():
    """A checkout that was paid when the last piece had just been sold."""
    shop = checkout_flow.create_shop()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
    checkout_flow.pay(checkout)
    Stock.objects.update(quantity=0)
    with pytest.raises(InsufficientStock):
        complete.complete(checkout_id=checkout.pk)
    return checkout


def test_a_paid_basket_without_order_is_listed_with_its_reason(admin_client, paid):
    concern = concerns(admin_client)["Paid, but no order"]
    assert (concern.count, concern.url) == (1, LIST)
    text = admin_client.get(LIST).content.decode()
    assert "ada@example.com" in text
    assert "$36.79" in text
    assert "Insufficient stock: CUP (0 of 1)" in text
    assert "Insufficient stock" in admin_client.get(f"{LIST}{paid.pk}/change/").content.decode()


def test_its_order_is_made_once_the_goods_are_there(admin_client, paid):
    refused = admin_client.post(f"{LIST}{paid.pk}/complete/", follow=True)
    assert "Still no order" in refused.content.decode()
    Stock.objects.update(quantity=1)
    made = admin_client.post(f"{LIST}{paid.pk}/complete/", follow=True)
    assert "is made." in made.content.decode()
    assert Order.objects.get().total_charged_amount == Order.objects.get().total_gross_amount
    assert concerns(admin_client) == {}


def test_its_money_goes_back_once(admin_client, paid):
    for _ in range(2):
        admin_client.post(f"{LIST}{paid.pk}/refund/", {"request_key": "k"})
    [payment] = TransactionItem.objects.all()
    assert (payment.charged_value, payment.refunded_value) == (0, Decimal("36.79"))
    assert payment.events.filter(type="REFUND_REQUEST").count() == 1
    assert concerns(admin_client) == {}
    assert not Order.objects.exists()


def test_a_link_makes_no_order_and_sends_no_money(admin_client, paid):
    assert [admin_client.get(f"{LIST}{paid.pk}/{name}/").status_code for name in ("complete", "refund")] == [
        404,
        404,
    ]


def test_money_is_sent_back_by_those_who_handle_payments_only(paid):
    pia = User.objects.create_user("pia@cupwell.example", "cupwell-demo", is_staff=True)
    Group.objects.create(name="Baskets", permissions=["MANAGE_CHECKOUTS"]).users.add(pia)
    client = Client()
    client.force_login(pia)
    assert set(concerns(client)) == {"Paid, but no order"}
    assert "Send the money back" not in client.get(f"{LIST}{paid.pk}/change/").content.decode()
    client.post(f"{LIST}{paid.pk}/refund/")
    assert Checkout.objects.get().completion_problem != paid_checkouts.REFUND_REQUESTED


def test_a_failed_webhook_is_a_concern(admin_client):
    webhook = Webhook.objects.create(app=App.objects.create(name="Mailer"), target_url="https://example.com")
    event = Event.objects.create(type="ORDER_PAID", object_kind="Order", object_pk="1")
    EventDelivery.objects.create(event=event, webhook=webhook, status="failed")
    assert concerns(admin_client)["Webhooks that failed"].count == 1


def test_a_product_on_sale_without_what_it_needs_is_a_concern(admin_client, shop, monkeypatch):
    def rule(candidate):
        return ["It has no insert."] if candidate.name == shop.product.name else []

    monkeypatch.setattr(ports, "_connected", replace(ports.connected(), missing_requirements=rule))
    concern = concerns(admin_client)["On sale without what it needs"]
    listed = admin_client.get(concern.url).context["cl"].result_list
    text = admin_client.get(f"/admin/catalog/product/{shop.product.pk}/change/").content.decode()
    assert (concern.count, [product.name for product in listed]) == (1, [shop.product.name])
    assert "On sale in United States: It has no insert." in text
