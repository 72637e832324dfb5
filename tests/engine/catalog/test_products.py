"""Products as a merchant makes them: what is taken, what is refused, in Saleor's words."""

from typing import Any

import pytest

from store.engine.catalog.models import AttributeValue, Product, ProductChannelListing, ProductVariant
from store.engine.events.models import Event
from tests.engine.api_client import Failed, ask_one
from tests.engine.merchant import TEXT, Merchant

VALUES = "product { id slug attributes { attribute { slug } values { slug name reference } } }"


def typed(merchant: Merchant) -> None:
    """A type with a material, a number of cups and guides to point to."""
    merchant.page("how-to", "How to cup safely at home")
    merchant.attribute("material", values=("Silicone", "Glass"))
    merchant.attribute("cups", "NUMERIC")
    merchant.attribute("guides", "REFERENCE", entityType="PAGE")
    merchant.product_type("cups", attributes=("guides", "material", "cups"))


def create(merchant: Merchant, *attributes: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = {
        "name": "Starter",
        "slug": "starter",
        "productType": merchant.made["type"],
        "attributes": list(attributes),
    }
    return merchant.call(
        "productCreate",
        VALUES,
        errors="field message code attributes",
        input=("ProductCreateInput!", given | more),
    )


def test_values_are_kept_under_the_slugs_that_saleor_gives(open_shop: Merchant) -> None:
    typed(open_shop)
    made = create(
        open_shop,
        {"id": open_shop.made["material"], "dropdown": {"value": "Silicone"}},
        {"id": open_shop.made["cups"], "numeric": "4"},
        {"id": open_shop.made["guides"], "references": [open_shop.made["page how-to"]]},
    )
    pk, page = Product.objects.get().pk, open_shop.made["page how-to"]
    guide = AttributeValue.objects.get(attribute__slug="guides")
    number = AttributeValue.objects.get(attribute__slug="cups")
    assert guide.slug == f"{pk}_{guide.reference_page_id}"
    assert number.slug == f"product-{pk}_{number.attribute_id}"
    assert made["product"]["attributes"] == [
        {
            "attribute": {"slug": "guides"},
            "values": [{"slug": guide.slug, "name": "How to cup safely at home", "reference": page}],
        },
        {
            "attribute": {"slug": "material"},
            "values": [{"slug": "silicone", "name": "Silicone", "reference": None}],
        },
        {"attribute": {"slug": "cups"}, "values": [{"slug": number.slug, "name": "4", "reference": None}]},
    ]


def test_a_choice_that_is_new_is_added(open_shop: Merchant) -> None:
    typed(open_shop)
    made = create(open_shop, {"id": open_shop.made["material"], "dropdown": {"value": "Bamboo"}})
    assert made["product"]["attributes"][1]["values"][0]["slug"] == "bamboo"
    assert AttributeValue.objects.filter(attribute__slug="material").count() == 3


def test_a_number_must_be_one(open_shop: Merchant) -> None:
    typed(open_shop)
    refused = create(open_shop, {"id": open_shop.made["cups"], "numeric": "four"})
    assert refused["errors"] == [
        {
            "field": "attributes",
            "message": "Numeric value is required.",
            "code": "INVALID",
            "attributes": [open_shop.made["cups"]],
        }
    ]
    assert Product.objects.count() == 0


def test_an_attribute_of_another_type_is_refused(open_shop: Merchant) -> None:
    typed(open_shop)
    stranger = open_shop.attribute("stranger", "NUMERIC")
    refused = create(open_shop, {"id": stranger, "numeric": "1"})
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("attributes", "NOT_FOUND")]
    assert Product.objects.count() == 0


def test_a_required_attribute_must_be_given(open_shop: Merchant) -> None:
    needed = open_shop.attribute("material", values=("Glass",), valueRequired=True)
    open_shop.product_type("cups", attributes=("material",))
    refused = create(open_shop)
    assert [(one["code"], one["attributes"]) for one in refused["errors"]] == [("REQUIRED", [needed])]
    assert Product.objects.count() == 0


