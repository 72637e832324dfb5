"""Payment gateways: installed payment apps, and the dummy gateway for development.

A LocalGateway answers within our own process, so it is called inside the transaction that stores its response. An
AppGateway is called over HTTP between two transactions, and a request to charge, refund or cancel is delivered from
the outbox (store.engine.events.sync_response_handlers).

The dummy gateway moves no money and does what the caller asks for. It must never be available in production:
`settings.DUMMY_PAYMENTS` is off there, and then nobody can pay with it.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.conf import settings

from store.engine.events import sync_webhooks
from store.engine.events.models import App
from store.engine.events.sync_webhooks import NoResponse
from store.engine.payments.models import EventType, TransactionItem

DUMMY = "saleor.io.dummy-payment-app"
CHARGE, AUTHORIZATION = "CHARGE", "AUTHORIZATION"
INITIALIZE_GATEWAY, INITIALIZE, PROCESS = (
    "PAYMENT_GATEWAY_INITIALIZE_SESSION",
    "TRANSACTION_INITIALIZE_SESSION",
    "TRANSACTION_PROCESS_SESSION",
)


class InvalidResponse(Exception):
    """A payment app's response violates the protocol; the text says how."""


@dataclass(frozen=True, slots=True)
class Response:
    """A gateway's response. `result` is empty if the gateway will report the result later."""

    result: str
    amount: Decimal
    psp_reference: str = ""
    message: str = ""
    actions: list[str] | None = None
    data: Any = None
    external_url: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """What a gateway is asked to do. `source` is the row of the checkout or order that is paid for."""

    transaction: TransactionItem
    source: Any
    action: str
    amount: Decimal
    currency: str
    data: Any = None
    customer_ip_address: str | None = None
    idempotency_key: str | None = None


class LocalGateway(Protocol):
    """A gateway implemented in this process."""

    id: str
    name: str

    def configuration(self) -> Any: ...
    def process_session(self, session_request: SessionRequest) -> Response: ...
    def request_action(self, item: TransactionItem, action: str, amount: Decimal) -> Response: ...


@dataclass(frozen=True, slots=True)
class AppGateway:
    """An installed payment app."""

    app: App

    @property
    def id(self) -> str:
        return self.app.identifier

    @property
    def name(self) -> str:
        return self.app.name

    def is_subscribed(self, event_type: str) -> bool:
        """Whether the app has an active webhook for this event type."""
        return bool(sync_webhooks.first_webhook_per_app(event_type, identifier=self.id))

    def call(self, event_type: str, values: dict[str, Any]) -> Any:
        """The app's response as JSON. Call outside of transactions. Raises NoResponse."""
        for webhook in sync_webhooks.first_webhook_per_app(event_type, identifier=self.id):
            return sync_webhooks.trigger(webhook, event_type, values)
        raise NoResponse(f"{self.name} does not listen to {event_type}.")


Gateway = LocalGateway | AppGateway


ACTIONS_AFTER = {
    EventType.AUTHORIZATION_SUCCESS: ["CHARGE", "CANCEL"],
    EventType.CHARGE_SUCCESS: ["REFUND"],
}
SESSION_RESULTS = frozenset(
    f"{action}_{result}"
    for action in ("AUTHORIZATION", "CHARGE")
    for result in ("SUCCESS", "FAILURE", "REQUEST", "ACTION_REQUIRED")
)


class DummyGateway:
    """Answers with the result that the caller's data names; no money moves."""

    id = DUMMY
    name = "Dummy payment (no money moves)"

    def configuration(self) -> Any:
        return {"note": "No money moves here."}

    def process_session(self, session_request: SessionRequest) -> Response:
        event = session_request.data.get("event") if isinstance(session_request.data, dict) else None
        requested_type = event.get("type") if isinstance(event, dict) else None
        if not isinstance(requested_type, str) or requested_type not in SESSION_RESULTS:
            failure = (
                EventType.CHARGE_FAILURE
                if session_request.action == CHARGE
                else EventType.AUTHORIZATION_FAILURE
            )
            return Response(
                result=failure,
                amount=session_request.amount,
                psp_reference=new_reference(),
                message='Say what shall happen: data {"event": {"type": "CHARGE_SUCCESS"}}',
                actions=[],
            )
        assert isinstance(event, dict)
        return Response(
            result=requested_type,
            amount=session_request.amount,
            psp_reference=new_reference() if event.get("includePspReference", True) else "",
            message="Great success!" if requested_type.endswith("SUCCESS") else "",
            actions=ACTIONS_AFTER.get(EventType(requested_type), []),
        )

    def request_action(self, item: TransactionItem, action: str, amount: Decimal) -> Response:
        result = {
            "CHARGE": EventType.CHARGE_SUCCESS,
            "REFUND": EventType.REFUND_SUCCESS,
            "CANCEL": EventType.CANCEL_SUCCESS,
        }[action]
        return Response(
            result=result, amount=amount, psp_reference=new_reference(), actions=ACTIONS_AFTER.get(result, [])
        )


def new_reference() -> str:
    return str(uuid.uuid4())


def local_gateways() -> Sequence[LocalGateway]:
    """The local gateways that are enabled in this installation."""
    return [DummyGateway()] if settings.DUMMY_PAYMENTS else []


def available() -> list[Gateway]:
    """The gateways that shoppers may use: local ones, and apps that handle TRANSACTION_INITIALIZE_SESSION."""
    apps = [AppGateway(webhook.app) for webhook in sync_webhooks.first_webhook_per_app(INITIALIZE)]
    return [*local_gateways(), *apps]


def find(gateway_id: str | None) -> Gateway | None:
    """The local gateway or the active app with this identifier, or None."""
    for gateway in local_gateways():
        if gateway.id == gateway_id:
            return gateway
    app = sync_webhooks.find_app(gateway_id or "")
    return AppGateway(app) if app else None
