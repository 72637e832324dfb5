"""What payment apps and staff tell us: events, whole transactions, and requests to charge, refund or cancel."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from store.engine import events as engine_events
from store.engine.errors import NotFound, Refusal, Required
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
GIVES_REFERENCE = (T.AUTHORIZATION_REQUEST, T.AUTHORIZATION_SUCCESS, T.CHARGE_REQUEST, T.CHARGE_SUCCESS)
REQUEST_OF = {"CHARGE": T.CHARGE_REQUEST, "REFUND": T.REFUND_REQUEST, "CANCEL": T.CANCEL_REQUEST}
FACT_OF = {
    "CHARGE": "TRANSACTION_CHARGE_REQUESTED",
    "REFUND": "TRANSACTION_REFUND_REQUESTED",
    "CANCEL": "TRANSACTION_CANCELATION_REQUESTED",
}
NOBODY = "No app or plugin is configured to handle payment action requests."


@dataclass(slots=True)
class Report:
    transaction: TransactionItem
    event: TransactionEvent
    already_processed: bool = False
    refused: Refusal | None = None


def locked(token: uuid.UUID) -> TransactionItem:
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
    """Add an event to a locked transaction. The same event again changes nothing.

    A contradiction is written down as a failure and told in `refused`, for the caller to raise after the commit.
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
    if type in GIVES_REFERENCE and not item.psp_reference:
        item.psp_reference = psp_reference
    if available_actions is not None:
        item.available_actions = _unique(available_actions)
    item.app_identifier = item.app_identifier or app_identifier
    transaction_amounts.set_on(item, [*events, event])
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
    known = next((e for e in events if e.psp_reference == psp_reference and e.type == request), None)
    if known is None and type.endswith("_FAILURE"):
        raise Required(
            f"Amount is not provided and could not be found by `pspReference` {psp_reference}.",
            field="amount",
        )
    return known.amount_value if known else Decimal(0)


def _granted_refund(type: str, psp_reference: str, events: list[TransactionEvent]) -> int | None:
    if not type.startswith("REFUND"):
        return None
    asked = [e for e in events if e.type == T.REFUND_REQUEST and e.psp_reference == psp_reference]
    return asked[-1].granted_refund_id if asked else None


def _contradiction(event: TransactionEvent, message: str, *, field: str, code: str) -> Report:
    kept = TransactionEvent.objects.create(
        transaction=event.transaction,
        type=_failure_of(event.type),
        psp_reference=event.psp_reference,
        amount_value=event.amount_value,
        currency=event.currency,
        message=message,
        include_in_calculations=False,
    )
    return Report(event.transaction, kept, refused=Refusal(message, field=field, code=code))


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
    event: dict[str, Any] | None = None,
    app_identifier: str | None = None,
    user_id: int | None = None,
) -> TransactionItem:
    """A transaction that happened elsewhere, told as a whole."""
    item = TransactionItem.objects.create(
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
    )
    told = [(T.AUTHORIZATION_SUCCESS, authorized), (T.CHARGE_SUCCESS, charged)]
    events = [
        TransactionEvent(
            transaction=item,
            type=kind,
            amount_value=quantize(value, currency),
            currency=currency,
            message="Manual adjustment of the transaction.",
            app_identifier=app_identifier,
            user_id=user_id,
        )
        for kind, value in told
        if value is not None
    ]
    for one in events:
        one.save()
    if events:
        transaction_amounts.set_on(item, events)
        item.save()
    if event is not None:
        TransactionEvent.objects.create(
            transaction=item,
            type=T.INFO,
            psp_reference=event.get("psp_reference") or "",
            message=(event.get("message") or "")[:512],
            currency=currency,
            app_identifier=app_identifier,
            user_id=user_id,
        )
    return item


def request_action(
    *,
    item: TransactionItem,
    action: str,
    amount: Decimal | None = None,
    user_id: int | None = None,
    app_identifier: str | None = None,
    granted_refund_id: int | None = None,
    message: str = "",
) -> TransactionEvent | None:
    """Ask the gateway of a locked transaction to charge, refund or cancel. None: nobody is there to ask, and a failure
    says so among the events.

    An app is asked from the outbox, after the commit; `answered` takes its word.
    """
    most = item.charged_value if action == "REFUND" else item.authorized_value
    value = min(quantize(amount, item.currency) if amount else most, most)
    request = TransactionEvent.objects.create(
        transaction=item,
        type=REQUEST_OF[action],
        amount_value=value,
        currency=item.currency,
        message=message[:512],
        include_in_calculations=False,
        user_id=user_id,
        app_identifier=app_identifier,
        granted_refund_id=granted_refund_id,
    )
    gateway = gateways.find(item.app_identifier)
    if isinstance(gateway, gateways.Far) and gateway.hears(FACT_OF[action]):
        engine_events.record(
            FACT_OF[action],
            kind="TransactionItem",
            pk=item.pk,
            action_type=action,
            amount=str(value),
            app=gateway.app.pk,
            request=request.pk,
            granted_refund=granted_refund_id,
        )
        return request
    if gateway is None or isinstance(gateway, gateways.Far):
        transaction_sessions.failed(request, NOBODY)
        return None
    return settle_request(item, request, gateway.request(item, action, value))


def settle_request(
    item: TransactionItem, request: TransactionEvent, answer: gateways.Response | str
) -> TransactionEvent:
    """Write down what became of a request; the newest event of it."""
    if isinstance(answer, str):
        return transaction_sessions.failed(request, answer)
    request.psp_reference = answer.psp_reference or request.psp_reference
    request.include_in_calculations = request.include_in_calculations or bool(answer.psp_reference)
    request.save(update_fields=["psp_reference", "include_in_calculations"])
    event = request
    if answer.result:
        event, problem = transaction_sessions.noted(item, answer, granted_refund_id=request.granted_refund_id)
        if problem:
            return transaction_sessions.failed(request, problem)
    if answer.actions is not None:
        item.available_actions = answer.actions
    transaction_amounts.set_on(item, item.events.all())
    item.save()
    return event


def read_answer(request: TransactionEvent, answer: Any) -> gateways.Response | str:
    """What a payment app answered to a request, None for nothing."""
    if answer is None:
        return "Failed to delivery request."  # Saleor's words
    action = next(name for name, kind in REQUEST_OF.items() if kind == request.type)
    try:
        return app_responses.of_request(answer, action=action, asked=request.amount_value)
    except gateways.BadAnswer as error:
        return str(error)
