"""A back office of somebody else: its lists, forms and bulk changes."""

import base64
from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup
from tests.contract.targets import wait_until

ORDER_LIST = """
query OrderList($first: Int, $last: Int, $where: OrderWhereInput, $search: String, $sort: OrderSortingInput) {
  orders(first: $first, last: $last, where: $where, search: $search, sortBy: $sort) {
    totalCount
    edges { node { ...OrderRow } }
  }
}
fragment OrderRow on Order {
  id number created updatedAt status statusDisplay paymentStatus paymentStatusDisplay chargeStatus authorizeStatus isPaid origin
  userEmail languageCodeEnum collectionPointName weight { unit value } actions canFinalize
  total { ...Taxed } subtotal { ...Taxed } undiscountedTotal { ...Taxed } shippingPrice { ...Taxed } shippingTaxRate
  totalAuthorized { amount } totalCaptured { amount } totalCharged { amount } totalBalance { amount } totalRefunded { amount } totalRemainingGrant { amount }
  channel { slug } billingAddress { country { code } }
  lines { id productName variantName productSku quantity quantityFulfilled quantityToFulfill taxRate unitDiscount { amount } unitDiscountType undiscountedUnitPrice { gross { amount } } allocations { quantity warehouse { id } } thumbnail(size: 64) { url } isShippingRequired isGift }
  transactions { id name actions chargedAmount { amount } events { type amount { amount } pspReference } }
  events { type date email amount message }
}
fragment Taxed on TaxedMoney { gross { amount currency } }
"""
OLD_ORDER_LIST = """
query OldOrderList($filter: OrderFilterInput) {
  orders(first: 5, filter: $filter) { totalCount edges { node { id } } }
  drafts: draftOrders(first: 5, filter: {channels: []}) { totalCount }
}
"""
PRODUCT_BULK = """
mutation Import($products: [ProductBulkCreateInput!]!, $policy: ErrorPolicyEnum) {
  productBulkCreate(products: $products, errorPolicy: $policy) {
    count
    results { product { id slug rating weight { value unit } externalReference channelListings { isPublished visibleInListings channel { id } } variants { id sku externalReference stocks { quantity } channelListings { price { amount } costPrice { amount } } } collections { id } metafields } errors { path code message } }
    errors { path code }
  }
}
"""
VARIANT_BULK = """
mutation Reprice($product: ID!, $variants: [ProductVariantBulkUpdateInput!]!) {
  productVariantBulkUpdate(product: $product, variants: $variants, errorPolicy: REJECT_FAILED_ROWS) {
    count
    results { productVariant { id name quantityLimitPerCustomer stocks { quantity } channelListings { price { amount } } } errors { field code path } }
    errors { code }
  }
}
"""
STOCK_BULK = """
mutation Count($stocks: [StockBulkUpdateInput!]!) {
  stockBulkUpdate(stocks: $stocks, errorPolicy: IGNORE_FAILED) { count results { stock { quantity } errors { field code } } errors { code } }
}
"""
PRODUCT_SEARCH = """
query Found($search: String, $where: ProductWhereInput, $filter: ProductFilterInput) {
  ranked: products(first: 10, search: $search, sortBy: {field: RANK, direction: DESC}, where: $where) { totalCount edges { node { id } } }
  filtered: products(first: 10, filter: $filter) { totalCount edges { node { slug productType { id } channelListings { pricing: channel { slug } } } } }
}
"""
CUSTOMERS = """
query Customers($where: CustomerWhereInput, $sort: UserSortingInput) {
  customers(first: 10, where: $where, sortBy: $sort) { totalCount edges { node { id email note orders(first: 1) { totalCount } addresses { city } metafield(key: "vip") } } }
}
"""
CUSTOMER_BULK = """
mutation Tag($customers: [CustomerBulkUpdateInput!]!) {
  customerBulkUpdate(customers: $customers, errorPolicy: IGNORE_FAILED) { count results { customer { id firstName note isActive externalReference } errors { path code } } errors { code } }
}
"""
GIFT_CARD = """
mutation Issue($input: GiftCardCreateInput!) {
  giftCardCreate(input: $input) { giftCard { id code last4CodeChars displayCode isActive expiryDate tags { name } initialBalance { amount currency } currentBalance { amount } createdBy { email } app { id } events { type message } } errors { field code tags } }
}
"""
GIFT_CARDS = """
query GiftCards($filter: GiftCardFilterInput, $sort: GiftCardSortingInput) {
  giftCards(first: 10, filter: $filter, sortBy: $sort) { totalCount edges { node { id currentBalance { amount } } } }
  giftCardCurrencies
  giftCardTags(first: 5, filter: {search: "summer"}) { edges { node { name } } }
  giftCardSettings { expiryType expiryPeriod { type amount } }
}
"""
GIFT_CARD_CHANGES = """
mutation Change($id: ID!, $input: GiftCardUpdateInput!) {
  update: giftCardUpdate(id: $id, input: $input) { giftCard { currentBalance { amount } initialBalance { amount } tags { name } } errors { field code } }
  note: giftCardAddNote(id: $id, input: {message: "Asked for by phone"}) { event { type message user { id } } errors { code } }
  off: giftCardBulkDeactivate(ids: [$id]) { count errors { code } }
  again: giftCardActivate(id: $id) { giftCard { isActive events { type balance { currentBalance { amount } oldCurrentBalance { amount } } } } errors { code } }
}
"""
VOUCHER = """
mutation Make($input: VoucherInput!) {
  voucherCreate(input: $input) { voucher { id name code codes(first: 10) { totalCount edges { node { id code used isActive } } } type discountValueType applyOncePerOrder onlyForStaff singleUse usageLimit minCheckoutItemsQuantity countries { code } startDate endDate } errors { field code } }
}
"""
VOUCHERS = """
query Vouchers($filter: VoucherFilterInput, $sort: VoucherSortingInput) {
  vouchers(first: 10, filter: $filter, sortBy: $sort) { totalCount edges { node { id name channelListings { discountValue currency minSpent { amount } channel { slug } } products(first: 5) { totalCount } collections(first: 5) { totalCount } variants(first: 5) { totalCount } } } }
}
"""
DRAFT = """
mutation Draft($input: DraftOrderCreateInput!) {
  draftOrderCreate(input: $input) { order { id status origin customerNote userEmail lines { id quantity unitPrice { gross { amount } net { amount } } } shippingMethods { id name price { amount } } availableCollectionPoints { id } discounts { id } } errors { field code variants } }
}
"""
DRAFT_CHANGES = """
mutation Work($order: ID!, $line: ID!, $method: ID!) {
  discount: orderDiscountAdd(orderId: $order, input: {valueType: FIXED, value: 3, reason: "regular"}) { order { discounts { value valueType reason amount { amount } } total { net { amount } } } errors { field code } }
  line: orderLineDiscountUpdate(orderLineId: $line, input: {valueType: PERCENTAGE, value: 10, reason: "scratch"}) { orderLine { unitDiscountReason unitDiscountType unitDiscountValue unitDiscount { amount } unitPrice { net { amount } } } errors { code } }
  ship: orderUpdateShipping(order: $order, input: {shippingMethod: $method}) { order { shippingMethodName deliveryMethod { __typename ... on ShippingMethod { name } } } errors { field code } }
  note: orderNoteAdd(order: $order, input: {message: "Wrap it"}) { event { id type message } errors { code } }
}
"""
FINISH = """
mutation Finish($order: ID!) {
  draftOrderComplete(id: $order) { order { id status number isPaid fulfillments { id } events { type } } errors { field code variants orderLines } }
  orderMarkAsPaid(id: $order, transactionReference: "cash-1") { order { isPaid chargeStatus transactions { pspReference chargedAmount { amount } } } errors { code } }
}
"""
FULFIL = """
mutation Send($order: ID, $input: OrderFulfillInput!) {
  orderFulfill(order: $order, input: $input) { fulfillments { id fulfillmentOrder status statusDisplay trackingNumber warehouse { id } lines { quantity orderLine { id quantityToFulfill } } } order { status } errors { field code warehouse orderLines } }
}
"""
AFTER = """
mutation After($fulfillment: ID!, $warehouse: ID!) {
  track: orderFulfillmentUpdateTracking(id: $fulfillment, input: {trackingNumber: "1Z9", notifyCustomer: false}) { fulfillment { trackingNumber } errors { code } }
  undo: orderFulfillmentCancel(id: $fulfillment, input: {warehouseId: $warehouse}) { fulfillment { status } order { status } errors { field code } }
}
"""
SHIPPING = """
mutation Rates($input: ShippingPriceInput!) {
  shippingPriceCreate(input: $input) { shippingMethod { id type minimumOrderWeight { value unit } postalCodeRules { start end inclusionType } taxClass { id } metafield(key: "carrier") } shippingZone { id } errors { field code } }
}
"""
SHIPPING_LISTS = """
query Zones($filter: ShippingZoneFilterInput, $id: ID!, $channel: String) {
  shippingZones(first: 5, filter: $filter) { totalCount edges { node { id name priceRange { start { amount } } countries { code } warehouses { slug } channels { slug } default } } }
  shippingZone(id: $id, channel: $channel) { shippingMethods { id name type channelListings { price { amount } minimumOrderPrice { amount } maximumOrderPrice { amount } } excludedProducts(first: 3) { totalCount } minimumOrderPrice { amount } } }
}
"""
ATTRIBUTE = """
mutation Attribute($input: AttributeCreateInput!) {
  attributeCreate(input: $input) { attribute { id slug type inputType valueRequired visibleInStorefront filterableInDashboard storefrontSearchPosition choices(first: 5) { edges { node { id slug value inputType } } } } errors { field code } }
}
"""
ATTRIBUTE_CHANGES = """
mutation Values($attribute: ID!, $value: ID!) {
  attributeValueCreate(attribute: $attribute, input: {name: "Cherry", externalReference: "ch"}) { attributeValue { slug externalReference } errors { field code } }
  attributeValueUpdate(id: $value, input: {name: "Oak wood"}) { attributeValue { name slug } errors { field code } }
  attributeReorderValues(attributeId: $attribute, moves: [{id: $value, sortOrder: 1}]) { attribute { choices(first: 5) { edges { node { id } } } } errors { code } }
  attributeValueDelete(externalReference: "ch") { attributeValue { name } errors { code } }
}
"""
NO_PRODUCT_TYPE = "UHJvZHVjdFR5cGU6MA=="  # ProductType:0
PAGES = """
query Pages($where: PageWhereInput, $filter: PageFilterInput, $sort: PageSortingInput) {
  pages(first: 5, where: $where, sortBy: $sort) { totalCount edges { node { id slug title isPublished publishedAt pageType { slug } attributes { values { name boolean } } metafields(keys: ["a"]) } } }
  older: pages(first: 5, filter: $filter) { totalCount }
}
"""
COLLECTION = """
mutation Collect($id: ID!, $products: [ID!]!, $moved: ID!, $channel: ID!) {
  collectionAddProducts(collectionId: $id, products: $products) { collection { products(first: 5) { totalCount } } errors { code products } }
  collectionChannelListingUpdate(id: $id, input: {addChannels: [{channelId: $channel, isPublished: true}]}) { collection { channelListings { isPublished publishedAt } } errors { code channels } }
  collectionReorderProducts(collectionId: $id, moves: [{productId: $moved, sortOrder: -1}]) { collection { products(first: 5, sortBy: {field: COLLECTION, direction: ASC}) { edges { node { id } } } } errors { code } }
}
"""
PERMISSIONS = """
mutation Team($group: PermissionGroupCreateInput!) {
  permissionGroupCreate(input: $group) { group { id name userCanManage restrictedAccessToChannels permissions { code name } accessibleChannels { slug } users { id } } errors { field code permissions users channels } }
}
"""
STAFF = """
query Staff($filter: StaffUserInput) {
  staffUsers(first: 5, filter: $filter, sortBy: {field: EMAIL, direction: DESC}) { totalCount edges { node { email isStaff permissionGroups { name } userPermissions { code sourcePermissionGroups(userId: "VXNlcjox") { name } } } } }
  permissionGroups(first: 3, filter: {search: "packers"}, sortBy: {field: NAME, direction: ASC}) { edges { node { name } } }
}
"""
CHANNEL = """
mutation Channel($id: ID!, $input: ChannelUpdateInput!) {
  channelUpdate(id: $id, input: $input) { channel { name defaultCountry { code } countries { code } hasOrders orderSettings { expireOrdersAfter deleteExpiredOrdersAfter } checkoutSettings { useLegacyErrorFlow } stockSettings { allocationStrategy } warehouses { slug } availableShippingMethodsPerCountry(countries: [US]) { countryCode shippingMethods { name } } taxConfiguration { countries { country { code } } } metafield(key: "region") } errors { field code shippingZones warehouses } }
}
"""
TRANSLATE = """
mutation Words($product: ID!, $value: ID!, $slug: String!) {
  productTranslate(id: $product, languageCode: DE, input: {name: "Glas", slug: $slug, seoTitle: "Gläser"}) { product { translation(languageCode: DE) { name slug seoTitle translatableContent { name } } } errors { field code } }
  attributeValueTranslate(id: $value, languageCode: DE, input: {name: "Blaugrün"}) { attributeValue { translation(languageCode: DE) { name } } errors { code } }
}
"""
TRANSLATIONS = """
query Words($id: ID!) {
  translation(id: $id, kind: PRODUCT) { __typename ... on ProductTranslatableContent { productId name slug translation(languageCode: DE) { name language { code language } } attributeValues { name } } }
  translations(kind: ATTRIBUTE_VALUE, first: 2) { totalCount edges { node { ... on AttributeValueTranslatableContent { name attribute { name } } } } }
}
"""
TAXES = """
mutation Taxes($id: ID!, $input: TaxConfigurationUpdateInput!) {
  taxConfigurationUpdate(id: $id, input: $input) { taxConfiguration { chargeTaxes displayGrossPrices countries { country { code } chargeTaxes displayGrossPrices taxCalculationStrategy } } errors { field code countryCodes } }
}
"""


