"""The shopper's side: which gateways there are, paying with one."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address

from store.engine.checkout import gateway_initialize, payment
from store.engine.errors import PermissionDenied, Refusal
from store.engine.graphql import ids
from store.engine.graphql.accounts.current_user import origin
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.registry import Info, mutation
from store.engine.payments.transaction_sessions import Outcome


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
    wanted = {one["id"]: one.get("data") for one in payment_gateways} if payment_gateways else None
    found = gateway_initialize.openings(**source_of(id), wanted=wanted, amount=amount)
    return {"gateway_configs": [_configuration(one) for one in found]}


def _configuration(one: gateway_initialize.Opening) -> dict[str, Any]:
    errors = []
    if one.missing:
        said = "Active app with `HANDLE_PAYMENT` permissions or app webhook not found."
        errors = [{"field": "id", "message": said, "code": "NOT_FOUND"}]
    elif one.problem:
        errors = [{"field": "id", "message": one.problem, "code": "INVALID"}]
    return {"id": one.id, "data": one.data, "errors": errors}


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
    if action and not _is_payment_app(info):
        raise PermissionDenied("HANDLE_PAYMENTS")
    outcome = payment.initialize(
        **source_of(id),
        gateway_id=payment_gateway["id"],
        data=payment_gateway.get("data"),
        amount=amount,
        action=action,
        idempotency_key=idempotency_key,
        customer_ip_address=_customer_ip(info, customer_ip_address),
    )
    return _payload(outcome)


@mutation
def transaction_process(
    info: Info, *, id: str | None = None, data: Any = None, customer_ip_address: str | None = None
) -> dict[str, Any]:
    if not id:
        raise Refusal("At least one argument is required: 'id'.", field="id", code="GRAPHQL_ERROR")
    outcome = payment.process(
        transaction_id=uuid_of(id, "TransactionItem"),
        data=data,
        customer_ip_address=_customer_ip(info, customer_ip_address),
    )
    return _payload(outcome)


def _is_payment_app(info: Info) -> bool:
    return info.context.app is not None and info.context.may("HANDLE_PAYMENTS")


def _customer_ip(info: Info, given: str | None) -> str | None:
    """Where the shopper is, for the payment app: as a payment app that speaks for them says, else as the door saw."""
    if not given:
        return origin(info) or None
    if not _is_payment_app(info):
        raise PermissionDenied("HANDLE_PAYMENTS")
    try:
        validate_ipv46_address(given)
    except ValidationError:
        said = "Enter a valid IPv4 or IPv6 address."
        raise Refusal(said, field="customerIpAddress", code="INVALID") from None
    return given


def _payload(outcome: Outcome) -> dict[str, Any]:
    return {"transaction": outcome.transaction, "transaction_event": outcome.event, "data": outcome.data}
