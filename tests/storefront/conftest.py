"""Pages against a stand-in for Saleor: no database, no engine, a few milliseconds each."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from store.saleor import clients
from tests.storefront.saleor_double import Double


@pytest.fixture
def saleor() -> Iterator[Double]:
    kept = dict(clients._clients)
    double = Double()
    clients.connect(double, staff_token=None)
    yield double
    clients._clients.clear()
    clients._clients.update(kept)


@pytest.fixture
def shopper(saleor: Double, settings: Any) -> Client:
    """A browser without JavaScript; forms are checked for their CSRF token elsewhere."""
    settings.PUBLIC_URL = "https://cupwell.example"
    return Client()


@pytest.fixture
def buyer(shopper: Client, saleor: Double) -> Client:
    """A shopper whose cart holds two silicone starter sets and is ready to be paid."""
    put_in_cart(shopper, saleor)
    saleor.fill_cart(SIL_START_TEAL_SOFT=2)
    saleor.asked.clear()
    return shopper


def put_in_cart(
    shopper: Client, saleor: Double, sku: str = "SIL-START-TEAL-SOFT", quantity: str = "1"
) -> Any:
    variant = saleor.variant(sku)
    address = f"/products/{variant['product']['slug']}/"
    return shopper.post(address, {"variant": variant["id"], "quantity": quantity})
