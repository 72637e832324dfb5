"""A local payment app, installed through the API: what it is sent, and how its responses are handled."""

import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup
from tests.payment_app import EVENTS, QUERY, PaymentApp, app_response

CREATE_APP = (
    "mutation($i:AppInput!){appCreate(input:$i){app{id identifier} authToken errors{field message code}}}"
)
CREATE_WEBHOOK = "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{id syncEvents{eventType}} errors{field message code}}}"
GATEWAYS = "query($id:ID!){checkout(id:$id){availablePaymentGateways{id name currencies config{field}}}}"
INITIALIZE_GATEWAY = "mutation($id:ID!,$g:[PaymentGatewayToInitialize!],$a:PositiveDecimal){paymentGatewayInitialize(id:$id,paymentGateways:$g,amount:$a){gatewayConfigs{id data errors{field code}} errors{field code}}}"
TRANSACTION_FIELDS = "transaction{id pspReference actions name chargedAmount{amount} authorizedAmount{amount}} transactionEvent{type pspReference amount{amount}} data errors{field message code}"
INITIALIZE_TRANSACTION = (
    "mutation($id:ID!,$g:PaymentGatewayToInitialize!,$a:PositiveDecimal,$k:String){"
    f"transactionInitialize(id:$id,paymentGateway:$g,amount:$a,idempotencyKey:$k){{{TRANSACTION_FIELDS}}}}}"
)
PROCESS = f"mutation($id:ID!,$d:JSON){{transactionProcess(id:$id,data:$d){{{TRANSACTION_FIELDS}}}}}"
REQUEST_ACTION = "mutation($id:ID!,$t:TransactionActionEnum!,$a:PositiveDecimal){transactionRequestAction(id:$id,actionType:$t,amount:$a){transaction{id} errors{field message code}}}"
TRANSACTION = "query($id:ID!){transaction(id:$id){pspReference chargedAmount{amount} refundedAmount{amount} canceledAmount{amount} authorizedAmount{amount} events{type pspReference amount{amount}}}}"
EVENT_MESSAGES = "query($id:ID!){transaction(id:$id){events{type pspReference message createdAt}}}"
TOTAL = 37.87  # one unit of 30.00, 8.5 % tax, delivery


class InstalledPaymentApp(PaymentApp):
    """A payment app that listens to all synchronous payment events of this target."""

    def __init__(self, shop: ShopSetup) -> None:
        super().__init__()
        self.shop = shop
        self.id = f"cards.{uuid.uuid4().hex[:8]}"
        given = {"name": "Cards", "identifier": self.id, "permissions": ["HANDLE_PAYMENTS"]}
        made = shop.api.mutate(CREATE_APP, {"i": given}, shop.staff_token)
        self.token = made["authToken"]
        given = {"app": made["app"]["id"], "name": "all", "targetUrl": self.url, "syncEvents": EVENTS, "query": QUERY, "isActive": True}  # fmt: skip
        shop.api.mutate(CREATE_WEBHOOK, {"i": given}, shop.staff_token)

    def pay(self, checkout: dict[str, Any], response: Any, **input_fields: Any) -> dict[str, Any]:
        self.responses = [response]
        gateway = {"id": self.id, "data": input_fields.pop("data", None)}
        return self.shop.api.mutate(
            INITIALIZE_TRANSACTION, {"id": checkout["id"], "g": gateway, **input_fields}
        )

    def find_transaction(self, transaction: str) -> dict[str, Any]:
        found: dict[str, Any] = self.shop.api.execute(TRANSACTION, {"id": transaction}, self.shop.app_token)[
            "transaction"
        ]
        return found

    def request(
        self, transaction: str, kind: str, response: Any, amount: float | None = None
    ) -> dict[str, Any]:
        """Request an action as staff, wait for the app's response, and return the transaction."""
        self.responses = [response]
        self.shop.mutate(REQUEST_ACTION, id=transaction, t=kind, a=amount)
        deadline = time.monotonic() + 60
        newest = self.find_transaction(transaction)["events"][0]
        while newest["type"].endswith("_REQUEST") and not newest["pspReference"]:
            assert time.monotonic() < deadline, f"{kind}: no response was applied within a minute"
            time.sleep(0.2)
            newest = self.find_transaction(transaction)["events"][0]
        # shown only when the test fails: why the newest event is what it is, and what the app was asked
        print(kind, self.shop.api.execute(EVENT_MESSAGES, {"id": transaction}, self.shop.app_token))
        print("requests to the app:", self.received, "responses not used:", self.responses)
        return self.find_transaction(transaction)