def test_a_product_without_a_category_cant_be_published(open_shop: Merchant) -> None:
    open_shop.product(category=None)
    refused = open_shop.publish()
    assert refused["errors"] == [
        {
            "field": "isPublished",
            "message": "You must select a category to be able to publish.",
            "code": "PRODUCT_WITHOUT_CATEGORY",
            "channels": [open_shop.made["channel us"]],
        }
    ]
    assert ProductChannelListing.objects.count() == 0


def test_publishing_without_a_date_means_now(open_shop: Merchant) -> None:
    open_shop.product()
    open_shop.publish()
    listing = ProductChannelListing.objects.get()
    assert listing.is_visible()
    assert listing.is_available_for_purchase()


def test_a_variant_has_no_price_where_its_product_isnt_listed(open_shop: Merchant) -> None:
    open_shop.product()
    open_shop.variant("A")
    refused = open_shop.price("A", "29.00")
    assert refused["errors"] == [
        {
            "field": "input",
            "message": "Product not available in channels.",
            "code": "PRODUCT_NOT_ASSIGNED_TO_CHANNEL",
            "channels": [open_shop.made["channel us"]],
        }
    ]


def test_a_tenth_of_a_cent_is_no_price(open_shop: Merchant) -> None:
    open_shop.sell("starter", "29.00")
    refused = open_shop.price("starter-1", "29.001")
    assert [(one["field"], one["code"], one["message"]) for one in refused["errors"]] == [
        ("price", "INVALID", "Value cannot have more than 2 decimal places.")
    ]
    assert ProductChannelListing.objects.get().discounted_price_amount == 29


def test_a_price_and_its_cost_are_kept(open_shop: Merchant) -> None:
    open_shop.sell("starter", "1.00")
    listed = open_shop.price("starter-1", "29.00", costPrice="8.00")["variant"]["channelListings"]
    assert listed == [
        {
            "channel": {"slug": "us"},
            "price": {"amount": 29.0, "currency": "USD"},
            "costPrice": {"amount": 8.0},
        }
    ]


def test_a_taken_sku_is_refused(open_shop: Merchant) -> None:
    open_shop.product()
    open_shop.variant("A")
    refused = open_shop.call(
        "productVariantCreate",
        "productVariant { id }",
        input=(
            "ProductVariantCreateInput!",
            {"product": open_shop.made["starter"], "sku": "A", "attributes": []},
        ),
    )
    assert refused["errors"] == [
        {"field": "sku", "message": "Product variant with this Sku already exists.", "code": "UNIQUE"}
    ]
    assert ProductVariant.objects.count() == 1


def test_two_variants_may_be_chosen_by_the_same_value(open_shop: Merchant) -> None:
    open_shop.attribute("colour", values=("Amber",))
    open_shop.variant_attribute("colour")
    open_shop.product()
    amber = [{"id": open_shop.made["colour"], "dropdown": {"value": "Amber"}}]
    open_shop.variant("A", attributes=amber)
    open_shop.variant("B", attributes=amber)
    assert list(ProductVariant.objects.values_list("name", flat=True)) == ["Amber", "Amber"]


def test_a_variant_without_name_and_attributes_is_called_by_its_sku(open_shop: Merchant) -> None:
    open_shop.product()
    open_shop.variant("CUP-1")
    assert ProductVariant.objects.get().name == "CUP-1"


def test_the_first_variant_is_the_default_until_it_is_gone(open_shop: Merchant) -> None:
    open_shop.product()
    open_shop.variant("A")
    open_shop.variant("B")
    assert Product.objects.get().default_variant.sku == "A"
    open_shop.call("productVariantDelete", "productVariant { sku }", sku=("String", "A"))
    assert Product.objects.get().default_variant.sku == "B"


