"""A payment app on this machine, installed through the API: both shops ask it the same and believe it the same."""

import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import World
from tests.payment_app import EVENTS, QUERY, PaymentApp, says

INSTALL = (
    "mutation($i:AppInput!){appCreate(input:$i){app{id identifier} authToken errors{field message code}}}"
)
LISTEN = "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{id syncEvents{eventType}} errors{field message code}}}"
GATEWAYS = "query($id:ID!){checkout(id:$id){availablePaymentGateways{id name currencies config{field}}}}"
OPEN = "mutation($id:ID!,$g:[PaymentGatewayToInitialize!],$a:PositiveDecimal){paymentGatewayInitialize(id:$id,paymentGateways:$g,amount:$a){gatewayConfigs{id data errors{field code}} errors{field code}}}"
SEEN = "transaction{id pspReference actions name chargedAmount{amount} authorizedAmount{amount}} transactionEvent{type pspReference amount{amount}} data errors{field message code}"
PAY = (
    "mutation($id:ID!,$g:PaymentGatewayToInitialize!,$a:PositiveDecimal,$k:String){"
    f"transactionInitialize(id:$id,paymentGateway:$g,amount:$a,idempotencyKey:$k){{{SEEN}}}}}"
)
NEXT = f"mutation($id:ID!,$d:JSON){{transactionProcess(id:$id,data:$d){{{SEEN}}}}}"
REQUEST = "mutation($id:ID!,$t:TransactionActionEnum!,$a:PositiveDecimal){transactionRequestAction(id:$id,actionType:$t,amount:$a){transaction{id} errors{field message code}}}"
LOOK = "query($id:ID!){transaction(id:$id){pspReference chargedAmount{amount} refundedAmount{amount} canceledAmount{amount} authorizedAmount{amount} events{type pspReference amount{amount}}}}"
TOTAL = 37.87  # one unit of 30.00, 8.5 % tax, delivery


class Installed(PaymentApp):
    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.id = f"cards.{uuid.uuid4().hex[:8]}"
        given = {"name": "Cards", "identifier": self.id, "permissions": ["HANDLE_PAYMENTS"]}
        made = world.api.do(INSTALL, {"i": given}, world.staff)
        self.token = made["authToken"]
        given = {"app": made["app"]["id"], "name": "all", "targetUrl": self.url, "syncEvents": EVENTS, "query": QUERY, "isActive": True}  # fmt: skip
        world.api.do(LISTEN, {"i": given}, world.staff)

    def pay(self, checkout: dict[str, Any], answer: Any, **more: Any) -> dict[str, Any]:
        self.says = [answer]
        gateway = {"id": self.id, "data": more.pop("data", None)}
        return self.world.api.do(PAY, {"id": checkout["id"], "g": gateway, **more})

    def look(self, transaction: str) -> dict[str, Any]:
        found: dict[str, Any] = self.world.api.ask(LOOK, {"id": transaction}, self.world.app)["transaction"]
        return found

    def request(
        self, transaction: str, kind: str, answer: Any, amount: float | None = None
    ) -> dict[str, Any]:
        """The transaction after the app has answered what staff asked for."""
        self.says = [answer]
        self.world.do(REQUEST, id=transaction, t=kind, a=amount)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            newest = self.look(transaction)["events"][0]
            if not newest["type"].endswith("_REQUEST") or newest["pspReference"]:
                break
            time.sleep(0.2)
        return self.look(transaction)


@pytest.fixture(scope="module")
def installed(world: World) -> Iterator[Installed]:
    app = Installed(world)
    yield app
    app.close()


@pytest.fixture
def cards(installed: Installed) -> Installed:
    installed.asked.clear()
    installed.headers.clear()
    installed.says.clear()
    return installed


@pytest.fixture
def checkout(world: World) -> dict[str, Any]:
    return checkout_flow.ready(world, (world.ids["variant"], 1))


def kinds(found: dict[str, Any]) -> list[str]:
    return [event["type"] for event in found["events"]]


def test_the_app_is_among_the_gateways_of_a_basket(
    world: World, cards: Installed, checkout: dict[str, Any]
) -> None:
    found = world.api.ask(GATEWAYS, {"id": checkout["id"]})["checkout"]["availablePaymentGateways"]
    [mine] = [one for one in found if one["id"] == cards.id]
    assert mine == {"id": cards.id, "name": "Cards", "currencies": ["USD"], "config": []}


