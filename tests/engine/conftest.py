"""Fixtures of the engine's tests."""

from typing import Any

import pytest

from tests.engine.merchant import Merchant


@pytest.fixture
def merchant(transactional_db: None) -> Merchant:
    """A client of an empty shop."""
    return Merchant()


@pytest.fixture
def merchant_with_shop(merchant: Merchant) -> Merchant:
    """A client of a shop with a channel, a warehouse, taxes, a product type and a category."""
    merchant.set_up_shop()
    return merchant


@pytest.fixture
def any_cost(settings: Any) -> None:
    """No query is too dear: where statements are counted, also those that a shop would refuse by their cost."""
    settings.GRAPHQL_MAX_COST = 10**9
