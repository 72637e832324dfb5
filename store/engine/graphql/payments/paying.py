"""The shopper's side: which gateways there are, paying with one."""

from decimal import Decimal
from typing import Any

from store.engine.checkout import paying
from store.engine.graphql import ids
from store.engine.graphql.base import Info, mutation
from store.engine.graphql.checkout.find import uuid_of
from store.engine.payments import gateways
from store.engine.payments.sessions import Outcome
from store.engine.refusals import PermissionDenied, Refusal


def source_of(global_id: str, *, code: str = "INVALID") -> dict[str, Any]:
    """checkout_id or order_id, whichever the id names."""
    kind, _ = ids.from_global_id(global_id)
    if kind not in ("Checkout", "Order"):
        said = f"Invalid ID: {global_id}. Expected one of: Checkout, Order, received: {kind}."
        raise Refusal(said, field="id", code=code)
    return {f"{kind.lower()}_id": uuid_of(global_id, kind)}


@mutation
def payment_gateway_initialize(
    info: Info,
    *,
    id: str,
    amount: Decimal | None = None,
    payment_gateways: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    paying.exists(**source_of(id))
    wanted = (
        [one["id"] for one in payment_gateways] if payment_gateways else [g.id for g in gateways.all_open()]
    )
    return {"gateway_configs": [_configuration(one) for one in wanted]}


def _configuration(gateway_id: str) -> dict[str, Any]:
    gateway = gateways.find(gateway_id)
    if gateway is not None:
        return {"id": gateway_id, "data": gateway.configuration(), "errors": []}
    said = "Active app with `HANDLE_PAYMENT` permissions or app webhook not found."
    problem = {"field": "id", "message": said, "code": "NOT_FOUND"}
    return {"id": gateway_id, "data": None, "errors": [problem]}


@mutation
def transaction_initialize(
    info: Info,
    *,
    id: str,
    payment_gateway: dict[str, Any],
    amount: Decimal | None = None,
    action: str | None = None,
    customer_ip_address: str | None = None,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    if action and not (info.context.app and info.context.may("HANDLE_PAYMENTS")):
        raise PermissionDenied("HANDLE_PAYMENTS")
    outcome = paying.initialize(
        **source_of(id),
        gateway_id=payment_gateway["id"],
        data=payment_gateway.get("data"),
        amount=amount,
        action=action,
        idempotency_key=idempotency_key,
    )
    return _payload(outcome)


@mutation
def transaction_process(
    info: Info, *, id: str | None = None, data: Any = None, customer_ip_address: str | None = None
) -> dict[str, Any]:
    if not id:
        raise Refusal("At least one argument is required: 'id'.", field="id", code="GRAPHQL_ERROR")
    return _payload(paying.process(transaction_id=uuid_of(id, "TransactionItem"), data=data))


def _payload(outcome: Outcome) -> dict[str, Any]:
    return {"transaction": outcome.transaction, "transaction_event": outcome.event, "data": outcome.data}