def test_an_update_changes_what_is_named_and_leaves_the_rest(open_shop: Merchant) -> None:
    typed(open_shop)
    create(open_shop, {"id": open_shop.made["cups"], "numeric": "4"}, description=TEXT)
    product = Product.objects.get()
    changed = open_shop.call(
        "productUpdate",
        VALUES,
        id=("ID", f"{gid(product)}"),
        input=(
            "ProductInput!",
            {"name": "Starter set", "attributes": [{"id": open_shop.made["cups"], "numeric": "6"}]},
        ),
    )
    assert changed["product"]["slug"] == "starter"
    assert [one["values"] for one in changed["product"]["attributes"]][2][0]["name"] == "6"
    product.refresh_from_db()
    assert product.name == "Starter set"
    assert product.description["blocks"][0]["data"]["text"] == "For home use."


def gid(row: Any) -> str:
    from tests.engine.api_client import gid as of

    return of(row)


def test_a_product_goes_with_all_that_is_its_own(open_shop: Merchant) -> None:
    typed(open_shop)
    create(open_shop, {"id": open_shop.made["cups"], "numeric": "4"})
    gone = open_shop.call("productDelete", "product { id slug }", id=("ID", gid(Product.objects.get())))
    assert gone["product"]["slug"] == "starter"
    assert Product.objects.count() == 0
    assert AttributeValue.objects.filter(attribute__slug="cups").count() == 0
    assert AttributeValue.objects.filter(attribute__slug="material").count() == 2


def test_a_script_in_a_description_is_taken_out(open_shop: Merchant) -> None:
    evil = TEXT.replace("For home use.", "Safe<script>alert(1)</script> <b>cup</b>")
    open_shop.product(description=evil)
    assert Product.objects.get().description["blocks"][0]["data"]["text"] == "Safe <b>cup</b>"


def test_facts_are_recorded_with_the_rows(open_shop: Merchant) -> None:
    open_shop.product()
    found = list(Event.objects.filter(object_kind="Product").values_list("type", flat=True))
    assert found == ["PRODUCT_CREATED"]


def test_shoppers_make_no_products(open_shop: Merchant) -> None:
    with pytest.raises(Failed) as refused:
        ask_one(
            'mutation($t: ID!) { productCreate(input: {productType: $t, name: "X"}) { errors { code } } }',
            t=open_shop.made["type"],
        )
    assert refused.value.codes == ["PermissionDenied"]
    assert Product.objects.count() == 0


# --- in bulk ------------------------------------------------------------------------------------------
BULK = """mutation B($p: [ProductBulkCreateInput!]!, $policy: ErrorPolicyEnum) {
  productBulkCreate(products: $p, errorPolicy: $policy) {
    count results { product { slug } errors { path code } } errors { path code } } }"""


def row(merchant: Merchant, slug: str, *skus: str, **more: Any) -> dict[str, Any]:
    channel = merchant.made["channel us"]
    return {
        "name": slug,
        "slug": slug,
        "productType": merchant.made["type"],
        "category": merchant.made["category sets"],
        "channelListings": [
            {
                "channelId": channel,
                "isPublished": True,
                "visibleInListings": True,
                "isAvailableForPurchase": True,
            }
        ],
        "variants": [
            {
                "sku": sku,
                "attributes": [],
                "stocks": [{"warehouse": merchant.made["warehouse main"], "quantity": 5}],
                "channelListings": [{"channelId": channel, "price": "27"}],
            }
            for sku in skus
        ],
    } | more


def test_whole_products_are_made_at_once_and_are_for_sale_at_once(open_shop: Merchant) -> None:
    made = open_shop.ask(BULK, p=[row(open_shop, "one", "A", "B"), row(open_shop, "two", "C")])
    assert made["count"] == 2
    assert made["errors"] == []
    found = ask_one(
        '{ products(first: 5, channel: "us") { edges { node { slug isAvailable variants { sku quantityAvailable } } } } }'
    )
    assert found["edges"][0]["node"] == {
        "slug": "one",
        "isAvailable": True,
        "variants": [{"sku": "A", "quantityAvailable": 5}, {"sku": "B", "quantityAvailable": 5}],
    }


