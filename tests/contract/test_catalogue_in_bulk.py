"""Many rows at once: what becomes of the good ones when one is bad."""

from typing import Any

import pytest

from tests.contract.fixture_data import World

PRODUCTS = "mutation($p:[ProductBulkCreateInput!]!,$e:ErrorPolicyEnum){productBulkCreate(products:$p,errorPolicy:$e){count results{product{slug variants{sku}} errors{path code}} errors{path code}}}"
VARIANTS = "mutation($id:ID!,$v:[ProductVariantBulkCreateInput!]!,$e:ErrorPolicyEnum){productVariantBulkCreate(product:$id,variants:$v,errorPolicy:$e){count results{productVariant{sku} errors{field path code}} errors{field code}}}"
ATTRIBUTES = "mutation($a:[AttributeCreateInput!]!,$e:ErrorPolicyEnum){attributeBulkCreate(attributes:$a,errorPolicy:$e){count results{attribute{name} errors{path code}} errors{path code}}}"
STOCKS = "mutation($s:[StockBulkUpdateInput!]!,$e:ErrorPolicyEnum){stockBulkUpdate(stocks:$s,errorPolicy:$e){count results{stock{quantity} errors{field code}} errors{field code}}}"
POLICIES = [("REJECT_EVERYTHING", 0), ("REJECT_FAILED_ROWS", 1), ("IGNORE_FAILED", 1)]


def bulk(world: World, query: str, **variables: Any) -> dict[str, Any]:
    """The payload; errors of rows stay in it."""
    (payload,) = world.api.ask(query, variables, world.app).values()
    found: dict[str, Any] = payload
    return found


def product(world: World, name: str, **given: Any) -> dict[str, Any]:
    return {
        "name": name, "slug": f"{name}-{world.mark}", "productType": world.ids["product_type"], "category": world.ids["category"],
        "attributes": [{"id": world.ids["material"], "dropdown": {"value": "Glass"}}, {"id": world.ids["count"], "numeric": "4"}],
        "channelListings": [{"channelId": world.ids["channel"], "isPublished": True}],
        "variants": [{"sku": f"{name}-{world.mark}", "attributes": [{"id": world.ids["colour"], "swatch": {"value": "Teal"}}]}],
        **given,
    }  # fmt: skip


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_products(world: World, policy: str, count: int) -> None:
    name = f"bulk-{policy[-6:].strip('_').lower()}"
    good, bad = product(world, name), product(world, f"{name}-bad", productType="UHJvZHVjdFR5cGU6OTk5OTk5")
    done = bulk(world, PRODUCTS, p=[good, bad], e=policy)
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
def test_what_is_wrong_with_a_product_is_said_with_its_path(
    world: World, given: dict[str, Any], path: str, code: str
) -> None:
    done = bulk(world, PRODUCTS, p=[product(world, "bulk-wrong", **given)])
    assert done["results"][0]["errors"] == [{"path": path, "code": code}]


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_variants(world: World, policy: str, count: int) -> None:
    made, _, _ = world.product(f"many-{policy[-6:].strip('_').lower()}", price="1", stock=1)
    teal = [{"id": world.ids["colour"], "swatch": {"value": "Teal"}}]
    good, bad = (
        {"sku": f"v-{policy}-{world.mark}", "attributes": teal},
        {"sku": f"glass-Teal-{world.mark}", "attributes": teal},
    )
    done = bulk(world, VARIANTS, id=made, v=[good, bad], e=policy)
    assert (done["count"], done["results"][1]["productVariant"]) == (count, None)
    assert [(e["path"], e["code"]) for e in done["results"][1]["errors"]] == [("sku", "UNIQUE")]
    assert done["results"][0]["productVariant"] == ({"sku": good["sku"]} if count else None)


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_attributes(world: World, policy: str, count: int) -> None:
    name = f"Good {policy} {world.mark}"
    good = {"name": name, "type": "PRODUCT_TYPE"}
    bad = {"name": "Bad", "type": "PRODUCT_TYPE", "inputType": "REFERENCE"}
    done = bulk(world, ATTRIBUTES, a=[good, bad], e=policy)
    assert done["count"] == count
    assert done["results"][1] == {"attribute": None, "errors": [{"path": "entityType", "code": "REQUIRED"}]}
    assert done["results"][0]["attribute"] == ({"name": name} if count else None)


@pytest.mark.parametrize(("policy", "count"), POLICIES)
def test_stocks(world: World, policy: str, count: int) -> None:
    _, teal, _ = world.product(f"shelf-{policy[-6:].strip('_').lower()}", price="1", stock=4)
    good = {"variantId": teal, "warehouseId": world.ids["warehouse"], "quantity": 11}
    bad = {"variantId": "UHJvZHVjdFZhcmlhbnQ6OTk5OTk5", "warehouseId": world.ids["warehouse"], "quantity": 1}
    done = bulk(world, STOCKS, s=[good, bad], e=policy)
    assert (done["count"], done["results"][1]["errors"]) == (
        count,
        [{"field": None, "code": "NOT_FOUND"}],
    )
    assert done["results"][0]["stock"] == ({"quantity": 11} if count else None)


def test_products_join_a_collection_once(world: World) -> None:
    made = world.do(
        "mutation($i:CollectionCreateInput!){collectionCreate(input:$i){collection{id} errors{field message code}}}",
        i={"name": f"Set {world.mark}", "slug": f"set-{world.mark}"},
    )["collection"]["id"]
    join = "mutation($c:ID!,$p:[ID!]!){collectionAddProducts(collectionId:$c,products:$p){collection{products(first:5){totalCount}} errors{field message code}}}"
    for _ in range(2):
        assert world.do(join, c=made, p=[world.ids["product"]])["collection"]["products"]["totalCount"] == 1


def test_a_variant_attribute_starts_and_stops_to_be_chosen_by(world: World) -> None:
    query = "mutation($t:ID!,$o:[ProductAttributeAssignmentUpdateInput!]!){productAttributeAssignmentUpdate(productTypeId:$t,operations:$o){productType{assignedVariantAttributes{attribute{id} variantSelection}} errors{field message code}}}"
    for chosen in (False, True):
        done = world.do(
            query, t=world.ids["product_type"], o=[{"id": world.ids["colour"], "variantSelection": chosen}]
        )
        assert {"attribute": {"id": world.ids["colour"]}, "variantSelection": chosen} in done["productType"][
            "assignedVariantAttributes"
        ]
    variables = {
        "t": world.ids["product_type"],
        "o": [{"id": world.ids["material"], "variantSelection": True}],
    }
    assert world.api.refused(query, variables, world.app) == [("operations", "NOT_FOUND")]
