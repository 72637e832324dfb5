"""Reported events, transactions made elsewhere, and requests to charge, refund or cancel."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from store.engine import events as engine_events
from store.engine.errors import NotFound, OperationError, Required
from store.engine.money import quantize
from store.engine.payments import app_responses, gateways, transaction_amounts, transaction_sessions
from store.engine.payments.models import EventType as T
from store.engine.payments.models import TransactionEvent, TransactionItem

NO_AMOUNT_NEEDED = (
    T.INFO,
    T.AUTHORIZATION_ACTION_REQUIRED,
    T.CHARGE_ACTION_REQUIRED,
    T.AUTHORIZATION_FAILURE,
    T.CHARGE_FAILURE,
    T.REFUND_FAILURE,
    T.CANCEL_FAILURE,
)
NEVER_DUPLICATES = (T.INFO, T.AUTHORIZATION_ACTION_REQUIRED, T.CHARGE_ACTION_REQUIRED)
SETS_REFERENCE = (T.AUTHORIZATION_REQUEST, T.AUTHORIZATION_SUCCESS, T.CHARGE_REQUEST, T.CHARGE_SUCCESS)
REQUEST_OF = {"CHARGE": T.CHARGE_REQUEST, "REFUND": T.REFUND_REQUEST, "CANCEL": T.CANCEL_REQUEST}
EVENT_TYPE_OF = {
    "CHARGE": "TRANSACTION_CHARGE_REQUESTED",
    "REFUND": "TRANSACTION_REFUND_REQUESTED",
    "CANCEL": "TRANSACTION_CANCELATION_REQUESTED",
}
NOTHING_LEFT = {
    "CHARGE": "Nothing of this payment is left to charge.",
    "REFUND": "Nothing of this payment is left to refund.",
    "CANCEL": "Nothing of this payment is left to cancel.",
}
NO_APP_CONFIGURED = "No app or plugin is configured to handle payment action requests."


@dataclass(slots=True)
class Report:
    """The result of `report_event`. `error`: to be raised by the caller after the commit."""

    transaction: TransactionItem
    event: TransactionEvent
    already_processed: bool = False
    error: OperationError | None = None


def lock(token: uuid.UUID) -> TransactionItem:
    """The transaction, locked until commit. Raises NotFound."""
    item = TransactionItem.objects.select_for_update().filter(pk=token).first()
    if item is None:
        raise NotFound("Transaction not found.", field="id")
    return item


def report_event(
    *,
    item: TransactionItem,
    type: str,
    psp_reference: str,
    amount: Decimal | None = None,
    message: str | None = None,
    external_url: str | None = None,
    time: datetime | None = None,
    available_actions: list[str] | None = None,
    app_identifier: str | None = None,
    user_id: int | None = None,
) -> Report:
    """Add an event to a locked transaction. A repetition of an event changes nothing.

    An event that contradicts an earlier one is stored as a failure, and returned in `error` for the caller to
    raise after the commit. Raises Required when the amount is missing.
    """
    events = list(item.events.all())
    value = _amount(amount, type, psp_reference, item.currency, events)
    event = TransactionEvent(
        transaction=item,
        type=type,
        psp_reference=psp_reference,
        amount_value=value,
        currency=item.currency,
        message=(message or "")[:512],
        external_url=external_url or "",
        created_at=time or timezone.now(),
        app_identifier=app_identifier,
        user_id=user_id,
        granted_refund_id=_granted_refund(type, psp_reference, events),
    )
    same = next((e for e in events if e.type == type and e.psp_reference == psp_reference), None)
    if same and type not in NEVER_DUPLICATES:
        if same.amount_value == value:
            if available_actions is not None and set(available_actions) != set(item.available_actions):
                item.available_actions = _unique(available_actions)
                item.save(update_fields=["available_actions", "modified_at"])
            return Report(item, same, already_processed=True)
        return _contradiction(
            event,
            transaction_sessions.OTHER_AMOUNT,
            field="pspReference",
            code="INCORRECT_DETAILS",
        )
    if type == T.AUTHORIZATION_SUCCESS and any(e.type == type and e.include_in_calculations for e in events):
        return _contradiction(
            event,
            transaction_sessions.AUTHORIZED_TWICE,
            field="type",
            code="ALREADY_EXISTS",
        )
    event.save()
    if type in SETS_REFERENCE and not item.psp_reference:
        item.psp_reference = psp_reference
    if available_actions is not None:
        item.available_actions = _unique(available_actions)
    item.app_identifier = item.app_identifier or app_identifier
    if type in transaction_sessions.FINAL:
        transaction_sessions.mark_answered(item)
    transaction_amounts.set_amounts(item, [*events, event])
    item.save()
    return Report(item, event)


def _unique(actions: list[str]) -> list[str]:
    return list(dict.fromkeys(actions))


def _amount(
    given: Decimal | None, type: str, psp_reference: str, currency: str, events: list[TransactionEvent]
) -> Decimal:
    if given is not None:
        return quantize(given, currency)
    if type not in NO_AMOUNT_NEEDED:
        raise Required(f"The `amount` field is required for {type} event.", field="amount")
    request = type.replace("_FAILURE", "_REQUEST")
    request_event = next((e for e in events if e.psp_reference == psp_reference and e.type == request), None)
    if request_event is None and type.endswith("_FAILURE"):
        raise Required(
            f"Amount is not provided and could not be found by `pspReference` {psp_reference}.",
            field="amount",
        )
    return request_event.amount_value if request_event else Decimal(0)


def _granted_refund(type: str, psp_reference: str, events: list[TransactionEvent]) -> int | None:
    if not type.startswith("REFUND"):
        return None
    requests = [e for e in events if e.type == T.REFUND_REQUEST and e.psp_reference == psp_reference]
    return requests[-1].granted_refund_id if requests else None


def _contradiction(event: TransactionEvent, message: str, *, field: str, code: str) -> Report:
    failure = TransactionEvent.objects.create(
        transaction=event.transaction,
        type=_failure_of(event.type),
        psp_reference=event.psp_reference,
        amount_value=event.amount_value,
        currency=event.currency,
        message=message,
        include_in_calculations=False,
    )
    return Report(event.transaction, failure, error=OperationError(message, field=field, code=code))


def _failure_of(type: str) -> str:
    action = {"AUTHORIZATION": "AUTHORIZATION", "CHARGE": "CHARGE", "REFUND": "REFUND", "CANCEL": "CANCEL"}
    head = type.split("_", maxsplit=1)[0]
    return f"{action[head]}_FAILURE" if head in action else type


def create(
    *,
    currency: str,
    checkout_id: uuid.UUID | None = None,
    order_id: uuid.UUID | None = None,
    name: str = "",
    message: str = "",
    psp_reference: str = "",
    external_url: str = "",
    available_actions: list[str] | None = None,
    authorized: Decimal | None = None,
    charged: Decimal | None = None,
    refunded: Decimal | None = None,
    canceled: Decimal | None = None,
    metadata: Mapping[str, str] | None = None,
    private_metadata: Mapping[str, str] | None = None,
    event: dict[str, Any] | None = None,
    app_identifier: str | None = None,
    user_id: int | None = None,
) -> TransactionItem:
    """Store a transaction that was made elsewhere, with its amounts in `currency`."""
    item = TransactionItem(
        checkout_id=checkout_id,
        order_id=order_id,
        currency=currency,
        name=name,
        message=message[:512],
        psp_reference=psp_reference,
        external_url=external_url,
        available_actions=_unique(available_actions or []),
        app_identifier=app_identifier,
        user_id=user_id,
        metadata=dict(metadata or {}),
        private_metadata=dict(private_metadata or {}),
    )
    amounts = {
        T.AUTHORIZATION_SUCCESS: authorized,
        T.CHARGE_SUCCESS: charged,
        T.REFUND_SUCCESS: refunded,
        T.CANCEL_SUCCESS: canceled,
    }
    adjustments = _adjustments(item, amounts, app_identifier=app_identifier, user_id=user_id)
    transaction_amounts.set_amounts(item, adjustments)
    item.save(force_insert=True)
    TransactionEvent.objects.bulk_create(adjustments)
    if event is not None:
        _record_info(item, event, app_identifier=app_identifier, user_id=user_id)
    return item


def _adjustments(
    item: TransactionItem,
    amounts: Mapping[T, Decimal | None],
    *,
    app_identifier: str | None,
    user_id: int | None,
) -> list[TransactionEvent]:
    """An event of each amount, by which the transaction's own changes (not saved)."""
    return [
        TransactionEvent(
            transaction=item,
            type=kind,
            amount_value=quantize(value, item.currency),
            currency=item.currency,
            message="Manual adjustment of the transaction.",
            app_identifier=app_identifier,
            user_id=user_id,
        )
        for kind, value in amounts.items()
        if value is not None
    ]


