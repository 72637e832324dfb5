"""What Saleor's Dashboard does with an order, a channel, a shipping method and the shop, beside the everyday."""

import json
import uuid
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ADDRESS, ShopSetup
from tests.contract.test_staff_orders import complete_draft, create_draft

NOTE = "mutation($o:ID!,$m:String!){orderNoteAdd(order:$o,input:{message:$m}){event{id} errors{field message code}}}"
CHANGE_NOTE = "mutation($n:ID!,$m:String!){orderNoteUpdate(note:$n,input:{message:$m}){event{type message related{id}} errors{field message code}}}"
UPDATE = 'mutation($id:ID!,$i:OrderUpdateInput!){orderUpdate(id:$id,input:$i){order{languageCodeEnum shippingAddress{firstName} billingAddress{firstName} privateMetafield(key:"a")} errors{field message code}}}'
TRANSACTION = 'mutation($id:ID!,$t:TransactionCreateInput!){transactionCreate(id:$id,transaction:$t){transaction{id chargedAmount{amount} refundedAmount{amount} metafield(key:"a")} errors{field message code}}}'
UPDATE_TRANSACTION = "mutation($id:ID!,$t:TransactionUpdateInput!){transactionUpdate(id:$id,transaction:$t){transaction{name chargedAmount{amount} refundedAmount{amount} events{type amount{amount}}} errors{field message code}}}"
FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id lines{id}} errors{field message code}}}"
GRANT = "mutation($id:ID!,$i:OrderGrantRefundCreateInput!){orderGrantRefundCreate(id:$id,input:$i){grantedRefund{id amount{amount} app{id} lines{id}} errors{field message code}}}"
CHANGE_GRANT = "mutation($id:ID!,$i:OrderGrantRefundUpdateInput!){orderGrantRefundUpdate(id:$id,input:$i){grantedRefund{amount{amount} reason lines{quantity}} errors{field message code}}}"

DISCOUNT = "mutation($o:ID!,$i:OrderDiscountCommonInput!){orderDiscountAdd(orderId:$o,input:$i){order{total{net{amount}} undiscountedTotal{net{amount}} discounts{id type valueType value reason total{amount}}} errors{field message code}}}"
CHANGE_DISCOUNT = "mutation($d:ID!,$i:OrderDiscountCommonInput!){orderDiscountUpdate(discountId:$d,input:$i){order{discounts{valueType value}} errors{field message code}}}"
DELETE_DISCOUNT = "mutation($d:ID!){orderDiscountDelete(discountId:$d){order{discounts{id} events{type discount{value oldValue amount{amount}}}} errors{field message code}}}"
LINE_DISCOUNT = "mutation($l:ID!,$i:OrderDiscountCommonInput!){orderLineDiscountUpdate(orderLineId:$l,input:$i){orderLine{unitDiscountType unitDiscountValue unitDiscountReason unitDiscount{amount} discounts{type}} order{events{type lines{discount{value}}}} errors{field message code}}}"
NO_LINE_DISCOUNT = "mutation($l:ID!){orderLineDiscountRemove(orderLineId:$l){orderLine{unitDiscountValue discounts{type}} order{id} errors{field message code}}}"


def test_a_discount_on_a_draft_is_given_changed_and_taken_back(shop: ShopSetup) -> None:
    order = create_draft(shop)
    tenth = {"valueType": "PERCENTAGE", "value": 10, "reason": "A scratch"}
    given = shop.mutate(DISCOUNT, o=order["id"], i=tenth)["order"]
    whole, left = given["undiscountedTotal"]["net"]["amount"], given["total"]["net"]["amount"]
    [discount] = given["discounts"]
    assert left == pytest.approx(whole * 0.9, abs=0.011)
    assert [discount[name] for name in ("type", "valueType", "value", "reason")] == [
        "MANUAL",
        "PERCENTAGE",
        10,
        "A scratch",
    ]
    assert discount["total"]["amount"] == pytest.approx(whole - left)
    assert shop.api.mutation_errors(DISCOUNT, {"o": order["id"], "i": tenth}, shop.app_token) == [
        ("orderId", "CANNOT_DISCOUNT")
    ]
    fixed = {"valueType": "FIXED", "value": 1}
    [changed] = shop.mutate(CHANGE_DISCOUNT, d=discount["id"], i=fixed)["order"]["discounts"]
    assert changed == {"valueType": "FIXED", "value": 1}
    last = shop.mutate(DELETE_DISCOUNT, d=discount["id"])["order"]
    assert last["discounts"] == []
    told = {event["type"]: event["discount"] for event in last["events"] if event["discount"]}
    assert (told["ORDER_DISCOUNT_UPDATED"]["oldValue"], told["ORDER_DISCOUNT_DELETED"]["value"]) == (10, 1)


