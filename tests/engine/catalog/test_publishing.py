"""A product whose type has a safety insert is published only with the insert of its material, and keeps it while
published."""

from typing import Any

import pytest

from store.engine.catalog.models import Page, ProductChannelListing
from tests.engine.merchant import Merchant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def merchant() -> Merchant:
    """A shop whose cup sets have a material and an insert; pages for silicone and glass."""
    merchant = Merchant()
    merchant.channel()
    merchant.channel("eu", "EUR", "DE")
    merchant.page("silicone-cups", "Silicone cups")
    merchant.page("glass-cups", "Glass cups")
    merchant.attribute("material", values=("Silicone", "Glass"))
    merchant.attribute("safety-insert", "REFERENCE", entityType="PAGE")
    merchant.product_type(attributes=("material", "safety-insert"))
    merchant.category()
    return merchant


def attributes(m: Merchant, material: str | None = "Silicone", insert: str | None = "silicone-cups") -> Any:
    pages = [m.ids[f"page {insert}"]] if insert else []
    values = [{"id": m.ids["safety-insert"], "references": pages}]
    return values + ([{"id": m.ids["material"], "dropdown": {"value": material}}] if material else [])


def publish_product(m: Merchant, *channels: str) -> None:
    m.product(attributes=attributes(m))
    for channel in channels or ("us",):
        assert m.publish(channel=channel)["errors"] == []


def field_messages(payload: Any) -> list[tuple[str | None, str]]:
    return [(e["field"], e["message"]) for e in payload["errors"]]


def change(m: Merchant, given: Any) -> Any:
    return m.mutate(
        "productUpdate", "product { id }", id=("ID!", m.ids["starter"]), input=("ProductInput!", given)
    )


def page(m: Merchant, slug: str, given: Any) -> Any:
    return m.mutate(
        "pageUpdate", "page { id }", id=("ID!", m.ids[f"page {slug}"]), input=("PageInput!", given)
    )


def published() -> int:
    return ProductChannelListing.objects.filter(is_published=True).count()


# --- publishing -----------------------------------------------------------------------------------------
def test_without_an_insert_nothing_is_published(merchant: Merchant) -> None:
    merchant.product(attributes=attributes(merchant, insert=None))
    payload = merchant.publish(visibleInListings=None, isAvailableForPurchase=None)
    [(field, message)] = field_messages(payload)
    assert field == "isPublished"
    assert message.startswith("It has no published safety insert. Choose one")
    assert payload["errors"][0]["code"] == "INVALID"
    assert payload["errors"][0]["channels"] == [merchant.ids["channel us"]]
    assert not ProductChannelListing.objects.exists()


@pytest.mark.parametrize("switch", ["isPublished", "visibleInListings", "isAvailableForPurchase"])
def test_each_switch_that_shows_it_is_guarded(merchant: Merchant, switch: str) -> None:
    merchant.product(attributes=attributes(merchant, insert=None))
    off = {"isPublished": False, "visibleInListings": False, "isAvailableForPurchase": False}
    assert [field for field, _ in field_messages(merchant.publish(**(off | {switch: True})))] == [switch]


def test_the_insert_of_another_material_is_refused_and_the_right_one_named(merchant: Merchant) -> None:
    merchant.product(attributes=attributes(merchant, "Glass", "silicone-cups"))
    message = field_messages(merchant.publish())[0][1]
    assert message == "It is made of glass, but silicone-cups is the insert for silicone. Choose glass-cups."


def test_an_insert_that_is_not_published_does_not_count(merchant: Merchant) -> None:
    Page.objects.filter(slug="silicone-cups").update(is_published=False)
    merchant.product(attributes=attributes(merchant))
    assert "publish its page" in field_messages(merchant.publish())[0][1]


def test_a_page_that_is_no_insert_of_ours_does_not_count(merchant: Merchant) -> None:
    merchant.page("care", "Care")
    merchant.product(attributes=attributes(merchant, insert="care"))
    assert "There is no insert care in guides/." in field_messages(merchant.publish())[0][1]


def test_with_its_insert_it_is_published_in_both_markets(merchant: Merchant) -> None:
    publish_product(merchant, "us", "eu")
    assert published() == 2


def test_a_market_whose_language_the_insert_lacks_is_refused_alone(merchant: Merchant) -> None:
    merchant.channel("pl", "PLN", "PL")
    publish_product(merchant, "us")
    assert "not written in a language of PL (pl)" in field_messages(merchant.publish(channel="pl"))[0][1]
    assert published() == 1


def test_a_type_without_the_attribute_is_published_as_in_saleor(merchant: Merchant) -> None:
    merchant.product_type("gift-wrap")
    merchant.product()
    assert merchant.publish()["errors"] == []