def _record_info(
    item: TransactionItem, event: Mapping[str, Any], *, app_identifier: str | None, user_id: int | None
) -> None:
    TransactionEvent.objects.create(
        transaction=item,
        type=T.INFO,
        psp_reference=event.get("psp_reference") or "",
        message=(event.get("message") or "")[:512],
        currency=item.currency,
        app_identifier=app_identifier,
        user_id=user_id,
    )


PLAIN_FIELDS = ("name", "psp_reference", "external_url")


def change(
    *,
    item: TransactionItem,
    changes: Mapping[str, Any],
    event: Mapping[str, Any] | None = None,
    app_identifier: str | None = None,
    user_id: int | None = None,
) -> None:
    """Change a locked transaction that was made elsewhere: what is in `changes`, as for `create`; its amounts become
    those that are given.
    """
    for name in PLAIN_FIELDS:
        if changes.get(name) is not None:
            setattr(item, name, changes[name])
    if changes.get("message") is not None:
        item.message = changes["message"][:512]
    if changes.get("available_actions") is not None:
        item.available_actions = _unique(changes["available_actions"])
    item.metadata |= changes.get("metadata") or {}
    item.private_metadata |= changes.get("private_metadata") or {}
    now = {
        T.AUTHORIZATION_SUCCESS: (changes.get("authorized"), item.authorized_value),
        T.CHARGE_SUCCESS: (changes.get("charged"), item.charged_value),
        T.REFUND_SUCCESS: (changes.get("refunded"), item.refunded_value),
        T.CANCEL_SUCCESS: (changes.get("canceled"), item.canceled_value),
    }
    differences = {
        kind: wanted - value
        for kind, (wanted, value) in now.items()
        if wanted is not None and wanted != value
    }
    if differences:  # whoever tells the amounts knows the result
        transaction_sessions.mark_answered(item)
    adjustments = _adjustments(item, differences, app_identifier=app_identifier, user_id=user_id)
    if adjustments:
        TransactionEvent.objects.bulk_create(adjustments)
        transaction_amounts.set_amounts(item, item.events.all())
    item.save()
    if event is not None:
        _record_info(item, event, app_identifier=app_identifier, user_id=user_id)


