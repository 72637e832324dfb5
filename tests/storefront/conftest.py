"""Fixtures for pages against a test double of Saleor: no database, no engine, a few milliseconds per test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from store.reviews import published
from store.saleor import clients
from store.storefront import page_cache
from tests.storefront.saleor_double import SaleorDouble


@pytest.fixture
def saleor(monkeypatch: pytest.MonkeyPatch) -> Iterator[SaleorDouble]:
    monkeypatch.setattr(page_cache, "_current_state", lambda: None)  # there is no database
    monkeypatch.setattr(published, "read_revision", lambda: 0)
    saved_clients = dict(clients._clients)
    double = SaleorDouble()
    clients.connect(double, staff_token=None)
    yield double
    clients._clients.clear()
    clients._clients.update(saved_clients)


@pytest.fixture
def shopper(saleor: SaleorDouble, settings: Any) -> Client:
    """Django's test client, which does not check CSRF tokens; other tests do."""
    settings.PUBLIC_URL = "https://cupwell.example"
    return Client()


@pytest.fixture
def buyer(shopper: Client, saleor: SaleorDouble, db: None) -> Client:
    """A shopper with two silicone starter sets in the cart, ready for payment."""
    put_in_cart(shopper, saleor)
    saleor.fill_cart(SIL_START_TEAL_SOFT=2)
    saleor.requests.clear()
    return shopper


def put_in_cart(
    shopper: Client, saleor: SaleorDouble, sku: str = "SIL-START-TEAL-SOFT", quantity: str = "1"
) -> Any:
    return shopper.post(*cart_form(saleor, sku, quantity))


def cart_form(
    saleor: SaleorDouble, sku: str = "SIL-START-TEAL-SOFT", quantity: str = "1"
) -> tuple[str, dict[str, Any]]:
    """The address and the fields of the form that puts a variant into the cart."""
    variant = saleor.variant(sku)
    return f"/products/{variant['product']['slug']}/", {"variant": variant["id"], "quantity": quantity}


def refused(shopper: Client, path: str, form: dict[str, Any], *, leads_to: str | None = None) -> Any:
    """Send a form that is refused, and return the page that says why.

    A redirect, so that Back and reload send nothing again: the page itself is then a 200 with the errors shown.
    """
    answer = shopper.post(path, form)
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (303, leads_to or path)
    page = shopper.get(answer["Location"])
    assert page.status_code == 200
    return page