def orders_of(shop: ShopSetup, **given: Any) -> dict[str, Any]:
    found: dict[str, Any] = shop.api.execute(ORDER_LIST, {"first": 10, **given}, shop.app_token)["orders"]
    return found


def test_orders_are_found_by_nested_conditions(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 2))
    where = {
        "AND": [
            {"channelId": {"eq": shop.ids["channel"]}},
            {"totalGross": {"amount": {"range": {"gte": 60, "lte": 80}}, "currency": "USD"}},
            {"lines": [{"metadata": {"key": "nothing"}}, {"metadata": {"key": "nothing either"}}]},
        ]
    }
    assert orders_of(shop, where=where)["totalCount"] == 0
    where["AND"][2] = {"linesCount": {"eq": 1}, "chargeStatus": {"oneOf": ["FULL", "OVERCHARGED"]}}
    where["AND"].append({"shippingAddress": {"country": {"eq": "US"}, "phoneNumber": {"eq": "+16502530000"}}})
    where["AND"].append({"number": {"range": {"gte": int(order["number"])}}})
    where["AND"].append({"createdAt": {"gte": "2020-01-01T00:00:00Z"}})
    found = orders_of(shop, where=where, sort={"field": "NUMBER", "direction": "DESC"})
    assert [edge["node"]["id"] for edge in found["edges"]] == [order["id"]]
    row = found["edges"][0]["node"]
    assert (row["total"]["gross"]["amount"], row["totalBalance"]["amount"]) == (70.42, 0.0)
    assert row["lines"][0]["allocations"] == [{"quantity": 2, "warehouse": {"id": shop.ids["warehouse"]}}]
    assert (row["canFinalize"], row["shippingTaxRate"]) == (True, 0.085)
    assert row["actions"] == (
        [] if shop.api.is_embedded else ["MARK_AS_PAID"]
    )  # Saleor knows older payments only
    assert row["lines"][0]["taxRate"] == 0.085
    newest = orders_of(shop, where={"channelId": {"eq": shop.ids["channel"]}}, first=None, last=1, sort={"field": "CREATED_AT", "direction": "ASC"})  # fmt: skip
    assert [edge["node"]["id"] for edge in newest["edges"]] == [order["id"]]
    old = {"channels": [shop.ids["channel"]], "status": ["READY_TO_FULFILL"], "paymentStatus": ["FULLY_CHARGED"], "customer": "ada@example.com", "created": {"gte": "2020-01-01"}, "isClickAndCollect": False}  # fmt: skip
    older = shop.api.execute(OLD_ORDER_LIST, {"filter": old}, shop.app_token)["orders"]
    assert order["id"] in [edge["node"]["id"] for edge in older["edges"]]