def left_for(action: str, item: TransactionItem) -> Decimal:
    """How much of a locked transaction can still be charged, refunded or canceled: its amount less what an app is
    asked for already, although it has not answered yet.
    """
    total = item.charged_value if action == "REFUND" else item.authorized_value
    kinds = [T.REFUND_REQUEST] if action == "REFUND" else [T.CHARGE_REQUEST, T.CANCEL_REQUEST]
    asked_for = [e.amount_value for e in item.events.filter(awaits_response=True) if e.type in kinds]
    return total - sum(asked_for, Decimal(0))


def is_being_refunded(items: Iterable[TransactionItem]) -> bool:
    """Whether an app is asked to give money of one of these transactions back."""
    requests = TransactionEvent.objects.filter(transaction__in=list(items), awaits_response=True)
    return requests.filter(type__in=[T.REFUND_REQUEST, T.CANCEL_REQUEST]).exists()


def request_action(
    *,
    item: TransactionItem,
    action: str,
    amount: Decimal | None = None,
    user_id: int | None = None,
    app_identifier: str | None = None,
    granted_refund_id: int | None = None,
    message: str = "",
    reason_page_id: int | None = None,
) -> TransactionEvent | None:
    """Request a charge, refund or cancellation from the gateway of a locked transaction.

    More than is left is cut down to that, as Saleor does. Returns the newest event, or None if no gateway can be
    asked; then a failure is stored. An app is called from the outbox after the commit, and
    `checkout.payment.handle_app_response` applies its response. Raises OperationError when nothing is left.
    """
    maximum = left_for(action, item)
    if maximum <= 0:
        raise OperationError(NOTHING_LEFT[action], field="id", code="INVALID")
    value = min(quantize(amount, item.currency) if amount else maximum, maximum)
    request = TransactionEvent.objects.create(
        transaction=item,
        type=REQUEST_OF[action],
        amount_value=value,
        currency=item.currency,
        message=message[:512],
        reason_reference_id=reason_page_id,
        include_in_calculations=False,
        user_id=user_id,
        app_identifier=app_identifier,
        granted_refund_id=granted_refund_id,
    )
    gateway = gateways.find(item.app_identifier)
    if isinstance(gateway, gateways.AppGateway) and gateway.is_subscribed(EVENT_TYPE_OF[action]):
        request.awaits_response = True
        request.save(update_fields=["awaits_response"])
        engine_events.record_event(
            EVENT_TYPE_OF[action],
            kind="TransactionItem",
            pk=item.pk,
            action_type=action,
            amount=str(value),
            app=gateway.app.pk,
            request=request.pk,
            granted_refund=granted_refund_id,
        )
        return request
    if gateway is None or isinstance(gateway, gateways.AppGateway):
        transaction_sessions.record_failure(request, NO_APP_CONFIGURED)
        return None
    return apply_response(item, request, gateway.request_action(item, action, value))


