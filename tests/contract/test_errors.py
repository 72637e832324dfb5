"""Error codes of mutations, with the field that Saleor reports."""

from tests.contract.fixture_data import WAREHOUSE_ADDRESS, ShopSetup


def test_a_reference_attribute_needs_an_entity_type(shop: ShopSetup) -> None:
    query = "mutation($i:AttributeCreateInput!){attributeCreate(input:$i){attribute{id} errors{field message code}}}"
    input_data = {
        "name": "Guides",
        "slug": f"guides-{shop.suffix}",
        "type": "PRODUCT_TYPE",
        "inputType": "REFERENCE",
    }
    assert shop.api.mutation_errors(query, {"i": input_data}, shop.app_token) == [("entityType", "REQUIRED")]


def test_a_channel_slug_is_unique(shop: ShopSetup) -> None:
    query = (
        "mutation($i:ChannelCreateInput!){channelCreate(input:$i){channel{id} errors{field message code}}}"
    )
    input_data = {"name": "Second", "slug": shop.channel, "currencyCode": "USD", "defaultCountry": "US"}
    assert shop.api.mutation_errors(query, {"i": input_data}, shop.app_token) == [("slug", "UNIQUE")]


def test_a_sku_is_unique(shop: ShopSetup) -> None:
    query = "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id} errors{field message code}}}"  # fmt: skip
    input_data = {"product": shop.ids["product"], "sku": f"glass-Teal-{shop.suffix}", "attributes": []}
    assert shop.api.mutation_errors(query, {"i": input_data}, shop.app_token) == [("sku", "UNIQUE")]


def test_a_price_has_no_more_decimals_than_its_currency(shop: ShopSetup) -> None:
    query = "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{id} errors{field message code}}}"  # fmt: skip
    given = [{"channelId": shop.ids["channel"], "price": "29.001"}]
    assert shop.api.mutation_errors(query, {"id": shop.ids["variant"], "i": given}, shop.app_token) == [
        ("price", "INVALID")
    ]


def test_a_product_needs_a_category_to_be_published(shop: ShopSetup) -> None:
    made = shop.mutate(
        "mutation($i:ProductCreateInput!){productCreate(input:$i){product{id} errors{field message code}}}",
        i={"name": "Bare", "slug": f"bare-{shop.suffix}", "productType": shop.ids["product_type"]},
    )
    query = "mutation($id:ID!,$c:ID!){productChannelListingUpdate(id:$id,input:{updateChannels:[{channelId:$c,isPublished:true}]}){product{id} errors{field message code}}}"  # fmt: skip
    errors = shop.api.mutation_errors(
        query, {"id": made["product"]["id"], "c": shop.ids["channel"]}, shop.app_token
    )
    assert errors == [("isPublished", "PRODUCT_WITHOUT_CATEGORY")]


def test_a_variant_is_priced_only_where_its_product_is_listed(shop: ShopSetup) -> None:
    made = shop.mutate(
        "mutation($i:ProductCreateInput!){productCreate(input:$i){product{id} errors{field message code}}}",
        i={"name": "Unlisted", "slug": f"unlisted-{shop.suffix}", "productType": shop.ids["product_type"]},
    )
    variant = shop.mutate(
        "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id name} errors{field message code}}}",
        i={"product": made["product"]["id"], "sku": f"unlisted-{shop.suffix}", "attributes": []},
    )["productVariant"]
    query = "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{id} errors{field message code}}}"  # fmt: skip
    given = [{"channelId": shop.ids["channel"], "price": "1.00"}]
    assert shop.api.mutation_errors(query, {"id": variant["id"], "i": given}, shop.app_token) == [("input", "PRODUCT_NOT_ASSIGNED_TO_CHANNEL")]  # fmt: skip
    assert variant["name"] == f"unlisted-{shop.suffix}"


def test_all_problems_of_a_warehouse_address_are_returned(shop: ShopSetup) -> None:
    query = "mutation($i:WarehouseCreateInput!){createWarehouse(input:$i){warehouse{id} errors{field message code}}}"
    address = {key: WAREHOUSE_ADDRESS[key] for key in ("streetAddress1", "city", "country")}
    input_data = {"name": "Bad", "slug": f"bad-{shop.suffix}", "address": address}
    errors = shop.api.mutation_errors(query, {"i": input_data}, shop.app_token)
    assert set(errors) == {("countryArea", "REQUIRED"), ("postalCode", "REQUIRED")}


def test_staff_mutations_are_denied_to_guests(shop: ShopSetup) -> None:
    query = "mutation($i:CategoryInput!){categoryCreate(input:$i){category{id} errors{code}}}"
    assert shop.api.post(query, {"i": {"name": "x"}}).codes == ["PermissionDenied"]
