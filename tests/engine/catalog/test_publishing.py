"""No product with a safety insert in its type is sold without the insert of its material, and none loses it on sale."""

from typing import Any

import pytest

from store.engine.catalog.models import Page, ProductChannelListing
from tests.engine.merchant import Merchant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def merchant() -> Merchant:
    """A shop whose cup sets have a material and an insert; pages for silicone and glass."""
    made = Merchant()
    made.channel()
    made.channel("eu", "EUR", "DE")
    made.page("silicone-cups", "Silicone cups")
    made.page("glass-cups", "Glass cups")
    made.attribute("material", values=("Silicone", "Glass"))
    made.attribute("safety-insert", "REFERENCE", entityType="PAGE")
    made.product_type(attributes=("material", "safety-insert"))
    made.category()
    return made


def attributes(m: Merchant, material: str | None = "Silicone", insert: str | None = "silicone-cups") -> Any:
    pages = [m.made[f"page {insert}"]] if insert else []
    said = [{"id": m.made["safety-insert"], "references": pages}]
    return said + ([{"id": m.made["material"], "dropdown": {"value": material}}] if material else [])


def on_sale(m: Merchant, *channels: str) -> None:
    m.product(attributes=attributes(m))
    for channel in channels or ("us",):
        assert m.publish(channel=channel)["errors"] == []


def told(payload: Any) -> list[tuple[str | None, str]]:
    return [(e["field"], e["message"]) for e in payload["errors"]]


def change(m: Merchant, given: Any) -> Any:
    return m.call(
        "productUpdate", "product { id }", id=("ID!", m.made["starter"]), input=("ProductInput!", given)
    )


def page(m: Merchant, slug: str, given: Any) -> Any:
    return m.call(
        "pageUpdate", "page { id }", id=("ID!", m.made[f"page {slug}"]), input=("PageInput!", given)
    )


def published() -> int:
    return ProductChannelListing.objects.filter(is_published=True).count()


# --- publishing -----------------------------------------------------------------------------------------
def test_without_an_insert_nothing_is_published(merchant: Merchant) -> None:
    merchant.product(attributes=attributes(merchant, insert=None))
    payload = merchant.publish(visibleInListings=None, isAvailableForPurchase=None)
    [(field, message)] = told(payload)
    assert field == "isPublished"
    assert message.startswith("It has no published safety insert. Choose one")
    assert payload["errors"][0]["code"] == "INVALID"
    assert payload["errors"][0]["channels"] == [merchant.made["channel us"]]
    assert not ProductChannelListing.objects.exists()


@pytest.mark.parametrize("switch", ["isPublished", "visibleInListings", "isAvailableForPurchase"])
def test_each_switch_that_shows_it_is_guarded(merchant: Merchant, switch: str) -> None:
    merchant.product(attributes=attributes(merchant, insert=None))
    off = {"isPublished": False, "visibleInListings": False, "isAvailableForPurchase": False}
    assert [field for field, _ in told(merchant.publish(**(off | {switch: True})))] == [switch]


def test_the_insert_of_another_material_is_refused_and_the_right_one_named(merchant: Merchant) -> None:
    merchant.product(attributes=attributes(merchant, "Glass", "silicone-cups"))
    said = told(merchant.publish())[0][1]
    assert said == "It is made of glass, but silicone-cups is the insert for silicone. Choose glass-cups."


def test_an_insert_that_is_not_published_does_not_count(merchant: Merchant) -> None:
    Page.objects.filter(slug="silicone-cups").update(is_published=False)
    merchant.product(attributes=attributes(merchant))
    assert "publish its page" in told(merchant.publish())[0][1]


def test_a_page_that_is_no_insert_of_ours_does_not_count(merchant: Merchant) -> None:
    merchant.page("care", "Care")
    merchant.product(attributes=attributes(merchant, insert="care"))
    assert "There is no insert care in guides/." in told(merchant.publish())[0][1]


def test_with_its_insert_it_is_published_in_both_markets(merchant: Merchant) -> None:
    on_sale(merchant, "us", "eu")
    assert published() == 2


def test_a_market_whose_language_the_insert_lacks_is_refused_alone(merchant: Merchant) -> None:
    merchant.channel("pl", "PLN", "PL")
    on_sale(merchant, "us")
    assert "not written in a language of PL (pl)" in told(merchant.publish(channel="pl"))[0][1]
    assert published() == 1


def test_a_type_without_the_attribute_is_published_as_in_saleor(merchant: Merchant) -> None:
    merchant.product_type("gift-wrap")
    merchant.product()
    assert merchant.publish()["errors"] == []