def test_a_line_of_a_draft_is_lowered_by_the_piece(shop: ShopSetup) -> None:
    line = create_draft(shop)["lines"][0]["id"]
    half = {"valueType": "PERCENTAGE", "value": 50, "reason": "Second choice"}
    given = shop.mutate(LINE_DISCOUNT, l=line, i=half)
    assert given["orderLine"]["unitDiscountType"] == "PERCENTAGE"
    assert (given["orderLine"]["unitDiscountValue"], given["orderLine"]["unitDiscountReason"]) == (
        50,
        "Second choice",
    )
    assert given["orderLine"]["discounts"] == [{"type": "MANUAL"}]
    told = [event for event in given["order"]["events"] if event["type"] == "ORDER_LINE_DISCOUNT_UPDATED"]
    assert told[0]["lines"][0]["discount"]["value"] == 50
    too_much = {"valueType": "PERCENTAGE", "value": 101}
    assert shop.api.mutation_errors(LINE_DISCOUNT, {"l": line, "i": too_much}, shop.app_token) == [
        ("value", "INVALID")
    ]
    removed = shop.mutate(NO_LINE_DISCOUNT, l=line)["orderLine"]
    assert removed == {"unitDiscountValue": 0, "discounts": []}


def test_a_note_keeps_its_first_wording(shop: ShopSetup) -> None:
    order = complete_draft(shop)
    note = shop.mutate(NOTE, o=order["id"], m="ring once")["event"]["id"]
    changed = shop.mutate(CHANGE_NOTE, n=note, m="ring twice")["event"]
    assert changed == {"type": "NOTE_UPDATED", "message": "ring twice", "related": {"id": note}}
    assert shop.api.mutation_errors(CHANGE_NOTE, {"n": note, "m": " "}, shop.app_token) == [
        ("message", "REQUIRED")
    ]


def test_addresses_and_language_of_an_order_are_changed(shop: ShopSetup) -> None:
    order = complete_draft(shop)
    given = {
        "shippingAddress": ADDRESS | {"firstName": "Grace"},
        "billingAddress": ADDRESS | {"firstName": "Joan"},
        "languageCode": "DE",
        "privateMetadata": [{"key": "a", "value": "b"}],
    }
    assert shop.mutate(UPDATE, id=order["id"], i=given)["order"] == {
        "languageCodeEnum": "DE",
        "shippingAddress": {"firstName": "Grace"},
        "billingAddress": {"firstName": "Joan"},
        "privateMetafield": "b",
    }


def test_a_transaction_is_recorded_and_corrected(shop: ShopSetup) -> None:
    order = complete_draft(shop)
    given = {
        "amountCharged": {"amount": "60.42", "currency": "USD"},
        "amountRefunded": {"amount": "10.00", "currency": "USD"},
        "metadata": [{"key": "a", "value": "b"}],
    }
    made = shop.mutate(TRANSACTION, id=order["id"], t=given)["transaction"]
    assert (made["chargedAmount"]["amount"], made["refundedAmount"]["amount"]) == (60.42, 10.0)
    assert made["metafield"] == "b"
    changed = shop.mutate(
        UPDATE_TRANSACTION,
        id=made["id"],
        t={"name": "By hand", "amountCharged": {"amount": "70.42", "currency": "USD"}},
    )["transaction"]
    assert (changed["name"], changed["chargedAmount"]["amount"]) == ("By hand", 70.42)
    assert changed["refundedAmount"]["amount"] == 10.0
    foreign = {"id": made["id"], "t": {"amountCharged": {"amount": "1", "currency": "EUR"}}}
    assert shop.api.mutation_errors(UPDATE_TRANSACTION, foreign, shop.app_token) == [
        ("amountCharged", "INCORRECT_CURRENCY")
    ]


