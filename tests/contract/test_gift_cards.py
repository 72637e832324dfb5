"""Gift cards: created by staff, bought as a product, used in a checkout, refused."""

from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup

CREATE = "mutation($i:GiftCardCreateInput!){giftCardCreate(input:$i){giftCard{id code last4CodeChars isActive initialBalance{amount currency} currentBalance{amount}} errors{field message code}}}"
BULK = "mutation($i:GiftCardBulkCreateInput!){giftCardBulkCreate(input:$i){count giftCards{code currentBalance{amount}} errors{field message code}}}"
ADD = f"mutation($id:ID!,$c:String!){{checkoutAddPromoCode(id:$id,promoCode:$c){{checkout{{...C giftCards{{id last4CodeChars currentBalance{{amount}}}}}} errors{{field message code}}}}}} {checkout_flow.CHECKOUT}"
REMOVE = "mutation($id:ID!,$g:ID!){checkoutRemovePromoCode(id:$id,promoCodeId:$g){checkout{giftCards{id} totalPrice{gross{amount}}} errors{field message code}}}"
FULFILL = "mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){fulfillments{id} errors{field message code}}}"
GIFT_CARD = "query($id:ID!){giftCard(id:$id){currentBalance{amount} initialBalance{amount} isActive usedByEmail lastUsedOn}}"


def create_card(shop: ShopSetup, amount: str = "10.00", **given: Any) -> dict[str, Any]:
    input_data = {"balance": {"amount": amount, "currency": shop.currency}, "isActive": True, **given}
    made: dict[str, Any] = shop.mutate(CREATE, i=input_data)["giftCard"]
    return made


def test_a_card_is_created_with_its_balance(shop: ShopSetup) -> None:
    made = create_card(shop, "25.50")
    assert made["initialBalance"] == {"amount": 25.5, "currency": "USD"}
    assert (made["currentBalance"]["amount"], made["isActive"]) == (25.5, True)
    assert made["code"].endswith(made["last4CodeChars"])


def test_several_are_created_at_once(shop: ShopSetup) -> None:
    made = shop.mutate(BULK, i={"count": 3, "balance": {"amount": "5", "currency": "USD"}, "isActive": True})
    assert (made["count"], len({gift_card["code"] for gift_card in made["giftCards"]})) == (3, 3)


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
def test_an_invalid_card_is_refused(shop: ShopSetup, given: dict[str, Any], field: str, code: str) -> None:
    assert shop.api.mutation_errors(CREATE, {"i": {"isActive": True, **given}}, shop.app_token) == [
        (field, code)
    ]


@pytest.mark.parametrize(("count", "code"), [(0, "INVALID"), (-1, "INVALID")])
def test_a_bulk_count_below_one_is_refused(shop: ShopSetup, count: int, code: str) -> None:
    given = {"count": count, "balance": {"amount": "5", "currency": "USD"}, "isActive": True}
    assert shop.api.mutation_errors(BULK, {"i": given}, shop.app_token) == [("count", code)]


def test_a_card_reduces_the_total_and_is_debited_with_the_order(shop: ShopSetup) -> None:
    made = create_card(shop, "10.00")
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    with_card = shop.api.mutate(ADD, {"id": checkout["id"], "c": made["code"]})["checkout"]
    assert with_card["totalPrice"]["gross"]["amount"] == 27.87
    assert [gift_card["last4CodeChars"] for gift_card in with_card["giftCards"]] == [made["last4CodeChars"]]
    checkout_flow.pay(shop, with_card)
    order = checkout_flow.complete(shop, checkout["id"])
    assert order["total"]["gross"]["amount"] == 27.87
    gift_card_state = shop.api.execute(GIFT_CARD, {"id": made["id"]}, shop.app_token)["giftCard"]
    assert (gift_card_state["currentBalance"]["amount"], gift_card_state["initialBalance"]["amount"]) == (
        0.0,
        10.0,
    )
    assert (gift_card_state["usedByEmail"], bool(gift_card_state["lastUsedOn"])) == ("ada@example.com", True)


