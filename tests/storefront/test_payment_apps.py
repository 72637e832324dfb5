"""Paying by each kind of payment app that Saleor lists. Stripe's answers are as its app's documentation gives them:
https://docs.saleor.io/developer/app-store/apps/stripe/webhooks
"""

import random
import re
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import timezone
from graphql import build_schema, parse, validate

import store.saleor
from store.beat_schedule import beat_schedule
from store.engine.events.checked_requests import DEADLINE
from store.rate_limits import forget_own_counts
from store.saleor.errors import GraphQLError, HttpError, MalformedAnswer, NetworkError
from store.storefront.admin import PaymentWithoutResultAdmin, report
from store.storefront.checkout import earlier_payments
from store.storefront.models import PaymentLease, PaymentWithoutResult
from store.storefront.tasks import READ_AGAIN_TASK, read_payments_again
from tests.storefront.conftest import refused
from tests.storefront.saleor_double import SaleorDouble
from tests.storefront.test_checkout import operations, payment_form

STRIPE = {"id": "saleor.app.payment.stripe", "name": "Card"}
MOLLIE = {"id": "app.saleor.mollie", "name": "iDEAL"}
KEY = {
    "paymentGatewayInitialize": {
        "gatewayConfigs": [
            {"id": STRIPE["id"], "data": {"stripePublishableKey": "pk_test_1"}, "errors": []},
        ],
        "errors": [],
    }
}
SECRET = {"paymentIntent": {"stripeClientSecret": "pi_1_secret_2"}}


def event_of(
    name: str, *, key: str | None = None, message: str = "", by_app: bool = True, amount: float = 0
) -> dict[str, Any]:
    created_by = {"__typename": "App"} if by_app else None
    given = {"type": name, "idempotencyKey": key, "message": message, "pspReference": ""}
    return given | {"createdBy": created_by, "amount": {"amount": amount, "currency": "USD"}}


def transaction(*events: dict[str, Any], app: str, authorized: str = "0.00") -> dict[str, Any]:
    nothing = {"amount": "0.00", "currency": "USD"}
    return {
        "id": "VHJhbnNhY3Rpb246MQ==",
        "createdBy": {"__typename": "App", "identifier": app},
        "authorizedAmount": nothing | {"amount": authorized},
        "authorizePendingAmount": nothing,
        "events": list(events),
    }


def answer(kind: str, name: str, data: Any = None) -> dict[str, Any]:
    event = event_of(name)
    payload = {"data": data, "transactionEvent": event, "errors": []}
    return {kind: payload | ({"transaction": {"id": "VHJhbnNhY3Rpb246MQ=="}} if "Init" in kind else {})}


@pytest.fixture
def stripe(buyer: Client, saleor: SaleorDouble) -> SaleorDouble:
    """A checkout that Stripe's app takes, which asks for 3-D Secure."""
    saleor.checkout["availablePaymentGateways"] = [STRIPE]
    saleor.responses["PaymentGatewayInitialize"] = KEY
    saleor.responses["TransactionInitialize"] = answer(
        "transactionInitialize", "CHARGE_ACTION_REQUIRED", SECRET
    )
    return saleor


def processed(saleor: SaleorDouble, name: str) -> None:
    saleor.responses["TransactionProcess"] = answer("transactionProcess", name)


def sent(saleor: SaleorDouble, operation: str) -> list[dict[str, Any]]:
    return [variables for name, variables in saleor.requests if name == operation]


def begin(buyer: Client) -> str:
    """Pay, and get the page on which the payment is confirmed."""
    response = buyer.post("/checkout/payment/", payment_form(buyer))
    assert (response.status_code, response["Location"]) == (303, "/checkout/payment/confirm/")
    return buyer.get("/checkout/payment/confirm/").text


def return_path(page: str) -> str:
    found = re.search(r'data-return-url="http://testserver([^"]+)"', page)
    assert found
    return found[1]


def test_stripe_is_asked_as_its_app_documents_it(buyer: Client, stripe: SaleorDouble) -> None:
    page = begin(buyer)
    asked = sent(stripe, "TransactionInitialize")
    assert [(one["gateway"], one["data"]) for one in asked] == [
        (STRIPE["id"], {"paymentIntent": {"paymentMethod": "card"}})
    ]
    assert 'data-stripe-key="pk_test_1"' in page
    assert 'data-client-secret="pi_1_secret_2"' in page


