"""A running Saleor 3.23 at SALEOR_TEST_URL, with this store connected to it for one test: its app, its webhook, its mails.

The Saleor is one to try things in: superuser admin@example.com with the password "admin", `HTTP_IP_FILTER_ENABLED=False`
so that it reaches this machine, a Celery worker, and our catalogue (`manage.py seed`), which is written if it is missing.
"""

import contextlib
import http.server
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from bench.graphql import ADDRESS
from store.saleor import clients, picture_hosts
from store.saleor.client.client import Client
from store.saleor.transports import HttpTransport
from store.saleor_app import registration, webhooks
from store.storefront.checkout.gateways import DUMMY
from tests import loopback_server
from tests.contract.fixture_data import log_in_superuser
from tests.contract.targets import Api
from tests.payment_app import EVENTS, QUERY, PaymentApp, app_response

URL = os.environ.get("SALEOR_TEST_URL", "")
PRODUCT = "silicone-starter-set"
BERLIN = {
    "firstName": "Ada", "lastName": "Gast", "streetAddress1": "Unter den Linden 77", "city": "Berlin",
    "postalCode": "10117", "country": "DE",
}  # fmt: skip
PLACES = {"default-channel": ADDRESS, "eu": BERLIN}

_VARIANT = (
    "query($s:String!,$c:String!){product(slug:$s,channel:$c){productVariants(first:1){edges{node{id}}}}}"
)
_CHECKOUT = (
    "mutation($i:CheckoutCreateInput!){checkoutCreate(input:$i){checkout{id} errors{field message code}}}"
)
_OFFERS = "mutation($id:ID!){deliveryOptionsCalculate(id:$id){deliveries{id} errors{field message code}}}"
_DELIVERY = """mutation($id:ID!,$m:ID!){checkoutDeliveryMethodUpdate(id:$id,deliveryMethodId:$m){
    checkout{totalPrice{gross{amount currency}}} errors{field message code}}}"""
_PAY = """mutation($id:ID!,$t:TransactionCreateInput!){transactionCreate(id:$id,transaction:$t){
    transaction{id} errors{field message code}}}"""
_BEGIN = """mutation($id:ID!,$g:PaymentGatewayToInitialize!,$k:String){transactionInitialize(
    id:$id,paymentGateway:$g,idempotencyKey:$k){transaction{id} errors{field message code}}}"""
_COMPLETE = "mutation($id:ID!){checkoutComplete(id:$id){order{id number isPaid} errors{field message code}}}"
_LINES = "query($id:ID!){order(id:$id){lines{id quantity allocations{quantity warehouse{id}}}}}"
_FULFILL = """mutation($o:ID!,$i:OrderFulfillInput!){orderFulfill(order:$o,input:$i){
    fulfillments{id} errors{field message code}}}"""
_METADATA = """mutation($id:ID!,$at:String!){updateMetadata(id:$id,input:[{key:"delivered_at",value:$at}]){
    errors{field message code}}}"""
_DELIVERIES = """query($id:ID!){webhook(id:$id){eventDeliveries(first:50){edges{node{status eventType}}}}}"""
_APP_FOR_TESTS = "mutation($i:AppInput!){appCreate(input:$i){authToken app{id} errors{field message code}}}"
_WEBHOOK = "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{id} errors{field message code}}}"
_PERMISSIONS = ["MANAGE_ORDERS", "HANDLE_CHECKOUTS", "HANDLE_PAYMENTS", "MANAGE_CHECKOUTS"]


@dataclass(frozen=True)
class RealSaleor:
    """`app`: a token that pays and sends, as a payment app and the merchant do. `webhook_id`: of this store."""

    api: Api
    staff: str
    app: str
    webhook_id: str

    def checkout(self, *, channel: str, language: str, email: str) -> tuple[str, dict[str, Any]]:
        """A guest's checkout that lacks nothing but the payment: its id and total."""
        product = self.api.execute(_VARIANT, {"s": PRODUCT, "c": channel})["product"]
        variant = product["productVariants"]["edges"][0]["node"]["id"]
        values = {
            "channel": channel, "languageCode": language, "email": email,
            "lines": [{"variantId": variant, "quantity": 1}],
            "shippingAddress": PLACES[channel], "billingAddress": PLACES[channel],
        }  # fmt: skip
        id_ = self.api.mutate(_CHECKOUT, {"i": values})["checkout"]["id"]
        offer = self.api.mutate(_OFFERS, {"id": id_})["deliveries"][0]["id"]
        total = self.api.mutate(_DELIVERY, {"id": id_, "m": offer})["checkout"]["totalPrice"]["gross"]
        return str(id_), total

    def buy(self, *, channel: str, language: str, email: str) -> str:
        """A guest's whole checkout, paid; returns the order's id."""
        id_, total = self.checkout(channel=channel, language=language, email=email)
        paid = {"name": "card", "pspReference": uuid.uuid4().hex, "amountCharged": total}
        self.api.mutate(_PAY, {"id": id_, "t": paid}, self.app)
        return str(self.api.mutate(_COMPLETE, {"id": id_})["order"]["id"])

    def begin_payment(self, checkout_id: str, gateway: str) -> str:
        """By the payment app of that identifier; returns the transaction's id."""
        given = {"id": checkout_id, "g": {"id": gateway, "data": {}}, "k": f"{checkout_id}:{gateway}:1"}
        return str(self.api.mutate(_BEGIN, given)["transaction"]["id"])

    def send(self, order_id: str) -> str:
        """The merchant sends all of it in one parcel; returns the parcel's id."""
        lines = self.api.execute(_LINES, {"id": order_id}, self.app)["order"]["lines"]
        parcel = [
            {
                "orderLineId": line["id"],
                "stocks": [
                    {"warehouse": one["warehouse"]["id"], "quantity": one["quantity"]}
                    for one in line["allocations"]
                ],
            }
            for line in lines
        ]
        given = {"lines": parcel, "trackingNumber": "TRACK-7", "notifyCustomer": True}
        made = self.api.mutate(_FULFILL, {"o": order_id, "i": given}, self.app)
        return str(made["fulfillments"][0]["id"])

    def deliver(self, parcel_id: str, at: str) -> None:
        self.api.mutate(_METADATA, {"id": parcel_id, "at": at}, self.app)

    def given_up(self, event: str) -> bool:
        """Whether Saleor has tried to tell of this event and never will again."""
        found = self.api.execute(_DELIVERIES, {"id": self.webhook_id}, self.staff)["webhook"]
        states = [
            one["node"]["status"]
            for one in found["eventDeliveries"]["edges"]
            if one["node"]["eventType"] == event
        ]
        return states == ["FAILED"]


