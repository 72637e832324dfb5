"""An app of somebody else: payments, webhooks, metadata and reading orders in bulk."""

from typing import Any

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import wait_until

TRANSACTION = """
mutation Record($id: ID!, $transaction: TransactionCreateInput!, $event: TransactionEventInput) {
  transactionCreate(id: $id, transaction: $transaction, transactionEvent: $event) {
    transaction { ...Money }
    errors { field code message }
  }
}
fragment Money on TransactionItem {
  id token name message pspReference externalUrl actions createdAt modifiedAt
  authorizedAmount { amount } authorizePendingAmount { amount } chargedAmount { amount } chargePendingAmount { amount }
  refundedAmount { amount } refundPendingAmount { amount } canceledAmount { amount } cancelPendingAmount { amount }
  events { id type message pspReference amount { amount currency } externalUrl createdBy { __typename ... on App { id } } idempotencyKey }
  order { id } checkout { id } createdBy { __typename } metafield(key: "provider") privateMetafield(key: "secret")
}
"""
REPORT = """
mutation Report($id: ID!, $amount: PositiveDecimal!) {
  first: transactionEventReport(id: $id, type: REFUND_SUCCESS, amount: $amount, pspReference: "r-1", message: "sent back", time: "2026-01-02T03:04:05Z", availableActions: [REFUND, CHARGE], externalUrl: "https://psp.example/r-1") { alreadyProcessed transaction { actions refundedAmount { amount } chargedAmount { amount } } transactionEvent { type createdAt } errors { field code } }
  second: transactionEventReport(id: $id, type: REFUND_SUCCESS, amount: $amount, pspReference: "r-1") { alreadyProcessed errors { code } }
  third: transactionEventReport(id: $id, type: REFUND_SUCCESS, amount: 0.5, pspReference: "r-1") { alreadyProcessed errors { code } }
}
"""
UPDATE = """
mutation Update($id: ID!, $transaction: TransactionUpdateInput) {
  transactionUpdate(id: $id, transaction: $transaction) { transaction { name actions chargedAmount { amount } metafields } errors { field code } }
}
"""
REQUEST = """
mutation Ask($id: ID!) {
  transactionRequestAction(id: $id, actionType: REFUND, amount: 1) { transaction { id } errors { field code } }
}
"""
WEBHOOK = """
mutation Hook($input: WebhookCreateInput!) {
  webhookCreate(input: $input) { webhook { id name isActive targetUrl subscriptionQuery customHeaders syncEvents { eventType } asyncEvents { eventType name } secretKey app { id } eventDeliveries(first: 2) { totalCount } } errors { field code message } }
}
"""
WEBHOOK_CHANGES = """
mutation Hook($id: ID!, $input: WebhookUpdateInput!, $object: ID!, $query: String!) {
  update: webhookUpdate(id: $id, input: $input) { webhook { isActive targetUrl asyncEvents { eventType } } errors { field code } }
  try: webhookDryRun(objectId: $object, query: $query) { payload errors { field code } }
  bad: webhookDryRun(objectId: $object, query: "subscription { event { ... on NoSuchEvent { issuedAt } } }") { payload errors { field code } }
  gone: webhookDelete(id: $id) { webhook { id } errors { code } }
}
"""
ORDERS = """
query Pull($after: String, $since: DateTime!) {
  orders(first: 50, after: $after, sortBy: {field: LAST_MODIFIED_AT, direction: ASC}, where: {updatedAt: {gte: $since}, metadata: {key: "erp", value: {oneOf: ["7", "8"]}}}) {
    totalCount pageInfo { endCursor hasNextPage }
    edges { node {
      id number externalReference redirectUrl customerNote metadata { key value } privateMetadata { key value }
      user { id } giftCards { id } voucher { code } discounts { id type name translatedName }
      shippingMethod { id name } deliveryMethod { __typename ... on ShippingMethod { id metafield(key: "carrier") } ... on Warehouse { id } }
      fulfillments { id metafields lines { id } shippingRefundedAmount { amount } totalRefundedAmount { amount } }
      lines { id metafields variant { id product { id category { name } } } taxClass { id name } taxClassName totalPrice { net { amount } tax { amount } } undiscountedTotalPrice { net { amount } } voucherCode saleId promotions: isPriceOverridden quantityToFulfill }
      payments { id isActive gateway chargeStatus actions } grantedRefunds { id amount { amount } reason shippingCostsIncluded lines { quantity } }
    } }
  }
}
"""
METADATA = """
mutation Mark($id: ID!, $line: ID!) {
  a: updateMetadata(id: $id, input: [{key: "erp", value: "7"}, {key: "x", value: "1"}]) { item { __typename metadata { key value } ... on Order { number } } errors { field code } }
  b: updatePrivateMetadata(id: $id, input: [{key: "margin", value: "12"}]) { item { privateMetafield(key: "margin") } errors { code } }
  c: deleteMetadata(id: $id, keys: ["x", "never"]) { item { metafields } errors { code } }
  d: updateMetadata(id: $line, input: [{key: "bin", value: "A3"}]) { item { ... on OrderLine { metafield(key: "bin") quantity } } errors { code } }
  e: deletePrivateMetadata(id: $id, keys: ["margin"]) { item { privateMetadata { key } } errors { code } }
  bad: updateMetadata(id: $id, input: [{key: " ", value: "7"}]) { errors { field code } }
}
"""
GRANT = """
mutation Grant($id: ID!, $input: OrderGrantRefundCreateInput!) {
  orderGrantRefundCreate(id: $id, input: $input) { grantedRefund { id amount { amount } reason status lines { quantity reason orderLine { id } } transaction { id } app { id } } order { totalGrantedRefund { amount } totalRemainingGrant { amount } } errors { field code lines { field code lineId } } }
}
"""
CHECKOUTS = """
query Abandoned($filter: CheckoutFilterInput, $channel: String) {
  checkouts(first: 5, filter: $filter, channel: $channel, sortBy: {field: CREATION_DATE, direction: DESC}) { totalCount edges { node { id email updatedAt authorizeStatus chargeStatus transactions { id } stockReservationExpires totalPrice { gross { amount } } customer: user { id } } } }
  checkoutLines(first: 2) { totalCount edges { node { id quantity } } }
}
"""
APP = """
query Self($id: ID!) {
  me: app { id name isActive type permissions { code name } tokens { name authToken } webhooks { id } extensions { id } version }
  app(id: $id) { name created identifier metafields }
  apps(first: 3, filter: {isActive: true, search: "contract", type: LOCAL}, sortBy: {field: NAME, direction: DESC}) { totalCount edges { node { id } } }
  appsInstallations { id status }
  appExtensions(first: 2) { totalCount }
}
"""
MANIFEST = """
mutation Manifest { appFetchManifest(manifestUrl: "http://127.0.0.1:9/manifest.json") { manifest { name } errors { field code } } }
"""
SERVICE = "{ _service { sdl } }"
STOCKS = """
query Stocks($filter: StockFilterInput, $id: ID!) {
  stocks(first: 5, filter: $filter) { totalCount edges { node { id quantity quantityAllocated quantityReserved warehouse { slug } productVariant { sku } } } }
  warehouses(first: 5, filter: {search: "dock", isPrivate: false, channels: []}, sortBy: {field: NAME, direction: ASC}) { edges { node { id shippingZones(first: 1) { totalCount } address { city } stocks(first: 1) { totalCount } } } }
  warehouse(id: $id) { name companyName clickAndCollectOption email }
}
"""
INVENTORY = """
mutation Inventory($variant: ID!, $stocks: [StockInput!]!, $warehouse: ID!) {
  set: productVariantStocksUpdate(variantId: $variant, stocks: $stocks) { productVariant { stocks { quantity } } errors { field code index } }
  twice: productVariantStocksCreate(variantId: $variant, stocks: $stocks) { productVariant { id } errors { field code index } }
  drop: productVariantStocksDelete(variantId: $variant, warehouseIds: [$warehouse]) { productVariant { stocks { id } } errors { field code } }
}
"""
NODE = """
query Entities($ids: [ID!]!) {
  order: orders(first: 3, where: {ids: $ids}) { edges { node { __typename ... on Node { id } ... on ObjectWithMetadata { metadata { key } } } } }
}
"""