def test_only_the_page_with_stripes_fields_may_load_them(buyer: Client, stripe: SaleorDouble) -> None:
    assert "stripe" not in buyer.get("/checkout/payment/")["Content-Security-Policy"]
    begin(buyer)
    policy = buyer.get("/checkout/payment/confirm/")["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert "https://js.stripe.com" in directives["script-src"]
    assert "https://hooks.stripe.com" in directives["frame-src"]
    assert "https://api.stripe.com" in directives["connect-src"]


def test_a_confirmed_payment_leads_to_the_order_also_in_another_browser(
    buyer: Client, stripe: SaleorDouble
) -> None:
    back = return_path(begin(buyer))
    processed(stripe, "CHARGE_SUCCESS")
    for browser in (buyer, Client()):
        response = browser.get(f"{back}?payment_intent=pi_1&redirect_status=succeeded")
        assert response.status_code == 303
        assert response["Location"].startswith("/orders/")
    assert {one["id"] for one in sent(stripe, "TransactionProcess")} == {"VHJhbnNhY3Rpb246MQ=="}


def test_an_authorized_payment_leads_to_the_order(buyer: Client, stripe: SaleorDouble) -> None:
    back = return_path(begin(buyer))
    processed(stripe, "AUTHORIZATION_SUCCESS")
    assert buyer.get(back)["Location"].startswith("/orders/")


def test_a_failed_confirmation_says_so_and_the_next_try_is_another_payment(
    buyer: Client, stripe: SaleorDouble
) -> None:
    back = return_path(begin(buyer))
    processed(stripe, "CHARGE_FAILURE")
    page = buyer.get(back, follow=True).text
    assert "Nothing was charged and your cart is as it was." in page
    begin(buyer)
    first, second = sent(stripe, "TransactionInitialize")
    assert first["idempotencyKey"] != second["idempotencyKey"]
    assert "CheckoutComplete" not in operations(stripe)


@pytest.mark.parametrize("outcome", ["CHARGE_REQUEST", "AUTHORIZATION_REQUEST"])
def test_a_payment_that_the_bank_decides_later_is_waited_for(
    buyer: Client, stripe: SaleorDouble, outcome: str
) -> None:
    back = return_path(begin(buyer))
    processed(stripe, outcome)
    assert "Your payment is being made." in buyer.get(back, follow=True).text
    assert "CheckoutComplete" not in operations(stripe)
    stripe.checkout["authorizeStatus"] = "FULL"
    waiting = buyer.get(back)["Location"]
    assert buyer.get(waiting)["Location"].startswith("/orders/")


def test_an_answer_that_does_not_come_is_waited_for(buyer: Client, stripe: SaleorDouble) -> None:
    back = return_path(begin(buyer))
    stripe.responses["TransactionProcess"] = NetworkError("http://shop", "timed out")
    assert "Your payment is being made." in buyer.get(back, follow=True).text


@pytest.mark.parametrize(
    ("code", "field"), [("INVALID", "lines"), ("INVALID", "voucherCode"), ("MISSING_PAYMENT_APP", "id")]
)
def test_a_refusal_to_tell_leaves_open_what_was_charged(
    buyer: Client, stripe: SaleorDouble, code: str, field: str
) -> None:
    back = return_path(begin(buyer))
    error = {"code": code, "field": field, "message": ""}
    stripe.responses["TransactionProcess"] = {"transactionProcess": {"errors": [error]}}
    page = buyer.get(back, follow=True).text
    assert "Your payment is being made." in page
    assert "Nothing was charged" not in page
    begin(buyer)
    assert len({one["idempotencyKey"] for one in sent(stripe, "TransactionInitialize")}) == 1


def test_an_app_that_could_not_be_asked_has_declined_nothing(buyer: Client, stripe: SaleorDouble) -> None:
    back = return_path(begin(buyer))
    processed(stripe, "CHARGE_FAILURE")
    event = stripe.responses["TransactionProcess"]["transactionProcess"]["transactionEvent"]
    event["createdBy"] = None
    assert "Your payment is being made." in buyer.get(back, follow=True).text


def test_another_browser_says_that_the_payment_was_not_confirmed(buyer: Client, stripe: SaleorDouble) -> None:
    back = return_path(begin(buyer))
    processed(stripe, "CHARGE_ACTION_REQUIRED")
    other = Client()
    assert "The payment was not confirmed." in other.get(back, follow=True).text
    assert "payment-attempt" not in other.cookies


def test_the_payment_of_another_cart_stays_in_flight(buyer: Client, stripe: SaleorDouble) -> None:
    back = return_path(begin(buyer))
    stripe.checkout["id"] = "Q2hlY2tvdXQ6b3RoZXI="
    begin(buyer)
    kept = buyer.cookies["payment-action"].value
    processed(stripe, "CHARGE_ACTION_REQUIRED")
    assert buyer.get(back)["Location"].startswith("/checkout/payment/?form=")
    assert buyer.cookies["payment-action"].value == kept


class TwoApps:
    """What Saleor 3.23 answers to `transactionInitialize`: it finds a transaction by its key, refuses another amount under
    that key, and asks whichever app is named. `says`: what the apps answer; None for an app that is silent.
    """

    def __init__(self, saleor: SaleorDouble, data: Any) -> None:
        self.saleor, self.data = saleor, data
        self.says: str | None = "CHARGE_ACTION_REQUIRED"
        self.asked: list[tuple[str, float]] = []
        self.amounts: dict[str, float] = {}
        saleor.checkout["transactions"] = []

    def __call__(
        self, _info: Any, *, idempotencyKey: str, paymentGateway: Any, amount: Any, **_: Any
    ) -> dict[str, Any]:
        if self.amounts.setdefault(idempotencyKey, amount) != amount:
            return {"errors": [{"code": "UNIQUE", "field": "idempotencyKey", "message": ""}]}
        self.asked.append((paymentGateway["id"], float(amount)))
        events = self._transaction(idempotencyKey, paymentGateway["id"])["events"]
        if self.says is None:  # what Saleor writes of an app that did not answer
            events.append(event_of("CHARGE_FAILURE", message="Failed to delivery request.", by_app=False))
            silence = answer("transactionInitialize", "CHARGE_FAILURE")["transactionInitialize"]
            return silence | {"transactionEvent": events[-1]}
        events.append(event_of(self.says))
        data = SECRET if paymentGateway["id"] == STRIPE["id"] else self.data
        return answer("transactionInitialize", self.says, data)["transactionInitialize"]

    @property
    def apps(self) -> list[str]:
        return [app for app, _ in self.asked]

    def _transaction(self, key: str, paid_by: str) -> dict[str, Any]:
        known = self.saleor.checkout["transactions"]
        for one in known:
            if one["events"][0]["idempotencyKey"] == key:
                return one
        request = event_of("CHARGE_REQUEST", key=key, by_app=False, amount=self.amounts[key])
        known.append(transaction(request, app=paid_by))
        return known[-1]


@pytest.fixture
def two_apps(buyer: Client, stripe: SaleorDouble) -> TwoApps:
    stripe.checkout["availablePaymentGateways"] = [STRIPE, MOLLIE]
    apps = TwoApps(stripe, {"redirectUrl": "https://pay.test/1"})
    stripe.responses["TransactionInitialize"] = {"transactionInitialize": apps}
    return apps


def pay_by(buyer: Client, gateway: dict[str, str]) -> str:
    location: str = buyer.post("/checkout/payment/", payment_form(buyer) | {"gateway": gateway["id"]})[
        "Location"
    ]
    return location


@pytest.mark.parametrize("lost", [["payment-action"], ["payment-action", "payment-attempt"]])
@pytest.mark.parametrize("became", ["CHARGE_ACTION_REQUIRED", "CHARGE_FAILURE"])
def test_another_app_is_paid_by_once_the_first_has_taken_nothing(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, lost: list[str], became: str
) -> None:
    pay_by(buyer, MOLLIE)
    for cookie in lost:
        del buyer.cookies[cookie]
    processed(saleor, became)
    assert pay_by(buyer, STRIPE) == "/checkout/payment/confirm/"
    assert two_apps.apps == [MOLLIE["id"], STRIPE["id"]]
    assert len(sent(saleor, "TransactionProcess")) == 1


@pytest.mark.parametrize(
    ("became", "leads_to"),
    [("CHARGE_SUCCESS", "/orders/"), ("CHARGE_REQUEST", "/checkout/payment/ey")],
)
def test_another_app_charges_nothing_where_the_first_has_or_may_have(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, became: str, leads_to: str
) -> None:
    pay_by(buyer, MOLLIE)
    del buyer.cookies["payment-action"]
    processed(saleor, became)
    assert pay_by(buyer, STRIPE).startswith(leads_to)
    assert two_apps.apps == [MOLLIE["id"]]


def test_an_app_that_is_offered_no_more_is_not_paid_around(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps
) -> None:
    two_apps.says = None
    pay_by(buyer, MOLLIE)
    saleor.checkout["availablePaymentGateways"] = [STRIPE]
    two_apps.says = "CHARGE_SUCCESS"
    assert "Your payment is being made." in buyer.get(pay_by(buyer, STRIPE)).text
    assert two_apps.apps == [MOLLIE["id"]]


def cheaper(saleor: SaleorDouble) -> None:
    saleor.checkout["totalBalance"]["amount"] += 5


@pytest.mark.parametrize("lost", [[], ["payment-attempt"]])
def test_no_second_amount_is_charged_while_an_app_is_silent_about_the_first(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, lost: list[str]
) -> None:
    two_apps.says = None
    pay_by(buyer, MOLLIE)
    for cookie in lost:
        del buyer.cookies[cookie]
    two_apps.says = "CHARGE_SUCCESS"
    cheaper(saleor)
    for gateway in (MOLLIE, STRIPE):
        assert "Your payment is being made." in buyer.get(pay_by(buyer, gateway)).text
    assert len(two_apps.asked) == 1


@pytest.mark.parametrize("said", ["CHARGE_FAILURE", "CHARGE_SUCCESS"])
def test_another_amount_is_charged_once_the_first_has_a_result(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, said: str
) -> None:
    two_apps.says = None
    pay_by(buyer, MOLLIE)
    saleor.checkout["transactions"][0]["events"].append(event_of(said))
    paid = two_apps.asked[0][1] if said == "CHARGE_SUCCESS" else 0
    saleor.checkout["totalBalance"]["amount"] += paid - 5  # dearer by 5
    two_apps.says = "CHARGE_SUCCESS"
    assert pay_by(buyer, STRIPE).startswith("/orders/")
    assert two_apps.apps == [MOLLIE["id"], STRIPE["id"]]
    assert two_apps.asked[1][1] == pytest.approx(two_apps.asked[0][1] + 5 - paid)


def test_a_silent_app_is_asked_again_before_another_takes_the_same_amount(
    buyer: Client, two_apps: TwoApps
) -> None:
    two_apps.says = None
    pay_by(buyer, MOLLIE)
    two_apps.says = "CHARGE_SUCCESS"
    assert pay_by(buyer, STRIPE).startswith("/orders/")
    assert two_apps.apps == [MOLLIE["id"], MOLLIE["id"]]


@pytest.mark.parametrize("silent_app", [MOLLIE, {"id": "removed"}])
def test_a_silent_payment_whose_key_does_not_name_its_app_is_asked_about_at_the_app_that_has_it(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, silent_app: dict[str, str]
) -> None:
    """It was begun before keys named the app."""
    key = f"{saleor.checkout['id']}:{-saleor.checkout['totalBalance']['amount']}:1"
    request = event_of("CHARGE_REQUEST", key=key, by_app=False)
    saleor.checkout["transactions"].append(transaction(request, app=silent_app["id"]))
    two_apps.says = "CHARGE_SUCCESS"
    location = pay_by(buyer, STRIPE)
    if silent_app is MOLLIE:
        assert location.startswith("/orders/")
        assert [one["idempotencyKey"] for one in sent(saleor, "TransactionInitialize")] == [key]
    else:
        assert "Your payment is being made." in buyer.get(location).text
    assert two_apps.apps == ([MOLLIE["id"]] if silent_app is MOLLIE else [])


@pytest.mark.parametrize("then", [MOLLIE, STRIPE])
def test_an_app_that_was_never_reached_stands_in_nobodys_way(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, then: dict[str, str]
) -> None:
    """The shop has taken the key off its request, since nothing can have been charged."""
    two_apps.says = None
    pay_by(buyer, MOLLIE)
    saleor.checkout["transactions"][0]["events"][0]["idempotencyKey"] = None
    two_apps.says = "CHARGE_SUCCESS"
    assert pay_by(buyer, then).startswith("/orders/")
    assert two_apps.apps == [MOLLIE["id"], then["id"]]


def test_two_tabs_at_the_same_moment_are_one_payment(buyer: Client, two_apps: TwoApps) -> None:
    with earlier_payments.lease("Q2hlY2tvdXQ6MQ=="):
        forget_own_counts()  # another process has none of this one's memory
        assert "Your payment is being made." in buyer.get(pay_by(buyer, MOLLIE)).text
    assert two_apps.asked == []
    assert pay_by(buyer, MOLLIE) == "/checkout/payment/confirm/"


def paid(saleor: SaleorDouble) -> None:
    saleor.checkout["totalBalance"]["amount"] = 0


def ordered(saleor: SaleorDouble) -> None:
    saleor.checkout = None


@pytest.mark.parametrize(
    ("meanwhile", "leads_to", "said"),
    [
        (paid, "/orders/", ""),
        (ordered, "/orders/", ""),
        (cheaper, "/checkout/payment/", "The total has changed since you saw it."),
    ],
)
def test_what_another_tab_did_before_this_one_had_its_turn_is_not_charged_again(
    buyer: Client,
    saleor: SaleorDouble,
    two_apps: TwoApps,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[SaleorDouble], None],
    leads_to: str,
    said: str,
) -> None:
    form = payment_form(buyer) | {"gateway": MOLLIE["id"]}
    lease = earlier_payments.lease

    def lease_later(checkout_id: str) -> Any:
        meanwhile(saleor)
        return lease(checkout_id)

    monkeypatch.setattr(earlier_payments, "lease", lease_later)
    location = buyer.post("/checkout/payment/", form)["Location"]
    assert location.startswith(leads_to)
    assert two_apps.asked == []
    if said:
        assert said in buyer.get(location).text


