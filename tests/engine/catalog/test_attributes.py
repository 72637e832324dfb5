"""Attributes, their choices, and their assignment to types."""

from store.engine.catalog.models import Attribute, AttributeValue, AttributeVariant, Page, PageType
from tests.engine.merchant import Merchant

CHOICES = (
    "attribute { slug type inputType entityType choices(first: 20) { edges { node { slug name value } } } }"
)


def create(merchant: Merchant, **given: object) -> dict:
    return merchant.mutate("attributeCreate", CHOICES, input=("AttributeCreateInput!", given))


def test_a_dropdown_comes_with_its_choices(merchant: Merchant) -> None:
    values = [{"name": "Silicone"}, {"name": "Glass"}]
    made = create(
        merchant, name="Material", slug="material", type="PRODUCT_TYPE", inputType="DROPDOWN", values=values
    )
    assert made["attribute"] == {
        "slug": "material",
        "type": "PRODUCT_TYPE",
        "inputType": "DROPDOWN",
        "entityType": None,
        "choices": {
            "edges": [
                {"node": {"slug": "silicone", "name": "Silicone", "value": ""}},
                {"node": {"slug": "glass", "name": "Glass", "value": ""}},
            ]
        },
    }


def test_a_reference_says_what_it_points_to(merchant: Merchant) -> None:
    refused = create(merchant, name="Guides", type="PRODUCT_TYPE", inputType="REFERENCE")
    assert refused["errors"] == [
        {
            "field": "entityType",
            "message": "Entity type is required for reference input type.",
            "code": "REQUIRED",
        }
    ]
    assert Attribute.objects.count() == 0


def test_the_slug_follows_from_the_name_and_stays_free(merchant: Merchant) -> None:
    assert create(merchant, name="Cup size", type="PRODUCT_TYPE")["attribute"]["slug"] == "cup-size"
    assert create(merchant, name="Cup size", type="PRODUCT_TYPE")["attribute"]["slug"] == "cup-size-2"


def test_a_taken_slug_is_refused(merchant: Merchant) -> None:
    create(merchant, name="A", slug="a", type="PRODUCT_TYPE")
    refused = create(merchant, name="B", slug="a", type="PRODUCT_TYPE")
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("slug", "UNIQUE")]
    assert Attribute.objects.count() == 1


def test_two_choices_of_one_name_are_refused_with_the_whole_attribute(merchant: Merchant) -> None:
    values = [{"name": "Soft"}, {"name": "soft"}]
    refused = create(merchant, name="Firmness", type="PRODUCT_TYPE", values=values)
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("values", "UNIQUE")]
    assert Attribute.objects.count() == 0


def test_choices_are_added_and_taken_away(merchant: Merchant) -> None:
    attribute = merchant.attribute("colour", "SWATCH", values=("Amber", "Clear"))
    amber = AttributeValue.objects.get(name="Amber")
    given = {
        "addValues": [{"name": "Blue", "value": "#0000ff"}],
        "removeValues": [merchant_id("AttributeValue", amber.pk)],
    }
    changed = merchant.mutate(
        "attributeUpdate", CHOICES, id=("ID", attribute), input=("AttributeUpdateInput!", given)
    )
    nodes = [edge["node"] for edge in changed["attribute"]["choices"]["edges"]]
    assert nodes == [
        {"slug": "clear", "name": "Clear", "value": ""},
        {"slug": "blue", "name": "Blue", "value": "#0000ff"},
    ]


def merchant_id(kind: str, pk: int) -> str:
    from store.engine.graphql.ids import to_global_id

    return to_global_id(kind, pk)


def test_choices_are_searched_and_sorted(merchant: Merchant) -> None:
    attribute = merchant.attribute("colour", values=("Clear", "Amber", "Blue"))
    found = merchant.execute(
        'query($id: ID) { attribute(id: $id) { choices(first: 5, search: "e", sortBy: {field: NAME, direction: ASC})'
        " { totalCount edges { node { name } } } } }",
        id=attribute,
    )
    assert [edge["node"]["name"] for edge in found["choices"]["edges"]] == ["Amber", "Blue", "Clear"]


def test_attributes_assigned_later_come_first_as_in_saleor(merchant: Merchant) -> None:
    """Attributes given with the type have no sort order; those assigned afterwards have one."""
    for slug in ("material", "cups", "guides"):
        merchant.attribute(slug)
    merchant.product_type(attributes=("material", "cups"))
    operations = [{"id": merchant.ids["guides"], "type": "PRODUCT"}]
    assigned = merchant.mutate(
        "productAttributeAssign",
        "productType { productAttributes { slug } }",
        productTypeId=("ID!", merchant.ids["type"]),
        operations=("[ProductAttributeAssignInput!]!", operations),
    )
    slugs = [attribute["slug"] for attribute in assigned["productType"]["productAttributes"]]
    assert slugs == ["guides", "material", "cups"]


