"""Opening a payment and asking for the next step, in three strides: the wish is noted (`open_session`, `again`), the
gateway is asked (`Asked.answer`), its word is written down (`settle`). The first and the last happen inside
transactions of `checkout.paying`; a process that dies between them leaves a noted wish and nothing half done.

An idempotency key names one wish: the same wish again gets the same answer and moves no money twice;
the same key for something else is refused.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from store.engine.errors import NotFound, NotUnique, Refusal
from store.engine.events.sync_webhooks import NoAnswer
from store.engine.money import quantize
from store.engine.payments import app_responses, gateways, transaction_amounts
from store.engine.payments.app_responses import NEEDS_REFERENCE
from store.engine.payments.models import EventType as T
from store.engine.payments.models import TransactionEvent, TransactionItem

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


OTHER_AMOUNT = "The transaction with provided `pspReference` and `type` already exists with different amount."
AUTHORIZED_TWICE = (
    "Event with `AUTHORIZATION_SUCCESS` already reported for the transaction. "
    "Use `AUTHORIZATION_ADJUSTMENT` to change the authorization amount."
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


def check_limit(*, checkout_id: UUID | None, order_id: UUID | None) -> None:
    if TransactionItem.objects.filter(checkout_id=checkout_id, order_id=order_id).count() >= LIMIT:
        kind = "Checkout" if checkout_id else "Order"
        raise Refusal(f"{kind} transactions limit of {LIMIT} reached.", field="id", code="INVALID")


def open_session(
    *,
    gateway: gateways.Gateway,
    data: Any,
    amount: Decimal,
    action: str,
    source: Any,
    idempotency_key: str,
    customer_ip_address: str | None = None,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
) -> "Asked":
    """Note the wish to charge or authorize; `source` is the row that is paid for. Raises Refusal."""
    check_limit(checkout_id=checkout_id, order_id=order_id)
    item = TransactionItem.objects.create(
        checkout_id=checkout_id,
        order_id=order_id,
        idempotency_key=idempotency_key,
        app_identifier=gateway.id,
        name=gateway.name,
        currency=source.currency,
    )
    request = TransactionEvent.objects.create(
        transaction=item,
        type=REQUESTS[action],
        amount_value=amount,
        currency=item.currency,
        include_in_calculations=False,
    )
    return Asked(
        gateway=gateway,
        event_type=gateways.INITIALIZE,
        request=request,
        session=gateways.Session(
            transaction=item,
            source=source,
            action=action,
            amount=amount,
            currency=item.currency,
            data=data,
            customer_ip_address=customer_ip_address,
            idempotency_key=idempotency_key,
        ),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish that has been noted and waits for the gateway's word."""

    gateway: gateways.Gateway
    event_type: str
    request: TransactionEvent
    session: gateways.Session

    def answer(self) -> gateways.Response | str:
        """The gateway's word, or what went wrong. A far gateway is asked outside of transactions."""
        if not isinstance(self.gateway, gateways.Far):
            return self.gateway.session(self.session)
        try:
            said = self.gateway.ask(self.event_type, _told(self))
            return app_responses.of_session(said, asked=self.session.amount)
        except NoAnswer:
            return "Failed to delivery request."  # Saleor's words
        except gateways.BadAnswer as error:
            return str(error)


def _told(asked: Asked) -> dict[str, Any]:
    """The fields of Saleor's TransactionInitializeSession and TransactionProcessSession."""
    session = asked.session
    return {
        "transaction": session.transaction,
        "source_object": session.source,
        "data": session.data,
        "customer_ip_address": session.customer_ip_address,
        "idempotency_key": session.idempotency_key,
        "action": {
            "amount": session.amount,
            "currency": session.currency,
            "action_type": session.action,
        },
    }


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


def settled(events: Iterable[TransactionEvent]) -> TransactionEvent | None:
    """The event that ended a session, if it has ended."""
    return next((e for e in events if e.type in FINAL and e.include_in_calculations), None)


def is_settled(item: TransactionItem) -> bool:
    return settled(item.events.all()) is not None


