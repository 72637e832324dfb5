"""Guides and products: a page reference attribute, read from the product and used to find products by page."""

import json

import pytest

from tests.contract.fixture_data import ShopSetup

READ_GUIDES = """query($c:String!,$id:ID!,$a:String!){product(id:$id,channel:$c){assignedAttribute(slug:$a){__typename attribute{slug}
  ...on AssignedMultiPageReferenceAttribute{value(limit:10){slug title}}}}}"""
FIND_PRODUCTS = (
    "query($c:String!,$w:ProductWhereInput!){products(first:10,channel:$c,where:$w){edges{node{id}}}}"
)


@pytest.fixture(scope="module")
def product_with_guides(shop: ShopSetup) -> dict[str, str]:
    """A product that references two pages: ids of product and first page, slug of the attribute."""
    page_type = shop.mutate(
        "mutation($i:PageTypeCreateInput!){pageTypeCreate(input:$i){pageType{id} errors{field message code}}}",
        i={"name": f"Guide {shop.suffix}", "slug": f"guide-{shop.suffix}"},
    )["pageType"]["id"]
    create = "mutation($i:PageCreateInput!){pageCreate(input:$i){page{id} errors{field message code}}}"
    content = json.dumps(
        {
            "time": 1,
            "version": "2",
            "blocks": [{"id": "a", "type": "paragraph", "data": {"text": "Go slow."}}],
        }
    )
    pages = [
        shop.mutate(
            create,
            i={
                "title": name,
                "slug": f"{name}-{shop.suffix}",
                "pageType": page_type,
                "isPublished": True,
                "content": content,
            },
        )["page"]["id"]
        for name in ("first", "care")
    ]
    attribute = shop.mutate(
        "mutation($i:AttributeCreateInput!){attributeCreate(input:$i){attribute{id} errors{field message code}}}",
        i={
            "name": "Guides",
            "slug": f"guides-{shop.suffix}",
            "type": "PRODUCT_TYPE",
            "inputType": "REFERENCE",
            "entityType": "PAGE",
        },
    )["attribute"]["id"]
    shop.mutate(
        "mutation($t:ID!,$o:[ProductAttributeAssignInput!]!){productAttributeAssign(productTypeId:$t,operations:$o){productType{id} errors{field message code}}}",
        t=shop.ids["product_type"], o=[{"id": attribute, "type": "PRODUCT"}],
    )  # fmt: skip
    product, _, _ = shop.create_product("guided", price="9.00", stock=3)
    shop.mutate(
        "mutation($id:ID!,$i:ProductInput!){productUpdate(id:$id,input:$i){product{id} errors{field message code}}}",
        id=product, i={"attributes": [{"id": attribute, "references": pages}]},
    )  # fmt: skip
    return {"product": product, "attribute": f"guides-{shop.suffix}", "page": pages[0]}


def test_a_product_lists_its_guides(shop: ShopSetup, product_with_guides: dict[str, str]) -> None:
    found = shop.api.execute(
        READ_GUIDES,
        {"c": shop.channel, "id": product_with_guides["product"], "a": product_with_guides["attribute"]},
    )
    assert found["product"]["assignedAttribute"] == {
        "__typename": "AssignedMultiPageReferenceAttribute",
        "attribute": {"slug": product_with_guides["attribute"]},
        "value": [
            {"slug": f"first-{shop.suffix}", "title": "first"},
            {"slug": f"care-{shop.suffix}", "title": "care"},
        ],
    }


@pytest.mark.parametrize(
    ("operator", "names", "count"),
    [
        ("containsAny", ["first", "none"], 1),
        ("containsAll", ["first", "care"], 1),
        ("containsAll", ["first", "none"], 0),
    ],
)
def test_products_are_found_by_their_guide(
    shop: ShopSetup, product_with_guides: dict[str, str], operator: str, names: list[str], count: int
) -> None:
    slugs = [f"{name}-{shop.suffix}" for name in names]
    where = {
        "attributes": [
            {
                "slug": product_with_guides["attribute"],
                "value": {"reference": {"pageSlugs": {operator: slugs}}},
            }
        ]
    }
    edges = shop.api.execute(FIND_PRODUCTS, {"c": shop.channel, "w": where})["products"]["edges"]
    assert [edge["node"]["id"] for edge in edges] == [product_with_guides["product"]] * count


def test_the_content_of_a_page_is_editorjs(shop: ShopSetup, product_with_guides: dict[str, str]) -> None:
    found = shop.api.execute("query($s:String!){page(slug:$s){content}}", {"s": f"first-{shop.suffix}"})[
        "page"
    ]
    assert json.loads(found["content"])["blocks"][0]["data"] == {"text": "Go slow."}


def test_an_unknown_attribute_is_null(shop: ShopSetup) -> None:
    found = shop.api.execute(READ_GUIDES, {"c": shop.channel, "id": shop.ids["product"], "a": "no-such"})
    assert found == {"product": {"assignedAttribute": None}}
