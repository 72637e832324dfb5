"""Who takes the money. A gateway answers a session as a Saleor payment app does; here there is one, for trying things.

The dummy gateway moves no money and does what the caller asks for. It must never be open in production:
`settings.DUMMY_PAYMENTS` is off there, and then nobody can pay with it.
"""

import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.conf import settings

from store.engine.payments.models import EventType

DUMMY = "saleor.io.dummy-payment-app"
CHARGE, AUTHORIZATION = "CHARGE", "AUTHORIZATION"


@dataclass(frozen=True, slots=True)
class Response:
    """What a payment app answers to a session."""

    result: str
    amount: Decimal
    psp_reference: str = ""
    message: str = ""
    actions: list[str] | None = None
    data: Any = None
    external_url: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    action: str
    amount: Decimal
    currency: str
    data: Any = field(default=None)


class Gateway(Protocol):
    id: str
    name: str

    def configuration(self) -> Any: ...
    def session(self, asked: Session) -> Response: ...
    def request(self, action: str, amount: Decimal) -> Response: ...


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
        if wanted not in SESSION_RESULTS:
            failed = EventType.CHARGE_FAILURE if asked.action == CHARGE else EventType.AUTHORIZATION_FAILURE
            return Response(
                result=failed,
                amount=asked.amount,
                psp_reference=_reference(),
                message='Say what shall happen: data {"event": {"type": "CHARGE_SUCCESS"}}',
                actions=[],
            )
        assert isinstance(event, dict)
        reference = _reference() if event.get("includePspReference", True) else ""
        return Response(
            result=wanted,
            amount=asked.amount,
            psp_reference=reference,
            message="Great success!" if wanted.endswith("SUCCESS") else "",
            actions=AFTER.get(EventType(wanted), []),
        )

    def request(self, action: str, amount: Decimal) -> Response:
        result = {
            "CHARGE": EventType.CHARGE_SUCCESS,
            "REFUND": EventType.REFUND_SUCCESS,
            "CANCEL": EventType.CANCEL_SUCCESS,
        }[action]
        return Response(
            result=result, amount=amount, psp_reference=_reference(), actions=AFTER.get(result, [])
        )


def _reference() -> str:
    return str(uuid.uuid4())


def all_open() -> list[Gateway]:
    """The gateways that shoppers may use on this installation."""
    return [DummyGateway()] if settings.DUMMY_PAYMENTS else []


def find(gateway_id: str | None) -> Gateway | None:
    return next((gateway for gateway in all_open() if gateway.id == gateway_id), None)