def test_a_draft_may_be_listed_and_taken_off_sale_without_an_insert(merchant: Merchant) -> None:
    merchant.product(attributes=attributes(merchant, insert=None))
    off = {"isPublished": False, "visibleInListings": False, "isAvailableForPurchase": False}
    assert merchant.publish(**off)["errors"] == []


def test_bulk_creation_checks_it_row_by_row(merchant: Merchant) -> None:
    listing = [{"channelId": merchant.ids["channel us"], "isPublished": True}]
    rows = [
        {
            "name": insert or "None",
            "slug": insert or "none",
            "productType": merchant.ids["type"],
            "category": merchant.ids["category sets"],
            "attributes": attributes(merchant, insert=insert),
            "channelListings": listing,
        }
        for insert in (None, "silicone-cups")
    ]
    payload = merchant.execute(
        "mutation M($p: [ProductBulkCreateInput!]!) { productBulkCreate(products: $p, errorPolicy: REJECT_FAILED_ROWS)"
        " { count results { errors { path message } } } }",
        p=rows,
    )
    assert (payload["count"], published()) == (1, 1)
    assert "safety insert" in payload["results"][0]["errors"][0]["message"]


# --- published products keep their insert --------------------------------------------------------------
def test_the_insert_can_t_be_taken_from_a_product_on_sale(merchant: Merchant) -> None:
    publish_product(merchant)
    [(field, message)] = field_messages(
        change(merchant, {"attributes": attributes(merchant, None, insert=None)})
    )
    assert field == "attributes"
    assert message.startswith("Starter is on sale, so this can't be done. It has no published safety insert.")
    assert change(merchant, {"name": "Starter set"})["errors"] == []


def test_its_material_can_t_part_from_its_insert(merchant: Merchant) -> None:
    publish_product(merchant)
    glass = attributes(merchant, "Glass", "silicone-cups")
    assert "Choose glass-cups" in field_messages(change(merchant, {"attributes": glass}))[0][1]
    assert change(merchant, {"attributes": attributes(merchant, "Glass", "glass-cups")})["errors"] == []


def test_off_sale_the_insert_may_go(merchant: Merchant) -> None:
    publish_product(merchant)
    merchant.publish(isPublished=False, visibleInListings=False, isAvailableForPurchase=False)
    assert change(merchant, {"attributes": attributes(merchant, None, insert=None)})["errors"] == []


@pytest.mark.parametrize(
    ("given", "field"), [({"isPublished": False}, "isPublished"), ({"slug": "x"}, "slug")]
)
def test_the_page_of_an_insert_is_neither_hidden_nor_renamed(
    merchant: Merchant, given: Any, field: str
) -> None:
    publish_product(merchant)
    assert [field for field, _ in field_messages(page(merchant, "silicone-cups", given))] == [field]
    assert Page.objects.get(slug="silicone-cups").is_published
    assert page(merchant, "silicone-cups", {"title": "Silicone cups, new"})["errors"] == []
    assert page(merchant, "glass-cups", given)["errors"] == []


def test_the_page_of_an_insert_is_not_deleted(merchant: Merchant) -> None:
    publish_product(merchant)
    payload = merchant.mutate("pageDelete", "page { id }", id=("ID!", merchant.ids["page silicone-cups"]))
    assert "Starter is on sale" in field_messages(payload)[0][1]
    assert (
        merchant.mutate("pageDelete", "page { id }", id=("ID!", merchant.ids["page glass-cups"]))["errors"]
        == []
    )
    kind = merchant.mutate("pageTypeDelete", "pageType { id }", id=("ID!", merchant.ids["page type"]))
    assert "Starter is on sale" in field_messages(kind)[0][1]
    assert Page.objects.count() == 1


def test_the_attribute_is_neither_deleted_nor_taken_from_the_type(merchant: Merchant) -> None:
    publish_product(merchant)
    deleted = merchant.mutate(
        "attributeDelete", "attribute { id }", id=("ID!", merchant.ids["safety-insert"])
    )
    assert "Take them off sale first." in field_messages(deleted)[0][1]
    unassigned = merchant.mutate(
        "productAttributeUnassign",
        "productType { id }",
        productTypeId=("ID!", merchant.ids["type"]),
        attributeIds=("[ID!]!", [merchant.ids["safety-insert"]]),
    )
    assert "Take them off sale first." in field_messages(unassigned)[0][1]
    replaced = merchant.mutate(
        "productTypeUpdate",
        "productType { id }",
        id=("ID!", merchant.ids["type"]),
        input=("ProductTypeInput!", {"productAttributes": [merchant.ids["material"]]}),
    )
    assert [field for field, _ in field_messages(replaced)] == ["productAttributes"]
    renamed = merchant.mutate(
        "attributeUpdate",
        "attribute { id }",
        id=("ID!", merchant.ids["safety-insert"]),
        input=("AttributeUpdateInput!", {"slug": "leaflet"}),
    )
    assert [field for field, _ in field_messages(renamed)] == ["slug"]
    assert published() == 1