def test_a_payment_is_recorded_reported_and_updated(shop: ShopSetup) -> None:
    cart = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    total = cart["totalPrice"]["gross"]["amount"]
    given = {"name": "Card", "message": "3DS", "pspReference": "p-1", "availableActions": ["REFUND"], "amountCharged": {"amount": total, "currency": "USD"}, "externalUrl": "https://psp.example/p-1", "metadata": [{"key": "provider", "value": "acme"}], "privateMetadata": [{"key": "secret", "value": "s"}]}  # fmt: skip
    event = {"pspReference": "p-1", "message": "paid"}
    made = shop.mutate(TRANSACTION, id=cart["id"], transaction=given, event=event)["transaction"]
    assert (made["chargedAmount"]["amount"], made["actions"]) == (total, ["REFUND"])
    assert (made["metafield"], made["privateMetafield"]) == ("acme", "s")
    assert (made["checkout"], made["order"]) == ({"id": cart["id"]}, None)
    assert {event["type"] for event in made["events"]} == {"CHARGE_SUCCESS", "INFO"}
    done = shop.api.execute(REPORT, {"id": made["id"], "amount": 2}, shop.app_token)
    assert done["first"]["transaction"] == {"actions": ["REFUND", "CHARGE"], "refundedAmount": {"amount": 2.0}, "chargedAmount": {"amount": total - 2}}  # fmt: skip
    assert done["first"]["transactionEvent"]["createdAt"].startswith("2026-01-02T03:04:05")
    assert done["second"] == {"alreadyProcessed": True, "errors": []}
    assert [error["code"] for error in done["third"]["errors"]] == ["INCORRECT_DETAILS"]
    changed = shop.mutate(
        UPDATE.replace("errors { field code }", "errors { field code message }"),
        id=made["id"],
        transaction={
            "name": "Card ending 42",
            "availableActions": [],
            "amountCharged": {"amount": total, "currency": "USD"},
        },
    )["transaction"]
    assert (changed["name"], changed["actions"], changed["chargedAmount"]) == (
        "Card ending 42",
        [],
        {"amount": total},
    )
    asked = shop.api.mutation_errors(REQUEST, {"id": made["id"]}, shop.app_token)
    assert asked == [(None, "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK")]


