"""Fixtures of the tests of the GraphQL layer."""

import pytest

from tests.engine.graphql import full_shop as full_shop_rows
from tests.engine.merchant import Merchant


@pytest.fixture
def full_shop(transactional_db: None) -> Merchant:
    """A shop with six rows of everything that is listed."""
    return full_shop_rows.fill()