def test_an_import_of_products_with_one_bad_row(shop: ShopSetup) -> None:
    good = {
        "name": "Bulk", "slug": f"bulk-{shop.suffix}", "productType": shop.ids["product_type"], "category": shop.ids["category"],
        "rating": 4.5, "weight": 1.5, "externalReference": f"erp-{shop.suffix}", "metadata": [{"key": "a", "value": "b"}],
        "attributes": [{"id": shop.ids["material"], "dropdown": {"value": "Glass"}}],
        "channelListings": [{"channelId": shop.ids["channel"], "isPublished": True, "visibleInListings": True}],
        "variants": [
            {
                "sku": f"bulk-1-{shop.suffix}", "externalReference": f"erp-1-{shop.suffix}", "attributes": [{"id": shop.ids["colour"], "swatch": {"value": "Teal"}}],
                "stocks": [{"warehouse": shop.ids["warehouse"], "quantity": 7}],
                "channelListings": [{"channelId": shop.ids["channel"], "price": "9.90", "costPrice": 4}],
            }
        ],
    }  # fmt: skip
    bad = {"name": "Bad", "productType": NO_PRODUCT_TYPE}
    done = shop.api.execute(
        PRODUCT_BULK, {"products": [good, bad], "policy": "REJECT_FAILED_ROWS"}, shop.app_token
    )["productBulkCreate"]
    assert done["count"] == 1
    first, second = done["results"]
    assert first["errors"] == []
    assert (second["product"], [error["path"] for error in second["errors"]]) == (None, ["productType"])
    product = first["product"]
    assert (product["rating"], product["weight"], product["metafields"]) == (4.5, {"value": 1.5, "unit": "KG"}, {"a": "b"})  # fmt: skip
    (variant,) = product["variants"]
    assert variant["channelListings"] == [{"price": {"amount": 9.9}, "costPrice": {"amount": 4.0}}]
    listing = shop.api.execute(
        "query($id:ID!,$c:String){productVariant(id:$id,channel:$c){channelListings{id} stocks{id}}}",
        {"id": variant["id"], "c": shop.channel},
        shop.app_token,
    )["productVariant"]
    row = {
        "id": variant["id"], "name": "Teal, large", "quantityLimitPerCustomer": 3,
        "stocks": {"update": [{"stock": listing["stocks"][0]["id"], "quantity": 9}]},
        "channelListings": {"update": [{"channelListing": listing["channelListings"][0]["id"], "price": 11}]},
    }  # fmt: skip
    changed = shop.api.execute(VARIANT_BULK, {"product": product["id"], "variants": [row]}, shop.app_token)[
        "productVariantBulkUpdate"
    ]
    assert changed["results"] == [{"errors": [], "productVariant": {"id": variant["id"], "name": "Teal, large", "quantityLimitPerCustomer": 3, "stocks": [{"quantity": 9}], "channelListings": [{"price": {"amount": 11.0}}]}}]  # fmt: skip
    counted = shop.api.execute(
        STOCK_BULK,
        {"stocks": [
            {"variantExternalReference": f"erp-1-{shop.suffix}", "warehouseId": shop.ids["warehouse"], "quantity": 5},
            {"variantExternalReference": "nobody", "warehouseId": shop.ids["warehouse"], "quantity": 5},
        ]},
        shop.app_token,
    )["stockBulkUpdate"]  # fmt: skip
    assert (counted["count"], counted["results"][0]["stock"]) == (1, {"quantity": 5})
    assert [error["code"] for error in counted["results"][1]["errors"]] == ["NOT_FOUND"]
    where = {"metadata": [{"key": "a", "value": "b"}], "productType": {"eq": shop.ids["product_type"]}}
    narrow = {"productTypes": [shop.ids["product_type"]], "stocks": {"warehouseIds": [shop.ids["warehouse"]], "quantity": {"gte": 4, "lte": 6}}}  # fmt: skip
    found = shop.api.execute(
        PRODUCT_SEARCH, {"search": "bulk", "where": where, "filter": narrow}, shop.app_token
    )
    assert [edge["node"]["id"] for edge in found["ranked"]["edges"]] == [product["id"]]
    assert [edge["node"]["slug"] for edge in found["filtered"]["edges"]] == [f"bulk-{shop.suffix}"]
    shop.mutate(
        "mutation($ids:[ID!]!){productBulkDelete(ids:$ids){count errors{field message code}}}",
        ids=[product["id"]],
    )


