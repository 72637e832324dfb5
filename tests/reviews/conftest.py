"""Fixtures: the seeded shop with a buyer's order whose parcel has left, and the merchant at the desk."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from store.engine.graphql.ids import to_global_id
from store.engine.orders import fulfillments
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.models import Order
from store.engine.stock.models import Allocation
from store.storefront.orders import order_token
from tests.storefront.test_with_the_engine import ADDRESS, PRODUCT_PATH, payment_form


@pytest.fixture
def merchant() -> Client:
    user = get_user_model()(email="merchant@example.com", is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def order(seeded_shop: None) -> Order:
    """Two silicone starter sets, paid; nothing has been sent yet."""
    shopper = Client()
    variant = re.search(r'name="variant" value="([^"]+)"', shopper.get(PRODUCT_PATH).text)
    assert variant
    shopper.post(PRODUCT_PATH, {"variant": variant[1], "quantity": "2"})
    shopper.post("/checkout/", ADDRESS)
    option = re.search(r'name="delivery" value="([^"]+)"', shopper.get("/checkout/delivery/").text)
    assert option
    shopper.post("/checkout/delivery/", {"delivery": option[1]})
    shopper.post("/checkout/payment/", payment_form(shopper))
    return Order.objects.get()


@pytest.fixture
def sent(order: Order) -> Order:
    line = order.lines.get()
    warehouse = Allocation.objects.get(order_line_id=line.pk).stock.warehouse_id
    fulfillments.fulfill(order_id=order.pk, fulfill_lines=[FulfillLine(line.pk, warehouse, 2)])
    return order


def review_path(order: Order, language: str = "", line: object = None) -> str:
    line_id = to_global_id("OrderLine", line or order.lines.get().pk)
    token = order_token(to_global_id("Order", order.pk))
    return f"{language}/orders/{token}/review/{line_id}/"
