"""Shop settings, and an engine without any data."""

import pytest

from store.engine.channels.models import ShopSettings
from tests.engine.api_client import GraphQLErrors, execute, execute_field
from tests.engine.merchant import Merchant


@pytest.mark.django_db
def test_an_engine_without_data_is_a_valid_empty_shop() -> None:
    answer = execute(
        "{ shop { name countries { code } } categories(first: 5) { totalCount } pages(first: 5) { totalCount }"
        ' productTypes(first: 5) { totalCount } attributes(first: 5) { totalCount } menu(slug: "x") { id }'
        ' products(first: 5, channel: "none") { totalCount } product(slug: "x", channel: "none") { id } }'
    )
    assert answer["shop"]["name"] == "Cupwell"
    assert len(answer["shop"]["countries"]) == 250
    assert answer["products"] == {"totalCount": 0}
    assert answer["menu"] is None
    assert answer["product"] is None
    assert ShopSettings.objects.count() == 0


@pytest.mark.django_db
def test_the_version_is_for_staff_and_refusing_it_empties_the_answer() -> None:
    with pytest.raises(GraphQLErrors) as refused:
        execute_field("{ shop { name version } }")
    assert refused.value.codes == ["PermissionDenied"]


def test_settings_are_changed_one_by_one(merchant: Merchant) -> None:
    given = {
        "reserveStockDurationAnonymousUser": 15,
        "limitQuantityPerCheckout": 20,
        "fulfillmentAllowUnpaid": False,
    }
    answer = "shop { reserveStockDurationAnonymousUser limitQuantityPerCheckout fulfillmentAllowUnpaid fulfillmentAutoApprove }"
    changed = merchant.mutate("shopSettingsUpdate", answer, input=("ShopSettingsInput!", given))["shop"]
    assert changed == given | {"fulfillmentAutoApprove": True}
    lifted = merchant.mutate(
        "shopSettingsUpdate", answer, input=("ShopSettingsInput!", {"limitQuantityPerCheckout": None})
    )["shop"]
    assert lifted["limitQuantityPerCheckout"] is None
    assert lifted["reserveStockDurationAnonymousUser"] == 15


def test_a_limit_below_one_is_refused_and_nothing_changes(merchant: Merchant) -> None:
    refused = merchant.mutate(
        "shopSettingsUpdate",
        "shop { name }",
        input=("ShopSettingsInput!", {"name": "X", "limitQuantityPerCheckout": 0}),
    )
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [
        ("limitQuantityPerCheckout", "INVALID")
    ]
    assert ShopSettings.objects.count() == 0


def test_settings_are_not_for_shoppers(merchant: Merchant) -> None:
    with pytest.raises(GraphQLErrors) as refused:
        execute_field('mutation { shopSettingsUpdate(input: {name: "Mine"}) { errors { code } } }')
    assert refused.value.codes == ["PermissionDenied"]
