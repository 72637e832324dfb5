"""Queries over HTTP: status codes, pagination, visibility, prices, login, address rules."""

import pytest

from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import Api

PRODUCTS = "query($c:String!,$first:Int,$after:String){products(channel:$c,first:$first,after:$after,sortBy:{field:NAME,direction:ASC}){totalCount pageInfo{hasNextPage endCursor} edges{node{id slug}}}}"  # fmt: skip


def test_syntax_errors_are_400(api: Api) -> None:
    assert api.post("{").status == 400


def test_unknown_fields_are_400_and_named(api: Api) -> None:
    response = api.post("{nonsense}")
    assert response.status == 400
    assert "nonsense" in response.body["errors"][0]["message"]


def test_batches_are_400(api: Api) -> None:
    assert api.send(b'[{"query":"{__typename}"},{"query":"{__typename}"}]').status == 400


def test_a_body_that_is_not_json_is_400(api: Api) -> None:
    assert api.send(b"not json").status == 400


def test_pages_follow_one_another(shop: ShopSetup) -> None:
    shop.create_product("aaa", price="1.00", stock=1)
    first = shop.api.execute(PRODUCTS, {"c": shop.channel, "first": 1})["products"]
    assert first["pageInfo"]["hasNextPage"]
    second = shop.api.execute(
        PRODUCTS, {"c": shop.channel, "first": 1, "after": first["pageInfo"]["endCursor"]}
    )
    assert second["products"]["edges"][0]["node"]["slug"] > first["edges"][0]["node"]["slug"]


def test_an_unknown_product_is_null_not_an_error(shop: ShopSetup) -> None:
    query = 'query($c:String!){product(slug:"no-such",channel:$c){id}}'
    assert shop.api.execute(query, {"c": shop.channel}) == {"product": None}


def test_an_unpublished_product_is_null_for_guests(shop: ShopSetup) -> None:
    product, _, _ = shop.create_product("hidden", price="5.00", stock=1)
    shop.mutate(
        "mutation($id:ID!,$c:ID!){productChannelListingUpdate(id:$id,input:{updateChannels:[{channelId:$c,isPublished:false}]}){product{id} errors{field message code}}}",
        id=product, c=shop.ids["channel"],
    )  # fmt: skip
    query = "query($id:ID!,$c:String!){product(id:$id,channel:$c){id}}"
    assert shop.api.execute(query, {"id": product, "c": shop.channel}) == {"product": None}
    assert (
        shop.api.execute(query, {"id": product, "c": shop.channel}, shop.app_token)["product"]["id"]
        == product
    )


def test_unit_prices_round_half_even(shop: ShopSetup) -> None:
    product, _, _ = shop.create_product("half-even", price="29.00", stock=1)
    query = "query($id:ID!,$c:String!){product(id:$id,channel:$c){pricing{priceRange{start{gross{amount} net{amount} tax{amount}}}}}}"  # fmt: skip
    start = shop.api.execute(query, {"id": product, "c": shop.channel})["product"]["pricing"]["priceRange"][
        "start"
    ]
    assert start == {"gross": {"amount": 31.46}, "net": {"amount": 29.0}, "tax": {"amount": 2.46}}


def test_the_available_quantity_is_capped_by_the_limit_per_checkout(shop: ShopSetup) -> None:
    query = "query($id:ID!,$c:String!){productVariant(id:$id,channel:$c){quantityAvailable}}"
    _, variant, _ = shop.create_product("plenty", price="5.00", stock=500)
    assert (
        shop.api.execute(query, {"id": variant, "c": shop.channel})["productVariant"]["quantityAvailable"]
        == 50
    )


@pytest.mark.parametrize(
    "query", ["{me{id}}", '{checkout(id:"Q2hlY2tvdXQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"){id}}']
)
def test_no_user_and_no_checkout_are_null(api: Api, query: str) -> None:
    (value,) = api.execute(query).values()
    assert value is None


def test_a_login_gives_access_and_refresh_tokens(shop: ShopSetup) -> None:
    query = (
        'mutation{tokenCreate(email:"admin@example.com",password:"admin"){token refreshToken errors{code}}}'
    )
    made = shop.api.mutate(query)
    refreshed = shop.api.mutate("mutation($r:String!){tokenRefresh(refreshToken:$r){token errors{code}}}", {"r": made["refreshToken"]})  # fmt: skip
    user = shop.api.execute("{me{email isStaff}}", token=refreshed["token"])["me"]
    assert user == {"email": "admin@example.com", "isStaff": True}


RULES = {
    "US": (["city", "countryArea", "postalCode", "streetAddress1"], "zip"),
    "DE": (["city", "postalCode", "streetAddress1"], "postal"),
    "GB": (["city", "postalCode", "streetAddress1"], "postal"),
    "IE": (["city", "streetAddress1"], "eircode"),
}


@pytest.mark.parametrize("country", RULES)
def test_the_rules_of_an_address_follow_its_country(api: Api, country: str) -> None:
    query = "query($c:CountryCode!){addressValidationRules(countryCode:$c){requiredFields postalCodeType}}"
    rules = api.execute(query, {"c": country})["addressValidationRules"]
    assert (sorted(rules["requiredFields"]), rules["postalCodeType"]) == RULES[country]


# Last: after a wrong password, logins from this address get LOGIN_ATTEMPT_DELAYED for a while.
def test_a_wrong_password_is_refused_without_revealing_the_account(api: Api) -> None:
    query = 'mutation{tokenCreate(email:"admin@example.com",password:"wrong"){token errors{field code}}}'
    assert api.mutation_errors(query) == [("email", "INVALID_CREDENTIALS")]
