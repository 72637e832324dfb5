"""How requests are answered: ids, pages, rights, and what is refused."""

import pytest

from tests.contract.fixture_data import World
from tests.contract.targets import Api

PRODUCTS = "query($c:String!,$first:Int,$after:String){products(channel:$c,first:$first,after:$after,sortBy:{field:NAME,direction:ASC}){totalCount pageInfo{hasNextPage endCursor} edges{node{id slug}}}}"  # fmt: skip


def test_syntax_errors_are_400(api: Api) -> None:
    assert api.post("{").status == 400


def test_unknown_fields_are_400_and_named(api: Api) -> None:
    answer = api.post("{nonsense}")
    assert answer.status == 400
    assert "nonsense" in answer.body["errors"][0]["message"]


def test_batches_are_400(api: Api) -> None:
    assert api.send(b'[{"query":"{__typename}"},{"query":"{__typename}"}]').status == 400


def test_a_body_that_is_no_json_is_400(api: Api) -> None:
    assert api.send(b"not json").status == 400


def test_pages_follow_one_another(world: World) -> None:
    world.product("aaa", price="1.00", stock=1)
    first = world.api.ask(PRODUCTS, {"c": world.channel, "first": 1})["products"]
    assert first["pageInfo"]["hasNextPage"]
    then = world.api.ask(PRODUCTS, {"c": world.channel, "first": 1, "after": first["pageInfo"]["endCursor"]})
    assert then["products"]["edges"][0]["node"]["slug"] > first["edges"][0]["node"]["slug"]


def test_an_unknown_product_is_null_not_an_error(world: World) -> None:
    query = 'query($c:String!){product(slug:"no-such",channel:$c){id}}'
    assert world.api.ask(query, {"c": world.channel}) == {"product": None}


def test_an_unpublished_product_is_null_for_the_public(world: World) -> None:
    product, _, _ = world.product("hidden", price="5.00", stock=1)
    world.do(
        "mutation($id:ID!,$c:ID!){productChannelListingUpdate(id:$id,input:{updateChannels:[{channelId:$c,isPublished:false}]}){product{id} errors{field message code}}}",
        id=product, c=world.ids["channel"],
    )  # fmt: skip
    query = "query($id:ID!,$c:String!){product(id:$id,channel:$c){id}}"
    assert world.api.ask(query, {"id": product, "c": world.channel}) == {"product": None}
    assert world.api.ask(query, {"id": product, "c": world.channel}, world.app)["product"]["id"] == product


def test_prices_round_half_even_a_unit(world: World) -> None:
    product, _, _ = world.product("half-even", price="29.00", stock=1)
    query = "query($id:ID!,$c:String!){product(id:$id,channel:$c){pricing{priceRange{start{gross{amount} net{amount} tax{amount}}}}}}"  # fmt: skip
    start = world.api.ask(query, {"id": product, "c": world.channel})["product"]["pricing"]["priceRange"][
        "start"
    ]
    assert start == {"gross": {"amount": 31.46}, "net": {"amount": 29.0}, "tax": {"amount": 2.46}}


def test_the_quantity_shown_is_capped_by_the_shops_limit(world: World) -> None:
    query = "query($id:ID!,$c:String!){productVariant(id:$id,channel:$c){quantityAvailable}}"
    _, variant, _ = world.product("plenty", price="5.00", stock=500)
    assert (
        world.api.ask(query, {"id": variant, "c": world.channel})["productVariant"]["quantityAvailable"] == 50
    )


@pytest.mark.parametrize(
    "query", ["{me{id}}", '{checkout(id:"Q2hlY2tvdXQ6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"){id}}']
)
def test_nobody_and_nothing_are_null(api: Api, query: str) -> None:
    (value,) = api.ask(query).values()
    assert value is None


def test_a_login_gives_access_and_refresh_tokens(world: World) -> None:
    query = (
        'mutation{tokenCreate(email:"admin@example.com",password:"admin"){token refreshToken errors{code}}}'
    )
    made = world.api.do(query)
    again = world.api.do("mutation($r:String!){tokenRefresh(refreshToken:$r){token errors{code}}}", {"r": made["refreshToken"]})  # fmt: skip
    me = world.api.ask("{me{email isStaff}}", token=again["token"])["me"]
    assert me == {"email": "admin@example.com", "isStaff": True}


RULES = {
    "US": (["city", "countryArea", "postalCode", "streetAddress1"], "zip"),
    "DE": (["city", "postalCode", "streetAddress1"], "postal"),
    "GB": (["city", "postalCode", "streetAddress1"], "postal"),
    "IE": (["city", "streetAddress1"], "eircode"),
}


@pytest.mark.parametrize("country", RULES)
def test_the_rules_of_an_address_follow_its_country(api: Api, country: str) -> None:
    query = "query($c:CountryCode!){addressValidationRules(countryCode:$c){requiredFields postalCodeType}}"
    rules = api.ask(query, {"c": country})["addressValidationRules"]
    assert (sorted(rules["requiredFields"]), rules["postalCodeType"]) == RULES[country]


# Last: after a wrong password, a shop answers LOGIN_ATTEMPT_DELAYED to this address for a while.
def test_a_wrong_password_is_refused_without_saying_which(api: Api) -> None:
    query = 'mutation{tokenCreate(email:"admin@example.com",password:"wrong"){token errors{field code}}}'
    assert api.refused(query) == [("email", "INVALID_CREDENTIALS")]
