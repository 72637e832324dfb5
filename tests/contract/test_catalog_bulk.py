"""Bulk mutations of the catalog: which rows are written under each error policy when one row is invalid."""

from typing import Any

import pytest

from tests.contract.fixture_data import ShopSetup

PRODUCTS = "mutation($p:[ProductBulkCreateInput!]!,$e:ErrorPolicyEnum){productBulkCreate(products:$p,errorPolicy:$e){count results{product{slug variants{sku}} errors{path code}} errors{path code}}}"
VARIANTS = "mutation($id:ID!,$v:[ProductVariantBulkCreateInput!]!,$e:ErrorPolicyEnum){productVariantBulkCreate(product:$id,variants:$v,errorPolicy:$e){count results{productVariant{sku} errors{field path code}} errors{field code}}}"
ATTRIBUTES = "mutation($a:[AttributeCreateInput!]!,$e:ErrorPolicyEnum){attributeBulkCreate(attributes:$a,errorPolicy:$e){count results{attribute{name} errors{path code}} errors{path code}}}"
STOCKS = "mutation($s:[StockBulkUpdateInput!]!,$e:ErrorPolicyEnum){stockBulkUpdate(stocks:$s,errorPolicy:$e){count results{stock{quantity} errors{field code}} errors{field code}}}"
POLICIES = [("REJECT_EVERYTHING", 0), ("REJECT_FAILED_ROWS", 1), ("IGNORE_FAILED", 1)]


def execute_bulk(shop: ShopSetup, query: str, **variables: Any) -> dict[str, Any]:
    """Run a bulk mutation and return its payload, including the errors of rows."""
    (payload,) = shop.api.execute(query, variables, shop.app_token).values()
    found: dict[str, Any] = payload
    return found


def product_input(shop: ShopSetup, name: str, **given: Any) -> dict[str, Any]:
    return {
        "name": name, "slug": f"{name}-{shop.suffix}", "productType": shop.ids["product_type"], "category": shop.ids["category"],
        "attributes": [{"id": shop.ids["material"], "dropdown": {"value": "Glass"}}, {"id": shop.ids["count"], "numeric": "4"}],
        "channelListings": [{"channelId": shop.ids["channel"], "isPublished": True}],
        "variants": [{"sku": f"{name}-{shop.suffix}", "attributes": [{"id": shop.ids["colour"], "swatch": {"value": "Teal"}}]}],
        **given,
    }  # fmt: skip


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_products(shop: ShopSetup, policy: str, count: int) -> None:
    name = f"bulk-{policy[-6:].strip('_').lower()}"
    good, bad = (
        product_input(shop, name),
        product_input(shop, f"{name}-bad", productType="UHJvZHVjdFR5cGU6OTk5OTk5"),
    )
    done = execute_bulk(shop, PRODUCTS, p=[good, bad], e=policy)
    assert done["count"] == count
    assert done["results"][1] == {"product": None, "errors": [{"path": "productType", "code": "NOT_FOUND"}]}
    made = {"slug": good["slug"], "variants": [{"sku": good["slug"]}]} if count else None
    assert done["results"][0]["product"] == made


