"""A storefront of somebody else: catalogue pages, cart and account. Written, as all of this folder, from Saleor's
documentation before it was tried here what the operations answer; each stands for a kind of client."""

from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup

LISTING = """
query ProductGrid($channel: String!, $first: Int = 12, $after: String, $where: ProductWhereInput, $sortBy: ProductOrder) {
  grid: products(first: $first, after: $after, channel: $channel, where: $where, sortBy: $sortBy) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { ...Card } }
  }
}
fragment Card on Product {
  __typename id slug name rating isAvailable
  thumbnail(size: 512, format: WEBP) { url alt }
  pricing { onSale priceRange { start { ...Price } stop { ...Price } } discount { net { amount } } }
  category { id name slug ancestors(first: 5) { edges { node { slug } } } }
}
fragment Price on TaxedMoney { gross { amount currency } net { amount } tax { amount } currency }
"""
DETAIL = """
query ProductDetail($slug: String!, $channel: String!, $country: CountryCode = US) {
  product(slug: $slug, channel: $channel) {
    id name seoTitle seoDescription description weight { value unit } isAvailableForPurchase availableForPurchaseAt created updatedAt
    productType { name hasVariants isShippingRequired kind }
    material: attribute(slug: "no-such-attribute") { attribute { slug } }
    attributes { attribute { id slug inputType withChoices unit } values { id name slug plainText boolean date file { url } } }
    media(sortBy: {field: ID, direction: ASC}) { id alt type url(size: 1080, format: AVIF) }
    collections { slug }
    defaultVariant { id }
    variants {
      id sku name trackInventory quantityLimitPerCustomer
      quantityAvailable(address: {country: $country})
      selection: attributes(variantSelection: VARIANT_SELECTION) { attribute { slug } values { name value } }
      others: attributes(variantSelection: NOT_VARIANT_SELECTION) { attribute { slug } }
      pricing(address: {country: $country}) { onSale price { gross { amount } } priceUndiscounted { gross { amount } } discount { gross { amount } } }
      media { url }
    }
    translation(languageCode: ES) { name language { code } }
  }
}
"""
NAVIGATION = """
query Navigation($channel: String!, $slug: String!) {
  shop { name description domain { host url sslEnabled } defaultCountry { code country } languages { code } }
  menu(slug: $slug, channel: $channel) { name items { name level children { name url category { slug } collection { slug } page { slug } } } }
  roots: categories(first: 20, level: 0) { edges { node { id name level children(first: 3) { totalCount } products(first: 2, channel: $channel, sortBy: {field: NAME, direction: DESC}) { totalCount edges { node { name } } } } } }
}
"""
FACETS = """
query Facets($channel: String!, $where: AttributeWhereInput!, $choices: AttributeValueFilterInput) {
  attributes(first: 50, channel: $channel, where: $where, sortBy: {field: SLUG, direction: ASC}) {
    edges { node { id slug name inputType withChoices choices(first: 10, filter: $choices, sortBy: {field: NAME, direction: DESC}) { totalCount edges { node { slug name } } } } }
  }
}
"""
VARIANTS = """
query CartVariants($ids: [ID!], $channel: String) {
  productVariants(ids: $ids, channel: $channel, first: 10, sortBy: {field: LAST_MODIFIED_AT, direction: DESC}) {
    totalCount edges { node { id sku product { slug } pricing { price { gross { amount } } } } }
  }
  byNothing: productVariant(sku: "no-such-sku", channel: $channel) { id }
}
"""
CREATE = """
mutation Start($input: CheckoutCreateInput!) {
  checkoutCreate(input: $input) {
    checkout { ...Cart }
    errors { __typename field message code variants lines addressType }
  }
}
fragment Cart on Checkout {
  id token languageCode quantity isShippingRequired note created updatedAt lastChange
  channel { slug }
  shippingAddress { ...Postal } billingAddress { ...Postal }
  metadata { key value } metafield(key: "source")
  lines { id quantity requiresShipping metafields(keys: ["gift"]) undiscountedUnitPrice { amount } undiscountedTotalPrice { amount } variant { id sku } problems { __typename } }
  availablePaymentGateways { id name currencies config { field value } }
  problems { __typename ... on CheckoutLineProblemInsufficientStock { availableQuantity line { id } } }
  displayGrossPrices totalBalance { amount currency }
}
fragment Postal on Address { id firstName lastName streetAddress1 city postalCode countryArea country { code country } isDefaultShippingAddress phone }
"""
EDIT = """
mutation EditCart($id: ID!, $plum: ID!, $billing: AddressInput!, $email: String!) {
  more: checkoutLinesAdd(id: $id, lines: [{variantId: $plum, quantity: 2, metadata: [{key: "gift", value: "yes"}]}]) { checkout { quantity } errors { code } }
  again: checkoutLinesAdd(id: $id, lines: [{variantId: $plum, quantity: 1, forceNewLine: true}]) { checkout { lines { quantity } } errors { code } }
  bill: checkoutBillingAddressUpdate(id: $id, billingAddress: $billing, validationRules: {checkFieldsFormat: false}) { checkout { billingAddress { city } } errors { field code } }
  mail: checkoutEmailUpdate(id: $id, email: $email) { checkout { email } errors { code } }
  speak: checkoutLanguageCodeUpdate(id: $id, languageCode: ES) { checkout { languageCode } errors { code } }
  note: checkoutCustomerNoteUpdate(id: $id, customerNote: "Ring twice") { checkout { note customerNote } errors { code } }
  tag: updateMetadata(id: $id, input: [{key: "source", value: "newsletter"}]) { item { ... on Checkout { metafield(key: "source") } } errors { code } }
}
"""
REMOVE = """
mutation Remove($id: ID!, $lines: [ID!]!, $line: ID!) {
  set: checkoutLinesUpdate(id: $id, lines: [{lineId: $line, quantity: 4}]) { checkout { lines { id quantity } } errors { field code } }
  cut: checkoutLinesDelete(id: $id, linesIds: $lines) { checkout { lines { id quantity } } errors { field code } }
}
"""
PAY = """
mutation Pay($id: ID!, $amount: PositiveDecimal) {
  gateways: paymentGatewayInitialize(id: $id, amount: $amount, paymentGateways: [{id: "nobody.pays", data: {a: 1}}]) { gatewayConfigs { id data errors { code field } } errors { code field } }
  start: transactionInitialize(id: $id, amount: $amount, paymentGateway: {id: "nobody.pays"}, idempotencyKey: "one") { transaction { id } transactionEvent { type } data errors { field code } }
  process: transactionProcess(id: "VHJhbnNhY3Rpb25JdGVtOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA==") { transaction { id } errors { field code } }
}
"""
REGISTER = """
mutation Join($input: AccountRegisterInput!) {
  accountRegister(input: $input) { requiresConfirmation user { id } errors { field code } }
}
"""
LOGIN = """
mutation Login($email: String!, $password: String!) {
  tokenCreate(email: $email, password: $password) { token refreshToken csrfToken user { id email isStaff } errors { field code } }
}
"""
REFRESH = """
mutation Refresh($refresh: String!, $token: String!) {
  tokenRefresh(refreshToken: $refresh) { token user { email } errors { code } }
  tokenVerify(token: $token) { isValid payload user { email } errors { code } }
}
"""
ACCOUNT = """
mutation Account($profile: AccountInput!, $address: AddressInput!) {
  profile: accountUpdate(input: $profile) { user { firstName languageCode metafield(key: "size") } errors { field code } }
  home: accountAddressCreate(input: $address, type: SHIPPING) { address { id isDefaultShippingAddress } user { addresses { id } } errors { field code } }
}
"""
ME = """
query Me($after: String) {
  me {
    id email firstName isActive isConfirmed dateJoined lastLogin languageCode checkoutIds
    defaultShippingAddress { id city } defaultBillingAddress { id } addresses { id }
    orders(first: 5, after: $after) { totalCount edges { node { number } } }
    checkouts(first: 5) { totalCount } giftCards(first: 3) { totalCount }
    userPermissions { code }
  }
}
"""
ADDRESS_FORM = """
query Form($country: CountryCode!) {
  addressValidationRules(countryCode: $country) { countryCode addressFormat addressLatinFormat allowedFields requiredFields upperFields countryAreaType countryAreaChoices { raw verbose } postalCodeType postalCodeMatchers postalCodeExamples postalCodePrefix }
}
"""
SHOP = """
query Shop($channel: String!, $address: AddressInput) {
  shop {
    name countries(filter: {attachedToShippingZones: true}) { code } availableShippingMethods(channel: $channel, address: $address) { id name price { amount currency } minimumDeliveryDays active message }
    headerText companyAddress { city } customerSetPasswordUrl
  }
}
"""


