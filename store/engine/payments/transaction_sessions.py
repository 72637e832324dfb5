"""Sessions of a payment in three steps: the request is stored (`open_session`, `resume_session`), the gateway is
called (`PendingSession.call_gateway`), its response is stored (`apply_response`).

The first and the last step run inside transactions of `checkout.payment`; a process that dies between them
leaves a stored request and nothing half done. An idempotency key identifies one request: a repetition gets the
same outcome and moves no money twice; the same key for another request is refused.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.events.sync_webhooks import NoResponse, NotSent
from store.engine.money import quantize
from store.engine.payments import app_responses, gateways, transaction_amounts
from store.engine.payments.app_responses import REFERENCE_REQUIRED
from store.engine.payments.models import EventType as T
from store.engine.payments.models import TransactionEvent, TransactionItem

LIMIT = 100  # transactions of one checkout or order, as in Saleor
# How long a call to a payment app counts as under way. A call takes at most 20 s (`checked_requests.DEADLINE`); after
# this the process that made it has died, and the customer may try again.
CALL_TIME_LIMIT = timedelta(seconds=60)
PENDING = (T.AUTHORIZATION_REQUEST, T.CHARGE_REQUEST)
REQUESTS = {gateways.CHARGE: T.CHARGE_REQUEST, gateways.AUTHORIZATION: T.AUTHORIZATION_REQUEST}
FINAL = (
    T.AUTHORIZATION_FAILURE,
    T.AUTHORIZATION_SUCCESS,
    T.AUTHORIZATION_REQUEST,
    T.CHARGE_FAILURE,
    T.CHARGE_SUCCESS,
    T.CHARGE_REQUEST,
)


UNDELIVERED = "Failed to delivery request."  # Saleor's message
OTHER_AMOUNT = "The transaction with provided `pspReference` and `type` already exists with different amount."
AUTHORIZED_TWICE = (
    "Event with `AUTHORIZATION_SUCCESS` already reported for the transaction. "
    "Use `AUTHORIZATION_ADJUSTMENT` to change the authorization amount."
)


class NotAsked(str):
    """The error message of a gateway that knows nothing of the payment, so that nothing can have been charged."""


@dataclass(slots=True)
class Outcome:
    """A transaction with its newest event and the app's data for the browser."""

    transaction: TransactionItem
    event: TransactionEvent
    data: Any = None
    is_new: bool = True  # False: the outcome of an earlier, identical request
    requested_amount: Decimal = Decimal(0)  # of that earlier request


def key_or_new(given: str | None) -> str:
    """The idempotency key, or a random one for None. Raises OperationError for an empty one."""
    if given is None:
        return str(uuid.uuid4())
    if not given:
        raise OperationError("Cannot be provided as an empty string.", field="idempotencyKey", code="INVALID")
    return given


def require_gateway(gateway_id: str) -> gateways.Gateway:
    """The gateway of this id. Raises NotFound."""
    gateway = gateways.find(gateway_id)
    if gateway is None:
        raise NotFound("App with provided identifier not found.", field="paymentGateway")
    return gateway


