"""Operations on products through the API: what is accepted, and the errors of what is refused."""

from typing import Any

import pytest

from store.engine.catalog.models import AttributeValue, Product, ProductChannelListing, ProductVariant
from store.engine.events.models import Event
from tests.engine.api_client import GraphQLErrors, execute_field
from tests.engine.merchant import TEXT, Merchant

VALUES = "product { id slug attributes { attribute { slug } values { slug name reference } } }"


def create_product_type(merchant: Merchant) -> None:
    """Create a product type with a material, a number of cups and references to guides."""
    merchant.page("how-to", "How to cup safely at home")
    merchant.attribute("material", values=("Silicone", "Glass"))
    merchant.attribute("cups", "NUMERIC")
    merchant.attribute("guides", "REFERENCE", entityType="PAGE")
    merchant.product_type("cups", attributes=("guides", "material", "cups"))


def create(merchant: Merchant, *attributes: dict[str, Any], **more: Any) -> dict[str, Any]:
    given = {
        "name": "Starter",
        "slug": "starter",
        "productType": merchant.ids["type"],
        "attributes": list(attributes),
    }
    return merchant.mutate(
        "productCreate",
        VALUES,
        errors="field message code attributes",
        input=("ProductCreateInput!", given | more),
    )


def test_values_have_the_slugs_that_saleor_gives(merchant_with_shop: Merchant) -> None:
    create_product_type(merchant_with_shop)
    made = create(
        merchant_with_shop,
        {"id": merchant_with_shop.ids["material"], "dropdown": {"value": "Silicone"}},
        {"id": merchant_with_shop.ids["cups"], "numeric": "4"},
        {"id": merchant_with_shop.ids["guides"], "references": [merchant_with_shop.ids["page how-to"]]},
    )
    pk, page = Product.objects.get().pk, merchant_with_shop.ids["page how-to"]
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


def test_a_choice_that_is_new_is_added(merchant_with_shop: Merchant) -> None:
    create_product_type(merchant_with_shop)
    made = create(
        merchant_with_shop, {"id": merchant_with_shop.ids["material"], "dropdown": {"value": "Bamboo"}}
    )
    assert made["product"]["attributes"][1]["values"][0]["slug"] == "bamboo"
    assert AttributeValue.objects.filter(attribute__slug="material").count() == 3


def test_a_number_must_be_one(merchant_with_shop: Merchant) -> None:
    create_product_type(merchant_with_shop)
    refused = create(merchant_with_shop, {"id": merchant_with_shop.ids["cups"], "numeric": "four"})
    assert refused["errors"] == [
        {
            "field": "attributes",
            "message": "Numeric value is required.",
            "code": "INVALID",
            "attributes": [merchant_with_shop.ids["cups"]],
        }
    ]
    assert Product.objects.count() == 0


def test_an_attribute_of_another_type_is_refused(merchant_with_shop: Merchant) -> None:
    create_product_type(merchant_with_shop)
    stranger = merchant_with_shop.attribute("stranger", "NUMERIC")
    refused = create(merchant_with_shop, {"id": stranger, "numeric": "1"})
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("attributes", "NOT_FOUND")]
    assert Product.objects.count() == 0


def test_a_required_attribute_must_be_given(merchant_with_shop: Merchant) -> None:
    needed = merchant_with_shop.attribute("material", values=("Glass",), valueRequired=True)
    merchant_with_shop.product_type("cups", attributes=("material",))
    refused = create(merchant_with_shop)
    assert [(error["code"], error["attributes"]) for error in refused["errors"]] == [("REQUIRED", [needed])]
    assert Product.objects.count() == 0


