"""Gift cards: made, bought, spent, refused."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

CREATE = "mutation($i:GiftCardCreateInput!){giftCardCreate(input:$i){giftCard{id code last4CodeChars isActive initialBalance{amount currency} currentBalance{amount}} errors{field message code}}}"
BULK = "mutation($i:GiftCardBulkCreateInput!){giftCardBulkCreate(input:$i){count giftCards{code currentBalance{amount}} errors{field message code}}}"
ADD = f"mutation($id:ID!,$c:String!){{checkoutAddPromoCode(id:$id,promoCode:$c){{checkout{{...C giftCards{{id last4CodeChars currentBalance{{amount}}}}}} errors{{field message code}}}}}} {checkout_flow.CHECKOUT}"
REMOVE = "mutation($id:ID!,$g:ID!){checkoutRemovePromoCode(id:$id,promoCodeId:$g){checkout{giftCards{id} totalPrice{gross{amount}}} errors{field message code}}}"
FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id} errors{field message code}}}"
SEEN = "query($id:ID!){giftCard(id:$id){currentBalance{amount} initialBalance{amount} isActive usedByEmail lastUsedOn}}"


def card(world: World, amount: str = "10.00", **given: Any) -> dict[str, Any]:
    wanted = {"balance": {"amount": amount, "currency": world.currency}, "isActive": True, **given}
    made: dict[str, Any] = world.do(CREATE, i=wanted)["giftCard"]
    return made


def test_a_card_is_made_with_its_balance(world: World) -> None:
    made = card(world, "25.50")
    assert made["initialBalance"] == {"amount": 25.5, "currency": "USD"}
    assert (made["currentBalance"]["amount"], made["isActive"]) == (25.5, True)
    assert made["code"].endswith(made["last4CodeChars"])


def test_many_are_made_at_once(world: World) -> None:
    made = world.do(BULK, i={"count": 3, "balance": {"amount": "5", "currency": "USD"}, "isActive": True})
    assert (made["count"], len({one["code"] for one in made["giftCards"]})) == (3, 3)


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"balance": {"amount": "0", "currency": "USD"}}, "balance", "INVALID"),
        (
            {"balance": {"amount": "5", "currency": "USD"}, "expiryDate": "2020-01-01"},
            "expiryDate",
            "INVALID",
        ),
        ({"balance": {"amount": "5", "currency": "USD"}, "userEmail": "nobody"}, "email", "INVALID"),
        ({"balance": {"amount": "5.001", "currency": "USD"}}, "balance", "INVALID"),
    ],
)
def test_a_card_that_can_not_be_is_refused(
    world: World, given: dict[str, Any], field: str, code: str
) -> None:
    assert world.api.refused(CREATE, {"i": {"isActive": True, **given}}, world.app) == [(field, code)]


@pytest.mark.parametrize(("count", "code"), [(0, "INVALID"), (-1, "INVALID")])
def test_none_at_once_is_refused(world: World, count: int, code: str) -> None:
    given = {"count": count, "balance": {"amount": "5", "currency": "USD"}, "isActive": True}
    assert world.api.refused(BULK, {"i": given}, world.app) == [("count", code)]


def test_a_card_lowers_what_is_to_pay_and_is_spent_with_the_order(world: World) -> None:
    made = card(world, "10.00")
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    with_card = world.api.do(ADD, {"id": checkout["id"], "c": made["code"]})["checkout"]
    assert with_card["totalPrice"]["gross"]["amount"] == 27.87
    assert [one["last4CodeChars"] for one in with_card["giftCards"]] == [made["last4CodeChars"]]
    checkout_flow.pay(world, with_card)
    order = checkout_flow.complete(world, checkout["id"])
    assert order["total"]["gross"]["amount"] == 27.87
    seen = world.api.ask(SEEN, {"id": made["id"]}, world.app)["giftCard"]
    assert (seen["currentBalance"]["amount"], seen["initialBalance"]["amount"]) == (0.0, 10.0)
    assert (seen["usedByEmail"], bool(seen["lastUsedOn"])) == ("ada@example.com", True)


def test_a_card_that_covers_all_needs_no_payment(world: World) -> None:
    made = card(world, "100.00")
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    world.api.do(ADD, {"id": checkout["id"], "c": made["code"]})
    order = checkout_flow.complete(world, checkout["id"])
    assert (order["total"]["gross"]["amount"], order["chargeStatus"], order["isPaid"]) == (0.0, "FULL", True)
    left = world.api.ask(SEEN, {"id": made["id"]}, world.app)["giftCard"]["currentBalance"]["amount"]
    assert left == 62.13


def test_a_card_can_be_taken_out_again(world: World) -> None:
    made = card(world)
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    world.api.do(ADD, {"id": checkout["id"], "c": made["code"]})
    back = world.api.do(REMOVE, {"id": checkout["id"], "g": made["id"]})["checkout"]
    assert back == {"giftCards": [], "totalPrice": {"gross": {"amount": 37.87}}}


def test_a_card_that_is_switched_off_is_refused(world: World) -> None:
    made = card(world, isActive=False)
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    assert world.api.refused(ADD, {"id": checkout["id"], "c": made["code"]}) == [("promoCode", "INVALID")]


def test_a_card_of_another_currency_is_refused(world: World) -> None:
    made = world.do(CREATE, i={"balance": {"amount": "10", "currency": "EUR"}, "isActive": True})["giftCard"]
    checkout = checkout_flow.ready(world, (world.ids["variant"], 1))
    assert world.api.refused(ADD, {"id": checkout["id"], "c": made["code"]}) == [("promoCode", "INVALID")]


def test_a_bought_card_is_made_with_its_parcel(world: World) -> None:
    made = world.do(
        "mutation($i:ProductTypeInput!){productTypeCreate(input:$i){productType{id} errors{field message code}}}",
        i={"name": f"Card {world.mark}", "slug": f"card-{world.mark}", "kind": "GIFT_CARD", "isShippingRequired": False, "productAttributes": [world.ids["material"], world.ids["count"]]},
    )  # fmt: skip
    kinds, world.ids["product_type"] = world.ids["product_type"], made["productType"]["id"]
    try:
        world.do(
            "mutation($t:ID!,$o:[ProductAttributeAssignInput!]!){productAttributeAssign(productTypeId:$t,operations:$o){productType{id} errors{field message code}}}",
            t=world.ids["product_type"], o=[{"id": world.ids["colour"], "type": "VARIANT"}],
        )  # fmt: skip
        product, variant, _ = world.product("card", price="20.00", stock=9)
    finally:
        world.ids["product_type"] = kinds
    order = checkout_flow.buy(world, (variant, 1), (world.ids["variant"], 1))
    if (
        world.api.is_ours
    ):  # Saleor sends a paid card by itself; ours waits until staff has looked at the order.
        (line,) = [one for one in order["lines"] if one["productName"].startswith("card")]
        stocks = [{"warehouse": world.ids["warehouse"], "quantity": 1}]
        world.do(FULFILL, o=order["id"], i={"lines": [{"orderLineId": line["id"], "stocks": stocks}]})
    query = "{giftCards(first:1,sortBy:{field:CREATED_AT,direction:DESC}){edges{node{initialBalance{amount} boughtInChannel isActive product{id}}}}}"
    found = world.api.ask(query, token=world.app)["giftCards"]["edges"]
    assert [edge["node"] for edge in found] == [
        {
            "initialBalance": {"amount": 20.0},
            "boughtInChannel": world.channel,
            "isActive": True,
            "product": {"id": product},
        }
    ]
