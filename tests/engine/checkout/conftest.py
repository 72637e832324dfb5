"""Fixtures of several files: a shop, and a checkout of one cup that is ready to pay."""

import pytest

from store.engine.checkout.models import Checkout
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop


@pytest.fixture
def shop() -> Shop:
    return checkout_flow.create_shop()


@pytest.fixture
def checkout(shop: Shop) -> Checkout:
    return checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 1))