def check_limit(
    *, checkout_id: UUID | None, order_id: UUID | None, known: Sequence[TransactionItem] | None = None
) -> None:
    """Raises OperationError if the checkout or order has LIMIT transactions already; `known` where they were read."""
    rows = TransactionItem.objects.filter(checkout_id=checkout_id, order_id=order_id)
    if (rows.count() if known is None else len(known)) >= LIMIT:
        kind = "Checkout" if checkout_id else "Order"
        raise OperationError(f"{kind} transactions limit of {LIMIT} reached.", field="id", code="INVALID")


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
    known: Sequence[TransactionItem] | None = None,
) -> "PendingSession":
    """Store a request to charge or authorize; `source` is the row that is paid for, `known` its transactions where they
    were read. Raises OperationError.
    """
    check_limit(checkout_id=checkout_id, order_id=order_id, known=known)
    item = TransactionItem.objects.create(
        checkout_id=checkout_id,
        order_id=order_id,
        idempotency_key=idempotency_key,
        app_identifier=gateway.id,
        name=gateway.name,
        currency=source.currency,
        gateway_called_at=_call_time(gateway),
        awaits_result=isinstance(gateway, gateways.AppGateway),
    )
    request = TransactionEvent.objects.create(
        transaction=item,
        type=REQUESTS[action],
        amount_value=amount,
        currency=item.currency,
        include_in_calculations=False,
        idempotency_key=item.idempotency_key,
    )
    return PendingSession(
        gateway=gateway,
        event_type=gateways.INITIALIZE,
        request=request,
        session=gateways.SessionRequest(
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


def _call_time(gateway: gateways.Gateway) -> datetime | None:
    """Now for an app, which is called after the commit; None for a gateway that answers within the transaction."""
    return timezone.now() if isinstance(gateway, gateways.AppGateway) else None


def is_being_called(item: TransactionItem) -> bool:
    """Whether an app is asked about it at this moment. `item` is locked."""
    since = timezone.now() - CALL_TIME_LIMIT
    return item.gateway_called_at is not None and item.gateway_called_at > since


def amount_in_flight(items: Iterable[TransactionItem]) -> Decimal:
    """What apps were asked for and have not said what became of, however long ago: it may be charged. `items` are
    locked.
    """
    return sum((requested_amount(item) for item in items if item.awaits_result), Decimal(0))


def requested_amount(item: TransactionItem) -> Decimal:
    """What the transaction's open request asks for; 0 without one."""
    request = open_request(item)
    return request.amount_value if request else Decimal(0)


@dataclass(frozen=True, slots=True)
class PendingSession:
    """A stored request, to be sent to its gateway. `was_asked_before`: with what became of it not known."""

    gateway: gateways.Gateway
    event_type: str
    request: TransactionEvent
    session: gateways.SessionRequest
    was_asked_before: bool = False

    def call_gateway(self) -> gateways.Response | str:
        """The gateway's response, or an error message. Call an AppGateway outside of transactions."""
        if not isinstance(self.gateway, gateways.AppGateway):
            return self.gateway.process_session(self.session)
        try:
            payload = self.gateway.call(self.event_type, _payload(self))
            return app_responses.parse_session(payload, requested_amount=self.session.amount)
        except NotSent:
            return UNDELIVERED if self.was_asked_before else NotAsked(UNDELIVERED)
        except NoResponse:
            return UNDELIVERED
        except gateways.InvalidResponse as error:
            return str(error)


def _payload(pending: PendingSession) -> dict[str, Any]:
    """The fields of Saleor's TransactionInitializeSession and TransactionProcessSession."""
    session = pending.session
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


def find_outcome(
    *,
    idempotency_key: str,
    gateway_id: str,
    action: str,
    amount: Decimal | None,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
) -> Outcome | None:
    """The outcome of an earlier request with this key. Raises NotUnique if the key was used for another request.

    Without `amount` the earlier request's amount is not compared, since it was what was left to pay then.
    """
    item = TransactionItem.objects.filter(idempotency_key=idempotency_key).first()
    if item is None:
        return None
    request, *others = item.events.all()
    is_same_request = (
        (item.checkout_id, item.order_id) == (checkout_id, order_id)
        and item.app_identifier == gateway_id
        and request.type == REQUESTS[action]
        and amount in (None, request.amount_value)
    )
    if not is_same_request:
        raise NotUnique(
            "Different transaction with provided idempotency key already exists.", field="idempotencyKey"
        )
    return Outcome(item, [request, *others][-1], is_new=False, requested_amount=request.amount_value)


def final_event(events: Iterable[TransactionEvent]) -> TransactionEvent | None:
    """The event that ended a session, if it has ended."""
    return next((e for e in events if e.type in FINAL and e.include_in_calculations), None)


def has_final_event(item: TransactionItem) -> bool:
    return final_event(item.events.all()) is not None


def was_handed_to_shopper(item: TransactionItem) -> bool:
    """Whether the app has asked for the shopper's confirmation, such as by 3-D Secure."""
    asked = (T.AUTHORIZATION_ACTION_REQUIRED, T.CHARGE_ACTION_REQUIRED)
    return any(event.type in asked for event in item.events.all())


def resume_session(
    *,
    item: TransactionItem,
    source: Any,
    data: Any,
    default_action: str,
    event_type: str = gateways.PROCESS,
    customer_ip_address: str | None = None,
) -> PendingSession:
    """The next step of a payment that asked for one (such as 3-D Secure), or its first step once more.

    Raises OperationError if no request is open or its gateway is not available any more.
    """
    request = open_request(item)
    if request is None:
        raise OperationError("Missing call of `transactionInitialize` mutation.", field="id", code="INVALID")
    if not item.app_identifier:
        raise OperationError(
            "Transaction doesn't have attached app that could process the request.",
            field="id",
            code="MISSING_PAYMENT_APP_RELATION",
        )
    gateway = gateways.find(item.app_identifier)
    if gateway is None:
        raise OperationError(
            "Payment app attached to the transaction, doesn't exist.", field="id", code="MISSING_PAYMENT_APP"
        )
    was_asked_before = item.awaits_result or was_handed_to_shopper(item)
    item.gateway_called_at = _call_time(gateway)
    item.awaits_result = item.awaits_result or isinstance(gateway, gateways.AppGateway)
    item.save(update_fields=["gateway_called_at", "awaits_result"])
    action = {T.AUTHORIZATION_REQUEST: gateways.AUTHORIZATION, T.CHARGE_REQUEST: gateways.CHARGE}.get(
        T(request.type), default_action
    )
    return PendingSession(
        gateway=gateway,
        event_type=event_type,
        request=request,
        session=gateways.SessionRequest(
            transaction=item,
            source=source,
            action=action,
            amount=request.amount_value,
            currency=item.currency,
            data=data,
            customer_ip_address=customer_ip_address,
            idempotency_key=item.idempotency_key,
        ),
        was_asked_before=was_asked_before,
    )


def open_request(item: TransactionItem) -> TransactionEvent | None:
    pending = [e for e in item.events.all() if e.type in PENDING and not e.include_in_calculations]
    return pending[0] if pending else None


def apply_response(
    item: TransactionItem, request: TransactionEvent, response: gateways.Response | str
) -> Outcome:
    """Store the gateway's response for a locked transaction and recalculate its amounts. Without a response that can be
    read, the transaction goes on to await its result.
    """
    if item.gateway_called_at is not None:
        item.gateway_called_at = None
        item.save(update_fields=["gateway_called_at"])
    if isinstance(response, NotAsked):
        end_without_payment(item)
    if isinstance(response, str):
        return Outcome(item, record_failure(request, response))
    if response.result in REFERENCE_REQUIRED and not response.psp_reference:
        return Outcome(item, record_failure(request, "Missing value for field: pspReference."), response.data)
    request.refresh_from_db()  # the app may have reported meanwhile, or the request was sent twice
    request.transaction = item
    if response.result in PENDING:
        event = _update_pending(request, response)
    else:
        event, problem = record_response_event(item, response)
        if problem:
            return Outcome(item, record_failure(request, problem), response.data)
        request.psp_reference = response.psp_reference
        request.save(update_fields=["psp_reference"])
    if event.type in REFERENCE_REQUIRED:
        item.psp_reference = event.psp_reference
        if response.actions is not None:
            item.available_actions = response.actions
        transaction_amounts.set_amounts(item, item.events.all())
    elif event.psp_reference:
        item.psp_reference = event.psp_reference
    mark_answered(item)
    item.save()
    return Outcome(item, event, response.data)


def mark_answered(item: TransactionItem) -> None:
    """What became of it is known: no app is waited for any more. The caller saves it."""
    item.awaits_result, item.gateway_called_at = False, None


def end_without_payment(item: TransactionItem) -> None:
    """Nothing was or will be charged by this transaction: its key may begin another, also of another gateway. Its
    request has no key, either: who reads the events must not take it for a payment that is still waited for.
    """
    mark_answered(item)
    item.idempotency_key = None
    item.events.exclude(idempotency_key=None).update(idempotency_key=None)
    item.save(update_fields=["awaits_result", "gateway_called_at", "idempotency_key", "modified_at"])


def _update_pending(request: TransactionEvent, response: gateways.Response) -> TransactionEvent:
    request.type, request.amount_value = response.result, quantize(response.amount, request.currency)
    request.psp_reference, request.message = response.psp_reference, response.message
    request.external_url = response.external_url or request.external_url
    request.created_at = response.time or request.created_at
    request.include_in_calculations = True
    request.app_identifier = request.transaction.app_identifier  # as in Saleor: this is the app's answer
    request.save()
    return request


def record_response_event(
    item: TransactionItem, response: gateways.Response, *, granted_refund_id: int | None = None
) -> tuple[TransactionEvent, str]:
    """The event of a response, stored once however often it is received; and an error message if it contradicts
    an earlier event.
    """
    amount = quantize(response.amount, item.currency)
    known = list(item.events.filter(type=response.result))
    same = [e for e in known if e.psp_reference == response.psp_reference]
    if same and not response.result.endswith("ACTION_REQUIRED"):
        problem = OTHER_AMOUNT if same[0].amount_value != amount else ""
        return same[0], problem
    event = TransactionEvent(
        transaction=item,
        type=response.result,
        amount_value=amount,
        currency=item.currency,
        psp_reference=response.psp_reference,
        message=response.message,
        external_url=response.external_url,
        created_at=response.time or timezone.now(),
        app_identifier=item.app_identifier,
        granted_refund_id=granted_refund_id,
    )
    if known and response.result == T.AUTHORIZATION_SUCCESS:
        return event, AUTHORIZED_TWICE
    event.save()
    return event, ""


def record_failure(request: TransactionEvent, cause: str) -> TransactionEvent:
    """Store the failure of a request; it changes no amount."""
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