def test_a_webhook_is_made_tried_and_deleted(shop: ShopSetup) -> None:
    document = "subscription { event { ... on OrderUpdated { issuedAt order { id number } } ... on OrderPaid { order { id } } } }"
    given = {"name": "ERP", "targetUrl": "https://erp.example.com/hook", "asyncEvents": ["ORDER_UPDATED"], "isActive": False, "query": document, "customHeaders": '{"X-Key": "1"}'}  # fmt: skip
    made = shop.mutate(WEBHOOK, input=given)["webhook"]
    assert {event["eventType"] for event in made["asyncEvents"]} == {"ORDER_UPDATED"}
    assert (made["syncEvents"], made["eventDeliveries"]) == ([], {"totalCount": 0})
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    plain = "subscription { event { ... on OrderUpdated { order { id number } } } }"
    done = shop.api.execute(
        WEBHOOK_CHANGES,
        {
            "id": made["id"],
            "object": order["id"],
            "query": plain,
            "input": {"isActive": True, "asyncEvents": ["ORDER_PAID", "ORDER_UPDATED"]},
        },
        shop.staff_token,
    )
    assert done["update"]["errors"] == []
    assert {event["eventType"] for event in done["update"]["webhook"]["asyncEvents"]} == {
        "ORDER_PAID",
        "ORDER_UPDATED",
    }
    assert f'"{order["number"]}"' in str(done["try"]["payload"]).replace("'", '"')
    assert [error["code"] for error in done["bad"]["errors"]] != []
    assert done["gone"]["errors"] == []