def test_customers_are_found_and_tagged(shop: ShopSetup) -> None:
    email = f"mo-{shop.suffix}@example.com"
    made = shop.mutate(
        "mutation($i:UserCreateInput!){customerCreate(input:$i){user{id note} errors{field message code}}}",
        i={"email": email, "firstName": "Mo", "note": "Likes glass", "defaultBillingAddress": ADDRESS, "metadata": [{"key": "vip", "value": "1"}], "externalReference": f"crm-{shop.suffix}"},
    )["user"]  # fmt: skip
    where = {"AND": [{"email": {"eq": email}}, {"addresses": {"country": {"eq": "US"}, "phoneNumber": {"eq": "+16502530000"}}}, {"numberOfOrders": {"eq": 0}}, {"metadata": {"key": "vip", "value": {"eq": "1"}}}]}  # fmt: skip
    rows = {"where": where, "sort": {"field": "ORDER_COUNT", "direction": "DESC"}}
    found = shop.api.execute(CUSTOMERS, rows, shop.app_token)["customers"]
    assert [edge["node"]["id"] for edge in found["edges"]] == [made["id"]]
    customers = [
        {"externalReference": f"crm-{shop.suffix}", "input": {"firstName": "Mona", "note": "Loves glass", "isActive": False}},
        {"id": base64.b64encode(b"User:99999999").decode(), "input": {"firstName": "No"}},
    ]  # fmt: skip
    tagged = shop.api.execute(CUSTOMER_BULK, {"customers": customers}, shop.app_token)["customerBulkUpdate"]
    assert tagged["count"] == 1
    assert tagged["results"][0]["customer"] == {"id": made["id"], "firstName": "Mona", "note": "Loves glass", "isActive": False, "externalReference": f"crm-{shop.suffix}"}  # fmt: skip
    assert [error["code"] for error in tagged["results"][1]["errors"]] == ["NOT_FOUND"]


