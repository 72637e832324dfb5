"""Error codes, on the field that Saleor names."""

from tests.contract.fixture_data import DOCK, World


def test_a_reference_attribute_needs_to_say_what_it_refers_to(world: World) -> None:
    query = "mutation($i:AttributeCreateInput!){attributeCreate(input:$i){attribute{id} errors{field message code}}}"
    wanted = {
        "name": "Guides",
        "slug": f"guides-{world.mark}",
        "type": "PRODUCT_TYPE",
        "inputType": "REFERENCE",
    }
    assert world.api.refused(query, {"i": wanted}, world.app) == [("entityType", "REQUIRED")]


def test_a_channel_slug_is_unique(world: World) -> None:
    query = (
        "mutation($i:ChannelCreateInput!){channelCreate(input:$i){channel{id} errors{field message code}}}"
    )
    wanted = {"name": "Again", "slug": world.channel, "currencyCode": "USD", "defaultCountry": "US"}
    assert world.api.refused(query, {"i": wanted}, world.app) == [("slug", "UNIQUE")]


def test_a_sku_is_unique(world: World) -> None:
    query = "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id} errors{field message code}}}"  # fmt: skip
    wanted = {"product": world.ids["product"], "sku": f"glass-Teal-{world.mark}", "attributes": []}
    assert world.api.refused(query, {"i": wanted}, world.app) == [("sku", "UNIQUE")]


def test_a_price_has_no_more_places_than_its_currency(world: World) -> None:
    query = "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{id} errors{field message code}}}"  # fmt: skip
    given = [{"channelId": world.ids["channel"], "price": "29.001"}]
    assert world.api.refused(query, {"id": world.ids["variant"], "i": given}, world.app) == [
        ("price", "INVALID")
    ]


def test_a_product_needs_a_category_to_be_published(world: World) -> None:
    made = world.do(
        "mutation($i:ProductCreateInput!){productCreate(input:$i){product{id} errors{field message code}}}",
        i={"name": "Bare", "slug": f"bare-{world.mark}", "productType": world.ids["product_type"]},
    )
    query = "mutation($id:ID!,$c:ID!){productChannelListingUpdate(id:$id,input:{updateChannels:[{channelId:$c,isPublished:true}]}){product{id} errors{field message code}}}"  # fmt: skip
    refused = world.api.refused(query, {"id": made["product"]["id"], "c": world.ids["channel"]}, world.app)
    assert refused == [("isPublished", "PRODUCT_WITHOUT_CATEGORY")]


def test_a_variant_is_priced_only_where_its_product_is_listed(world: World) -> None:
    made = world.do(
        "mutation($i:ProductCreateInput!){productCreate(input:$i){product{id} errors{field message code}}}",
        i={"name": "Unlisted", "slug": f"unlisted-{world.mark}", "productType": world.ids["product_type"]},
    )
    variant = world.do(
        "mutation($i:ProductVariantCreateInput!){productVariantCreate(input:$i){productVariant{id name} errors{field message code}}}",
        i={"product": made["product"]["id"], "sku": f"unlisted-{world.mark}", "attributes": []},
    )["productVariant"]
    query = "mutation($id:ID!,$i:[ProductVariantChannelListingAddInput!]!){productVariantChannelListingUpdate(id:$id,input:$i){variant{id} errors{field message code}}}"  # fmt: skip
    given = [{"channelId": world.ids["channel"], "price": "1.00"}]
    assert world.api.refused(query, {"id": variant["id"], "i": given}, world.app) == [("input", "PRODUCT_NOT_ASSIGNED_TO_CHANNEL")]  # fmt: skip
    assert variant["name"] == f"unlisted-{world.mark}"


def test_a_warehouse_address_is_checked_whole(world: World) -> None:
    query = "mutation($i:WarehouseCreateInput!){createWarehouse(input:$i){warehouse{id} errors{field message code}}}"
    address = {key: DOCK[key] for key in ("streetAddress1", "city", "country")}
    wanted = {"name": "Bad", "slug": f"bad-{world.mark}", "address": address}
    refused = world.api.refused(query, {"i": wanted}, world.app)
    assert set(refused) == {("countryArea", "REQUIRED"), ("postalCode", "REQUIRED")}


def test_mutations_of_the_merchant_are_denied_to_guests(world: World) -> None:
    query = "mutation($i:CategoryInput!){categoryCreate(input:$i){category{id} errors{code}}}"
    assert world.api.post(query, {"i": {"name": "x"}}).codes == ["PermissionDenied"]