def test_the_app_says_what_a_browser_needs(world: World, cards: Installed, checkout: dict[str, Any]) -> None:
    cards.says = [{"data": {"key": "pk"}}]
    given = {"id": checkout["id"], "g": [{"id": cards.id, "data": {"theme": "dark"}}, {"id": "nobody"}]}
    found = world.api.do(OPEN, given)["gatewayConfigs"]
    assert found == [
        {"id": cards.id, "data": {"key": "pk"}, "errors": []},
        {"id": "nobody", "data": None, "errors": [{"field": "id", "code": "NOT_FOUND"}]},
    ]
    [(event, body)] = cards.asked
    assert event == "payment_gateway_initialize_session"
    assert (body["amount"], body["data"], body["sourceObject"]["__typename"]) == (
        TOTAL,
        {"theme": "dark"},
        "Checkout",
    )
    sent = {name.lower() for name in cards.headers[0]}
    assert {"saleor-event", "saleor-signature", "saleor-domain", "saleor-api-url"} <= sent


@pytest.mark.parametrize("answer", [{"key": 1}, b"no json", (500, {"data": 1})])
def test_an_app_that_answers_wrongly_is_an_error_of_its_own(
    world: World, cards: Installed, checkout: dict[str, Any], answer: Any
) -> None:
    cards.says = [answer]
    found = world.api.do(OPEN, {"id": checkout["id"], "g": [{"id": cards.id}]})
    assert found["gatewayConfigs"] == [
        {"id": cards.id, "data": None, "errors": [{"field": "id", "code": "INVALID"}]}
    ]


def test_a_charge_pays_and_the_order_is_made(
    world: World, cards: Installed, checkout: dict[str, Any]
) -> None:
    answer = says("CHARGE_SUCCESS", "c-1", data={"receipt": 7}, actions=["REFUND"])
    done = cards.pay(checkout, answer, data={"token": "t"}, k=(key := uuid.uuid4().hex))
    assert done["transaction"]["chargedAmount"] == {"amount": TOTAL}
    assert (done["transaction"]["actions"], done["data"]) == (["REFUND"], {"receipt": 7})
    assert done["transactionEvent"] == {
        "type": "CHARGE_SUCCESS",
        "pspReference": "c-1",
        "amount": {"amount": TOTAL},
    }
    [(event, body)] = cards.asked
    assert event == "transaction_initialize_session"
    assert body["wish"] == {"amount": TOTAL, "currency": "USD", "actionType": "CHARGE"}
    assert (body["data"], body["idempotencyKey"]) == ({"token": "t"}, key)
    assert body["merchantReference"] == body["transaction"]["id"] == done["transaction"]["id"]
    assert checkout_flow.complete(world, checkout["id"])["chargeStatus"] == "FULL"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (b"no json", "CHARGE_FAILURE"),
        ({}, "CHARGE_FAILURE"),
        ({"pspReference": "p"}, "CHARGE_FAILURE"),
        (says("CHARGE_SUCCESS", None), "CHARGE_FAILURE"),
        (says("CHARGE_REQUEST", None), "CHARGE_FAILURE"),
        (says("REFUND_SUCCESS"), "CHARGE_FAILURE"),
        (says("charge_success"), "CHARGE_FAILURE"),
        (says("CHARGE_SUCCESS", amount="a lot"), "CHARGE_FAILURE"),
        (says("CHARGE_SUCCESS", time="yesterday"), "CHARGE_FAILURE"),
        (says("CHARGE_SUCCESS", externalUrl="nowhere"), "CHARGE_FAILURE"),
        (says("CHARGE_SUCCESS", actions="REFUND"), "CHARGE_FAILURE"),
        ((500, says("CHARGE_SUCCESS")), "CHARGE_FAILURE"),
        ((404, says("CHARGE_SUCCESS")), "CHARGE_FAILURE"),
        (says("CHARGE_FAILURE", None, message="declined"), "CHARGE_FAILURE"),
        (says("AUTHORIZATION_FAILURE", None), "AUTHORIZATION_FAILURE"),
        (says("CHARGE_ACTION_REQUIRED", None), "CHARGE_ACTION_REQUIRED"),
    ],
)
def test_what_moves_no_money(cards: Installed, checkout: dict[str, Any], answer: Any, kind: str) -> None:
    done = cards.pay(checkout, answer)
    assert done["transactionEvent"]["type"] == kind
    assert done["transaction"]["chargedAmount"] == {"amount": 0.0}
    assert len(cards.look(done["transaction"]["id"])["events"]) == 2


def test_unknown_actions_are_left_out_and_an_amount_may_differ(
    cards: Installed, checkout: dict[str, Any]
) -> None:
    done = cards.pay(checkout, says("CHARGE_SUCCESS", "c-2", amount="5.50", actions=["DANCE", "REFUND"]))
    assert (done["transaction"]["actions"], done["transaction"]["chargedAmount"]) == (
        ["REFUND"],
        {"amount": 5.5},
    )