@contextlib.contextmanager
def connected(settings: Any, public_url: str) -> Iterator[RealSaleor]:
    """This process's store as an app of that Saleor, which sends events to `public_url`; the app is removed at the end.

    It has a name of its own: another store that is connected there stays so.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registration, "APP_NAME", f"Cupwell {uuid.uuid4().hex[:8]}")
        yield from _connected(settings, public_url)


def _connected(settings: Any, public_url: str) -> Iterator[RealSaleor]:
    settings.PUBLIC_URL, settings.SALEOR_API_URL = public_url, URL
    settings.SHOP_ID = urlsplit(URL).netloc
    before = dict(clients._clients)
    api, anybody = Api("saleor", URL), Client(HttpTransport(URL))
    staff = anybody.with_token(log_in_superuser(api))
    app = registration.register_by_staff(staff)
    clients.connect(HttpTransport(URL), staff_token=app.token)
    given = {"name": "Tests", "permissions": _PERMISSIONS}
    other = api.mutate(_APP_FOR_TESTS, {"i": given}, staff.token)
    try:
        _seed_if_empty(api)
        yield RealSaleor(api, str(staff.token), other["authToken"], _webhook_id(staff))
    finally:
        clients._clients.clear()
        clients._clients.update(before)
        again = anybody.with_token(log_in_superuser(api))
        for id_ in (app.id, other["app"]["id"]):
            registration.unregister(again, id_, is_staff=True)


def _seed_if_empty(api: Api) -> None:
    if api.execute(_VARIANT, {"s": PRODUCT, "c": "eu"})["product"] is None:
        call_command("seed", verbosity=0)


def _webhook_id(staff: Client) -> str:
    app = registration.find_app(staff)
    assert app
    (hook,) = [one for one in app.webhooks or () if one.name == webhooks.NAME]
    return hook.id


@contextlib.contextmanager
def payment_app(identifier: str = DUMMY) -> Iterator[PaymentApp]:
    """Installed at that Saleor; it charges, or declines, what it is asked to. By default the app that made-up payments are paid with."""
    api = Api("saleor", URL)
    anybody = Client(HttpTransport(URL))
    staff = anybody.with_token(log_in_superuser(api))
    app = PaymentApp()
    app.default = lambda body: app_response(_outcome(body), uuid.uuid4().hex, **_amount(body))
    given = {"name": "Payments", "identifier": identifier, "permissions": ["HANDLE_PAYMENTS"]}
    id_ = api.mutate(_APP_FOR_TESTS, {"i": given}, staff.token)["app"]["id"]
    hook = {"app": id_, "name": "Payments", "targetUrl": app.url, "syncEvents": list(EVENTS), "query": QUERY}
    try:
        api.mutate(_WEBHOOK, {"i": {**hook, "isActive": True, "asyncEvents": []}}, staff.token)
        yield app
    finally:
        app.close()
        again = anybody.with_token(log_in_superuser(api))
        registration.unregister(again, id_, is_staff=True)


def _outcome(body: dict[str, Any]) -> str:
    """What the dummy app is asked for."""
    asked = body.get("data") or {}
    return str(asked.get("event", {}).get("type", "CHARGE_SUCCESS"))


def _amount(body: dict[str, Any]) -> dict[str, Any]:
    action = body.get("requestedAction") or body.get("action") or {}
    return {"amount": action["amount"]} if "amount" in action else {}


def media_hosts(written: str) -> dict[str, str]:
    """Where that Saleor's pictures come from, with what is written instead."""
    return dict.fromkeys(picture_hosts.picture_hosts(clients.staff()), written)


def refusing_server() -> contextlib.AbstractContextManager[str]:
    """A server that answers everything with 404, which Saleor takes as final."""

    class Refusing(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_error(404)

        def log_message(self, *_: object) -> None: ...

    return loopback_server.serving(Refusing)