def test_a_card_that_covers_the_total_needs_no_payment(shop: ShopSetup) -> None:
    made = create_card(shop, "100.00")
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    shop.api.mutate(ADD, {"id": checkout["id"], "c": made["code"]})
    order = checkout_flow.complete(shop, checkout["id"])
    assert (order["total"]["gross"]["amount"], order["chargeStatus"], order["isPaid"]) == (0.0, "FULL", True)
    remaining = shop.api.execute(GIFT_CARD, {"id": made["id"]}, shop.app_token)["giftCard"]["currentBalance"][
        "amount"
    ]
    assert remaining == 62.13


def test_a_card_can_be_removed(shop: ShopSetup) -> None:
    made = create_card(shop)
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    shop.api.mutate(ADD, {"id": checkout["id"], "c": made["code"]})
    without_card = shop.api.mutate(REMOVE, {"id": checkout["id"], "g": made["id"]})["checkout"]
    assert without_card == {"giftCards": [], "totalPrice": {"gross": {"amount": 37.87}}}


def test_an_inactive_card_is_refused(shop: ShopSetup) -> None:
    made = create_card(shop, isActive=False)
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    assert shop.api.mutation_errors(ADD, {"id": checkout["id"], "c": made["code"]}) == [
        ("promoCode", "INVALID")
    ]


def test_a_card_of_another_currency_is_refused(shop: ShopSetup) -> None:
    made = shop.mutate(CREATE, i={"balance": {"amount": "10", "currency": "EUR"}, "isActive": True})[
        "giftCard"
    ]
    checkout = checkout_flow.create_payable(shop, (shop.ids["variant"], 1))
    assert shop.api.mutation_errors(ADD, {"id": checkout["id"], "c": made["code"]}) == [
        ("promoCode", "INVALID")
    ]


def test_a_bought_card_is_created_with_its_fulfillment(shop: ShopSetup) -> None:
    made = shop.mutate(
        "mutation($i:ProductTypeInput!){productTypeCreate(input:$i){productType{id} errors{field message code}}}",
        i={"name": f"Card {shop.suffix}", "slug": f"card-{shop.suffix}", "kind": "GIFT_CARD", "isShippingRequired": False, "productAttributes": [shop.ids["material"], shop.ids["count"]]},
    )  # fmt: skip
    previous_type, shop.ids["product_type"] = shop.ids["product_type"], made["productType"]["id"]
    try:
        shop.mutate(
            "mutation($t:ID!,$o:[ProductAttributeAssignInput!]!){productAttributeAssign(productTypeId:$t,operations:$o){productType{id} errors{field message code}}}",
            t=shop.ids["product_type"], o=[{"id": shop.ids["colour"], "type": "VARIANT"}],
        )  # fmt: skip
        product, variant, _ = shop.create_product("card", price="20.00", stock=9)
    finally:
        shop.ids["product_type"] = previous_type
    order = checkout_flow.buy(shop, (variant, 1), (shop.ids["variant"], 1))
    if shop.api.is_embedded:  # Saleor fulfills a paid card by itself; the engine waits for staff.
        (line,) = [gift_card for gift_card in order["lines"] if gift_card["productName"].startswith("card")]
        stocks = [{"warehouse": shop.ids["warehouse"], "quantity": 1}]
        shop.mutate(FULFILL, o=order["id"], i={"lines": [{"orderLineId": line["id"], "stocks": stocks}]})
    query = "{giftCards(first:1,sortBy:{field:CREATED_AT,direction:DESC}){edges{node{initialBalance{amount} boughtInChannel isActive product{id}}}}}"
    found = shop.api.execute(query, token=shop.app_token)["giftCards"]["edges"]
    assert [edge["node"] for edge in found] == [
        {
            "initialBalance": {"amount": 20.0},
            "boughtInChannel": shop.channel,
            "isActive": True,
            "product": {"id": product},
        }
    ]


CARD = "id tags{name} expiryDate currentBalance{amount} assignedTo{email} events{type tags oldTags expiryDate message}"