def test_one_bad_row_stops_all_when_everything_is_to_be_rejected(open_shop: Merchant) -> None:
    made = open_shop.ask(
        BULK, p=[row(open_shop, "one", "A"), row(open_shop, "two", "A")], policy="REJECT_EVERYTHING"
    )
    assert made["count"] == 0
    assert made["results"][1]["errors"] == [{"path": "variants.0.sku", "code": "UNIQUE"}]
    assert Product.objects.count() == 0


def test_one_bad_row_stops_only_itself_when_failed_rows_are_rejected(open_shop: Merchant) -> None:
    made = open_shop.ask(
        BULK, p=[row(open_shop, "one", "A"), row(open_shop, "two", "A")], policy="REJECT_FAILED_ROWS"
    )
    assert made["count"] == 1
    assert [one["product"] for one in made["results"]] == [{"slug": "one"}, None]
    assert Product.objects.get().slug == "one"


def test_a_failing_variant_is_left_out_when_failures_are_ignored(open_shop: Merchant) -> None:
    made = open_shop.ask(
        BULK, p=[row(open_shop, "one", "A"), row(open_shop, "two", "A", "B")], policy="IGNORE_FAILED"
    )
    assert made["count"] == 2
    assert made["results"][1] == {
        "product": {"slug": "two"},
        "errors": [{"path": "variants.0.sku", "code": "UNIQUE"}],
    }
    assert sorted(ProductVariant.objects.values_list("sku", flat=True)) == ["A", "B"]


VARIANTS = """mutation V($p: ID!, $v: [ProductVariantBulkCreateInput!]!, $policy: ErrorPolicyEnum) {
  productVariantBulkCreate(product: $p, variants: $v, errorPolicy: $policy) {
    count results { productVariant { sku } errors { path code } } errors { field code index } } }"""


def test_variants_in_bulk_tell_each_their_own_error(open_shop: Merchant) -> None:
    open_shop.product()
    rows = [{"sku": "A", "attributes": []}, {"sku": "A", "attributes": []}, {"sku": "B", "attributes": []}]
    made = open_shop.ask(VARIANTS, p=open_shop.made["starter"], v=rows, policy="IGNORE_FAILED")
    assert made["count"] == 1
    assert made["errors"] == [
        {"field": "sku", "code": "UNIQUE", "index": 0},
        {"field": "sku", "code": "UNIQUE", "index": 1},
    ]
    assert ProductVariant.objects.get().sku == "B"


def test_variants_in_bulk_are_changed_with_their_stock_and_price(open_shop: Merchant) -> None:
    open_shop.sell("starter", "20.00", stock=3)
    variant = ProductVariant.objects.get()
    stock, listing = variant.stocks.get(), variant.channel_listings.get()
    rows = [
        {
            "id": open_shop.made["starter-1"],
            "name": "Amber",
            "stocks": {"update": [{"stock": gid(stock), "quantity": 8}]},
            "channelListings": {"update": [{"channelListing": named(listing), "price": "25"}]},
        }
    ]
    changed = open_shop.ask(
        "mutation($p: ID!, $v: [ProductVariantBulkUpdateInput!]!) { productVariantBulkUpdate(product: $p, variants: $v)"
        " { count results { productVariant { name stocks { quantity } } errors { path code } } } }",
        p=open_shop.made["starter"],
        v=rows,
    )
    assert changed == {
        "count": 1,
        "results": [{"productVariant": {"name": "Amber", "stocks": [{"quantity": 8}]}, "errors": None}],
    }
    assert ProductChannelListing.objects.get().discounted_price_amount == 25


def named(listing: Any) -> str:
    from store.engine.graphql.ids import to_global_id

    return to_global_id("ProductVariantChannelListing", listing.pk)