@pytest.mark.parametrize(
    "lost", [NetworkError("http://shop", "timed out"), HttpError(502, b""), HttpError(504, b"")]
)
def test_while_a_call_may_still_run_no_other_tab_charges(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, lost: Exception
) -> None:
    saleor.responses["TransactionInitialize"] = lost
    assert "Your payment is being made." in buyer.get(pay_by(buyer, MOLLIE)).text
    saleor.responses["TransactionInitialize"] = {"transactionInitialize": two_apps}
    assert "Your payment is being made." in buyer.get(pay_by(buyer, STRIPE)).text
    assert two_apps.asked == []
    PaymentLease.objects.update(expires_at=timezone.now())
    assert pay_by(buyer, STRIPE) == "/checkout/payment/confirm/"


def after_a_minute(buyer: Client, waiting: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page that follows on that of a payment in progress."""
    with monkeypatch.context() as later:
        minute_later = time.time() + 61
        later.setattr("time.time", lambda: minute_later)
        text: str = buyer.get(waiting, follow=True).text
    return text


@pytest.fixture
def silent(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A payment at a Saleor elsewhere that its app is silent about; where its shopper has waited a minute. What is left
    to pay then is not what that payment may have taken.
    """
    two_apps.says = None
    waiting = pay_by(buyer, MOLLIE)
    cheaper(saleor)
    settings.EMBEDDED = False
    assert "please write to us first" in after_a_minute(buyer, waiting, monkeypatch)
    return waiting


def test_a_merchant_with_a_saleor_elsewhere_finds_it_at_the_desk_until_it_is_settled(
    buyer: Client,
    saleor: SaleorDouble,
    two_apps: TwoApps,
    silent: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noticed_at = PaymentWithoutResult.objects.get().noticed_at
    assert "please write to us first" in after_a_minute(buyer, silent, monkeypatch)
    row = PaymentWithoutResult.objects.get()
    assert (row.email, row.payment_app, row.currency) == ("ada@example.com", MOLLIE["id"], "USD")
    assert row.noticed_at == noticed_at
    assert float(row.amount) == pytest.approx(two_apps.asked[0][1])
    said = report(row, "FAILURE", "none")
    schema = build_schema(Path(store.saleor.__file__).with_name("schema-3.23.graphql").read_text())
    assert validate(schema, parse(said)) == []
    assert f'id: "{row.transaction_id}", type: CHARGE_FAILURE' in said
    shown = PaymentWithoutResultAdmin(PaymentWithoutResult, admin.site).what_to_do(row)
    assert f"transactionEventReport(\n    id: &quot;{row.transaction_id}&quot;" in shown
    saleor.checkout["transactions"][0]["events"].append(event_of("CHARGE_FAILURE"))
    two_apps.says = "CHARGE_SUCCESS"
    assert pay_by(buyer, STRIPE).startswith("/orders/")
    assert not PaymentWithoutResult.objects.exists()


@pytest.mark.parametrize(
    ("currency", "amount"), [("USD", "12.50"), ("JPY", "1250"), ("KWD", "12.505"), ("EUR", "1250.00")]
)
def test_the_desk_names_a_silent_payment_with_the_decimals_of_its_currency(
    currency: str, amount: str
) -> None:
    stored = Decimal(amount).quantize(Decimal("0.001"))
    row = PaymentWithoutResult(transaction_id="x", amount=stored, currency=currency, action="CHARGE")
    assert f" amount: {amount}, " in report(row, "SUCCESS", "pi_1")
    desk = PaymentWithoutResultAdmin(PaymentWithoutResult, admin.site)
    assert desk.sum(row) == f"{amount} {currency}"


def told(saleor: SaleorDouble) -> None:
    saleor.checkout["transactions"][0]["events"].append(event_of("CHARGE_SUCCESS"))


def saleor_is_away(saleor: SaleorDouble) -> None:
    saleor.responses["CheckoutTransactions"] = HttpError(502, b"")


def not_permitted(saleor: SaleorDouble) -> None:
    problem = {"message": "no", "extensions": {"exception": {"code": "PermissionDenied"}}}
    saleor.responses["CheckoutTransactions"] = GraphQLError([problem])


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [(lambda _: None, 1), (ordered, 0), (told, 0), (saleor_is_away, 1), (not_permitted, 1)],
    ids=["still silent", "ordered", "told", "away", "not permitted"],
)
@pytest.mark.usefixtures("silent")
def test_the_desk_no_longer_lists_it_once_saleor_has_its_order_or_result(
    saleor: SaleorDouble, meanwhile: Callable[[SaleorDouble], None], left: int
) -> None:
    meanwhile(saleor)
    assert read_payments_again() == left
    assert PaymentWithoutResult.objects.count() == left


def test_with_a_saleor_elsewhere_the_worker_looks_for_results_again(settings: Any) -> None:
    assert READ_AGAIN_TASK not in beat_schedule()
    settings.EMBEDDED = False
    assert beat_schedule()[READ_AGAIN_TASK]["task"] == READ_AGAIN_TASK


@pytest.mark.parametrize("unread", [None, saleor_is_away, not_permitted])
@pytest.mark.parametrize("embedded", [True, False])
def test_who_never_began_a_payment_is_not_told_that_it_has_no_result(
    buyer: Client,
    saleor: SaleorDouble,
    two_apps: TwoApps,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    embedded: bool,
    unread: Callable[[SaleorDouble], None] | None,
) -> None:
    """Unless that can't be read."""
    with earlier_payments.lease("Q2hlY2tvdXQ6MQ=="):
        waiting = pay_by(buyer, MOLLIE)
    settings.EMBEDDED = embedded
    if unread:
        unread(saleor)
    page = after_a_minute(buyer, waiting, monkeypatch)
    assert ("The payment was not confirmed. You can try again" in page) is (not unread)
    assert ("Your payment has no result yet." in page) is bool(unread)
    assert two_apps.asked == []


def test_while_a_call_may_still_run_a_payment_has_no_result(
    buyer: Client, two_apps: TwoApps, monkeypatch: pytest.MonkeyPatch
) -> None:
    with earlier_payments.lease("Q2hlY2tvdXQ6MQ=="):
        waiting = pay_by(buyer, MOLLIE)
        assert "Your payment has no result yet." in after_a_minute(buyer, waiting, monkeypatch)
    assert two_apps.asked == []


AWAY = [NetworkError("http://shop", "refused"), HttpError(502, b""), MalformedAnswer("no data")]


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("operation", ["CheckoutTransactions", "PaymentGateways", "CheckoutPage"])
def test_while_it_can_t_be_read_what_became_of_a_payment_it_is_in_progress(
    buyer: Client,
    saleor: SaleorDouble,
    two_apps: TwoApps,
    monkeypatch: pytest.MonkeyPatch,
    operation: str,
    away: Exception,
) -> None:
    two_apps.says = None
    pay_by(buyer, MOLLIE)
    form = payment_form(buyer) | {"gateway": STRIPE["id"]}
    lease = earlier_payments.lease

    def lease_and_lose(checkout_id: str) -> Any:
        saleor.responses[operation] = away
        return lease(checkout_id)

    monkeypatch.setattr(earlier_payments, "lease", lease_and_lose)
    waiting = buyer.post("/checkout/payment/", form)
    assert waiting.status_code == 303
    page = buyer.get(waiting["Location"])
    assert (page.status_code, page["Refresh"]) == (200, "3")
    assert "Your payment is being made." in page.text
    del saleor.responses[operation]
    two_apps.says = "CHARGE_SUCCESS"
    monkeypatch.undo()
    assert buyer.post("/checkout/payment/", form)["Location"].startswith("/orders/")
    assert two_apps.apps == [MOLLIE["id"], MOLLIE["id"]]


def test_a_shop_that_goes_away_before_any_payment_has_begun_is_said_to_be_away(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = payment_form(buyer) | {"gateway": STRIPE["id"]}
    lease = earlier_payments.lease

    def lease_and_lose(checkout_id: str) -> Any:
        saleor.responses["CheckoutPage"] = NetworkError("http://shop", "refused")
        return lease(checkout_id)

    monkeypatch.setattr(earlier_payments, "lease", lease_and_lose)
    page = buyer.post("/checkout/payment/", form)
    assert page.status_code == 503
    assert "Nothing is lost: your cart is kept." in page.text
    assert two_apps.asked == []


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("became", ["CHARGE_FAILURE", "CHARGE_ACTION_REQUIRED", "CHARGE_SUCCESS"])
def test_who_comes_back_from_the_bank_while_the_shop_is_away_waits_for_the_result(
    buyer: Client, stripe: SaleorDouble, away: Exception, became: str
) -> None:
    back = return_path(begin(buyer))
    processed(stripe, became)
    del buyer.cookies["payment-action"]
    for operation in ("CheckoutPage", "CheckoutComplete"):
        stripe.responses[operation] = away
    waiting = buyer.get(back)
    assert waiting.status_code == 303
    assert "Your payment is being made." in buyer.get(waiting["Location"]).text


NO_ORDER_YET = {"checkoutComplete": {"order": None, "errors": []}}
DATABASE_AWAY = [{"message": "x", "extensions": {"exception": {"code": "OperationalError"}}}]


@pytest.mark.parametrize("answered", [*AWAY, GraphQLError(DATABASE_AWAY), NO_ORDER_YET])
@pytest.mark.parametrize("became", [paid, ordered])
def test_while_only_the_order_can_t_be_made_the_page_waits_and_does_not_lead_to_itself(
    buyer: Client,
    saleor: SaleorDouble,
    became: Callable[[SaleorDouble], None],
    answered: Any,
) -> None:
    form = payment_form(buyer)
    became(saleor)
    saleor.responses["CheckoutComplete"] = answered
    waiting = buyer.post("/checkout/payment/", form)["Location"]
    assert waiting.startswith("/checkout/payment/ey")
    page = buyer.get(waiting, follow=True)
    assert (page.status_code, page["Refresh"], page.redirect_chain) == (200, "3", [])
    assert "Your payment is being made." in page.text
    del saleor.responses["CheckoutComplete"]
    assert buyer.get(waiting)["Location"].startswith("/orders/")


@pytest.mark.parametrize("path", ["/cart/", "/checkout/payment/"])
@pytest.mark.parametrize(
    ("written", "shown"), [("12.500 USD", True), ("<b>", False), ("9e99 USD", False), ("", False)]
)
def test_the_cart_tells_of_a_payment_that_was_given_back(
    buyer: Client, saleor: SaleorDouble, path: str, written: str, shown: bool
) -> None:
    saleor.checkout["metafield"] = written
    page = buyer.get(path)
    assert page.status_code == 200
    assert ("Your earlier payment of $12.50 for this cart has been given back" in page.text) is shown
    assert ("has been given back" in page.text) is shown


def test_what_is_authorized_for_a_cart_that_grew_is_not_paid_again(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps
) -> None:
    total = -Decimal(str(saleor.checkout["totalBalance"]["amount"]))
    saleor.checkout["authorizeStatus"] = "PARTIAL"
    saleor.checkout["transactions"] = [
        transaction(event_of("AUTHORIZATION_SUCCESS"), app=MOLLIE["id"], authorized="10.00")
    ]
    page = buyer.get("/checkout/payment/").text
    assert "$10.00 is reserved for this order and not charged yet." in page
    assert f"Pay ${total - 10:.2f}" in page
    two_apps.says = "CHARGE_SUCCESS"
    pay_by(buyer, STRIPE)
    assert two_apps.asked == [(STRIPE["id"], pytest.approx(float(total - 10)))]


@pytest.mark.django_db
def test_who_has_lost_the_lease_charges_nothing_and_ends_nobody_elses() -> None:
    with earlier_payments.lease("Q2hlY2tvdXQ6MQ==") as slow:
        assert slow
        assert slow.renew()
        PaymentLease.objects.update(expires_at=timezone.now())
        with earlier_payments.lease("Q2hlY2tvdXQ6MQ==") as second:
            assert second
            assert not slow.renew()
            second.keep()
    with earlier_payments.lease("Q2hlY2tvdXQ6MQ==") as third:
        assert third is None


def test_a_lease_outlasts_the_longest_call(settings: Any) -> None:
    for seconds in (10.0, 45.0):
        settings.SALEOR_WRITE_SECONDS = seconds
        assert earlier_payments.call_time().total_seconds() >= max(seconds, DEADLINE)


def test_an_app_without_the_permission_to_see_payments_still_lets_pay(
    buyer: Client, saleor: SaleorDouble, caplog: pytest.LogCaptureFixture
) -> None:
    problem = {"message": "no", "extensions": {"exception": {"code": "PermissionDenied"}}}
    saleor.responses["CheckoutTransactions"] = GraphQLError([problem])
    assert buyer.post("/checkout/payment/", payment_form(buyer))["Location"].startswith("/orders/")
    assert "connect_saleor" in caplog.text


LONG = "https://pay.test/" + "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=4000))


@pytest.mark.parametrize("data", [{}, {"redirectUrl": LONG}])
def test_after_an_action_that_can_t_be_shown_another_app_takes_the_payment(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, data: Any
) -> None:
    two_apps.data = data
    processed(saleor, "CHARGE_ACTION_REQUIRED")
    assert pay_by(buyer, MOLLIE).startswith("/checkout/payment/?form=")
    assert "payment-action" not in buyer.cookies
    assert pay_by(buyer, STRIPE) == "/checkout/payment/confirm/"
    assert len(sent(saleor, "TransactionProcess")) == 1


def test_a_payment_that_was_given_up_and_confirmed_all_the_same_is_not_paid_again(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps
) -> None:
    """Its page at the bank was still open in another tab, and the app has not reported it yet."""
    pay_by(buyer, MOLLIE)
    processed(saleor, "CHARGE_ACTION_REQUIRED")
    buyer.post("/checkout/payment/confirm/", {"do": "other"})
    two_apps.says = "CHARGE_FAILURE"
    pay_by(buyer, STRIPE)
    processed(saleor, "CHARGE_SUCCESS")
    assert pay_by(buyer, STRIPE).startswith("/orders/")
    assert two_apps.apps == [MOLLIE["id"], STRIPE["id"]]


@pytest.mark.parametrize(
    ("said", "is_told"),
    [
        ({"message": "Your card was declined."}, True),
        ({"pspReference": "tr_1"}, True),
        ({}, False),
        ({"message": "Failed to delivery request.", "pspReference": "tr_1"}, False),
        ({"message": "Incorrect value (1) for field: result. Error: x."}, False),
    ],
)
def test_a_decline_counts_also_once_its_app_was_removed(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps, said: dict[str, str], is_told: bool
) -> None:
    two_apps.says = None
    pay_by(buyer, MOLLIE)
    saleor.checkout["availablePaymentGateways"] = [STRIPE]
    saleor.checkout["transactions"][0]["events"][-1].update({"message": ""} | said)
    two_apps.says = "CHARGE_SUCCESS"
    assert pay_by(buyer, STRIPE).startswith("/orders/" if is_told else "/checkout/payment/ey")


def test_what_waits_for_the_shopper_is_asked_about_also_once_its_app_was_removed(
    buyer: Client, saleor: SaleorDouble, two_apps: TwoApps
) -> None:
    pay_by(buyer, MOLLIE)
    del buyer.cookies["payment-action"]
    saleor.checkout["availablePaymentGateways"] = [STRIPE]
    saleor.checkout["transactions"][0]["events"][-1]["createdBy"] = None
    processed(saleor, "CHARGE_FAILURE")
    assert pay_by(buyer, STRIPE) == "/checkout/payment/confirm/"


def test_a_second_tab_comes_to_the_payment_of_the_first(buyer: Client, stripe: SaleorDouble) -> None:
    second_tab = payment_form(buyer)
    begin(buyer)
    assert buyer.post("/checkout/payment/", second_tab)["Location"] == "/checkout/payment/confirm/"
    assert len(sent(stripe, "TransactionInitialize")) == 1


def test_a_page_may_let_pay_only_while_its_payment_is_the_one_in_flight(
    buyer: Client, stripe: SaleorDouble
) -> None:
    begin(buyer)
    ask = {"do": "check", "payment": "VHJhbnNhY3Rpb246MQ=="}
    assert buyer.post("/checkout/payment/confirm/", ask).status_code == 204
    assert buyer.post("/checkout/payment/confirm/", ask | {"payment": "another"}).status_code == 409
    total = stripe.checkout["totalBalance"]["amount"]
    stripe.checkout["totalBalance"]["amount"] = total - 1
    assert buyer.post("/checkout/payment/confirm/", ask).status_code == 409
    stripe.checkout["totalBalance"]["amount"] = 0
    assert buyer.post("/checkout/payment/confirm/", ask).status_code == 409


def test_another_way_to_pay_is_offered_unless_this_one_went_through(
    buyer: Client, stripe: SaleorDouble
) -> None:
    begin(buyer)
    processed(stripe, "CHARGE_ACTION_REQUIRED")
    given_up = buyer.post("/checkout/payment/confirm/", {"do": "other"})
    assert given_up["Location"] == "/checkout/payment/"
    assert buyer.get("/checkout/payment/confirm/")["Location"] == "/checkout/payment/"
    begin(buyer)
    processed(stripe, "CHARGE_SUCCESS")
    assert buyer.post("/checkout/payment/confirm/", {"do": "other"})["Location"].startswith("/orders/")


def test_what_was_paid_in_another_tab_leads_to_the_order(buyer: Client, stripe: SaleorDouble) -> None:
    begin(buyer)
    stripe.checkout["totalBalance"]["amount"] = 0
    assert buyer.get("/checkout/payment/confirm/")["Location"].startswith("/orders/")


def test_a_changed_total_begins_another_payment(buyer: Client, stripe: SaleorDouble) -> None:
    begin(buyer)
    stripe.checkout["totalBalance"]["amount"] -= 1
    assert buyer.get("/checkout/payment/confirm/")["Location"] == "/checkout/payment/"
    begin(buyer)
    assert len(sent(stripe, "TransactionInitialize")) == 2


def test_stripes_app_without_a_key_is_no_way_to_pay(buyer: Client, stripe: SaleorDouble) -> None:
    stripe.responses["PaymentGatewayInitialize"] = {
        "paymentGatewayInitialize": {"gatewayConfigs": [], "errors": []}
    }
    page = refused(buyer, "/checkout/payment/", payment_form(buyer))
    assert "Paying is not possible at the moment. Please try again later." in page.text


@pytest.mark.parametrize(
    "data",
    [
        {"redirectUrl": "https://pay.test/1"},
        {"redirect": {"url": "https://pay.test/1"}},
        {"paymentResponse": {"action": {"type": "redirect", "url": "https://pay.test/1", "method": "GET"}}},
    ],
)
def test_another_app_leads_away_and_back(buyer: Client, saleor: SaleorDouble, data: dict[str, Any]) -> None:
    saleor.checkout["availablePaymentGateways"] = [MOLLIE]
    saleor.responses["TransactionInitialize"] = answer(
        "transactionInitialize", "CHARGE_ACTION_REQUIRED", data
    )
    page = begin(buyer)
    assert 'href="https://pay.test/1"' in page
    asked = sent(saleor, "TransactionInitialize")[0]
    assert asked["gateway"] == MOLLIE["id"]
    processed(saleor, "CHARGE_SUCCESS")
    back = asked["data"]["returnUrl"].removeprefix("http://testserver")
    assert buyer.get(f"{back}?redirectResult=abc")["Location"].startswith("/orders/")
    assert sent(saleor, "TransactionProcess")[0]["data"] == {"redirectResult": "abc"}


@pytest.mark.parametrize("data", [None, {}, {"redirectUrl": "javascript:alert(1)"}, {"redirect": "x"}, []])
def test_an_app_that_asks_for_what_we_can_t_show_is_said_to_be_no_way_to_pay(
    buyer: Client, saleor: SaleorDouble, data: Any
) -> None:
    saleor.checkout["availablePaymentGateways"] = [MOLLIE]
    saleor.responses["TransactionInitialize"] = answer(
        "transactionInitialize", "CHARGE_ACTION_REQUIRED", data
    )
    page = refused(buyer, "/checkout/payment/", payment_form(buyer))
    assert "Paying is not possible at the moment. Please try again later." in page.text


def test_the_shopper_chooses_among_all_that_are_listed(buyer: Client, saleor: SaleorDouble) -> None:
    plugin = {"id": "mirumee.payments.dummy", "name": "Old"}
    gift_cards = {"id": "saleor.io.gift-card-payment-gateway", "name": "Gift Card Payment Gateway"}
    saleor.checkout["availablePaymentGateways"] = [STRIPE, MOLLIE, plugin, gift_cards]
    form = payment_form(buyer)
    page = buyer.get("/checkout/payment/").text
    assert re.findall(r'name="gateway" value="([^"]+)"', page) == [STRIPE["id"], MOLLIE["id"]]
    for unknown in ("", plugin["id"], gift_cards["id"], "nobody"):
        again = refused(buyer, "/checkout/payment/", form | {"gateway": unknown})
        assert "Paying is not possible at the moment." in again.text
    buyer.post("/checkout/payment/", form | {"gateway": MOLLIE["id"]})
    assert [one["gateway"] for one in sent(saleor, "TransactionInitialize")] == [MOLLIE["id"]]


def test_where_nothing_can_be_paid_the_page_says_so_before_the_form(
    buyer: Client, saleor: SaleorDouble
) -> None:
    saleor.checkout["availablePaymentGateways"] = []
    page = buyer.get("/checkout/payment/").text
    assert "Paying is not possible at the moment." in page
    assert "Pay $" not in page


def test_beside_money_received_no_page_says_that_nothing_was_charged(
    buyer: Client, saleor: SaleorDouble
) -> None:
    saleor.checkout["availablePaymentGateways"] = []
    saleor.checkout["totalBalance"]["amount"] += 10
    page = buyer.get("/checkout/payment/").text
    assert "We have received $10.00" in page
    assert "Paying is not possible at the moment." in page
    assert "Nothing was charged" not in page


@pytest.mark.parametrize("path", ["/checkout/payment/return/x/", "/checkout/payment/return/a:b:c/"])
def test_a_forged_return_is_404(shopper: Client, saleor: SaleorDouble, path: str) -> None:
    assert shopper.get(path).status_code == 404
    assert saleor.requests == []


def test_without_a_payment_in_flight_there_is_nothing_to_confirm(
    shopper: Client, saleor: SaleorDouble
) -> None:
    assert shopper.get("/checkout/payment/confirm/")["Location"] == "/checkout/payment/"
    assert shopper.post("/checkout/payment/confirm/", {"do": "check"}).status_code == 409
    assert saleor.requests == []
