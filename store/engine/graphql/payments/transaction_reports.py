"""Mutations of payment apps and staff: report what happened, request a charge, refund or cancellation."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from store.engine.checkout import payment
from store.engine.errors import OperationError, PermissionDenied
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.payments.transaction_sessions import source_of
from store.engine.graphql.registry import Info, mutation
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
    amounts = {name: transaction.get(name) for name in ("amount_authorized", "amount_charged")}
    fields = {"amount_authorized": "amountAuthorized", "amount_charged": "amountCharged"}
    item = payment.create(
        **source_of(id, code="NOT_FOUND"),
        currencies={fields[name]: money["currency"] for name, money in amounts.items() if money},
        event=transaction_event,
        name=transaction.get("name") or "",
        message=transaction.get("message") or "",
        psp_reference=transaction.get("psp_reference") or "",
        external_url=transaction.get("external_url") or "",
        available_actions=transaction.get("available_actions"),
        authorized=amounts["amount_authorized"]["amount"] if amounts["amount_authorized"] else None,
        charged=amounts["amount_charged"]["amount"] if amounts["amount_charged"] else None,
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


@mutation(permissions=HANDLE_PAYMENTS)
def transaction_request_action(
    info: Info,
    *,
    action_type: str,
    id: str | None = None,
    amount: Decimal | None = None,
    refund_reason: str | None = None,
) -> dict[str, Any]:
    item = payment.request_action(
        transaction_id=_transaction_pk(id),
        action=action_type,
        amount=amount,
        message=refund_reason or "",
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
