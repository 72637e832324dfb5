"""What shoppers see: lists, filters, sorting, search, prices, and what is hidden from them."""

from typing import Any

import pytest

from store.engine.catalog.models import Product
from store.engine.graphql.ids import to_global_id
from tests.engine.api_client import GraphQLErrors, execute_field
from tests.engine.merchant import Merchant


def slugs(arguments: str = "", **variables: Any) -> list[str]:
    declared = ", ".join(f"${name}: {kind}" for name, (kind, _) in variables.items())
    head = f"query({declared})" if declared else "query"
    found = execute_field(
        f'{head} {{ products(first: 20, channel: "us" {arguments}) {{ totalCount edges {{ node {{ slug }} }} }} }}',
        **{name: value for name, (_, value) in variables.items()},
    )
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"]["slug"] for edge in found["edges"]]


@pytest.fixture
def three(merchant_with_shop: Merchant) -> Merchant:
    merchant_with_shop.create_listed_product("bulb", "29.00", "31.00")
    merchant_with_shop.create_listed_product("glide", "59.00")
    merchant_with_shop.create_listed_product("pump", "39.00", stock=0)
    return merchant_with_shop


def test_lists_come_in_the_order_of_their_slugs(three: Merchant) -> None:
    assert slugs() == ["bulb", "glide", "pump"]


def test_lists_are_sorted_by_price_and_name(three: Merchant) -> None:
    assert slugs(", sortBy: {field: PRICE, direction: DESC}") == ["glide", "pump", "bulb"]
    assert slugs(", sortBy: {field: NAME, direction: DESC}") == ["pump", "glide", "bulb"]


def test_lists_are_paged_forth_and_back(three: Merchant) -> None:
    page = """query P($after: String, $before: String, $first: Int, $last: Int) {
      products(channel: "us", first: $first, last: $last, after: $after, before: $before, sortBy: {field: PRICE, direction: ASC}) {
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { slug } } } }"""
    first = execute_field(page, first=2)
    assert [edge["node"]["slug"] for edge in first["edges"]] == ["bulb", "pump"]
    second = execute_field(page, first=2, after=first["pageInfo"]["endCursor"])
    assert [edge["node"]["slug"] for edge in second["edges"]] == ["glide"]
    assert second["pageInfo"]["hasNextPage"] is False
    assert second["pageInfo"]["hasPreviousPage"] is True
    back = execute_field(page, last=1, before=second["pageInfo"]["startCursor"])
    assert [edge["node"]["slug"] for edge in back["edges"]] == ["pump"]


def test_prices_are_shown_net_gross_and_tax(three: Merchant) -> None:
    money = "start { gross { amount } net { amount } tax { amount } } stop { gross { amount currency } }"
    found = execute_field(
        f'{{ product(slug: "bulb", channel: "us") {{ pricing {{ onSale priceRange {{ {money} }} }} }} }}'
    )
    assert found["pricing"] == {
        "onSale": False,
        "priceRange": {
            "start": {"gross": {"amount": 31.46}, "net": {"amount": 29.0}, "tax": {"amount": 2.46}},
            "stop": {"gross": {"amount": 33.64, "currency": "USD"}},
        },
    }


def test_a_variant_has_its_own_price(three: Merchant) -> None:
    found = execute_field(
        '{ productVariant(sku: "glide-1", channel: "us") { pricing { price { gross { amount } } } } }'
    )
    assert found == {"pricing": {"price": {"gross": {"amount": 64.02}}}}


def test_prices_of_another_country_carry_its_taxes(three: Merchant) -> None:
    found = execute_field(
        '{ product(slug: "bulb", channel: "us") { pricing(address: {country: DE}) { priceRange { start { gross { amount } } } } } }'
    )
    assert found["pricing"]["priceRange"]["start"]["gross"]["amount"] == 29.0


def test_what_is_out_of_stock_is_shown_and_not_available(three: Merchant) -> None:
    found = execute_field(
        '{ products(first: 5, channel: "us") { edges { node { slug isAvailable isAvailableForPurchase } } } }'
    )
    assert [(edge["node"]["slug"], edge["node"]["isAvailable"]) for edge in found["edges"]] == [
        ("bulb", True),
        ("glide", True),
        ("pump", False),
    ]
    assert all(edge["node"]["isAvailableForPurchase"] for edge in found["edges"])


def test_lists_are_filtered_by_price_stock_and_slug(three: Merchant) -> None:
    assert slugs(", where: {price: {range: {gte: 30, lte: 40}}}") == ["bulb", "pump"]
    assert slugs(", where: {minimalPrice: {range: {gte: 30}}}") == ["glide", "pump"]
    assert slugs(", where: {stockAvailability: OUT_OF_STOCK}") == ["pump"]
    assert slugs(', where: {slug: {oneOf: ["pump", "bulb"]}}') == ["bulb", "pump"]
    assert slugs(', where: {OR: [{slug: {eq: "pump"}}, {minimalPrice: {range: {gte: 50}}}]}') == [
        "glide",
        "pump",
    ]
    assert slugs(", filter: {price: {lte: 30}, isAvailable: true}") == ["bulb"]


