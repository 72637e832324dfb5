"""Customers' mutations: initialize payment gateways, start and continue a transaction."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_ipv46_address

from store.engine.checkout import gateway_initialize, payment
from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql import ids
from store.engine.graphql.accounts.current_user import client_ip
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.plain_values import PayloadError, PaymentGatewayConfig
from store.engine.graphql.registry import Info, mutation
from store.engine.payments.transaction_sessions import Outcome


def source_of(global_id: str, *, code: str = "INVALID") -> dict[str, Any]:
    """`checkout_id` or `order_id` as keyword argument. Raises OperationError with this code for other ids."""
    kind, _ = ids.from_global_id(global_id)
    if kind not in ("Checkout", "Order"):
        message = f"Invalid ID: {global_id}. Expected one of: Checkout, Order, received: {kind}."
        raise OperationError(message, field="id", code=code)
    return {f"{kind.lower()}_id": uuid_of(global_id, kind)}


@mutation
def payment_gateway_initialize(
    info: Info,
    *,
    id: str,
    amount: Decimal | None = None,
    payment_gateways: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    data_by_gateway = (
        {gateway["id"]: gateway.get("data") for gateway in payment_gateways} if payment_gateways else None
    )
    found = gateway_initialize.initialize_gateways(**source_of(id), requested=data_by_gateway, amount=amount)
    return {"gateway_configs": [_configuration(gateway) for gateway in found]}


def _configuration(gateway: gateway_initialize.GatewayConfig) -> PaymentGatewayConfig:
    errors: list[PayloadError] = []
    if gateway.not_found:
        message = "Active app with `HANDLE_PAYMENT` permissions or app webhook not found."
        errors = [{"field": "id", "message": message, "code": "NOT_FOUND"}]
    elif gateway.error:
        errors = [{"field": "id", "message": gateway.error, "code": "INVALID"}]
    return {"id": gateway.id, "data": gateway.data, "errors": errors}


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
        raise OperationError("At least one argument is required: 'id'.", field="id", code="GRAPHQL_ERROR")
    outcome = payment.process(
        transaction_id=uuid_of(id, "TransactionItem"),
        data=data,
        customer_ip_address=_customer_ip(info, customer_ip_address),
    )
    return _payload(outcome)


def _is_payment_app(info: Info) -> bool:
    return info.context.app is not None and info.context.has_permission("HANDLE_PAYMENTS")


def _customer_ip(info: Info, given: str | None) -> str | None:
    """The customer's IP address for the payment app: as a payment app reports it, else as the server sees it.

    Raises PermissionDenied if anyone else gives one, OperationError if it isn't an IP address.
    """
    if not given:
        return client_ip(info) or None
    if not _is_payment_app(info):
        raise PermissionDenied("HANDLE_PAYMENTS")
    try:
        validate_ipv46_address(given)
    except ValidationError:
        message = "Enter a valid IPv4 or IPv6 address."
        raise OperationError(message, field="customerIpAddress", code="INVALID") from None
    return given


def _payload(outcome: Outcome) -> dict[str, Any]:
    return {"transaction": outcome.transaction, "transaction_event": outcome.event, "data": outcome.data}