def test_a_granted_refund_is_changed_until_its_money_is_asked_for(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 2))
    found = shop.api.execute(
        "query($id:ID!){order(id:$id){lines{id} transactions{id}}}", {"id": order["id"]}, shop.app_token
    )["order"]
    line, payment = found["lines"][0]["id"], found["transactions"][0]["id"]
    given = {"lines": [{"id": line, "quantity": 1}], "reason": "late", "transactionId": payment}
    granted = shop.mutate(GRANT, id=order["id"], i=given)["grantedRefund"]
    assert granted["app"] == {"id": shop.ids["app"]}
    once = granted["amount"]["amount"]
    both = {"addLines": [{"id": line, "quantity": 1}], "reason": "very late"}
    changed = shop.mutate(CHANGE_GRANT, id=granted["id"], i=both)["grantedRefund"]
    assert changed["amount"]["amount"] == pytest.approx(2 * once, abs=0.011)
    assert (changed["reason"], changed["lines"]) == ("very late", [{"quantity": 1}, {"quantity": 1}])
    less = {"removeLines": [granted["lines"][0]["id"]]}
    assert shop.mutate(CHANGE_GRANT, id=granted["id"], i=less)["grantedRefund"]["amount"]["amount"] == once
    too_many = {"id": granted["id"], "i": {"addLines": [{"id": line, "quantity": 9}]}}
    assert shop.api.mutation_errors(CHANGE_GRANT, too_many, shop.app_token) == [("addLines", "INVALID")]


def test_products_are_not_refunded_where_nobody_can_send_the_money_back(shop: ShopSetup) -> None:
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    line = order["lines"][0]["id"]
    query = "mutation($o:ID!,$i:OrderRefundProductsInput!){orderFulfillmentRefundProducts(order:$o,input:$i){order{id} errors{field message code}}}"
    given = {"o": order["id"], "i": {"orderLines": [{"orderLineId": line, "quantity": 1}]}}
    assert shop.api.mutation_errors(query, given, shop.app_token) == [("order", "CANNOT_REFUND")]
    state = shop.api.execute(
        "query($id:ID!){order(id:$id){totalRefunded{amount} grantedRefunds{id}}}",
        {"id": order["id"]},
        shop.app_token,
    )
    assert state["order"] == {"totalRefunded": {"amount": 0.0}, "grantedRefunds": []}


def test_several_orders_are_cancelled_and_the_others_are_named(shop: ShopSetup) -> None:
    open_order = complete_draft(shop)["id"]
    draft = create_draft(shop)["id"]
    query = "mutation($ids:[ID!]!){orderBulkCancel(ids:$ids){count errors{field code}}}"
    found = shop.api.execute(query, {"ids": [open_order, draft]}, shop.app_token)["orderBulkCancel"]
    assert found == {"count": 1, "errors": [{"field": draft, "code": "INVALID"}]}


def test_a_method_does_not_carry_what_it_excludes(shop: ShopSetup) -> None:
    method = shop.create_shipping_method(f"Letter {uuid.uuid4().hex[:6]}", price="1.00")
    exclude = "mutation($id:ID!,$p:[ID!]!){shippingPriceExcludeProducts(id:$id,input:{products:$p}){shippingMethod{excludedProducts(first:5){edges{node{id}}}} errors{field message code}}}"
    remove = "mutation($id:ID!,$p:[ID!]!){shippingPriceRemoveProductFromExclude(id:$id,products:$p){shippingMethod{excludedProducts(first:5){edges{node{id}}}} errors{field message code}}}"

    def is_offered() -> bool:
        checkout = checkout_flow.create(
            shop, (shop.ids["variant"], 1), email="ada@example.com", shippingAddress=ADDRESS
        )
        return any(offer["name"].startswith("Letter") for offer in checkout["shippingMethods"])

    assert is_offered()
    shown = shop.mutate(exclude, id=method, p=[shop.ids["product"]])["shippingMethod"]["excludedProducts"]
    assert shown == {"edges": [{"node": {"id": shop.ids["product"]}}]}
    assert not is_offered()
    shown = shop.mutate(remove, id=method, p=[shop.ids["product"]])["shippingMethod"]["excludedProducts"]
    assert shown == {"edges": []}
    delete = "mutation($ids:[ID!]!){shippingPriceBulkDelete(ids:$ids){count errors{field message code}}}"
    assert shop.mutate(delete, ids=[method])["count"] == 1