def test_a_gift_card_from_issue_to_change(shop: ShopSetup) -> None:
    tag = f"summer-{shop.suffix}"
    given = {"balance": {"amount": 25, "currency": "USD"}, "isActive": True, "addTags": [tag, "vip"], "note": "For the jubilee", "expiryDate": "2099-12-31"}  # fmt: skip
    made = shop.api.execute(GIFT_CARD, {"input": given}, shop.app_token)["giftCardCreate"]
    assert made["errors"] == []
    card = made["giftCard"]
    assert card["displayCode"] == card["last4CodeChars"] == card["code"][-4:]
    assert {event["type"] for event in card["events"]} == {"ISSUED", "NOTE_ADDED"}
    listed = shop.api.execute(
        GIFT_CARDS,
        {"filter": {"tags": [tag], "currency": "USD", "currentBalance": {"gte": 20, "lte": 30}, "used": False}, "sort": {"field": "CURRENT_BALANCE", "direction": "ASC"}},
        shop.app_token,
    )  # fmt: skip
    assert [edge["node"]["id"] for edge in listed["giftCards"]["edges"]] == [card["id"]]
    assert {"node": {"name": tag}} in listed["giftCardTags"]["edges"]
    changed = shop.api.execute(
        GIFT_CARD_CHANGES,
        {"id": card["id"], "input": {"balanceAmount": "40", "removeTags": ["vip"]}},
        shop.app_token,
    )
    assert changed["update"]["giftCard"] == {"currentBalance": {"amount": 40.0}, "initialBalance": {"amount": 40.0}, "tags": [{"name": tag}]}  # fmt: skip
    assert changed["off"] == {"count": 1, "errors": []}
    types = [event["type"] for event in changed["again"]["giftCard"]["events"]]
    assert {"BALANCE_RESET", "TAGS_UPDATED", "DEACTIVATED", "ACTIVATED"} <= set(types)