def test_an_attribute_is_assigned_once(merchant: Merchant) -> None:
    merchant.attribute("colour")
    merchant.product_type()
    assert merchant.variant_attribute("colour")["errors"] == []
    repeated = merchant.variant_attribute("colour")
    assert [(error["field"], error["code"]) for error in repeated["errors"]] == [
        ("operations", "ATTRIBUTE_ALREADY_ASSIGNED")
    ]
    assert AttributeVariant.objects.count() == 1


def test_shoppers_cant_choose_by_free_text(merchant: Merchant) -> None:
    merchant.attribute("note", "PLAIN_TEXT")
    merchant.product_type()
    refused = merchant.variant_attribute("note")
    assert [error["code"] for error in refused["errors"]] == ["ATTRIBUTE_CANNOT_BE_ASSIGNED"]
    assert AttributeVariant.objects.count() == 0


def test_variant_selection_can_be_switched_off(merchant: Merchant) -> None:
    merchant.attribute("colour")
    merchant.product_type()
    merchant.variant_attribute("colour")
    changed = merchant.mutate(
        "productAttributeAssignmentUpdate",
        "productType { assignedVariantAttributes { attribute { slug } variantSelection } }",
        productTypeId=("ID!", merchant.ids["type"]),
        operations=(
            "[ProductAttributeAssignmentUpdateInput!]!",
            [{"id": merchant.ids["colour"], "variantSelection": False}],
        ),
    )
    assert changed["productType"]["assignedVariantAttributes"] == [
        {"attribute": {"slug": "colour"}, "variantSelection": False}
    ]


def test_an_attribute_of_customers_in_bulk_is_refused_by_name(merchant: Merchant) -> None:
    made = merchant.execute(
        "mutation($rows: [AttributeCreateInput!]!) { attributeBulkCreate(attributes: $rows)"
        " { count results { errors { message code } } } }",
        rows=[{"name": "Size", "type": "CUSTOMER_TYPE", "inputType": "DROPDOWN"}],
    )
    assert (made["count"], made["results"][0]["errors"][0]["message"]) == (
        0,
        "This shop keeps no attributes of CUSTOMER_TYPE.",
    )


def test_attributes_in_bulk_are_all_made_or_none(merchant: Merchant) -> None:
    rows = [
        {"name": "A", "type": "PRODUCT_TYPE"},
        {"name": "B", "type": "PRODUCT_TYPE", "inputType": "REFERENCE"},
    ]
    made = merchant.execute(
        "mutation($rows: [AttributeCreateInput!]!) { attributeBulkCreate(attributes: $rows, errorPolicy: REJECT_EVERYTHING)"
        " { count results { attribute { slug } errors { path code } } } }",
        rows=rows,
    )
    assert made["count"] == 0
    assert made["results"][1]["errors"] == [{"path": "entityType", "code": "REQUIRED"}]
    assert Attribute.objects.count() == 0


def test_facets_of_a_category_are_the_attributes_of_its_products(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.attribute("material", values=("Glass",))
    merchant_with_shop.attribute("unused")
    merchant_with_shop.product_type("cups", attributes=("material",))
    merchant_with_shop.create_listed_product("glass-set", "20.00")
    found = merchant_with_shop.execute(
        'query($id: ID) { attributes(first: 5, channel: "us", where: {inCategory: $id, visibleInStorefront: true,'
        " type: {eq: PRODUCT_TYPE}}) { edges { node { slug } } } }",
        id=merchant_with_shop.ids["category sets"],
    )
    assert [edge["node"]["slug"] for edge in found["edges"]] == ["material"]


def test_a_reference_points_to_the_named_types_only(merchant_with_shop: Merchant) -> None:
    shop = merchant_with_shop
    shop.page("how-to", "How to")
    given = {"name": "Insert", "slug": "insert"}
    shop.create("other type", "pageTypeCreate", "pageType", "PageTypeCreateInput!", given)
    shop.attribute("guides", "REFERENCE", entityType="PAGE", referenceTypes=[shop.ids["page type"]])
    shop.product_type("cups", attributes=("guides",))
    page = shop.ids["page how-to"]
    values = [{"id": shop.ids["guides"], "references": [page]}]
    shop.product("fits", attributes=values)
    moved = Page.objects.get(slug="how-to")
    moved.page_type = PageType.objects.get(slug="insert")
    moved.save()
    given = {"name": "No", "slug": "no", "productType": shop.ids["type"], "attributes": values}
    refused = shop.mutate("productCreate", "product { id }", input=("ProductCreateInput!", given))
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("attributes", "INVALID")]
