"""Orders through the API: what guests may read, what needs staff, and the number of statements of a list."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from store.engine.accounts.models import User
from store.engine.checkout import complete, promo_codes
from store.engine.discounts import gift_cards
from store.engine.events import app_tokens
from store.engine.events.models import App
from store.engine.orders.models import Order
from tests.engine import checkout_flow
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid
from tests.engine.catalog.test_constant_queries import document
from tests.engine.checkout_flow import Shop
from tests.engine.orders import order_flow

pytestmark = pytest.mark.django_db

STAFF_ONLY = [
    "orderCancel(id:$id){errors{code}}",
    "orderConfirm(id:$id){errors{code}}",
    "orderMarkAsPaid(id:$id){errors{code}}",
    'orderNoteAdd(order:$id,input:{message:"x"}){errors{code}}',
    'orderUpdate(id:$id,input:{userEmail:"x@example.com"}){errors{code}}',
    "orderFulfill(order:$id,input:{lines:[]}){errors{code}}",
    'orderGrantRefundCreate(id:$id,input:{amount:1,transactionId:"x"}){errors{code}}',
    "draftOrderComplete(id:$id){errors{code}}",
    "orderVoid(id:$id){errors{code}}",
    "orderLinesCreate(id:$id,input:[]){errors{code}}",
    "orderCreateFromCheckout(id:$id){errors{code}}",
    'transactionCreate(id:$id,transaction:{name:"x"}){errors{code}}',
    "transactionRequestAction(id:$id,actionType:REFUND){errors{code}}",
    'transactionEventReport(id:$id,type:INFO,pspReference:"x"){errors{code}}',
    "voucherCreate(input:{}){errors{code}}",
    "voucherDelete(id:$id){errors{code}}",
    'giftCardCreate(input:{isActive:true,balance:{amount:1,currency:"USD"}}){errors{code}}',
]


@pytest.fixture
def shop() -> Shop:
    made = checkout_flow.create_shop()
    made.variant("CUP", price="29.00", stock=50)
    return made


@pytest.fixture
def staff() -> App:
    return App.objects.create(
        name="Desk", permissions=["MANAGE_ORDERS", "MANAGE_PRODUCTS", "MANAGE_DISCOUNTS"]
    )


@pytest.mark.parametrize("number", ["9" * 4301, "9" * 19, "²", "٣", "-1"])
def test_a_number_that_is_none_finds_no_order(shop: Shop, staff: App, number: str) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    found = "query($n:[String!]){orders(first:5,filter:{numbers:$n}){edges{node{number}}}}"
    assert execute_field(found, as_=staff, n=[number])["edges"] == []
    mixed = execute_field(found, as_=staff, n=[number, str(order.number)])["edges"]
    assert [edge["node"]["number"] for edge in mixed] == [str(order.number)]
    search = "query($s:String){orders(first:5,search:$s){edges{node{number}}}}"
    assert len(execute_field(search, as_=staff, s=f"#{number}")["edges"]) == 0


def test_a_guest_sees_which_gift_cards_paid_but_not_their_codes(shop: Shop) -> None:
    gift_cards.issue(amount=Decimal("20.00"), currency="USD", code="SECRET-4711")
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    promo_codes.add_code(checkout_id=checkout.pk, code="SECRET-4711")
    checkout_flow.pay(checkout)
    order = complete.complete(checkout_id=checkout.pk)
    read = execute(
        "query($id:ID!){order(id:$id){giftCards{last4CodeChars} totalAuthorized{amount}}}", id=gid(order)
    )
    assert read["order"] == {"giftCards": [{"last4CodeChars": "4711"}], "totalAuthorized": {"amount": 0.0}}
    with pytest.raises(GraphQLErrors):
        execute("query($id:ID!){order(id:$id){giftCards{code}}}", id=gid(order))


@pytest.mark.parametrize("field", STAFF_ONLY, ids=lambda field: field.split("(")[0])
def test_a_guest_may_not(field: str, shop: Shop) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    with pytest.raises(GraphQLErrors) as failed:
        execute(
            f"mutation($id:ID!){{{field}}}".replace("($id:ID!)", "($id:ID!)" if "$id" in field else ""),
            id=gid(order),
        )
    assert failed.value.codes == ["PermissionDenied"]
    order.refresh_from_db()
    assert order.status == "UNFULFILLED"


def test_the_order_can_be_read_by_its_id(shop: Shop, staff: App) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 2))
    query = """query($id:ID!){order(id:$id){number status paymentStatus userEmail total{gross{amount} tax{amount}}
      shippingAddress{city} deliveryMethod{__typename} lines{productSku quantity taxRate unitPrice{gross{amount}}}}}"""
    found = execute_field(query, id=gid(order), as_=staff)
    assert (found["paymentStatus"], found["userEmail"]) == ("FULLY_CHARGED", "ada@example.com")
    assert found["total"] == {"gross": {"amount": 68.25}, "tax": {"amount": 5.35}}
    assert found["lines"] == [
        {"productSku": "CUP", "quantity": 2, "taxRate": 0.085, "unitPrice": {"gross": {"amount": 31.47}}}
    ]


def test_only_the_buyer_and_staff_see_who_bought(shop: Shop, staff: App) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    buyer = User.objects.create_user("buyer@example.com")
    stranger = User.objects.create_user("stranger@example.com")
    type(order).objects.filter(pk=order.pk).update(customer_note="Ring twice", user=buyer)
    query = """query($id:ID!){order(id:$id){userEmail customerNote billingAddress{phone} shippingAddress{city}}}"""
    stub = {"userEmail": None, "customerNote": "", "billingAddress": None, "shippingAddress": None}
    for nobody in (None, stranger):
        assert execute_field(query, id=gid(order), as_=nobody) == stub
    for known in (buyer, staff):
        found = execute_field(query, id=gid(order), as_=known)
        assert (found["userEmail"], found["customerNote"]) == ("ada@example.com", "Ring twice")
        assert None not in (found["billingAddress"], found["shippingAddress"])


def test_order_events_are_for_staff(shop: Shop, staff: App) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    query = "query($id:ID!){order(id:$id){events{type}}}"
    with pytest.raises(GraphQLErrors):
        execute(query, id=gid(order))
    assert [event["type"] for event in execute_field(query, id=gid(order), as_=staff)["events"]] == [
        "PLACED",
        "ORDER_FULLY_PAID",
        "CONFIRMED",
    ]


def test_staff_fulfills_an_order(shop: Shop, staff: App) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 2))
    query = """mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){order{status}
      fulfillments{status trackingNumber warehouse{slug} lines{quantity}} errors{field code orderLines warehouse}}}"""
    line = {
        "orderLineId": gid(order.lines.get()),
        "stocks": [{"quantity": 2, "warehouse": gid(shop.warehouse)}],
    }
    done = execute_field(query, o=gid(order), i={"lines": [line], "trackingNumber": "TRK1"}, as_=staff)
    assert done["order"] == {"status": "FULFILLED"}
    assert done["fulfillments"] == [
        {
            "status": "FULFILLED",
            "trackingNumber": "TRK1",
            "warehouse": {"slug": "main"},
            "lines": [{"quantity": 2}],
        }
    ]


def test_a_line_that_can_not_be_sent_is_named(shop: Shop, staff: App) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    line = {
        "orderLineId": gid(order.lines.get()),
        "stocks": [{"quantity": 9, "warehouse": gid(shop.warehouse)}],
    }
    query = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){errors{field code orderLines}}}"
    (error,) = execute_field(query, o=gid(order), i={"lines": [line]}, as_=staff)["errors"]
    assert error == {
        "field": "orderLineId",
        "code": "FULFILL_ORDER_LINE",
        "orderLines": [gid(order.lines.get())],
    }


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"number": {"eq": 0}}, False),
        ({"status": {"oneOf": ["UNFULFILLED", "CANCELED"]}}, True),
        ({"status": {"eq": "CANCELED"}}, False),
        ({"chargeStatus": {"eq": "FULL"}}, True),
        ({"userEmail": {"eq": "ada@example.com"}}, True),
        ({"lines": [{"metadata": {"key": "lot:L1"}}]}, True),
        ({"lines": [{"metadata": {"key": "lot:L1", "value": {"eq": "2"}}}]}, True),
        ({"lines": [{"metadata": {"key": "lot:L1", "value": {"oneOf": ["3"]}}}]}, False),
        ({"lines": [{"metadata": {"key": "lot:L2"}}]}, False),
        ({"OR": [{"status": {"eq": "CANCELED"}}, {"chargeStatus": {"eq": "FULL"}}]}, True),
        ({"AND": [{"status": {"eq": "CANCELED"}}, {"chargeStatus": {"eq": "FULL"}}]}, False),
        ({"createdAt": {"gte": "2000-01-01T00:00:00Z"}}, True),
    ],
)
def test_orders_are_found_by(where: dict[str, Any], found: bool, shop: Shop, staff: App) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    order.lines.update(metadata={"lot:L1": "2"})
    query = "query($w:OrderWhereInput){orders(first:5,where:$w){totalCount edges{node{id}}}}"
    assert execute_field(query, w=where, as_=staff)["totalCount"] == int(found)


def test_a_list_of_orders_takes_as_many_statements_for_one_as_for_six(shop: Shop, staff: App) -> None:
    query = """{orders(first:20){edges{node{id number status isPaid paymentStatus channel{slug} total{gross{amount}}
      billingAddress{city} transactions{id chargedAmount{amount}} totalBalance{amount}
      events{type} fulfillments{id lines{quantity orderLine{id}}} discounts{id}
      lines{id quantity thumbnail(size:128){url} variant{id sku product{id name}} allocations{quantity warehouse{slug}}}}}}}"""
    checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    execute(query, as_=staff)  # fills the caches
    counts = []
    for more in (0, 5):
        for _ in range(more):
            checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
        with CaptureQueriesContext(connection) as statements:
            answer = execute_field(query, as_=staff)
        counts.append(len(statements))
        assert len(answer["edges"]) == Order.objects.count()
    assert counts[0] == counts[1]


def test_the_order_of_a_mail_takes_fifteen_statements(shop: Shop, staff: App) -> None:
    order = checkout_flow.place_order(shop, (shop.variants["CUP"], 2))
    order_flow.send(shop, order, 1)
    token, question = app_tokens.issue_token(staff)[1], document("OrderForMail")
    execute(question, as_=token, id=gid(order))  # fills the caches
    with CaptureQueriesContext(connection) as statements:
        answer = execute_field(question, as_=token, id=gid(order))
    assert answer["fulfillments"][0]["lines"][0]["quantity"] == 1
    assert len(statements) <= 15


def test_staff_writes_an_order_from_first_to_last(shop: Shop, staff: App) -> None:
    address = {"firstName": "A", "lastName": "B", "streetAddress1": "1 Main St", "city": "Austin", "postalCode": "78701", "country": "US", "countryArea": "TX"}  # fmt: skip
    create = "mutation($i:DraftOrderCreateInput!){draftOrderCreate(input:$i){order{id shippingMethods{id}} errors{field code}}}"
    made = execute_field(
        create,
        i={
            "channelId": gid(shop.channel),
            "userEmail": "ada@example.com",
            "billingAddress": address,
            "shippingAddress": address,
            "lines": [{"variantId": gid(shop.variants["CUP"]), "quantity": 1}],
        },
        as_=staff,
    )
    pk, (shipping_method,) = made["order"]["id"], made["order"]["shippingMethods"]
    ship = "mutation($o:ID!,$m:ID){orderUpdateShipping(order:$o,input:{shippingMethod:$m}){order{total{gross{amount}}} errors{field code}}}"
    shipped = execute_field(ship, o=pk, m=shipping_method["id"], as_=staff)
    assert shipped["order"]["total"]["gross"]["amount"] == 36.79
    done = execute_field(
        "mutation($id:ID!){draftOrderComplete(id:$id){order{status} errors{field code}}}", id=pk, as_=staff
    )
    assert done == {"order": {"status": "UNFULFILLED"}, "errors": []}


def test_drafts_are_for_staff(shop: Shop, staff: App) -> None:
    create = "mutation($i:DraftOrderCreateInput!){draftOrderCreate(input:$i){order{id}}}"
    pk = execute_field(create, i={"channelId": gid(shop.channel)}, as_=staff)["order"]["id"]
    assert execute_field("query($id:ID!){order(id:$id){id}}", id=pk) is None
    assert execute_field("{draftOrders(first:5){totalCount}}", as_=staff)["totalCount"] == 1
    assert execute_field("{orders(first:5){totalCount}}", as_=staff)["totalCount"] == 0