def test_a_channel_is_deleted_when_its_orders_have_somewhere_to_go(shop: ShopSetup) -> None:
    create = 'mutation($i:ChannelCreateInput!){channelCreate(input:$i){channel{id privateMetafield(key:"a")} errors{field message code}}}'
    delete = "mutation($id:ID!,$i:ChannelDeleteInput){channelDelete(id:$id,input:$i){channel{slug} errors{field message code}}}"
    slug = f"old-{uuid.uuid4().hex[:8]}"
    given = {
        "name": slug, "slug": slug, "currencyCode": "USD", "defaultCountry": "US",
        "privateMetadata": [{"key": "a", "value": "b"}],
    }  # fmt: skip
    made = shop.mutate(create, i=given)["channel"]
    assert made["privateMetafield"] == "b"
    draft = "mutation($i:DraftOrderCreateInput!){draftOrderCreate(input:$i){order{id} errors{field message code}}}"
    order = shop.mutate(draft, i={"channelId": made["id"]})["order"]["id"]
    assert shop.api.mutation_errors(delete, {"id": made["id"]}, shop.app_token) == [
        ("id", "CHANNEL_WITH_ORDERS")
    ]
    moved = {"id": made["id"], "i": {"channelId": shop.ids["channel"]}}
    assert shop.mutate(delete, **moved)["channel"] == {"slug": slug}
    found = shop.api.execute("query($id:ID!){order(id:$id){channel{slug}}}", {"id": order}, shop.app_token)
    assert found["order"]["channel"]["slug"] == shop.channel


def test_the_shops_address_and_ways_to_pay_are_told(shop: ShopSetup) -> None:
    query = "mutation($i:AddressInput){shopAddressUpdate(input:$i){shop{companyAddress{city}} errors{field message code}}}"
    assert shop.mutate(query, i=ADDRESS)["shop"] == {"companyAddress": {"city": "MOUNTAIN VIEW"}}
    assert shop.mutate(query, i=None)["shop"] == {"companyAddress": None}
    shown = shop.api.execute(
        "query($c:String!){shop{availablePaymentGateways{id currencies} availableShippingMethods(channel:$c){name type}}}",
        {"c": shop.channel},
        shop.staff_token,
    )["shop"]
    assert {"name": "Standard", "type": "PRICE"} in shown["availableShippingMethods"]


def test_a_document_is_tried_out_before_it_is_a_webhook(shop: ShopSetup) -> None:
    query = "mutation($o:ID!,$q:String!){webhookDryRun(objectId:$o,query:$q){payload errors{field code}}}"
    document = "subscription{event{... on ProductUpdated{product{id}}}}"
    found = shop.api.mutate(query, {"o": shop.ids["product"], "q": document}, shop.staff_token)["payload"]
    assert json.loads(found)["product"] == {"id": shop.ids["product"]}

    def code(**changes: Any) -> str:
        given = {"o": shop.ids["product"], "q": document} | changes
        [error] = shop.api.mutation_errors(query, given, shop.staff_token)
        return error[1]

    assert code(o=shop.ids["channel"]) == "INVALID_ID"
    assert code(q="subscription{event{... on AccountSetPasswordRequested{token}}}") == "TYPE_NOT_SUPPORTED"
    assert code(q="{shop{name}}") == "MISSING_SUBSCRIPTION"


def test_older_days_stand_for_newer_times(shop: ShopSetup) -> None:
    query = "mutation($id:ID!,$i:ProductChannelListingUpdateInput!){productChannelListingUpdate(id:$id,input:$i){product{channelListings{channel{id} publicationDate publishedAt availableForPurchase}} errors{field message code}}}"
    product, _, _ = shop.create_product(f"dated-{uuid.uuid4().hex[:6]}", price="5.00", stock=1)
    listing = {
        "channelId": shop.ids["channel"], "isPublished": True, "publicationDate": "2031-05-06",
        "isAvailableForPurchase": True, "availableForPurchaseDate": "2031-05-07",
    }  # fmt: skip
    [shown] = shop.mutate(query, id=product, i={"updateChannels": [listing]})["product"]["channelListings"]
    assert (shown["publicationDate"], shown["availableForPurchase"]) == ("2031-05-06", "2031-05-07")
    assert shown["publishedAt"].startswith("2031-05-0")
    refused = {
        "publicationDate": {"publicationDate": "2031-05-06", "publishedAt": "2031-05-06T00:00:00Z"},
        "availableForPurchaseDate": {"availableForPurchaseAt": "2031-05-07T00:00:00Z"},
    }
    for field, given in refused.items():
        variables = {"id": product, "i": {"updateChannels": [{"channelId": shop.ids["channel"], **given}]}}
        assert shop.api.mutation_errors(query, variables, shop.app_token) == [(field, "INVALID")]