def test_filter_and_where_together_are_refused(three: Merchant) -> None:
    with pytest.raises(GraphQLErrors):
        slugs(', where: {slug: {eq: "pump"}}, filter: {search: "x"}')


def test_a_category_includes_what_lies_below_it(three: Merchant) -> None:
    below = three.mutate(
        "categoryCreate",
        "category { id level }",
        input=("CategoryInput!", {"name": "Small", "slug": "small"}),
        parent=("ID", three.ids["category sets"]),
    )["category"]
    three.ids["category small"] = below["id"]
    three.create_listed_product("mini", "9.00", category="small")
    assert below["level"] == 1
    assert slugs(", where: {category: {eq: $c}}", c=("ID", three.ids["category sets"])) == [
        "bulb",
        "glide",
        "mini",
        "pump",
    ]
    found = execute_field(
        '{ category(slug: "small") { products(first: 5, channel: "us") { totalCount } ancestors(first: 5) { edges { node { slug } } } } }'
    )
    assert found == {"products": {"totalCount": 1}, "ancestors": {"edges": [{"node": {"slug": "sets"}}]}}


def test_categories_in_a_list_show_their_own_products_each(three: Merchant) -> None:
    three.category("oils")
    three.create_listed_product("oil", "9.00", category="oils")
    found = execute_field(
        '{ categories(first: 5, level: 0) { edges { node { slug products(first: 1, channel: "us",'
        " sortBy: {field: NAME, direction: ASC}) { totalCount pageInfo { hasNextPage } edges { node { slug isAvailable } } } } } } }"
    )
    shown = {edge["node"]["slug"]: edge["node"]["products"] for edge in found["edges"]}
    assert shown["sets"] == {
        "totalCount": 3,
        "pageInfo": {"hasNextPage": True},
        "edges": [{"node": {"slug": "bulb", "isAvailable": True}}],
    }
    assert shown["oils"]["edges"] == [{"node": {"slug": "oil", "isAvailable": True}}]


def test_a_cursor_from_a_list_of_categories_goes_on_in_one_category(three: Merchant) -> None:
    three.category("oils")
    several = execute_field(
        '{ categories(first: 5) { edges { node { slug products(first: 1, channel: "us") { edges { cursor } } } } } }'
    )
    cursor = several["edges"][0]["node"]["products"]["edges"][0]["cursor"]
    found = execute_field(
        'query($after: String) { category(slug: "sets") { products(first: 5, channel: "us", after: $after) { edges { node { slug } } } } }',
        after=cursor,
    )
    assert [edge["node"]["slug"] for edge in found["products"]["edges"]] == ["glide", "pump"]


def test_a_collection_keeps_the_order_of_its_products(three: Merchant) -> None:
    given = {"name": "First sets", "slug": "first", "products": [three.ids["pump"], three.ids["bulb"]]}
    three.create("first", "collectionCreate", "collection", "CollectionCreateInput!", given)
    shown = '{ collection(slug: "first", channel: "us") { products(first: 5) { totalCount edges { node { slug } } } } }'
    assert execute_field(shown) is None
    listings = [{"channelId": three.ids["channel us"], "isPublished": True}]
    three.mutate(
        "collectionChannelListingUpdate",
        "collection { id }",
        id=("ID!", three.ids["first"]),
        input=("CollectionChannelListingUpdateInput!", {"addChannels": listings}),
    )
    assert execute_field(shown) == {
        "products": {"totalCount": 2, "edges": [{"node": {"slug": "pump"}}, {"node": {"slug": "bulb"}}]}
    }