def test_a_product_without_a_category_cant_be_published(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product(category=None)
    refused = merchant_with_shop.publish()
    assert refused["errors"] == [
        {
            "field": "isPublished",
            "message": "You must select a category to be able to publish.",
            "code": "PRODUCT_WITHOUT_CATEGORY",
            "channels": [merchant_with_shop.ids["channel us"]],
        }
    ]
    assert ProductChannelListing.objects.count() == 0


def test_publishing_without_a_date_means_now(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    merchant_with_shop.publish()
    listing = ProductChannelListing.objects.get()
    assert listing.is_visible()
    assert listing.is_available_for_purchase()


def test_a_variant_has_no_price_where_its_product_isnt_listed(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    merchant_with_shop.variant("A")
    refused = merchant_with_shop.price("A", "29.00")
    assert refused["errors"] == [
        {
            "field": "input",
            "message": "Product not available in channels.",
            "code": "PRODUCT_NOT_ASSIGNED_TO_CHANNEL",
            "channels": [merchant_with_shop.ids["channel us"]],
        }
    ]


def test_a_tenth_of_a_cent_is_no_price(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("starter", "29.00")
    refused = merchant_with_shop.price("starter-1", "29.001")
    assert [(error["field"], error["code"], error["message"]) for error in refused["errors"]] == [
        ("price", "INVALID", "Value cannot have more than 2 decimal places.")
    ]
    assert ProductChannelListing.objects.get().discounted_price_amount == 29


def test_a_price_and_its_cost_are_stored(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("starter", "1.00")
    listed = merchant_with_shop.price("starter-1", "29.00", costPrice="8.00")["variant"]["channelListings"]
    assert listed == [
        {
            "channel": {"slug": "us"},
            "price": {"amount": 29.0, "currency": "USD"},
            "costPrice": {"amount": 8.0},
        }
    ]


def test_a_taken_sku_is_refused(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    merchant_with_shop.variant("A")
    refused = merchant_with_shop.mutate(
        "productVariantCreate",
        "productVariant { id }",
        input=(
            "ProductVariantCreateInput!",
            {"product": merchant_with_shop.ids["starter"], "sku": "A", "attributes": []},
        ),
    )
    assert refused["errors"] == [
        {"field": "sku", "message": "Product variant with this Sku already exists.", "code": "UNIQUE"}
    ]
    assert ProductVariant.objects.count() == 1


def test_two_variants_may_be_chosen_by_the_same_value(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.attribute("colour", values=("Amber",))
    merchant_with_shop.variant_attribute("colour")
    merchant_with_shop.product()
    amber = [{"id": merchant_with_shop.ids["colour"], "dropdown": {"value": "Amber"}}]
    merchant_with_shop.variant("A", attributes=amber)
    merchant_with_shop.variant("B", attributes=amber)
    assert list(ProductVariant.objects.values_list("name", flat=True)) == ["Amber", "Amber"]


def test_a_variant_without_name_and_attributes_is_called_by_its_sku(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    merchant_with_shop.variant("CUP-1")
    assert ProductVariant.objects.get().name == "CUP-1"


def test_the_first_variant_is_the_default_until_it_is_gone(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    merchant_with_shop.variant("A")
    merchant_with_shop.variant("B")
    assert Product.objects.get().default_variant.sku == "A"
    merchant_with_shop.mutate("productVariantDelete", "productVariant { sku }", sku=("String", "A"))
    assert Product.objects.get().default_variant.sku == "B"


def test_an_update_changes_what_is_named_and_leaves_the_rest(merchant_with_shop: Merchant) -> None:
    create_product_type(merchant_with_shop)
    create(merchant_with_shop, {"id": merchant_with_shop.ids["cups"], "numeric": "4"}, description=TEXT)
    product = Product.objects.get()
    changed = merchant_with_shop.mutate(
        "productUpdate",
        VALUES,
        id=("ID", f"{gid(product)}"),
        input=(
            "ProductInput!",
            {"name": "Starter set", "attributes": [{"id": merchant_with_shop.ids["cups"], "numeric": "6"}]},
        ),
    )
    assert changed["product"]["slug"] == "starter"
    assert [attribute["values"] for attribute in changed["product"]["attributes"]][2][0]["name"] == "6"
    product.refresh_from_db()
    assert product.name == "Starter set"
    assert product.description["blocks"][0]["data"]["text"] == "For home use."


def gid(row: Any) -> str:
    from tests.engine.api_client import gid as of

    return of(row)


def test_a_product_goes_with_all_that_is_its_own(merchant_with_shop: Merchant) -> None:
    create_product_type(merchant_with_shop)
    create(merchant_with_shop, {"id": merchant_with_shop.ids["cups"], "numeric": "4"})
    gone = merchant_with_shop.mutate(
        "productDelete", "product { id slug }", id=("ID", gid(Product.objects.get()))
    )
    assert gone["product"]["slug"] == "starter"
    assert Product.objects.count() == 0
    assert AttributeValue.objects.filter(attribute__slug="cups").count() == 0
    assert AttributeValue.objects.filter(attribute__slug="material").count() == 2


def test_a_script_in_a_description_is_taken_out(merchant_with_shop: Merchant) -> None:
    evil = TEXT.replace("For home use.", "Safe<script>alert(1)</script> <b>cup</b>")
    merchant_with_shop.product(description=evil)
    assert Product.objects.get().description["blocks"][0]["data"]["text"] == "Safe <b>cup</b>"


def test_events_are_recorded_with_the_rows(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    found = list(Event.objects.filter(object_kind="Product").values_list("type", flat=True))
    assert found == ["PRODUCT_CREATED"]


def test_shoppers_make_no_products(merchant_with_shop: Merchant) -> None:
    with pytest.raises(GraphQLErrors) as refused:
        execute_field(
            'mutation($t: ID!) { productCreate(input: {productType: $t, name: "X"}) { errors { code } } }',
            t=merchant_with_shop.ids["type"],
        )
    assert refused.value.codes == ["PermissionDenied"]
    assert Product.objects.count() == 0


# --- in bulk ------------------------------------------------------------------------------------------
BULK = """mutation B($p: [ProductBulkCreateInput!]!, $policy: ErrorPolicyEnum) {
  productBulkCreate(products: $p, errorPolicy: $policy) {
    count results { product { slug } errors { path code } } errors { path code } } }"""


def row(merchant: Merchant, slug: str, *skus: str, **more: Any) -> dict[str, Any]:
    channel = merchant.ids["channel us"]
    return {
        "name": slug,
        "slug": slug,
        "productType": merchant.ids["type"],
        "category": merchant.ids["category sets"],
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
                "stocks": [{"warehouse": merchant.ids["warehouse main"], "quantity": 5}],
                "channelListings": [{"channelId": channel, "price": "27"}],
            }
            for sku in skus
        ],
    } | more


def test_whole_products_are_made_at_once_and_are_for_sale_at_once(merchant_with_shop: Merchant) -> None:
    made = merchant_with_shop.execute(
        BULK, p=[row(merchant_with_shop, "one", "A", "B"), row(merchant_with_shop, "two", "C")]
    )
    assert made["count"] == 2
    assert made["errors"] == []
    found = execute_field(
        '{ products(first: 5, channel: "us") { edges { node { slug isAvailable variants { sku quantityAvailable } } } } }'
    )
    assert found["edges"][0]["node"] == {
        "slug": "one",
        "isAvailable": True,
        "variants": [{"sku": "A", "quantityAvailable": 5}, {"sku": "B", "quantityAvailable": 5}],
    }


def test_one_bad_row_stops_all_when_everything_is_to_be_rejected(merchant_with_shop: Merchant) -> None:
    made = merchant_with_shop.execute(
        BULK,
        p=[row(merchant_with_shop, "one", "A"), row(merchant_with_shop, "two", "A")],
        policy="REJECT_EVERYTHING",
    )
    assert made["count"] == 0
    assert made["results"][1]["errors"] == [{"path": "variants.0.sku", "code": "UNIQUE"}]
    assert Product.objects.count() == 0


def test_one_bad_row_stops_only_itself_when_failed_rows_are_rejected(merchant_with_shop: Merchant) -> None:
    made = merchant_with_shop.execute(
        BULK,
        p=[row(merchant_with_shop, "one", "A"), row(merchant_with_shop, "two", "A")],
        policy="REJECT_FAILED_ROWS",
    )
    assert made["count"] == 1
    assert [result["product"] for result in made["results"]] == [{"slug": "one"}, None]
    assert Product.objects.get().slug == "one"


def test_a_failing_variant_is_left_out_when_failures_are_ignored(merchant_with_shop: Merchant) -> None:
    made = merchant_with_shop.execute(
        BULK,
        p=[row(merchant_with_shop, "one", "A"), row(merchant_with_shop, "two", "A", "B")],
        policy="IGNORE_FAILED",
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


def test_variants_in_bulk_report_each_its_own_error(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    rows = [{"sku": "A", "attributes": []}, {"sku": "A", "attributes": []}, {"sku": "B", "attributes": []}]
    made = merchant_with_shop.execute(
        VARIANTS, p=merchant_with_shop.ids["starter"], v=rows, policy="IGNORE_FAILED"
    )
    assert made["count"] == 1
    assert made["errors"] == [
        {"field": "sku", "code": "UNIQUE", "index": 0},
        {"field": "sku", "code": "UNIQUE", "index": 1},
    ]
    assert ProductVariant.objects.get().sku == "B"


def test_variants_in_bulk_are_changed_with_their_stock_and_price(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("starter", "20.00", stock=3)
    variant = ProductVariant.objects.get()
    stock, listing = variant.stocks.get(), variant.channel_listings.get()
    rows = [
        {
            "id": merchant_with_shop.ids["starter-1"],
            "name": "Amber",
            "stocks": {"update": [{"stock": gid(stock), "quantity": 8}]},
            "channelListings": {"update": [{"channelListing": named(listing), "price": "25"}]},
        }
    ]
    changed = merchant_with_shop.execute(
        "mutation($p: ID!, $v: [ProductVariantBulkUpdateInput!]!) { productVariantBulkUpdate(product: $p, variants: $v)"
        " { count results { productVariant { name stocks { quantity } } errors { path code } } } }",
        p=merchant_with_shop.ids["starter"],
        v=rows,
    )
    assert changed == {
        "count": 1,
        "results": [{"productVariant": {"name": "Amber", "stocks": [{"quantity": 8}]}, "errors": []}],
    }
    assert ProductChannelListing.objects.get().discounted_price_amount == 25


def named(listing: Any) -> str:
    from store.engine.graphql.ids import to_global_id

    return to_global_id("ProductVariantChannelListing", listing.pk)
