"""What the engine's tests share."""

import pytest

from tests.engine.merchant import Merchant


@pytest.fixture
def merchant(transactional_db: None) -> Merchant:
    """A merchant in an empty shop."""
    return Merchant()


@pytest.fixture
def open_shop(merchant: Merchant) -> Merchant:
    """A merchant whose shop has a channel, a warehouse, taxes, a product type and a category."""
    merchant.open()
    return merchant