def is_accepted(event: TransactionEvent | None) -> bool:
    """Whether a requested action is done or under way, given the event that `request_action` returned."""
    return event is not None and not event.type.endswith("_FAILURE")


def require_accepted(event: TransactionEvent | None) -> None:
    """Raise OperationError where nobody could be asked, or the gateway refused. Call after the commit, so that the
    failed request stays among the events.
    """
    if event is None:
        raise OperationError(NO_APP_CONFIGURED, code="MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK")
    if not is_accepted(event):
        reason = event.message.strip().rstrip(".") or "It gave no reason"
        raise OperationError(
            f"The payment provider refused. {reason}. No money was moved.", field="id", code="INVALID"
        )


def apply_response(
    item: TransactionItem, request: TransactionEvent, response: gateways.Response | str
) -> TransactionEvent:
    """Store the response to a request, or the failure; return the newest event."""
    if request.awaits_response:
        request.awaits_response = False
        request.save(update_fields=["awaits_response"])
    if isinstance(response, str):
        return transaction_sessions.record_failure(request, response)
    request.psp_reference = response.psp_reference or request.psp_reference
    request.include_in_calculations = request.include_in_calculations or bool(response.psp_reference)
    request.save(update_fields=["psp_reference", "include_in_calculations"])
    event = request
    if response.result:
        event, problem = transaction_sessions.record_response_event(
            item, response, granted_refund_id=request.granted_refund_id
        )
        if problem:
            return transaction_sessions.record_failure(request, problem)
    if response.actions is not None:
        item.available_actions = response.actions
    transaction_amounts.set_amounts(item, item.events.all())
    item.save()
    return event


def parse_response(request: TransactionEvent, payload: Any) -> gateways.Response | str:
    """A payment app's response to a request, or an error message; `payload` is None if there was no response."""
    if payload is None:
        return "Failed to delivery request."  # Saleor's message
    action = next(name for name, kind in REQUEST_OF.items() if kind == request.type)
    try:
        return app_responses.parse_action(payload, action=action, requested_amount=request.amount_value)
    except gateways.InvalidResponse as error:
        return str(error)