def test_orders_are_marked_and_pulled(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    done = shop.api.execute(METADATA, {"id": order["id"], "line": order["lines"][0]["id"]}, shop.app_token)
    assert done["a"]["item"]["number"] == order["number"]
    assert done["b"]["item"] == {"privateMetafield": "12"}
    assert done["c"]["item"]["metafields"] == {"erp": "7"}
    assert done["d"]["item"] == {"metafield": "A3", "quantity": 1}
    assert done["e"]["item"] == {"privateMetadata": []}
    assert done["bad"]["errors"] == [{"field": "input", "code": "REQUIRED"}]
    pulled = shop.api.execute(ORDERS, {"since": "2026-01-01T00:00:00+00:00"}, shop.app_token)["orders"]
    (row,) = [edge["node"] for edge in pulled["edges"] if edge["node"]["id"] == order["id"]]
    assert row["lines"][0]["taxClassName"] == f"Standard {shop.suffix}"
    assert (row["lines"][0]["metafields"], row["lines"][0]["quantityToFulfill"]) == ({"bin": "A3"}, 1)
    assert row["deliveryMethod"]["__typename"] == "ShippingMethod"
    found = shop.api.execute(NODE, {"ids": [order["id"]]}, shop.app_token)["order"]["edges"]
    assert found == [
        {"node": {"__typename": "Order", "id": order["id"], "metadata": [{"key": "erp"}]}},
    ]


def test_a_refund_is_granted_by_lines(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 2))
    line = order["lines"][0]["id"]
    order |= shop.api.execute(
        "query($id:ID!){order(id:$id){transactions{id}}}", {"id": order["id"]}, shop.app_token
    )["order"]
    given = {"reason": "cracked", "lines": [{"id": line, "quantity": 1, "reason": "one cup"}], "grantRefundForShipping": True, "transactionId": order["transactions"][0]["id"]}  # fmt: skip
    made = shop.api.execute(GRANT, {"id": order["id"], "input": given}, shop.app_token)[
        "orderGrantRefundCreate"
    ]
    assert made["errors"] == []
    assert made["grantedRefund"]["amount"] == {"amount": 37.87}
    assert made["grantedRefund"]["lines"] == [
        {"quantity": 1, "reason": "one cup", "orderLine": {"id": line}},
    ]
    assert made["order"]["totalGrantedRefund"] == {"amount": 37.87}
    much = {"lines": [{"id": line, "quantity": 2}], "transactionId": given["transactionId"]}
    refused = shop.api.execute(GRANT, {"id": order["id"], "input": much}, shop.app_token)[
        "orderGrantRefundCreate"
    ]
    assert refused["errors"][0]["lines"] == [
        {"field": "quantity", "code": "QUANTITY_GREATER_THAN_AVAILABLE", "lineId": line}
    ]


def test_open_carts_are_listed(shop: ShopSetup) -> None:
    cart = checkout_flow.create(shop, (shop.ids["variant"], 1), email=f"cart-{shop.suffix}@example.com")
    wanted = {"filter": {"search": f"cart-{shop.suffix}", "channels": [shop.ids["channel"]], "updatedAt": {"gte": "2026-01-01"}}, "channel": shop.channel}  # fmt: skip

    def is_found() -> dict[str, Any]:
        answer = shop.api.execute(CHECKOUTS, wanted, shop.app_token)
        return answer if answer["checkouts"]["edges"] else {}

    found = wait_until(is_found, 90)
    assert [edge["node"]["id"] for edge in found["checkouts"]["edges"]] == [cart["id"]]
    assert found["checkouts"]["edges"][0]["node"]["chargeStatus"] == "NONE"
    assert found["checkoutLines"]["totalCount"] >= 1


def test_an_app_reads_about_itself(shop: ShopSetup) -> None:
    token = shop.app_token
    found = shop.api.execute(APP, {"id": shop.ids["app"]}, token)
    assert found["me"]["id"] == shop.ids["app"]
    assert found["app"]["name"] == f"Contract {shop.suffix}"
    assert (found["me"]["type"], len(found["me"]["tokens"])) == ("LOCAL", 1)
    assert found["me"]["tokens"][0]["authToken"] == token[-4:]
    assert found["appsInstallations"] == []
    refused = shop.api.execute(MANIFEST, {}, shop.staff_token)["appFetchManifest"]
    assert (refused["manifest"], [error["field"] for error in refused["errors"]]) == (None, ["manifestUrl"])
    assert "type Query" in shop.api.execute(SERVICE)["_service"]["sdl"]


def test_stocks_are_read_and_set(shop: ShopSetup) -> None:
    product, teal, _ = shop.create_product("stocked", price="7.00", stock=3)
    sku = f"stocked-Teal-{shop.suffix}"
    found = shop.api.execute(
        STOCKS,
        {"filter": {"search": f"stocked {shop.suffix}", "quantity": 3}, "id": shop.ids["warehouse"]},
        shop.app_token,
    )
    assert [edge["node"]["productVariant"]["sku"] for edge in found["stocks"]["edges"]] == [
        sku,
        f"stocked-Plum-{shop.suffix}",
    ]
    assert found["warehouse"]["clickAndCollectOption"] == "DISABLED"
    given: dict[str, Any] = {"variant": teal, "stocks": [{"warehouse": shop.ids["warehouse"], "quantity": 8}], "warehouse": shop.ids["warehouse"]}  # fmt: skip
    done = shop.api.execute(INVENTORY, given, shop.app_token)
    assert done["set"]["productVariant"] == {"stocks": [{"quantity": 8}]}
    assert done["twice"]["errors"] == [{"field": "warehouse", "code": "UNIQUE", "index": 0}]
    assert done["drop"]["productVariant"] == {"stocks": []}
    shop.mutate("mutation($id:ID!){productDelete(id:$id){errors{field message code}}}", id=product)