def test_a_voucher_with_codes_and_its_list(shop: ShopSetup) -> None:
    codes = [f"A-{shop.suffix}", f"B-{shop.suffix}"]
    given = {"name": f"Welcome {shop.suffix}", "addCodes": codes, "type": "SPECIFIC_PRODUCT", "discountValueType": "PERCENTAGE", "products": [shop.ids["product"]], "collections": [], "minCheckoutItemsQuantity": 2, "usageLimit": 50, "countries": ["US", "CA"], "endDate": "2099-01-01T00:00:00Z"}  # fmt: skip
    made = shop.api.execute(VOUCHER, {"input": given}, shop.app_token)["voucherCreate"]
    assert made["errors"] == []
    voucher = made["voucher"]
    assert {edge["node"]["code"] for edge in voucher["codes"]["edges"]} == set(codes)
    assert (voucher["type"], voucher["discountValueType"], voucher["usageLimit"]) == ("SPECIFIC_PRODUCT", "PERCENTAGE", 50)  # fmt: skip
    assert [country["code"] for country in voucher["countries"]] == ["CA", "US"]
    shop.mutate(
        "mutation($id:ID!,$c:ID!){voucherChannelListingUpdate(id:$id,input:{addChannels:[{channelId:$c,discountValue:15,minAmountSpent:20}]}){voucher{id} errors{field message code}}}",
        id=voucher["id"], c=shop.ids["channel"],
    )  # fmt: skip
    wanted = {"filter": {"search": codes[1], "status": ["ACTIVE"], "discountType": ["PERCENTAGE"], "timesUsed": {"lte": 0}}, "sort": {"field": "MINIMUM_SPENT_AMOUNT", "direction": "DESC", "channel": shop.channel}}  # fmt: skip
    rows = shop.api.execute(VOUCHERS, wanted, shop.app_token)["vouchers"]["edges"]
    assert [row["node"]["id"] for row in rows] == [voucher["id"]]
    assert rows[0]["node"]["channelListings"] == [{"discountValue": 15.0, "currency": "USD", "minSpent": {"amount": 20.0}, "channel": {"slug": shop.channel}}]  # fmt: skip
    assert rows[0]["node"]["products"] == {"totalCount": 1}
    shop.mutate(
        "mutation($ids:[ID!]!){voucherBulkDelete(ids:$ids){count errors{field message code}}}",
        ids=[voucher["id"]],
    )


def test_an_order_by_phone(shop: ShopSetup) -> None:
    given = {"channelId": shop.ids["channel"], "userEmail": "phone@example.com", "customerNote": "By phone", "lines": [{"variantId": shop.ids["variant"], "quantity": 2}], "shippingAddress": ADDRESS, "billingAddress": ADDRESS, "languageCode": "DE"}  # fmt: skip
    made = shop.api.execute(DRAFT, {"input": given}, shop.app_token)["draftOrderCreate"]
    assert made["errors"] == []
    order = made["order"]
    (line,) = order["lines"]
    method = order["shippingMethods"][0]
    done = shop.api.execute(
        DRAFT_CHANGES,
        {"order": order["id"], "line": line["id"], "method": method["id"]},
        shop.app_token,
    )
    assert [payload["errors"] for payload in done.values()] == [[]] * 4
    assert done["discount"]["order"]["discounts"] == [{"value": 3.0, "valueType": "FIXED", "reason": "regular", "amount": {"amount": 3.0}}]  # fmt: skip
    if (
        shop.api.is_embedded
    ):  # in one document Saleor answers with the lines that it has read for the discount before
        assert done["line"]["orderLine"]["unitDiscount"] == {"amount": 3.0}
    assert done["ship"]["order"]["deliveryMethod"] == {"__typename": "ShippingMethod", "name": method["name"]}
    finished = shop.api.execute(FINISH, {"order": order["id"]}, shop.app_token)
    assert [payload["errors"] for payload in finished.values()] == [[], []]
    assert finished["draftOrderComplete"]["order"]["status"] == "UNFULFILLED"
    assert finished["orderMarkAsPaid"]["order"]["chargeStatus"] == "FULL"
    sent = shop.api.execute(
        FULFIL,
        {"order": order["id"], "input": {"lines": [{"orderLineId": line["id"], "stocks": [{"warehouse": shop.ids["warehouse"], "quantity": 1}]}], "notifyCustomer": False, "trackingNumber": "X1"}},
        shop.app_token,
    )["orderFulfill"]  # fmt: skip
    assert (sent["errors"], sent["order"]["status"]) == ([], "PARTIALLY_FULFILLED")
    (parcel,) = sent["fulfillments"]
    assert (parcel["trackingNumber"], parcel["fulfillmentOrder"], parcel["status"]) == ("X1", 1, "FULFILLED")
    assert parcel["lines"] == [{"quantity": 1, "orderLine": {"id": line["id"], "quantityToFulfill": 1}}]
    after = shop.api.execute(
        AFTER, {"fulfillment": parcel["id"], "warehouse": shop.ids["warehouse"]}, shop.app_token
    )
    assert after["track"]["fulfillment"] == {"trackingNumber": "1Z9"}
    assert after["undo"] == {
        "fulfillment": {"status": "CANCELED"},
        "order": {"status": "UNFULFILLED"},
        "errors": [],
    }