@pytest.mark.parametrize(
    ("given", "path", "code"),
    [({"productType": "UHJvZHVjdFR5cGU6OTk5OTk5"}, "productType", "NOT_FOUND"),
     ({"category": "Q2F0ZWdvcnk6OTk5OTk5"}, "category", "NOT_FOUND"),
     ({"channelListings": [{"channelId": "Q2hhbm5lbDo5OTk5OTk="}]}, "channelListings", "NOT_FOUND")],
)  # fmt: skip
def test_an_error_in_a_product_has_its_path(
    shop: ShopSetup, given: dict[str, Any], path: str, code: str
) -> None:
    done = execute_bulk(shop, PRODUCTS, p=[product_input(shop, "bulk-wrong", **given)])
    assert done["results"][0]["errors"] == [{"path": path, "code": code}]


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_variants(shop: ShopSetup, policy: str, count: int) -> None:
    made, _, _ = shop.create_product(f"many-{policy[-6:].strip('_').lower()}", price="1", stock=1)
    attributes = [{"id": shop.ids["colour"], "swatch": {"value": "Teal"}}]
    good, bad = (
        {"sku": f"v-{policy}-{shop.suffix}", "attributes": attributes},
        {"sku": f"glass-Teal-{shop.suffix}", "attributes": attributes},
    )
    done = execute_bulk(shop, VARIANTS, id=made, v=[good, bad], e=policy)
    assert (done["count"], done["results"][1]["productVariant"]) == (count, None)
    assert [(e["path"], e["code"]) for e in done["results"][1]["errors"]] == [("sku", "UNIQUE")]
    assert done["results"][0]["productVariant"] == ({"sku": good["sku"]} if count else None)


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_attributes(shop: ShopSetup, policy: str, count: int) -> None:
    name = f"Good {policy} {shop.suffix}"
    good = {"name": name, "type": "PRODUCT_TYPE"}
    bad = {"name": "Bad", "type": "PRODUCT_TYPE", "inputType": "REFERENCE"}
    done = execute_bulk(shop, ATTRIBUTES, a=[good, bad], e=policy)
    assert done["count"] == count
    assert done["results"][1] == {"attribute": None, "errors": [{"path": "entityType", "code": "REQUIRED"}]}
    assert done["results"][0]["attribute"] == ({"name": name} if count else None)


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_stocks(shop: ShopSetup, policy: str, count: int) -> None:
    _, attributes, _ = shop.create_product(f"stock-{policy[-6:].strip('_').lower()}", price="1", stock=4)
    good = {"variantId": attributes, "warehouseId": shop.ids["warehouse"], "quantity": 11}
    bad = {"variantId": "UHJvZHVjdFZhcmlhbnQ6OTk5OTk5", "warehouseId": shop.ids["warehouse"], "quantity": 1}
    done = execute_bulk(shop, STOCKS, s=[good, bad], e=policy)
    assert (done["count"], done["results"][1]["errors"]) == (
        count,
        [{"field": None, "code": "NOT_FOUND"}],
    )
    assert done["results"][0]["stock"] == ({"quantity": 11} if count else None)


def test_a_product_is_added_to_a_collection_once(shop: ShopSetup) -> None:
    made = shop.mutate(
        "mutation($i:CollectionCreateInput!){collectionCreate(input:$i){collection{id} errors{field message code}}}",
        i={"name": f"Set {shop.suffix}", "slug": f"set-{shop.suffix}"},
    )["collection"]["id"]
    add_products = "mutation($c:ID!,$p:[ID!]!){collectionAddProducts(collectionId:$c,products:$p){collection{products(first:5){totalCount}} errors{field message code}}}"
    for _ in range(2):
        assert (
            shop.mutate(add_products, c=made, p=[shop.ids["product"]])["collection"]["products"]["totalCount"]
            == 1
        )


def test_variant_selection_of_an_attribute_is_switched_on_and_off(shop: ShopSetup) -> None:
    query = "mutation($t:ID!,$o:[ProductAttributeAssignmentUpdateInput!]!){productAttributeAssignmentUpdate(productTypeId:$t,operations:$o){productType{assignedVariantAttributes{attribute{id} variantSelection}} errors{field message code}}}"
    for chosen in (False, True):
        done = shop.mutate(
            query, t=shop.ids["product_type"], o=[{"id": shop.ids["colour"], "variantSelection": chosen}]
        )
        assert {"attribute": {"id": shop.ids["colour"]}, "variantSelection": chosen} in done["productType"][
            "assignedVariantAttributes"
        ]
    variables = {
        "t": shop.ids["product_type"],
        "o": [{"id": shop.ids["material"], "variantSelection": True}],
    }
    assert shop.api.mutation_errors(query, variables, shop.app_token) == [("operations", "NOT_FOUND")]