def products_of(shop: ShopSetup, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = shop.api.execute(LISTING, {"channel": shop.channel, **given})["grid"]
    return found


def test_a_grid_is_filtered_by_where_and_sorted(shop: ShopSetup) -> None:
    second, _, _ = shop.create_product("cheap", price="12.00", stock=1)
    where = {
        "AND": [
            {"category": {"oneOf": [shop.ids["category"]]}},
            {"OR": [{"slug": {"eq": f"cheap-{shop.suffix}"}}, {"slug": {"oneOf": [f"glass-{shop.suffix}"]}}]},
        ]
    }
    found = products_of(shop, where=where, sortBy={"field": "PRICE", "direction": "DESC"}, first=1)
    assert found["totalCount"] == 2
    assert [edge["node"]["slug"] for edge in found["edges"]] == [f"glass-{shop.suffix}"]
    start = found["edges"][0]["node"]["pricing"]["priceRange"]["start"]
    assert start == {"gross": {"amount": 32.55, "currency": "USD"}, "net": {"amount": 30.0}, "tax": {"amount": 2.55}, "currency": "USD"}  # fmt: skip
    after = products_of(
        shop,
        where=where,
        sortBy={"field": "PRICE", "direction": "DESC"},
        first=1,
        after=found["pageInfo"]["endCursor"],
    )
    assert [edge["node"]["id"] for edge in after["edges"]] == [second]
    assert after["pageInfo"]["hasPreviousPage"] is True
    price = {"price": {"range": {"gte": 11, "lte": "13.50"}}, "category": {"eq": shop.ids["category"]}}
    by_price = products_of(shop, where={"AND": [*where["AND"], price]})
    assert [edge["node"]["id"] for edge in by_price["edges"]] == [second]
    mixed = {"first": 1, "channel": shop.channel, "where": {**where, **price}}
    assert shop.api.post(LISTING, mixed).codes == ["GraphQLError"]
    by_attribute = {"attributes": [{"slug": f"material-{shop.suffix}", "values": ["glass"]}]}
    found_by_attribute = products_of(shop, where=by_attribute)["edges"]
    assert {second, shop.ids["product"]} <= {edge["node"]["id"] for edge in found_by_attribute}
    by_number = {
        "attributes": [{"slug": f"count-{shop.suffix}", "value": {"numeric": {"range": {"gte": 5}}}}]
    }
    assert products_of(shop, where=by_number)["totalCount"] == 0
    shop.mutate("mutation($id:ID!){productDelete(id:$id){errors{field message code}}}", id=second)


def test_a_product_page_has_all_it_needs(shop: ShopSetup) -> None:
    found = shop.api.execute(DETAIL, {"slug": f"glass-{shop.suffix}", "channel": shop.channel})["product"]
    assert found["material"] is None
    assert found["productType"]["kind"] == "NORMAL"
    # other tests may have given the type further attributes, which this product has no value of
    told = [(row["attribute"]["slug"], [v["name"] for v in row["values"]]) for row in found["attributes"]]
    assert [row for row in told if row[1]] == [
        (f"material-{shop.suffix}", ["Glass"]),
        (f"count-{shop.suffix}", ["4"]),
    ]
    teal, plum = found["variants"]
    assert teal["selection"] == [
        {"attribute": {"slug": f"colour-{shop.suffix}"}, "values": [{"name": "Teal", "value": "#107070"}]}
    ]
    assert (teal["others"], plum["media"]) == ([], [])
    assert teal["pricing"] == {"onSale": False, "price": {"gross": {"amount": 32.55}}, "priceUndiscounted": {"gross": {"amount": 32.55}}, "discount": None}  # fmt: skip
    assert 0 < teal["quantityAvailable"] <= 50
    assert found["translation"] is None


def test_navigation_shop_and_roots(shop: ShopSetup) -> None:
    menu = shop.mutate(
        "mutation($i:MenuCreateInput!){menuCreate(input:$i){menu{id} errors{field message code}}}",
        i={"name": f"Top {shop.suffix}", "slug": f"top-{shop.suffix}", "items": [{"name": "Sets", "category": shop.ids["category"]}]},
    )["menu"]["id"]  # fmt: skip
    (parent,) = shop.api.execute("query($id:ID!){menu(id:$id){items{id}}}", {"id": menu})["menu"]["items"]
    shop.mutate(
        "mutation($i:MenuItemCreateInput!){menuItemCreate(input:$i){menuItem{id} errors{field message code}}}",
        i={"menu": menu, "parent": parent["id"], "name": "Help", "url": "https://example.com/help"},
    )
    found = shop.api.execute(NAVIGATION, {"channel": shop.channel, "slug": f"top-{shop.suffix}"})
    (item,) = found["menu"]["items"]
    assert (item["name"], item["level"], len(item["children"])) == ("Sets", 0, 1)
    assert item["children"][0]["url"] == "https://example.com/help"
    assert all(edge["node"]["level"] == 0 for edge in found["roots"]["edges"])


def test_facets_are_asked_with_where_and_choices_with_filter(shop: ShopSetup) -> None:
    where = {
        "inCategory": shop.ids["category"],
        "slug": {"oneOf": [f"{name}-{shop.suffix}" for name in ("material", "colour", "count")]},
    }
    edges = shop.api.execute(
        FACETS, {"channel": shop.channel, "where": where, "choices": {"search": "l"}}, shop.app_token
    )["attributes"]["edges"]
    assert [edge["node"]["slug"] for edge in edges] == [
        f"{name}-{shop.suffix}" for name in ("colour", "count", "material")
    ]
    assert [edge["node"]["name"] for edge in edges[0]["node"]["choices"]["edges"]] == ["Teal", "Plum"]
    assert [edge["node"]["slug"] for edge in edges[2]["node"]["choices"]["edges"]] == ["silicone", "glass"]


def test_variants_are_asked_by_ids(shop: ShopSetup) -> None:
    found = shop.api.execute(
        VARIANTS, {"ids": [shop.ids["variant"], shop.ids["other"]], "channel": shop.channel}
    )
    assert found["byNothing"] is None
    assert found["productVariants"]["totalCount"] == 2
    assert {edge["node"]["id"] for edge in found["productVariants"]["edges"]} == {
        shop.ids["variant"],
        shop.ids["other"],
    }


def start_cart(shop: ShopSetup) -> dict[str, Any]:
    given = {
        "channel": shop.channel,
        "languageCode": "DE_CH",
        "lines": [
            {
                "variantId": shop.ids["variant"],
                "quantity": 1,
                "metadata": [{"key": "gift", "value": "no"}],
            }
        ],
        "shippingAddress": {"country": "US", "city": "Austin"},
        "validationRules": {
            "shippingAddress": {"checkRequiredFields": False, "checkFieldsFormat": False},
        },
        "metadata": [{"key": "source", "value": "ad"}],
    }
    made = shop.api.execute(CREATE, {"input": given})["checkoutCreate"]
    assert made["errors"] == []
    cart: dict[str, Any] = made["checkout"]
    return cart


def test_a_cart_starts_with_half_an_address(shop: ShopSetup) -> None:
    cart = start_cart(shop)
    assert (cart["languageCode"], cart["quantity"], cart["metafield"]) == ("DE_CH", 1, "ad")
    assert cart["lines"][0]["metafields"] == {"gift": "no"}
    assert cart["shippingAddress"]["city"].upper() == "AUSTIN"
    assert (cart["problems"], cart["billingAddress"]) == ([], None)
    assert cart["lines"][0]["undiscountedTotalPrice"] == {"amount": 30.0}
    assert cart["totalBalance"]["amount"] < 0


def test_seven_edits_in_one_document(shop: ShopSetup) -> None:
    cart = start_cart(shop)
    done = shop.api.execute(
        EDIT,
        {"id": cart["id"], "plum": shop.ids["other"], "billing": ADDRESS, "email": "kim@example.com"},
    )
    assert [payload["errors"] for payload in done.values()] == [[]] * 7
    assert done["more"]["checkout"]["quantity"] == 3
    assert sorted(line["quantity"] for line in done["again"]["checkout"]["lines"]) == [1, 1, 2]
    assert done["speak"]["checkout"] == {"languageCode": "ES"}
    assert done["note"]["checkout"] == {"note": "Ring twice", "customerNote": "Ring twice"}
    assert done["tag"]["item"] == {"metafield": "newsletter"}
    lines = [line["id"] for line in done_lines(shop, cart["id"])]
    removed = shop.api.execute(REMOVE, {"id": cart["id"], "line": lines[0], "lines": lines[1:]})
    assert removed["cut"] == {"checkout": {"lines": [{"id": lines[0], "quantity": 4}]}, "errors": []}


def done_lines(shop: ShopSetup, id_: str) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = shop.api.execute(
        "query($id:ID!){checkout(id:$id){lines{id quantity}}}", {"id": id_}
    )["checkout"]["lines"]
    return lines


def test_paying_by_an_app_that_is_not_there(shop: ShopSetup) -> None:
    cart = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    done = shop.api.execute(PAY, {"id": cart["id"], "amount": 1})
    (gateway,) = done["gateways"]["gatewayConfigs"]
    assert gateway == {"id": "nobody.pays", "data": None, "errors": [{"code": "NOT_FOUND", "field": "id"}]}
    assert done["gateways"]["errors"] == []
    assert done["start"]["errors"] == [{"field": "paymentGateway", "code": "NOT_FOUND"}]
    assert done["process"]["errors"] == [{"field": "id", "code": "NOT_FOUND"}]


def test_an_account_from_joining_to_its_own_page(shop: ShopSetup) -> None:
    email, password = f"lu-{shop.suffix}@example.com", "Very-long-9-words"
    given = {"email": email, "password": password, "channel": shop.channel, "firstName": "Lu", "languageCode": "DE", "redirectUrl": "http://localhost:3000/confirm", "metadata": [{"key": "size", "value": "M"}]}  # fmt: skip
    joined = shop.api.execute(REGISTER, {"input": given})["accountRegister"]
    assert joined["errors"] == []
    (user,) = shop.api.execute(
        "query($e:String!){customers(first:2,where:{email:{eq:$e}}){edges{node{id}}}}",
        {"e": email},
        shop.app_token,
    )["customers"]["edges"]
    shop.mutate(
        "mutation($id:ID!){customerUpdate(id:$id,input:{isConfirmed:true,isActive:true}){user{isConfirmed} errors{field message code}}}",
        id=user["node"]["id"],
    )
    session = shop.api.execute(LOGIN, {"email": email, "password": password})["tokenCreate"]
    assert (session["errors"], session["user"]["isStaff"]) == ([], False)
    renewed = shop.api.execute(REFRESH, {"refresh": session["refreshToken"], "token": session["token"]})
    assert renewed["tokenVerify"]["isValid"] is True
    assert renewed["tokenVerify"]["payload"]["email"] == email
    token = renewed["tokenRefresh"]["token"]
    profile = {"firstName": "Luis", "languageCode": "ES", "metadata": [{"key": "size", "value": "L"}]}
    changed = shop.api.execute(ACCOUNT, {"profile": profile, "address": ADDRESS}, token)
    assert changed["profile"] == {
        "user": {"firstName": "Luis", "languageCode": "ES", "metafield": "L"},
        "errors": [],
    }
    home = changed["home"]["address"]
    assert home["isDefaultShippingAddress"] in (True, None)  # Saleor says so in lists of addresses alone
    me = shop.api.execute(ME, {}, token)["me"]
    assert (me["defaultShippingAddress"]["id"], me["orders"]["totalCount"]) == (home["id"], 0)
    assert me["userPermissions"] == []


def test_the_address_form_of_japan(shop: ShopSetup) -> None:
    rules = shop.api.execute(ADDRESS_FORM, {"country": "JP"})["addressValidationRules"]
    assert (rules["countryCode"], rules["countryAreaType"], rules["postalCodeType"]) == ("JP", "prefecture", "postal")  # fmt: skip
    assert len({choice["raw"] for choice in rules["countryAreaChoices"]}) == 47
    assert "postalCode" in rules["requiredFields"]


def test_the_shop_says_where_it_delivers(shop: ShopSetup) -> None:
    found = shop.api.execute(SHOP, {"channel": shop.channel, "address": ADDRESS}, None)["shop"]
    assert {"code": "US"} in found["countries"]
    assert [method["price"] for method in found["availableShippingMethods"]] == [
        {"amount": 4.9, "currency": "USD"}
    ]
