"""Who takes the money: payment apps that are installed here, and the dummy gateway for trying things.

A gateway that is `near` answers within our own process, so it is asked inside the transaction that writes its answer
down. An app is far: it is asked over HTTP between two transactions, and a wish to charge, refund or cancel waits for
it in the outbox (store.engine.events.sync_response_handlers).

The dummy gateway moves no money and does what the caller asks for. It must never be open in production:
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
from store.engine.events.sync_webhooks import NoAnswer
from store.engine.payments.models import EventType, TransactionItem

DUMMY = "saleor.io.dummy-payment-app"
CHARGE, AUTHORIZATION = "CHARGE", "AUTHORIZATION"
OPENING, INITIALIZE, PROCESS = (
    "PAYMENT_GATEWAY_INITIALIZE_SESSION",
    "TRANSACTION_INITIALIZE_SESSION",
    "TRANSACTION_PROCESS_SESSION",
)


class BadAnswer(Exception):
    """A payment app answered, but not by the protocol; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Response:
    """What a payment app answers. `result` is empty where it will report what became of a request later."""

    result: str
    amount: Decimal
    psp_reference: str = ""
    message: str = ""
    actions: list[str] | None = None
    data: Any = None
    external_url: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """What a gateway is asked to do. `source` is the row of the checkout or order that is paid for."""

    transaction: TransactionItem
    source: Any
    action: str
    amount: Decimal
    currency: str
    data: Any = None
    customer_ip_address: str | None = None
    idempotency_key: str | None = None


class Near(Protocol):
    """A gateway of the house."""

    id: str
    name: str

    def configuration(self) -> Any: ...
    def session(self, asked: Session) -> Response: ...
    def request(self, item: TransactionItem, action: str, amount: Decimal) -> Response: ...


@dataclass(frozen=True, slots=True)
class Far:
    """A payment app."""

    app: App

    @property
    def id(self) -> str:
        return self.app.identifier

    @property
    def name(self) -> str:
        return self.app.name

    def hears(self, event_type: str) -> bool:
        return bool(sync_webhooks.listening(event_type, identifier=self.id))

    def ask(self, event_type: str, values: dict[str, Any]) -> Any:
        """Its JSON; raises NoAnswer. Outside of transactions."""
        for webhook in sync_webhooks.listening(event_type, identifier=self.id):
            return sync_webhooks.ask(webhook, event_type, values)
        raise NoAnswer(f"{self.name} does not listen to {event_type}.")


Gateway = Near | Far


AFTER = {
    EventType.AUTHORIZATION_SUCCESS: ["CHARGE", "CANCEL"],
    EventType.CHARGE_SUCCESS: ["REFUND"],
}
SESSION_RESULTS = frozenset(
    f"{action}_{result}"
    for action in ("AUTHORIZATION", "CHARGE")
    for result in ("SUCCESS", "FAILURE", "REQUEST", "ACTION_REQUIRED")
)


class DummyGateway:
    id = DUMMY
    name = "Dummy payment (no money moves)"

    def configuration(self) -> Any:
        return {"note": "No money moves here."}

    def session(self, asked: Session) -> Response:
        event = asked.data.get("event") if isinstance(asked.data, dict) else None
        wanted = event.get("type") if isinstance(event, dict) else None
        if not isinstance(wanted, str) or wanted not in SESSION_RESULTS:
            failed = EventType.CHARGE_FAILURE if asked.action == CHARGE else EventType.AUTHORIZATION_FAILURE
            return Response(
                result=failed,
                amount=asked.amount,
                psp_reference=reference(),
                message='Say what shall happen: data {"event": {"type": "CHARGE_SUCCESS"}}',
                actions=[],
            )
        assert isinstance(event, dict)
        return Response(
            result=wanted,
            amount=asked.amount,
            psp_reference=reference() if event.get("includePspReference", True) else "",
            message="Great success!" if wanted.endswith("SUCCESS") else "",
            actions=AFTER.get(EventType(wanted), []),
        )

    def request(self, item: TransactionItem, action: str, amount: Decimal) -> Response:
        result = {
            "CHARGE": EventType.CHARGE_SUCCESS,
            "REFUND": EventType.REFUND_SUCCESS,
            "CANCEL": EventType.CANCEL_SUCCESS,
        }[action]
        return Response(
            result=result, amount=amount, psp_reference=reference(), actions=AFTER.get(result, [])
        )


def reference() -> str:
    return str(uuid.uuid4())


def near() -> Sequence[Near]:
    """The gateways of the house that are open on this installation."""
    return [DummyGateway()] if settings.DUMMY_PAYMENTS else []


def all_open() -> list[Gateway]:
    """The gateways that shoppers may use: those of the house, and the apps that open payments."""
    apps = [Far(webhook.app) for webhook in sync_webhooks.listening(INITIALIZE)]
    return [*near(), *apps]


def find(gateway_id: str | None) -> Gateway | None:
    """A gateway of the house, or the active app of this identifier."""
    for one in near():
        if one.id == gateway_id:
            return one
    app = sync_webhooks.app_named(gateway_id or "")
    return Far(app) if app else None
