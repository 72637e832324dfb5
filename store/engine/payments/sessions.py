"""Opening a payment and asking for the next step. Called inside the transaction of `checkout.paying`.

An idempotency key names one wish: the same wish again gets the same answer and moves no money twice;
the same key for something else is refused.
"""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from store.engine.payments import amounts, gateways
from store.engine.payments.models import EventType as T
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.refusals import NotFound, NotUnique, Refusal

LIMIT = 100  # transactions of one checkout or order
WAITING = (T.AUTHORIZATION_REQUEST, T.CHARGE_REQUEST)
REQUESTS = {gateways.CHARGE: T.CHARGE_REQUEST, gateways.AUTHORIZATION: T.AUTHORIZATION_REQUEST}
FINAL = (
    T.AUTHORIZATION_FAILURE,
    T.AUTHORIZATION_SUCCESS,
    T.AUTHORIZATION_REQUEST,
    T.CHARGE_FAILURE,
    T.CHARGE_SUCCESS,
    T.CHARGE_REQUEST,
)


@dataclass(slots=True)
class Outcome:
    transaction: TransactionItem
    event: TransactionEvent
    data: Any = None
    fresh: bool = True  # False: this wish had been answered before


def key_of(given: str | None) -> str:
    if given is None:
        return str(uuid.uuid4())
    if not given:
        raise Refusal("Cannot be provided as an empty string.", field="idempotencyKey", code="INVALID")
    return given


def gateway_of(gateway_id: str) -> gateways.Gateway:
    found = gateways.find(gateway_id)
    if found is None:
        raise NotFound("App with provided identifier not found.", field="paymentGateway")
    return found


def open_session(
    *,
    gateway_id: str,
    data: Any,
    amount: Decimal,
    action: str,
    currency: str,
    idempotency_key: str | None,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
) -> Outcome:
    """Ask a gateway to charge or authorize. Raises NotFound, Refusal. Ask `answered` first."""
    key = key_of(idempotency_key)
    gateway = gateway_of(gateway_id)
    kind = REQUESTS[action]
    if TransactionItem.objects.filter(checkout_id=checkout_id, order_id=order_id).count() >= LIMIT:
        raise Refusal(f"Transactions limit of {LIMIT} reached.", field="id", code="INVALID")
    item = TransactionItem.objects.create(
        checkout_id=checkout_id,
        order_id=order_id,
        idempotency_key=key,
        app_identifier=gateway.id,
        name=gateway.name,
        currency=currency,
    )
    request = TransactionEvent.objects.create(
        transaction=item, type=kind, amount_value=amount, currency=currency, include_in_calculations=False
    )
    answer = gateway.session(gateways.Session(action=action, amount=amount, currency=currency, data=data))
    return _settle(item, request, answer, others=[])


def answered(
    *,
    idempotency_key: str,
    gateway_id: str,
    action: str,
    amount: Decimal | None,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
) -> Outcome | None:
    """The answer that this wish got before. Raises NotUnique when the key stood for another wish.

    Without `amount` the wish was "what is left to pay", whatever that was.
    """
    item = TransactionItem.objects.filter(idempotency_key=idempotency_key).first()
    if item is None:
        return None
    request, *others = item.events.all()
    same = (
        (item.checkout_id, item.order_id) == (checkout_id, order_id)
        and item.app_identifier == gateway_id
        and request.type == REQUESTS[action]
        and amount in (None, request.amount_value)
    )
    if not same:
        raise NotUnique(
            "Different transaction with provided idempotency key already exists.", field="idempotencyKey"
        )
    return Outcome(item, [request, *others][-1], fresh=False)


def continue_session(*, item: TransactionItem, data: Any, default_action: str) -> Outcome:
    """The next step of a payment that asked for one (3-D Secure and the like)."""
    events = list(item.events.all())
    for event in events:
        if event.type in FINAL and event.include_in_calculations:
            return Outcome(item, event, fresh=False)
    request = next((e for e in events if e.type in WAITING and not e.include_in_calculations), None)
    if request is None:
        raise Refusal("Missing call of `transactionInitialize` mutation.", field="id", code="INVALID")
    if not item.app_identifier:
        raise Refusal(
            "Transaction doesn't have attached app that could process the request.",
            field="id",
            code="MISSING_PAYMENT_APP_RELATION",
        )
    gateway = gateways.find(item.app_identifier)
    if gateway is None:
        raise Refusal(
            "Payment app attached to the transaction, doesn't exist.", field="id", code="MISSING_PAYMENT_APP"
        )
    action = {T.AUTHORIZATION_REQUEST: gateways.AUTHORIZATION, T.CHARGE_REQUEST: gateways.CHARGE}.get(
        T(request.type), default_action
    )
    answer = gateway.session(
        gateways.Session(action=action, amount=request.amount_value, currency=item.currency, data=data)
    )
    return _settle(item, request, answer, others=[e for e in events if e.pk != request.pk])


def _settle(
    item: TransactionItem,
    request: TransactionEvent,
    answer: gateways.Response,
    others: list[TransactionEvent],
) -> Outcome:
    """Write down what the gateway said and work the amounts out again."""
    if answer.result in WAITING and not answer.psp_reference:
        return _failed(item, request, "Missing `pspReference` in the response.")
    if answer.result.endswith("SUCCESS") and not answer.psp_reference:
        return _failed(item, request, "Missing `pspReference` in the response.")
    if answer.result in WAITING:
        request.type, request.amount_value = answer.result, answer.amount
        request.psp_reference, request.message = answer.psp_reference, answer.message
        request.include_in_calculations = True
        request.save()
        event = request
    else:
        event = TransactionEvent.objects.create(
            transaction=item,
            type=answer.result,
            amount_value=answer.amount,
            currency=item.currency,
            psp_reference=answer.psp_reference,
            message=answer.message,
            external_url=answer.external_url,
            app_identifier=item.app_identifier,
        )
        request.psp_reference = answer.psp_reference
        request.save(update_fields=["psp_reference"])
    if answer.psp_reference:
        item.psp_reference = answer.psp_reference
    if answer.actions is not None:
        item.available_actions = answer.actions
    amounts.set_on(item, [*others, request, *([event] if event is not request else [])])
    item.save()
    return Outcome(item, event, answer.data)


def _failed(item: TransactionItem, request: TransactionEvent, cause: str) -> Outcome:
    kind = T.CHARGE_FAILURE if request.type == T.CHARGE_REQUEST else T.AUTHORIZATION_FAILURE
    event = TransactionEvent.objects.create(
        transaction=item,
        type=kind,
        amount_value=request.amount_value,
        currency=item.currency,
        message=cause,
        include_in_calculations=False,
        created_at=timezone.now(),
    )
    return Outcome(item, event)