def again(
    *,
    item: TransactionItem,
    source: Any,
    data: Any,
    default_action: str,
    event_type: str = gateways.PROCESS,
    customer_ip_address: str | None = None,
) -> Asked:
    """The next step of a payment that asked for one (3-D Secure and the like), or the first one once more."""
    request = _waiting(item)
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
    return Asked(
        gateway=gateway,
        event_type=event_type,
        request=request,
        session=gateways.Session(
            transaction=item,
            source=source,
            action=action,
            amount=request.amount_value,
            currency=item.currency,
            data=data,
            customer_ip_address=customer_ip_address,
            idempotency_key=item.idempotency_key,
        ),
    )


def _waiting(item: TransactionItem) -> TransactionEvent | None:
    waiting = [e for e in item.events.all() if e.type in WAITING and not e.include_in_calculations]
    return waiting[0] if waiting else None


def settle(item: TransactionItem, request: TransactionEvent, answer: gateways.Response | str) -> Outcome:
    """Write down what the gateway said about a locked transaction, and work the amounts out again."""
    if isinstance(answer, str):
        return Outcome(item, failed(request, answer))
    if answer.result in NEEDS_REFERENCE and not answer.psp_reference:
        return Outcome(item, failed(request, "Missing value for field: pspReference."), answer.data)
    request.refresh_from_db()  # the app may have reported meanwhile, or the same wish was asked twice
    request.transaction = item
    if answer.result in WAITING:
        event = _still_waiting(request, answer)
    else:
        event, problem = noted(item, answer)
        if problem:
            return Outcome(item, failed(request, problem), answer.data)
        request.psp_reference = answer.psp_reference
        request.save(update_fields=["psp_reference"])
    if event.type in NEEDS_REFERENCE:
        item.psp_reference = event.psp_reference
        if answer.actions is not None:
            item.available_actions = answer.actions
        transaction_amounts.set_on(item, item.events.all())
    elif event.psp_reference:
        item.psp_reference = event.psp_reference
    item.save()
    return Outcome(item, event, answer.data)


def _still_waiting(request: TransactionEvent, answer: gateways.Response) -> TransactionEvent:
    request.type, request.amount_value = answer.result, quantize(answer.amount, request.currency)
    request.psp_reference, request.message = answer.psp_reference, answer.message
    request.external_url = answer.external_url or request.external_url
    request.created_at = answer.time or request.created_at
    request.include_in_calculations = True
    request.save()
    return request


def noted(
    item: TransactionItem, answer: gateways.Response, *, granted_refund_id: int | None = None
) -> tuple[TransactionEvent, str]:
    """The event of an answer, written once however often it is told; and what contradicts an earlier word."""
    amount = quantize(answer.amount, item.currency)
    known = list(item.events.filter(type=answer.result))
    same = [e for e in known if e.psp_reference == answer.psp_reference]
    if same and not answer.result.endswith("ACTION_REQUIRED"):
        problem = OTHER_AMOUNT if same[0].amount_value != amount else ""
        return same[0], problem
    event = TransactionEvent(
        transaction=item,
        type=answer.result,
        amount_value=amount,
        currency=item.currency,
        psp_reference=answer.psp_reference,
        message=answer.message,
        external_url=answer.external_url,
        created_at=answer.time or timezone.now(),
        app_identifier=item.app_identifier,
        granted_refund_id=granted_refund_id,
    )
    if known and answer.result == T.AUTHORIZATION_SUCCESS:
        return event, AUTHORIZED_TWICE
    event.save()
    return event, ""


def failed(request: TransactionEvent, cause: str) -> TransactionEvent:
    """The failure of what was asked for; it moves no amount."""
    return TransactionEvent.objects.create(
        transaction_id=request.transaction_id,
        type=request.type.replace("_REQUEST", "_FAILURE"),
        amount_value=request.amount_value,
        currency=request.currency,
        message=cause[:512],
        include_in_calculations=False,
        psp_reference=request.psp_reference,
        granted_refund_id=request.granted_refund_id,
    )
