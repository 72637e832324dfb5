"""Mutations of payment apps and staff: report what happened, request a charge, refund or cancellation."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from store.engine.checkout import payment
from store.engine.checkout.lines import metadata_from_input
from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.naming import to_camel
from store.engine.graphql.payments.transaction_sessions import source_of
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.shop.reason_references import reason_page
from store.engine.orders import granted_refunds

HANDLE_PAYMENTS = "HANDLE_PAYMENTS"


def _requestor_ids(info: Info) -> dict[str, Any]:
    context = info.context
    return {
        "app_identifier": context.app.identifier or f"app-{context.app.pk}" if context.app else None,
        "user_id": context.user.pk if context.user else None,
    }


@mutation(permissions=HANDLE_PAYMENTS)
def transaction_create(
    info: Info,
    *,
    id: str,
    transaction: dict[str, Any],
    transaction_event: dict[str, Any] | None = None,
) -> dict[str, Any]:
    values: dict[str, Any] = {**_amounts(transaction), **_metadata(transaction), **_requestor_ids(info)}
    item = payment.create(
        **source_of(id, code="NOT_FOUND"),
        currencies=_currencies(transaction),
        event=transaction_event,
        name=transaction.get("name") or "",
        message=transaction.get("message") or "",
        psp_reference=transaction.get("psp_reference") or "",
        external_url=transaction.get("external_url") or "",
        available_actions=transaction.get("available_actions"),
        **values,
    )
    return {"transaction": item}


AMOUNTS = {
    "amount_authorized": "authorized",
    "amount_charged": "charged",
    "amount_refunded": "refunded",
    "amount_canceled": "canceled",
}


def _currencies(given: dict[str, Any]) -> dict[str, str]:
    return {to_camel(name): given[name]["currency"] for name in AMOUNTS if given.get(name)}


def _amounts(given: dict[str, Any]) -> dict[str, Decimal]:
    return {argument: given[name]["amount"] for name, argument in AMOUNTS.items() if given.get(name)}


def _metadata(given: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {name: metadata_from_input(given.get(name)) for name in ("metadata", "private_metadata")}


@mutation(permissions=HANDLE_PAYMENTS)
def transaction_update(
    info: Info,
    *,
    id: str | None = None,
    transaction: dict[str, Any] | None = None,
    transaction_event: dict[str, Any] | None = None,
) -> dict[str, Any]:
    given = transaction or {}
    names = ("name", "message", "psp_reference", "external_url", "available_actions")
    item = payment.change(
        transaction_id=_transaction_pk(id),
        currencies=_currencies(given),
        check_permission=lambda item: _require_own_transaction(info, item),
        changes={name: given.get(name) for name in names} | _amounts(given) | _metadata(given),
        event=transaction_event,
        **_requestor_ids(info),
    )
    return {"transaction": item}


@mutation(permissions=HANDLE_PAYMENTS)
def transaction_event_report(
    info: Info,
    *,
    psp_reference: str,
    type: str,
    id: str | None = None,
    amount: Decimal | None = None,
    available_actions: list[str] | None = None,
    external_url: str | None = None,
    message: str | None = None,
    time: datetime | None = None,
    transaction_metadata: list[dict[str, str]] | None = None,
    transaction_private_metadata: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    report = payment.report(
        transaction_id=_transaction_pk(id),
        check_permission=lambda item: _require_own_transaction(info, item),
        type=type,
        psp_reference=psp_reference,
        amount=amount,
        available_actions=available_actions,
        external_url=external_url,
        message=message,
        time=time,
        metadata=metadata_from_input(transaction_metadata),
        private_metadata=metadata_from_input(transaction_private_metadata),
        **_requestor_ids(info),
    )
    return {
        "already_processed": report.already_processed,
        "transaction": report.transaction,
        "transaction_event": report.event,
    }


def _require_own_transaction(info: Info, item: Any) -> None:
    """A payment app may report on its own transactions only. Raises PermissionDenied for another app's."""
    mine = info.context.app.identifier if info.context.app else None
    if item.app_identifier and item.app_identifier not in (mine, _requestor_ids(info)["app_identifier"]):
        raise PermissionDenied("OWNER", HANDLE_PAYMENTS)


def _transaction_pk(global_id: str | None) -> Any:
    if not global_id:
        raise OperationError("At least one argument is required: 'id'.", field="id", code="GRAPHQL_ERROR")
    return uuid_of(global_id, "TransactionItem")


def _refund_reason(info: Info, action: str, global_id: str | None) -> int | None:
    staff = info if action == "REFUND" else None  # a charge needs no reason
    return reason_page(global_id, about="refund", info=staff, field="refundReasonReference")


@mutation(permissions=HANDLE_PAYMENTS)
def transaction_request_action(
    info: Info,
    *,
    action_type: str,
    id: str | None = None,
    amount: Decimal | None = None,
    refund_reason: str | None = None,
    refund_reason_reference: str | None = None,
) -> dict[str, Any]:
    item = payment.request_action(
        transaction_id=_transaction_pk(id),
        action=action_type,
        amount=amount,
        message=refund_reason or "",
        reason_page_id=_refund_reason(info, action_type, refund_reason_reference),
        **_requestor_ids(info),
    )
    return {"transaction": item}


@mutation(permissions=HANDLE_PAYMENTS)
def transaction_request_refund_for_granted_refund(
    info: Info, *, granted_refund_id: str, id: str | None = None
) -> dict[str, Any]:
    item = granted_refunds.request_refund(
        granted_refund_id=int_of(granted_refund_id, "OrderGrantedRefund", field="grantedRefundId"),
        transaction_id=uuid_of(id, "TransactionItem") if id else None,
        user_id=info.context.user.pk if info.context.user else None,
    )
    return {"transaction": item}