def test_a_card_has_tags_notes_and_an_owner(shop: ShopSetup) -> None:
    made = create_card(
        shop, "10.00", addTags=["Spring", "fair"], privateMetadata=[{"key": "a", "value": "b"}]
    )
    update = f'mutation($id:ID!,$i:GiftCardUpdateInput!){{giftCardUpdate(id:$id,input:$i){{giftCard{{{CARD} privateMetafield(key:"a")}} errors{{field message code}}}}}}'
    changed = shop.mutate(update, id=made["id"], i={"removeTags": ["fair"], "addTags": ["Gift"]})["giftCard"]
    assert sorted(tag["name"] for tag in changed["tags"]) == ["gift", "spring"]
    assert changed["privateMetafield"] == "b"
    last = changed["events"][-1]
    assert (last["type"], last["oldTags"], last["tags"]) == (
        "TAGS_UPDATED",
        ["fair", "spring"],
        ["gift", "spring"],
    )
    both = {"id": made["id"], "i": {"removeTags": ["gift"], "addTags": ["Gift"]}}
    assert shop.api.mutation_errors(update, both, shop.app_token) == [("tags", "DUPLICATED_INPUT_ITEM")]
    tags = '{giftCardTags(first:5,filter:{search:"sprin"}){edges{node{name}}}}'
    found = shop.api.execute(tags, token=shop.app_token)["giftCardTags"]["edges"]
    assert {"node": {"name": "spring"}} in found
    listed = shop.api.execute(
        "query($t:[String!]){giftCards(first:5,filter:{tags:$t}){edges{node{id}}}}",
        {"t": ["gift"]},
        shop.app_token,
    )["giftCards"]["edges"]
    assert {"node": {"id": made["id"]}} in listed
    note = 'mutation($id:ID!){giftCardAddNote(id:$id,input:{message:"for Ada"}){event{type message} errors{field message code}}}'
    assert shop.mutate(note, id=made["id"])["event"] == {"type": "NOTE_ADDED", "message": "for Ada"}


def test_a_balance_is_adjusted_and_never_below_zero(shop: ShopSetup) -> None:
    made = create_card(shop, "10.00")
    query = "mutation($id:ID!,$a:Decimal!){giftCardBalanceAdjust(id:$id,amount:$a){giftCard{currentBalance{amount} initialBalance{amount}} errors{field message code}}}"
    card = shop.mutate(query, id=made["id"], a="-2.50")["giftCard"]
    assert (card["currentBalance"]["amount"], card["initialBalance"]["amount"]) == (7.5, 10.0)
    below = {"id": made["id"], "a": "-7.51"}
    if shop.api.is_embedded:  # Saleor takes it
        assert shop.api.mutation_errors(query, below, shop.app_token) == [("amount", "INVALID")]


def test_the_period_of_bought_cards_is_stored(shop: ShopSetup) -> None:
    query = "mutation($i:GiftCardSettingsUpdateInput!){giftCardSettingsUpdate(input:$i){giftCardSettings{expiryType expiryPeriod{amount type}} errors{field message code}}}"
    given = {"expiryType": "EXPIRY_PERIOD", "expiryPeriod": {"amount": 3, "type": "MONTH"}}
    assert shop.mutate(query, i=given)["giftCardSettings"] == given
    assert (
        shop.mutate(query, i={"expiryType": "NEVER_EXPIRE"})["giftCardSettings"]["expiryType"]
        == "NEVER_EXPIRE"
    )
    assert shop.api.mutation_errors(
        query, {"i": {"expiryPeriod": {"amount": 0, "type": "DAY"}}}, shop.app_token
    ) == [("expiryPeriod", "INVALID")]


def test_a_code_has_sixteen_characters_at_most(shop: ShopSetup) -> None:
    given = {"isActive": True, "balance": {"amount": 5, "currency": "USD"}, "code": "CARD-BASKET-00003"}
    assert shop.api.mutation_errors(CREATE, {"i": given}, shop.app_token) == [("code", "INVALID")]
