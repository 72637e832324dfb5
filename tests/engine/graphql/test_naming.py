import pytest

from store.engine.graphql.naming import to_camel, to_snake


@pytest.mark.parametrize(
    ("camel", "snake"),
    [
        ("streetAddress1", "street_address_1"),
        ("languageCodeEnum", "language_code_enum"),
        ("id", "id"),
        ("AND", "AND"),
        ("availableForPurchaseAt", "available_for_purchase_at"),
        ("useLegacyErrorFlow", "use_legacy_error_flow"),
    ],
)
def test_camel_case_to_snake_case(camel: str, snake: str) -> None:
    assert to_snake(camel) == snake


def test_snake_case_to_camel_case() -> None:
    assert to_camel("channel_listing_update") == "channelListingUpdate"