def test_shipping_by_weight_with_postal_codes(shop: ShopSetup) -> None:
    given = {"name": "Heavy", "shippingZone": shop.ids["zone"], "type": "WEIGHT", "minimumOrderWeight": 10, "maximumOrderWeight": 20.5, "inclusionType": "EXCLUDE", "addPostalCodeRules": [{"start": "90000", "end": "90010"}], "taxClass": shop.ids["tax_class"], "minimumDeliveryDays": 1, "maximumDeliveryDays": 2}  # fmt: skip
    made = shop.api.execute(
        SHIPPING,
        {"input": given},
        shop.app_token,
    )["shippingPriceCreate"]
    assert made["errors"] == []
    method = made["shippingMethod"]
    assert (method["type"], method["minimumOrderWeight"]) == ("WEIGHT", {"value": 10.0, "unit": "KG"})
    assert method["postalCodeRules"] == [{"start": "90000", "end": "90010", "inclusionType": "EXCLUDE"}]
    wanted = {
        "filter": {"search": shop.suffix, "channels": [shop.ids["channel"]]},
        "id": shop.ids["zone"],
        "channel": shop.channel,
    }
    found = shop.api.execute(SHIPPING_LISTS, wanted, shop.app_token)
    assert found["shippingZones"]["totalCount"] == 1
    assert found["shippingZones"]["edges"][0]["node"]["countries"] == [{"code": "US"}]
    shop.mutate(
        "mutation($id:ID!){shippingPriceDelete(id:$id){shippingMethod{id} errors{field message code}}}",
        id=method["id"],
    )


def test_an_attribute_and_its_values(shop: ShopSetup) -> None:
    given = {"name": "Wood", "slug": f"wood-{shop.suffix}", "type": "PAGE_TYPE", "inputType": "MULTISELECT", "valueRequired": True, "visibleInStorefront": False, "values": [{"name": "Oak"}, {"name": "Ash"}]}  # fmt: skip
    made = shop.api.execute(ATTRIBUTE, {"input": given}, shop.app_token)["attributeCreate"]
    assert made["errors"] == []
    oak, ash = (edge["node"]["id"] for edge in made["attribute"]["choices"]["edges"])
    done = shop.api.execute(
        ATTRIBUTE_CHANGES,
        {"attribute": made["attribute"]["id"], "value": oak},
        shop.app_token,
    )
    assert done["attributeValueCreate"]["attributeValue"] == {"slug": "cherry", "externalReference": "ch"}
    assert done["attributeValueUpdate"]["attributeValue"] == {"name": "Oak wood", "slug": "oak-wood"}
    edges = done["attributeReorderValues"]["attribute"]["choices"]["edges"]
    assert [edge["node"]["id"] for edge in edges][:2] == [ash, oak]
    assert done["attributeValueDelete"]["attributeValue"] == {"name": "Cherry"}


def test_pages_are_found_by_attribute(shop: ShopSetup) -> None:
    flag = shop.mutate(
        "mutation($i:AttributeCreateInput!){attributeCreate(input:$i){attribute{id} errors{field message code}}}",
        i={"name": "Pinned", "slug": f"pinned-{shop.suffix}", "type": "PAGE_TYPE", "inputType": "BOOLEAN"},
    )["attribute"]["id"]
    kind = shop.mutate(
        "mutation($i:PageTypeCreateInput!){pageTypeCreate(input:$i){pageType{id} errors{field message code}}}",
        i={"name": "Note", "slug": f"note-{shop.suffix}", "addAttributes": [flag]},
    )["pageType"]["id"]
    for number, pinned in ((1, True), (2, False)):
        shop.mutate(
            "mutation($i:PageCreateInput!){pageCreate(input:$i){page{id} errors{field message code}}}",
            i={"title": f"Note {number}", "slug": f"note-{number}-{shop.suffix}", "pageType": kind, "attributes": [{"id": flag, "boolean": pinned}], "isPublished": True},
        )  # fmt: skip
    where = {"pageType": {"eq": kind}, "attributes": [{"slug": f"pinned-{shop.suffix}", "value": {"boolean": True}}]}  # fmt: skip
    given = {"where": where, "filter": {"pageTypes": [kind], "search": "note"}, "sort": {"field": "TITLE", "direction": "DESC"}}  # fmt: skip

    def are_found() -> dict[str, Any]:
        answer = shop.api.execute(PAGES, given, shop.app_token)
        return answer if answer["older"]["totalCount"] else {}

    found = wait_until(are_found, 90)
    assert [edge["node"]["slug"] for edge in found["pages"]["edges"]] == [f"note-1-{shop.suffix}"]
    assert found["older"] == {"totalCount": 2}
    assert found["pages"]["edges"][0]["node"]["attributes"][0]["values"][0]["boolean"] is True


