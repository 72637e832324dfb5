"""12. Guides and products: a reference attribute to pages, read from the product and asked for from the page."""

import json

import pytest

from tests.contract.fixture_data import World

READ = """query($c:String!,$id:ID!,$a:String!){product(id:$id,channel:$c){assignedAttribute(slug:$a){__typename attribute{slug}
  ...on AssignedMultiPageReferenceAttribute{value(limit:10){slug title}}}}}"""
FIND = "query($c:String!,$w:ProductWhereInput!){products(first:10,channel:$c,where:$w){edges{node{id}}}}"


@pytest.fixture(scope="module")
def guided(world: World) -> dict[str, str]:
    """Two pages, and a product that points to both; ids and slugs."""
    kind = world.do(
        "mutation($i:PageTypeCreateInput!){pageTypeCreate(input:$i){pageType{id} errors{field message code}}}",
        i={"name": f"Guide {world.mark}", "slug": f"guide-{world.mark}"},
    )["pageType"]["id"]
    create = "mutation($i:PageCreateInput!){pageCreate(input:$i){page{id} errors{field message code}}}"
    words = json.dumps(
        {
            "time": 1,
            "version": "2",
            "blocks": [{"id": "a", "type": "paragraph", "data": {"text": "Go slow."}}],
        }
    )
    pages = [
        world.do(
            create,
            i={
                "title": name,
                "slug": f"{name}-{world.mark}",
                "pageType": kind,
                "isPublished": True,
                "content": words,
            },
        )["page"]["id"]
        for name in ("first", "care")
    ]
    attribute = world.do(
        "mutation($i:AttributeCreateInput!){attributeCreate(input:$i){attribute{id} errors{field message code}}}",
        i={
            "name": "Guides",
            "slug": f"guides-{world.mark}",
            "type": "PRODUCT_TYPE",
            "inputType": "REFERENCE",
            "entityType": "PAGE",
        },
    )["attribute"]["id"]
    world.do(
        "mutation($t:ID!,$o:[ProductAttributeAssignInput!]!){productAttributeAssign(productTypeId:$t,operations:$o){productType{id} errors{field message code}}}",
        t=world.ids["product_type"], o=[{"id": attribute, "type": "PRODUCT"}],
    )  # fmt: skip
    product, _, _ = world.product("guided", price="9.00", stock=3)
    world.do(
        "mutation($id:ID!,$i:ProductInput!){productUpdate(id:$id,input:$i){product{id} errors{field message code}}}",
        id=product, i={"attributes": [{"id": attribute, "references": pages}]},
    )  # fmt: skip
    return {"product": product, "attribute": f"guides-{world.mark}", "page": pages[0]}


def test_a_product_names_its_guides(world: World, guided: dict[str, str]) -> None:
    found = world.api.ask(READ, {"c": world.channel, "id": guided["product"], "a": guided["attribute"]})
    assert found["product"]["assignedAttribute"] == {
        "__typename": "AssignedMultiPageReferenceAttribute",
        "attribute": {"slug": guided["attribute"]},
        "value": [
            {"slug": f"first-{world.mark}", "title": "first"},
            {"slug": f"care-{world.mark}", "title": "care"},
        ],
    }


@pytest.mark.parametrize(
    ("how", "wanted", "count"),
    [
        ("containsAny", ["first", "none"], 1),
        ("containsAll", ["first", "care"], 1),
        ("containsAll", ["first", "none"], 0),
    ],
)
def test_a_guide_names_its_products(
    world: World, guided: dict[str, str], how: str, wanted: list[str], count: int
) -> None:
    slugs = [f"{name}-{world.mark}" for name in wanted]
    where = {
        "attributes": [{"slug": guided["attribute"], "value": {"reference": {"pageSlugs": {how: slugs}}}}]
    }
    edges = world.api.ask(FIND, {"c": world.channel, "w": where})["products"]["edges"]
    assert [edge["node"]["id"] for edge in edges] == [guided["product"]] * count


def test_a_pages_words_are_editorjs(world: World, guided: dict[str, str]) -> None:
    found = world.api.ask("query($s:String!){page(slug:$s){content}}", {"s": f"first-{world.mark}"})["page"]
    assert json.loads(found["content"])["blocks"][0]["data"] == {"text": "Go slow."}


def test_an_attribute_that_is_not_there_is_null(world: World) -> None:
    found = world.api.ask(READ, {"c": world.channel, "id": world.ids["product"], "a": "no-such"})
    assert found == {"product": {"assignedAttribute": None}}