# --- what is hidden from shoppers -----------------------------------------------------------------------
def test_a_product_without_a_price_isnt_there_for_shoppers(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.product()
    merchant_with_shop.publish()
    merchant_with_shop.variant("A")
    assert execute_field('{ product(slug: "starter", channel: "us") { id } }') is None
    merchant_with_shop.price("A", "9.00")
    assert execute_field('{ product(slug: "starter", channel: "us") { id } }') == {
        "id": merchant_with_shop.ids["starter"]
    }


def test_a_product_out_of_the_lists_can_still_be_looked_up(three: Merchant) -> None:
    three.publish("bulb", visibleInListings=False)
    assert slugs() == ["glide", "pump"]
    assert execute_field('{ product(slug: "bulb", channel: "us") { slug } }') == {"slug": "bulb"}


def test_a_product_of_tomorrow_isnt_published_yet(three: Merchant) -> None:
    three.publish("bulb", publishedAt="2999-01-01T00:00:00Z")
    assert slugs() == ["glide", "pump"]
    assert execute_field('{ product(slug: "bulb", channel: "us") { slug } }') is None


def test_a_closed_channel_shows_nothing(three: Merchant) -> None:
    three.mutate("channelDeactivate", "channel { isActive }", id=("ID!", three.ids["channel us"]))
    assert slugs() == []


def test_an_unknown_channel_shows_nothing(three: Merchant) -> None:
    assert execute_field('{ products(first: 5, channel: "mars") { totalCount } }') == {"totalCount": 0}


def test_a_shopper_must_name_the_channel_when_there_are_several(three: Merchant) -> None:
    assert execute_field("{ products(first: 5) { totalCount } }") == {"totalCount": 3}
    three.channel("eu", "EUR", "DE")
    with pytest.raises(GraphQLErrors) as refused:
        execute_field("{ products(first: 5) { totalCount } }")
    assert refused.value.codes == ["ChannelNotDefined"]


def test_staff_sees_drafts_too(three: Merchant) -> None:
    three.product("draft")
    assert three.execute("{ products(first: 9) { totalCount } }") == {"totalCount": 4}
    assert execute_field('{ product(slug: "draft", channel: "us") { id } }') is None


def test_costs_and_stock_rows_are_for_staff(three: Merchant) -> None:
    for secret in ("channelListings { costPrice { amount } }", "stocks { quantity }"):
        with pytest.raises(GraphQLErrors) as refused:
            execute_field(f'{{ productVariant(sku: "bulb-1", channel: "us") {{ {secret} }} }}')
        assert refused.value.codes == ["PermissionDenied"]


def test_attributes_that_are_hidden_stay_hidden(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.attribute("supplier", "PLAIN_TEXT", visibleInStorefront=False)
    merchant_with_shop.product_type("cups", attributes=("supplier",))
    merchant_with_shop.create_listed_product(
        "bulb", "9.00", attributes=[{"id": merchant_with_shop.ids["supplier"], "plainText": "Acme"}]
    )
    shown = '{ product(slug: "bulb", channel: "us") { attributes { values { name } } assignedAttributes { __typename } } }'
    assert execute_field(shown) == {"attributes": [], "assignedAttributes": []}
    assert merchant_with_shop.execute(shown)["attributes"] == [{"values": [{"name": "Acme"}]}]


# --- search -------------------------------------------------------------------------------------------
def test_search_finds_words_of_name_text_sku_and_guides(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.page("care", "Cleaning silicone cups")
    merchant_with_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    merchant_with_shop.product_type("cups", attributes=("guides",))
    merchant_with_shop.create_listed_product(
        "glass-set",
        "20.00",
        attributes=[
            {"id": merchant_with_shop.ids["guides"], "references": [merchant_with_shop.ids["page care"]]}
        ],
    )
    merchant_with_shop.create_listed_product("oil", "9.00")
    assert slugs(', search: "silicone"') == ["glass-set"]
    assert sorted(slugs(', search: "home use"')) == ["glass-set", "oil"]
    assert slugs(', search: "OIL-1"') == ["oil"]
    assert slugs(', search: "brass"') == []


def test_search_finds_the_singular_by_the_plural_and_by_its_beginning(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("starter", "9.00", name="Massage Cup Größe L")
    for asked in ("cups", "mass", "GROSSE", "größe", 'cup" OR "x'):
        found = execute_field(
            'query($q: String) { products(first: 5, channel: "us", search: $q) { totalCount } }', q=asked
        )
        assert found == {"totalCount": 0 if "OR" in asked else 1}, asked


def test_search_is_ranked_by_the_name(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.page("care", "Bowl care")
    merchant_with_shop.attribute("guides", "REFERENCE", entityType="PAGE")
    merchant_with_shop.product_type("cups", attributes=("guides",))
    care = [{"id": merchant_with_shop.ids["guides"], "references": [merchant_with_shop.ids["page care"]]}]
    merchant_with_shop.create_listed_product("a-pump", "9.00", name="Hand pump", attributes=care)
    merchant_with_shop.create_listed_product("bowl", "9.00", name="Glass bowl")
    assert slugs(', search: "bowl"') == ["bowl", "a-pump"]
    assert slugs(', search: "bowl", sortBy: {field: RANK, direction: DESC}') == ["bowl", "a-pump"]
    assert slugs(', search: "bowl", sortBy: {field: NAME, direction: DESC}') == ["a-pump", "bowl"]
    with pytest.raises(GraphQLErrors):
        slugs(", sortBy: {field: RANK, direction: DESC}")


def test_a_translated_name_is_found_and_shown(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("starter", "9.00")
    merchant_with_shop.mutate(
        "productTranslate",
        "product { id }",
        id=("ID!", merchant_with_shop.ids["starter"]),
        languageCode=("LanguageCodeEnum!", "DE"),
        input=("TranslationInput!", {"name": "Silikonglocke", "slug": "silikonglocke"}),
    )
    assert slugs(', search: "silikonglocke"') == ["starter"]
    found = execute_field(
        '{ product(slug: "silikonglocke", slugLanguageCode: DE, channel: "us") { slug translation(languageCode: DE) { name language { code language } } } }'
    )
    assert found == {
        "slug": "starter",
        "translation": {"name": "Silikonglocke", "language": {"code": "DE", "language": "German"}},
    }


def test_a_deleted_product_is_found_no_more(merchant_with_shop: Merchant) -> None:
    merchant_with_shop.create_listed_product("starter", "9.00")
    merchant_with_shop.mutate("productDelete", "product { id }", id=("ID", merchant_with_shop.ids["starter"]))
    assert slugs(', search: "starter"') == []
    assert Product.objects.count() == 0


# --- nonsense -----------------------------------------------------------------------------------------
def test_metadata_is_found_by_any_key(merchant_with_shop: Merchant) -> None:
    keys = ["k", "a__b", "lot:L1", "has_key", "isnull"]
    merchant_with_shop.create_listed_product(
        "bulb", "9.00", metadata=[{"key": key, "value": "v"} for key in keys]
    )
    merchant_with_shop.create_listed_product("pump", "9.00")
    for key in keys:
        for pair in ({"key": key}, {"key": key, "value": "v"}):
            assert slugs(", where: {metadata: [$m]}", m=("MetadataFilter!", pair)) == ["bulb"]
        assert slugs(", where: {metadata: [$m]}", m=("MetadataFilter!", {"key": key, "value": "w"})) == []


@pytest.mark.parametrize("pk", ["x", "1.5", "-1", "9" * 40, "1 OR 1"])
def test_ids_that_name_nothing_find_nothing(three: Merchant, pk: str) -> None:
    def named(kind: str) -> str:
        return to_global_id(kind, pk)

    assert slugs(", where: {ids: [$i]}", i=("ID!", named("Product"))) == []
    assert slugs(", where: {category: {eq: $i}}", i=("ID", named("Category"))) == []
    assert slugs(", filter: {collections: [$i]}", i=("ID!", named("Collection"))) == []


@pytest.mark.parametrize("pk", ["-1", "9" * 40])
def test_a_number_that_no_row_has_is_null(three: Merchant, pk: str) -> None:
    query = 'query($i: ID!) { product(id: $i, channel: "us") { id } }'
    assert execute_field(query, i=to_global_id("Product", pk)) is None


@pytest.mark.parametrize("pk", ["x", "1.5", "1 OR 1"])
def test_a_product_id_that_is_no_number_is_refused(three: Merchant, pk: str) -> None:
    query = 'query($i: ID!) { product(id: $i, channel: "us") { id } }'
    with pytest.raises(GraphQLErrors) as refused:
        execute_field(query, i=to_global_id("Product", pk))
    assert "Expected: Product." in refused.value.messages[0]


@pytest.mark.parametrize("cursor", ["", "x", "W10=", "WzEsMl0=", "eyJhIjoxfQ==", "WyJhIiwiYiIsImMiLCJkIl0="])
def test_a_cursor_that_isnt_ours_is_refused_or_ignored_when_empty(three: Merchant, cursor: str) -> None:
    query = 'query($c: String) { products(first: 1, after: $c, channel: "us", sortBy: {field: PRICE, direction: ASC}) { totalCount } }'
    if not cursor:
        assert execute_field(query, c=cursor) == {"totalCount": 3}
        return
    with pytest.raises(GraphQLErrors) as refused:
        execute_field(query, c=cursor)
    assert refused.value.messages == ["Received cursor is invalid."]


def test_a_code_that_a_mutation_doesnt_have_becomes_invalid(merchant_with_shop: Merchant) -> None:
    refused = merchant_with_shop.mutate(
        "taxClassCreate", "taxClass { id }", input=("TaxClassCreateInput!", {"name": " "})
    )
    assert [(error["field"], error["code"]) for error in refused["errors"]] == [("name", "INVALID")]


def test_a_refused_bulk_counts_nothing(merchant_with_shop: Merchant) -> None:
    gone = to_global_id("Product", 999)
    answer = merchant_with_shop.execute(
        "mutation($p: ID!) { productVariantBulkCreate(product: $p, variants: []) { count results { errors { code } } errors { code } } }",
        p=gone,
    )
    assert answer == {"count": 0, "results": [], "errors": [{"code": "NOT_FOUND"}]}