def test_a_collection_in_an_order_by_hand(shop: ShopSetup) -> None:
    second, _, _ = shop.create_product("third", price="5.00", stock=1)
    collection = shop.mutate(
        "mutation($i:CollectionCreateInput!){collectionCreate(input:$i){collection{id} errors{field message code}}}",
        i={"name": f"Best {shop.suffix}", "slug": f"best-{shop.suffix}", "seo": {"title": "Best of"}},
    )["collection"]["id"]
    given = {"id": collection, "products": [shop.ids["product"], second], "moved": second, "channel": shop.ids["channel"]}  # fmt: skip
    done = shop.api.execute(COLLECTION, given, shop.app_token)
    assert [payload["errors"] for payload in done.values()] == [[], [], []]
    products = done["collectionReorderProducts"]["collection"]["products"]["edges"]
    assert [edge["node"]["id"] for edge in products] == [second, shop.ids["product"]]
    shop.mutate(
        "mutation($id:ID!){collectionDelete(id:$id){errors{field message code}}}",
        id=collection,
    )
    shop.mutate("mutation($id:ID!){productDelete(id:$id){errors{field message code}}}", id=second)


def test_a_group_for_one_channel(shop: ShopSetup) -> None:
    group = {"name": f"Packers {shop.suffix}", "addPermissions": ["MANAGE_ORDERS"], "restrictedAccessToChannels": True, "addChannels": [shop.ids["channel"]], "addUsers": []}  # fmt: skip
    made = shop.api.execute(PERMISSIONS, {"group": group}, shop.staff_token)["permissionGroupCreate"]
    assert made["errors"] == []
    assert made["group"]["permissions"] == [{"code": "MANAGE_ORDERS", "name": "Manage orders."}]
    assert made["group"]["accessibleChannels"] == [{"slug": shop.channel}]
    found = shop.api.execute(STAFF, {"filter": {"status": "ACTIVE", "search": "admin"}}, shop.staff_token)
    assert found["staffUsers"]["totalCount"] >= 1
    shop.api.mutate(
        "mutation($id:ID!){permissionGroupDelete(id:$id){errors{field message code}}}",
        {"id": made["group"]["id"]},
        shop.staff_token,
    )


def test_a_channel_and_its_taxes_are_set(shop: ShopSetup) -> None:
    other = ShopSetup(shop.api).set_up()
    given = {"name": "West", "defaultCountry": "CA", "orderSettings": {"expireOrdersAfter": 45, "deleteExpiredOrdersAfter": 9}, "checkoutSettings": {"useLegacyErrorFlow": False}, "stockSettings": {"allocationStrategy": "PRIORITIZE_HIGH_STOCK"}, "metadata": [{"key": "region", "value": "west"}]}  # fmt: skip
    made = shop.api.execute(CHANNEL, {"id": other.ids["channel"], "input": given}, other.app_token)[
        "channelUpdate"
    ]
    assert made["errors"] == []
    channel = made["channel"]
    assert (channel["defaultCountry"], channel["countries"]) == ({"code": "CA"}, [{"code": "US"}])
    assert channel["orderSettings"] == {"expireOrdersAfter": 45, "deleteExpiredOrdersAfter": 9}
    assert channel["availableShippingMethodsPerCountry"] == [
        {"countryCode": "US", "shippingMethods": [{"name": "Standard"}]}
    ]
    assert channel["metafield"] == "west"
    found = shop.api.execute(
        "query($id:ID!){channel(id:$id){taxConfiguration{id}}}", {"id": other.ids["channel"]}, other.app_token
    )
    taxes = {"chargeTaxes": True, "displayGrossPrices": True, "updateCountriesConfiguration": [{"countryCode": "CA", "chargeTaxes": False, "displayGrossPrices": False}]}  # fmt: skip
    done = shop.api.execute(
        TAXES, {"id": found["channel"]["taxConfiguration"]["id"], "input": taxes}, other.app_token
    )["taxConfigurationUpdate"]
    assert done["errors"] == []
    assert done["taxConfiguration"]["countries"] == [{"country": {"code": "CA"}, "chargeTaxes": False, "displayGrossPrices": False, "taxCalculationStrategy": None}]  # fmt: skip


def test_translations_are_written_and_listed(shop: ShopSetup) -> None:
    (teal,) = shop.api.execute(
        'query($id:ID!){attribute(id:$id){choices(first:1,filter:{search:"teal"}){edges{node{id}}}}}',
        {"id": shop.ids["colour"]},
        shop.app_token,
    )["attribute"]["choices"]["edges"]
    done = shop.api.execute(
        TRANSLATE,
        {"product": shop.ids["product"], "value": teal["node"]["id"], "slug": f"glas-{shop.suffix}"},
        shop.app_token,
    )
    assert done["productTranslate"]["product"]["translation"] == {"name": "Glas", "slug": f"glas-{shop.suffix}", "seoTitle": "Gläser", "translatableContent": {"name": f"glass {shop.suffix}"}}  # fmt: skip
    assert done["attributeValueTranslate"]["attributeValue"]["translation"] == {"name": "Blaugrün"}
    found = shop.api.execute(TRANSLATIONS, {"id": shop.ids["product"]}, shop.app_token)
    content = found["translation"]
    assert (content["__typename"], content["productId"]) == (
        "ProductTranslatableContent",
        shop.ids["product"],
    )
    assert content["translation"]["language"]["code"] == "DE"
    assert found["translations"]["totalCount"] >= 2