def test_a_draft_may_be_listed_and_taken_off_sale_without_an_insert(merchant: Merchant) -> None:
    merchant.product(attributes=attributes(merchant, insert=None))
    off = {"isPublished": False, "visibleInListings": False, "isAvailableForPurchase": False}
    assert merchant.publish(**off)["errors"] == []


def test_bulk_creation_is_held_to_it_row_by_row(merchant: Merchant) -> None:
    listing = [{"channelId": merchant.made["channel us"], "isPublished": True}]
    rows = [
        {
            "name": insert or "None",
            "slug": insert or "none",
            "productType": merchant.made["type"],
            "category": merchant.made["category sets"],
            "attributes": attributes(merchant, insert=insert),
            "channelListings": listing,
        }
        for insert in (None, "silicone-cups")
    ]
    payload = merchant.ask(
        "mutation M($p: [ProductBulkCreateInput!]!) { productBulkCreate(products: $p, errorPolicy: REJECT_FAILED_ROWS)"
        " { count results { errors { path message } } } }",
        p=rows,
    )
    assert (payload["count"], published()) == (1, 1)
    assert "safety insert" in payload["results"][0]["errors"][0]["message"]


# --- what is on sale keeps it -------------------------------------------------------------------------------
def test_the_insert_can_t_be_taken_from_a_product_on_sale(merchant: Merchant) -> None:
    on_sale(merchant)
    [(field, message)] = told(change(merchant, {"attributes": attributes(merchant, None, insert=None)}))
    assert field == "attributes"
    assert message.startswith("Starter is on sale, so this can't be done. It has no published safety insert.")
    assert change(merchant, {"name": "Starter set"})["errors"] == []


def test_its_material_can_t_part_from_its_insert(merchant: Merchant) -> None:
    on_sale(merchant)
    glass = attributes(merchant, "Glass", "silicone-cups")
    assert "Choose glass-cups" in told(change(merchant, {"attributes": glass}))[0][1]
    assert change(merchant, {"attributes": attributes(merchant, "Glass", "glass-cups")})["errors"] == []


def test_off_sale_the_insert_may_go(merchant: Merchant) -> None:
    on_sale(merchant)
    merchant.publish(isPublished=False, visibleInListings=False, isAvailableForPurchase=False)
    assert change(merchant, {"attributes": attributes(merchant, None, insert=None)})["errors"] == []


@pytest.mark.parametrize(
    ("given", "field"), [({"isPublished": False}, "isPublished"), ({"slug": "x"}, "slug")]
)
def test_the_page_of_an_insert_is_neither_hidden_nor_renamed(
    merchant: Merchant, given: Any, field: str
) -> None:
    on_sale(merchant)
    assert [at for at, _ in told(page(merchant, "silicone-cups", given))] == [field]
    assert Page.objects.get(slug="silicone-cups").is_published
    assert page(merchant, "silicone-cups", {"title": "Silicone cups, new"})["errors"] == []
    assert page(merchant, "glass-cups", given)["errors"] == []


def test_the_page_of_an_insert_is_not_deleted(merchant: Merchant) -> None:
    on_sale(merchant)
    payload = merchant.call("pageDelete", "page { id }", id=("ID!", merchant.made["page silicone-cups"]))
    assert "Starter is on sale" in told(payload)[0][1]
    assert (
        merchant.call("pageDelete", "page { id }", id=("ID!", merchant.made["page glass-cups"]))["errors"]
        == []
    )
    kind = merchant.call("pageTypeDelete", "pageType { id }", id=("ID!", merchant.made["page type"]))
    assert "Starter is on sale" in told(kind)[0][1]
    assert Page.objects.count() == 1


def test_the_attribute_is_neither_deleted_nor_taken_from_the_type(merchant: Merchant) -> None:
    on_sale(merchant)
    gone = merchant.call("attributeDelete", "attribute { id }", id=("ID!", merchant.made["safety-insert"]))
    assert "Take them off sale first." in told(gone)[0][1]
    unassigned = merchant.call(
        "productAttributeUnassign",
        "productType { id }",
        productTypeId=("ID!", merchant.made["type"]),
        attributeIds=("[ID!]!", [merchant.made["safety-insert"]]),
    )
    assert "Take them off sale first." in told(unassigned)[0][1]
    replaced = merchant.call(
        "productTypeUpdate",
        "productType { id }",
        id=("ID!", merchant.made["type"]),
        input=("ProductTypeInput!", {"productAttributes": [merchant.made["material"]]}),
    )
    assert [at for at, _ in told(replaced)] == ["productAttributes"]
    renamed = merchant.call(
        "attributeUpdate",
        "attribute { id }",
        id=("ID!", merchant.made["safety-insert"]),
        input=("AttributeUpdateInput!", {"slug": "leaflet"}),
    )
    assert [at for at, _ in told(renamed)] == ["slug"]
    assert published() == 1