def test_a_pending_charge_is_one_event(cards: Installed, checkout: dict[str, Any]) -> None:
    done = cards.pay(checkout, says("CHARGE_REQUEST", "c-3"))
    assert kinds(cards.look(done["transaction"]["id"])) == ["CHARGE_REQUEST"]


def test_a_next_step(world: World, cards: Installed, checkout: dict[str, Any]) -> None:
    first = cards.pay(checkout, says("CHARGE_ACTION_REQUIRED", "c-4", data={"redirect": "3ds"}))
    cards.says = [says("CHARGE_SUCCESS", "c-4")]
    given = {"id": first["transaction"]["id"], "d": {"code": 1}}
    done = world.api.do(NEXT, given)
    assert (done["transactionEvent"]["type"], done["transaction"]["chargedAmount"]) == (
        "CHARGE_SUCCESS",
        {"amount": TOTAL},
    )
    event, body = cards.asked[-1]
    assert (event, body["data"], body["wish"]["actionType"]) == (
        "transaction_process_session",
        {"code": 1},
        "CHARGE",
    )
    again = world.api.do(NEXT, given)
    assert (again["transactionEvent"]["type"], len(cards.asked)) == ("CHARGE_SUCCESS", 2)


def test_the_same_key_for_another_amount_is_refused(
    world: World, cards: Installed, checkout: dict[str, Any]
) -> None:
    key = uuid.uuid4().hex
    cards.pay(checkout, says("CHARGE_SUCCESS", "c-5"), k=key, a=5)
    given = {"id": checkout["id"], "g": {"id": cards.id}, "k": key, "a": 6}
    assert world.api.refused(PAY, given) == [("idempotencyKey", "UNIQUE")]


def test_a_refund_with_its_result(cards: Installed, checkout: dict[str, Any], world: World) -> None:
    paid = cards.pay(checkout, says("CHARGE_SUCCESS", "c-6"))["transaction"]["id"]
    checkout_flow.complete(world, checkout["id"])
    found = cards.request(paid, "REFUND", says("REFUND_SUCCESS", "r-6", amount=10), 10)
    assert (found["chargedAmount"], found["refundedAmount"]) == ({"amount": 27.87}, {"amount": 10.0})
    assert kinds(found)[:2] == ["REFUND_SUCCESS", "REFUND_REQUEST"]
    event, body = cards.asked[-1]
    assert (event, body["action"], body["of"]) == (
        "transaction_refund_requested",
        {"amount": 10.0, "currency": "USD", "actionType": "REFUND"},
        {"pspReference": "c-6"},
    )


def test_a_refund_that_is_told_later(cards: Installed, checkout: dict[str, Any], world: World) -> None:
    paid = cards.pay(checkout, says("CHARGE_SUCCESS", "c-7"))["transaction"]["id"]
    found = cards.request(paid, "REFUND", {"pspReference": "r-7"})
    assert (found["chargedAmount"], found["refundedAmount"]) == ({"amount": 0.0}, {"amount": 0.0})
    assert found["events"][0] == {
        "type": "REFUND_REQUEST",
        "pspReference": "r-7",
        "amount": {"amount": TOTAL},
    }


@pytest.mark.parametrize(
    "answer", [{"result": "CHARGE_SUCCESS", "pspReference": "x"}, {"result": "REFUND_SUCCESS"}]
)
def test_a_refund_that_is_not_answered_by_the_protocol_has_failed(
    cards: Installed, checkout: dict[str, Any], answer: Any
) -> None:
    paid = cards.pay(checkout, says("CHARGE_SUCCESS", "c-8"))["transaction"]["id"]
    found = cards.request(paid, "REFUND", answer)
    assert (kinds(found)[0], found["chargedAmount"]) == ("REFUND_FAILURE", {"amount": TOTAL})


def test_an_authorization_is_charged_and_the_rest_cancelled(
    cards: Installed, checkout: dict[str, Any]
) -> None:
    held = cards.pay(checkout, says("AUTHORIZATION_SUCCESS", "a-9"))["transaction"]["id"]
    found = cards.request(held, "CHARGE", says("CHARGE_SUCCESS", "c-9", amount=30), 30)
    assert (found["authorizedAmount"], found["chargedAmount"]) == ({"amount": 7.87}, {"amount": 30.0})
    found = cards.request(held, "CANCEL", says("CANCEL_SUCCESS", "x-9"))
    assert (found["authorizedAmount"], found["canceledAmount"]) == ({"amount": 0.0}, {"amount": 7.87})


def test_a_transaction_of_nobody_who_listens_can_not_be_refunded(
    world: World, checkout: dict[str, Any]
) -> None:
    paid = checkout_flow.pay(world, checkout)
    refused = world.api.refused(REQUEST, {"id": paid, "t": "REFUND"}, world.app)
    assert refused == [(None, "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK")]