@pytest.fixture(scope="module")
def installed_app(shop: ShopSetup) -> Iterator[InstalledPaymentApp]:
    app = InstalledPaymentApp(shop)
    yield app
    app.close()


@pytest.fixture
def payment_app(installed_app: InstalledPaymentApp) -> InstalledPaymentApp:
    installed_app.received.clear()
    installed_app.headers.clear()
    installed_app.responses.clear()
    return installed_app


@pytest.fixture
def checkout(shop: ShopSetup) -> dict[str, Any]:
    return checkout_flow.create_payable(shop, (shop.ids["variant"], 1))


def event_types(found: dict[str, Any]) -> list[str]:
    return [event["type"] for event in found["events"]]


def test_the_app_is_a_gateway_of_the_checkout(
    shop: ShopSetup, payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    found = shop.api.execute(GATEWAYS, {"id": checkout["id"]})["checkout"]["availablePaymentGateways"]
    [gateway] = [entry for entry in found if entry["id"] == payment_app.id]
    assert gateway == {"id": payment_app.id, "name": "Cards", "currencies": ["USD"], "config": []}


def test_gateway_initialize_returns_the_data_of_the_app(
    shop: ShopSetup, payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    payment_app.responses = [{"data": {"key": "pk"}}]
    given = {"id": checkout["id"], "g": [{"id": payment_app.id, "data": {"theme": "dark"}}, {"id": "nobody"}]}
    found = shop.api.mutate(INITIALIZE_GATEWAY, given)["gatewayConfigs"]
    assert found == [
        {"id": payment_app.id, "data": {"key": "pk"}, "errors": []},
        {"id": "nobody", "data": None, "errors": [{"field": "id", "code": "NOT_FOUND"}]},
    ]
    [(event, body)] = payment_app.received
    assert event == "payment_gateway_initialize_session"
    assert (body["amount"], body["data"], body["sourceObject"]["__typename"]) == (
        TOTAL,
        {"theme": "dark"},
        "Checkout",
    )
    header_names = {name.lower() for name in payment_app.headers[0]}
    assert {"saleor-event", "saleor-signature", "saleor-domain", "saleor-api-url"} <= header_names


@pytest.mark.parametrize("response", [{"key": 1}, b"no json", (500, {"data": 1})])
def test_an_invalid_response_is_an_error_of_that_gateway(
    shop: ShopSetup, payment_app: InstalledPaymentApp, checkout: dict[str, Any], response: Any
) -> None:
    payment_app.responses = [response]
    found = shop.api.mutate(INITIALIZE_GATEWAY, {"id": checkout["id"], "g": [{"id": payment_app.id}]})
    assert found["gatewayConfigs"] == [
        {"id": payment_app.id, "data": None, "errors": [{"field": "id", "code": "INVALID"}]}
    ]


def test_a_charge_pays_the_checkout(
    shop: ShopSetup, payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    response = app_response("CHARGE_SUCCESS", "c-1", data={"receipt": 7}, actions=["REFUND"])
    done = payment_app.pay(checkout, response, data={"token": "t"}, k=(key := uuid.uuid4().hex))
    assert done["transaction"]["chargedAmount"] == {"amount": TOTAL}
    assert (done["transaction"]["actions"], done["data"]) == (["REFUND"], {"receipt": 7})
    assert done["transactionEvent"] == {
        "type": "CHARGE_SUCCESS",
        "pspReference": "c-1",
        "amount": {"amount": TOTAL},
    }
    [(event, body)] = payment_app.received
    assert event == "transaction_initialize_session"
    assert body["requestedAction"] == {"amount": TOTAL, "currency": "USD", "actionType": "CHARGE"}
    assert (body["data"], body["idempotencyKey"]) == ({"token": "t"}, key)
    assert body["merchantReference"] == body["transaction"]["id"] == done["transaction"]["id"]
    assert checkout_flow.complete(shop, checkout["id"])["chargeStatus"] == "FULL"


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (b"no json", "CHARGE_FAILURE"),
        ({}, "CHARGE_FAILURE"),
        ({"pspReference": "p"}, "CHARGE_FAILURE"),
        (app_response("CHARGE_SUCCESS", None), "CHARGE_FAILURE"),
        (app_response("CHARGE_REQUEST", None), "CHARGE_FAILURE"),
        (app_response("REFUND_SUCCESS"), "CHARGE_FAILURE"),
        (app_response("charge_success"), "CHARGE_FAILURE"),
        (app_response("CHARGE_SUCCESS", amount="a lot"), "CHARGE_FAILURE"),
        (app_response("CHARGE_SUCCESS", time="yesterday"), "CHARGE_FAILURE"),
        (app_response("CHARGE_SUCCESS", externalUrl="nowhere"), "CHARGE_FAILURE"),
        (app_response("CHARGE_SUCCESS", actions="REFUND"), "CHARGE_FAILURE"),
        ((500, app_response("CHARGE_SUCCESS")), "CHARGE_FAILURE"),
        ((404, app_response("CHARGE_SUCCESS")), "CHARGE_FAILURE"),
        (app_response("CHARGE_FAILURE", None, message="declined"), "CHARGE_FAILURE"),
        (app_response("AUTHORIZATION_FAILURE", None), "AUTHORIZATION_FAILURE"),
        (app_response("CHARGE_ACTION_REQUIRED", None), "CHARGE_ACTION_REQUIRED"),
    ],
)
def test_responses_that_charge_nothing(
    payment_app: InstalledPaymentApp, checkout: dict[str, Any], response: Any, kind: str
) -> None:
    done = payment_app.pay(checkout, response)
    assert done["transactionEvent"]["type"] == kind
    assert done["transaction"]["chargedAmount"] == {"amount": 0.0}
    assert len(payment_app.find_transaction(done["transaction"]["id"])["events"]) == 2


def test_unknown_actions_are_dropped_and_the_amount_may_differ(
    payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    done = payment_app.pay(
        checkout, app_response("CHARGE_SUCCESS", "c-2", amount="5.50", actions=["DANCE", "REFUND"])
    )
    assert (done["transaction"]["actions"], done["transaction"]["chargedAmount"]) == (
        ["REFUND"],
        {"amount": 5.5},
    )


def test_a_pending_charge_is_a_single_event(
    payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    done = payment_app.pay(checkout, app_response("CHARGE_REQUEST", "c-3"))
    assert event_types(payment_app.find_transaction(done["transaction"]["id"])) == ["CHARGE_REQUEST"]


def test_processing_after_an_action_required(
    shop: ShopSetup, payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    first = payment_app.pay(checkout, app_response("CHARGE_ACTION_REQUIRED", "c-4", data={"redirect": "3ds"}))
    payment_app.responses = [app_response("CHARGE_SUCCESS", "c-4")]
    given = {"id": first["transaction"]["id"], "d": {"code": 1}}
    done = shop.api.mutate(PROCESS, given)
    assert (done["transactionEvent"]["type"], done["transaction"]["chargedAmount"]) == (
        "CHARGE_SUCCESS",
        {"amount": TOTAL},
    )
    event, body = payment_app.received[-1]
    assert (event, body["data"], body["requestedAction"]["actionType"]) == (
        "transaction_process_session",
        {"code": 1},
        "CHARGE",
    )
    repeated = shop.api.mutate(PROCESS, given)
    assert (repeated["transactionEvent"]["type"], len(payment_app.received)) == ("CHARGE_SUCCESS", 2)


def test_the_same_key_for_another_amount_is_refused(
    shop: ShopSetup, payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    key = uuid.uuid4().hex
    payment_app.pay(checkout, app_response("CHARGE_SUCCESS", "c-5"), k=key, a=5)
    given = {"id": checkout["id"], "g": {"id": payment_app.id}, "k": key, "a": 6}
    assert shop.api.mutation_errors(INITIALIZE_TRANSACTION, given) == [("idempotencyKey", "UNIQUE")]


def test_a_refund_with_an_immediate_result(
    payment_app: InstalledPaymentApp, checkout: dict[str, Any], shop: ShopSetup
) -> None:
    paid = payment_app.pay(checkout, app_response("CHARGE_SUCCESS", "c-6"))["transaction"]["id"]
    checkout_flow.complete(shop, checkout["id"])
    found = payment_app.request(paid, "REFUND", app_response("REFUND_SUCCESS", "r-6", amount=10), 10)
    assert (found["chargedAmount"], found["refundedAmount"]) == ({"amount": 27.87}, {"amount": 10.0})
    assert event_types(found)[:2] == ["REFUND_SUCCESS", "REFUND_REQUEST"]
    event, body = payment_app.received[-1]
    assert (event, body["action"], body["of"]) == (
        "transaction_refund_requested",
        {"amount": 10.0, "currency": "USD", "actionType": "REFUND"},
        {"pspReference": "c-6"},
    )


def test_a_refund_that_is_reported_later(
    payment_app: InstalledPaymentApp, checkout: dict[str, Any], shop: ShopSetup
) -> None:
    paid = payment_app.pay(checkout, app_response("CHARGE_SUCCESS", "c-7"))["transaction"]["id"]
    found = payment_app.request(paid, "REFUND", {"pspReference": "r-7"})
    assert (found["chargedAmount"], found["refundedAmount"]) == ({"amount": 0.0}, {"amount": 0.0})
    assert found["events"][0] == {
        "type": "REFUND_REQUEST",
        "pspReference": "r-7",
        "amount": {"amount": TOTAL},
    }


@pytest.mark.parametrize(
    "response", [{"result": "CHARGE_SUCCESS", "pspReference": "x"}, {"result": "REFUND_SUCCESS"}]
)
def test_an_invalid_response_to_a_refund_is_a_failure(
    payment_app: InstalledPaymentApp, checkout: dict[str, Any], response: Any
) -> None:
    paid = payment_app.pay(checkout, app_response("CHARGE_SUCCESS", "c-8"))["transaction"]["id"]
    found = payment_app.request(paid, "REFUND", response)
    assert (event_types(found)[0], found["chargedAmount"]) == ("REFUND_FAILURE", {"amount": TOTAL})


def test_an_authorization_is_charged_and_the_rest_cancelled(
    payment_app: InstalledPaymentApp, checkout: dict[str, Any]
) -> None:
    authorized = payment_app.pay(checkout, app_response("AUTHORIZATION_SUCCESS", "a-9"))["transaction"]["id"]
    found = payment_app.request(authorized, "CHARGE", app_response("CHARGE_SUCCESS", "c-9", amount=30), 30)
    assert (found["authorizedAmount"], found["chargedAmount"]) == ({"amount": 7.87}, {"amount": 30.0})
    found = payment_app.request(authorized, "CANCEL", app_response("CANCEL_SUCCESS", "x-9"))
    assert (found["authorizedAmount"], found["canceledAmount"]) == ({"amount": 0.0}, {"amount": 7.87})


def test_a_transaction_without_a_listening_app_can_not_be_refunded(
    shop: ShopSetup, checkout: dict[str, Any]
) -> None:
    paid = checkout_flow.pay(shop, checkout)
    errors = shop.api.mutation_errors(REQUEST_ACTION, {"id": paid, "t": "REFUND"}, shop.app_token)
    assert errors == [(None, "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK")]
