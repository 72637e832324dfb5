"""Payments of a checkout or an order; every operation that moves money through a transaction is here.

Rows are locked from the top down (checkout or order, then transaction), so that a payment, a report of a payment app
and a completion never deadlock.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from store.engine.channels.models import Channel
from store.engine.checkout import fully_paid_events, loaded_checkout, returned_money
from store.engine.checkout.completion_checks import address_field, require_ready_to_pay
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, NotUnique, OperationError, OperationErrors
from store.engine.events.models import Event
from store.engine.money import quantize
from store.engine.orders import charge_status, granted_refunds, order_events, request_keys
from store.engine.orders import queries as order_queries
from store.engine.orders.models import Order
from store.engine.payments import gateways, transaction_events, transaction_sessions
from store.engine.payments.gateways import AUTHORIZATION, CHARGE, Response
from store.engine.payments.models import EventType as T
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.payments.transaction_amounts import covered_by
from store.engine.payments.transaction_events import Report
from store.engine.payments.transaction_sessions import Outcome
from store.engine.stock.errors import InsufficientStock

ZERO = Decimal(0)
REFUND_REQUESTED = "A refund was requested."


def not_given_back(reason: str) -> str:
    """The `completion_problem` of a checkout whose money was asked back and is still there."""
    return f"The payment app did not give the money back: {reason.strip() or 'It gave no reason.'}"[:255]


@dataclass(slots=True)
class SourceObject:
    """The locked checkout or order that is paid for (Saleor's `sourceObject`)."""

    loaded: LoadedCheckout | None
    order: Order | None

    @property
    def checkout(self) -> Checkout | None:
        return self.loaded.checkout if self.loaded else None

    @property
    def channel(self) -> Channel:
        channel: Channel = self.row.channel
        return channel

    @property
    def currency(self) -> str:
        return str(self.row.currency)

    @property
    def row(self) -> Any:
        return self.checkout or self.order

    @property
    def total(self) -> Decimal:
        if self.order is not None:
            return self.order.total_gross_amount
        assert self.loaded is not None
        return self.loaded.quote.total.gross.amount

    @property
    def known_transactions(self) -> list[TransactionItem] | None:
        """Those that were read with the lock: of a checkout."""
        return self.loaded.transactions if self.loaded else None

    def ids(self) -> dict[str, UUID | None]:
        return {
            "checkout_id": self.checkout.pk if self.checkout else None,
            "order_id": self.order.pk if self.order else None,
        }


def lock_source(*, checkout_id: UUID | None = None, order_id: UUID | None = None) -> SourceObject:
    """Lock the checkout with what its total depends on, or the order. Raises NotFound."""
    try:
        if checkout_id is not None:
            return SourceObject(loaded_checkout.lock_for_payment(checkout_id), None)
        assert order_id is not None
        return SourceObject(None, order_queries.lock(order_id))
    except NotFound:
        raise NotFound("`Order` or `Checkout` not found.", field="id") from None


def initialize(
    *,
    gateway_id: str,
    data: Any = None,
    amount: Decimal | None = None,
    action: str | None = None,
    idempotency_key: str | None = None,
    customer_ip_address: str | None = None,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
) -> Outcome:
    """Start a payment. `amount` defaults to what is left to pay, `action` to the channel's transaction flow.

    A gateway of our own answers within the transaction; an app is called after it, with nothing locked.
    Raises NotFound, NotUnique for a used idempotency key, and OperationError: for what completion would refuse (its
    `field` says what), or when another payment covers the total already or is about to.
    """
    try:
        with transaction.atomic(durable=True):
            if (outcome := _outcome_after_completion(checkout_id, idempotency_key)) is not None:
                return outcome
            source = lock_source(checkout_id=checkout_id, order_id=order_id)
            opened = _open_or_resume(
                source,
                transaction_sessions.require_gateway(gateway_id),
                action=action or default_flow(source.channel),
                amount=None if amount is None else quantize(amount, source.currency),
                key=idempotency_key,
                session_values={
                    "source": source.row,
                    "data": data,
                    "customer_ip_address": customer_ip_address,
                },
            )
            if isinstance(opened, Outcome):
                return opened
            if not isinstance(opened.gateway, gateways.AppGateway):
                return _apply_response(source, opened.session.transaction, opened, opened.call_gateway())
    except IntegrityError:  # another checkout used the key at the same moment
        raise NotUnique(
            "Different transaction with provided idempotency key already exists.", field="idempotencyKey"
        ) from None
    return _call_app_and_apply(opened)


def _open_or_resume(
    source: SourceObject,
    gateway: gateways.Gateway,
    *,
    action: str,
    amount: Decimal | None,
    key: str | None,
    session_values: dict[str, Any],
) -> transaction_sessions.PendingSession | Outcome:
    """Store the request to charge or authorize, or find the one of the same key; its outcome if it has a final
    one.
    """
    ids = source.ids()
    before = key and transaction_sessions.find_outcome(
        idempotency_key=key, gateway_id=gateway.id, action=action, amount=amount, **ids
    )
    if not before:
        amount = left_to_pay(source) if amount is None else amount
        _check_before_charge(source, amount)
        return transaction_sessions.open_session(
            gateway=gateway,
            amount=amount,
            action=action,
            idempotency_key=transaction_sessions.key_or_new(key),
            checkout_id=ids["checkout_id"],
            order_id=ids["order_id"],
            known=source.known_transactions,
            **session_values,
        )
    if transaction_sessions.has_final_event(before.transaction) or not isinstance(
        gateway, gateways.AppGateway
    ):
        return before
    _check_before_resuming(source, before.transaction, before.requested_amount)
    # The app never answered, or asked for a next step: it recognizes the request by its idempotency key.
    return transaction_sessions.resume_session(
        item=before.transaction, default_action=action, event_type=gateways.INITIALIZE, **session_values
    )


def _check_before_charge(source: SourceObject, amount: Decimal) -> None:
    """Refuse a new payment whose order would be refused, and one for money that another payment brings, or may have
    brought already: that first, since then it is not known that nothing was charged.

    Raises OperationError.
    """
    _check_not_paid_elsewhere(source, amount, None)
    _require_ready(source)


def _check_before_resuming(source: SourceObject, item: TransactionItem, amount: Decimal) -> None:
    """Refuse to ask again about a payment whose result is not known, where the order would be refused: the app may not
    have charged yet. Once the shopper was asked to confirm it, it is asked all the same, and completion says so.

    Raises OperationError, which never says that nothing was charged.
    """
    _check_not_paid_elsewhere(source, amount, item)
    if transaction_sessions.was_handed_to_shopper(item):
        return
    try:
        _require_ready(source)
    except OperationError as error:
        raise _payment_under_way() from error


def _require_ready(source: SourceObject) -> None:
    if source.loaded is None:
        return
    try:
        require_ready_to_pay(source.loaded)
    except OperationError as error:
        raise not_ready_to_pay(error.message, field=error.field) from error
    except OperationErrors as errors:
        raise not_ready_to_pay(str(errors), field=address_field(errors)) from errors
    except InsufficientStock as shortage:
        raise not_ready_to_pay(str(shortage), field="lines") from shortage


def not_ready_to_pay(message: str, *, field: str | None) -> OperationError:
    """Payments have no code for what completion refuses: `field` is that of completion's error."""
    return OperationError(f"Nothing more was charged. {message}", field=field, code="INVALID")


def _check_not_paid_elsewhere(source: SourceObject, amount: Decimal, item: TransactionItem | None) -> None:
    if item is not None and transaction_sessions.is_being_called(item):
        raise _payment_under_way()
    others = [other for other in _transactions(source) if item is None or other.pk != item.pk]
    paid = sum((covered_by(other) for other in others), ZERO)
    in_flight = transaction_sessions.amount_in_flight(others)
    if not (paid or in_flight) or amount <= source.total - paid - in_flight:
        return
    if in_flight:
        raise _payment_under_way()
    if paid < source.total:
        raise not_ready_to_pay("The amount is more than is left to pay.", field="amount")
    message = "Nothing more was charged. It is paid already."
    raise OperationError(message, field="id", code="CHECKOUT_COMPLETION_IN_PROGRESS")


def _payment_under_way() -> OperationError:
    message = "Nothing more was charged. A payment for it is under way, and its result is not known yet."
    return OperationError(message, field="id", code="CHECKOUT_COMPLETION_IN_PROGRESS")


def _call_app_and_apply(pending: transaction_sessions.PendingSession) -> Outcome:
    """Call the app with nothing locked; then lock, and apply its response."""
    response = pending.call_gateway()
    with transaction.atomic(durable=True):
        source, item = lock_transaction(pending.session.transaction.pk)
        return _apply_response(source, item, pending, response)


def _apply_response(
    source: SourceObject | None,
    item: TransactionItem,
    pending: transaction_sessions.PendingSession,
    response: Response | str,
) -> Outcome:
    charged, refunded = item.charged_value, item.refunded_value
    with _following(source, item):
        outcome = transaction_sessions.apply_response(item, pending.request, response)
    if source is not None and source.order is not None:
        _update_order(source.order, item, charged, refunded)
    return outcome


def _outcome_after_completion(checkout_id: UUID | None, key: str | None) -> Outcome | None:
    """The payment of this key if the checkout has become an order, for a repeated request after completion."""
    if not key or checkout_id is None or Checkout.objects.filter(pk=checkout_id).exists():
        return None
    order = order_queries.find_by_checkout(checkout_id)
    item = TransactionItem.objects.filter(idempotency_key=key, order_id=order.pk).first() if order else None
    last = item.events.last() if item else None
    return Outcome(item, last, is_new=False) if item and last else None


def default_flow(channel: Channel) -> str:
    """CHARGE or AUTHORIZATION, as the channel's settings say."""
    return CHARGE if channel.default_transaction_flow_strategy.upper() == CHARGE else AUTHORIZATION


def left_to_pay(source: SourceObject) -> Decimal:
    """The total less what is authorized, charged or pending; never below 0."""
    left = source.total - sum((covered_by(item) for item in _transactions(source)), ZERO)
    return max(quantize(left, source.currency), ZERO)


def _transactions(source: SourceObject) -> list[TransactionItem]:
    if source.loaded is not None:
        return source.loaded.transactions
    return list(TransactionItem.objects.filter(**source.ids()))


def process(*, transaction_id: UUID, data: Any = None, customer_ip_address: str | None = None) -> Outcome:
    """Do the next step of a payment that waits for one; a payment with a final event is returned as it is.

    Once the shopper was asked to confirm it, money may have moved: then the app is asked also where the order would be
    refused, and completion says so. Raises NotFound or OperationError.
    """
    with transaction.atomic(durable=True):
        source, item = lock_transaction(transaction_id)
        if (last := transaction_sessions.final_event(item.events.all())) is not None:
            return Outcome(item, last, is_new=False)
        if source is None:
            raise OperationError(
                "Transaction doesn't have attached order or checkout.", field="id", code="INVALID"
            )
        _check_before_resuming(source, item, transaction_sessions.requested_amount(item))
        pending = transaction_sessions.resume_session(
            item=item,
            source=source.row,
            data=data,
            default_action=default_flow(source.channel),
            customer_ip_address=customer_ip_address,
        )
        if not isinstance(pending.gateway, gateways.AppGateway):
            return _apply_response(source, item, pending, pending.call_gateway())
    return _call_app_and_apply(pending)


def lock_transaction(token: UUID) -> tuple[SourceObject | None, TransactionItem]:
    """Lock what the transaction pays for, then the transaction; if the checkout became an order meanwhile, that
    order.
    """
    for _ in range(3):
        unlocked = TransactionItem.objects.filter(pk=token).first()
        if unlocked is None:
            raise NotFound("Transaction not found.", field="id")
        source = _lock_source_of(unlocked)
        item = transaction_events.lock(token)
        if (item.checkout_id, item.order_id) == (unlocked.checkout_id, unlocked.order_id):
            return source, item
    raise OperationError("This payment is being moved to its order. Try again.", field="id", code="INVALID")


def _lock_source_of(item: TransactionItem) -> SourceObject | None:
    if item.order_id is not None:
        return SourceObject(None, order_queries.lock(item.order_id))
    if item.checkout_id is not None and Checkout.objects.filter(pk=item.checkout_id).exists():
        try:
            return SourceObject(loaded_checkout.lock_for_payment(item.checkout_id), None)
        except NotFound:  # completed at this moment; the caller tries again
            return None
    return None


@contextmanager
def _following(source: SourceObject | None, item: TransactionItem) -> Iterator[None]:
    """Wrap a change of a locked transaction: record what it makes true of its checkout, and tell the customer what
    went back.
    """
    loaded = source.loaded if source else None
    with (
        fully_paid_events.recording(loaded),
        returned_money.telling(loaded.checkout if loaded else None, item),
    ):
        yield


def _update_order(
    order: Order, item: TransactionItem, charged_before: Decimal, refunded_before: Decimal
) -> None:
    charge_status.update_after_transaction(
        order, charged_before=charged_before, refunded_before=refunded_before, item=item
    )


def report(
    *,
    transaction_id: UUID,
    type: str,
    psp_reference: str,
    check_permission: Callable[[TransactionItem], None] = lambda _item: None,
    metadata: Mapping[str, str] | None = None,
    private_metadata: Mapping[str, str] | None = None,
    **values: Any,
) -> Report:
    """Store what a payment app reports (transactionEventReport). A contradiction is stored as a failure, then raised.

    `check_permission` raises when the requestor may not report on this transaction. Metadata is added to the
    transaction's. Raises NotFound, Required, OperationError.
    """
    with transaction.atomic(durable=True):
        source, item = lock_transaction(transaction_id)
        check_permission(item)
        if metadata or private_metadata:
            item.metadata |= metadata or {}
            item.private_metadata |= private_metadata or {}
            item.save(update_fields=["metadata", "private_metadata", "modified_at"])
        result = record_report(source, item, type=type, psp_reference=psp_reference, **values)
    if result.error is not None:
        raise result.error
    return result


def record_report(
    source: SourceObject | None, item: TransactionItem, *, type: str, psp_reference: str, **values: Any
) -> Report:
    """Store a report within the transaction that locked these; `values` as for `transaction_events.report_event`, whose
    `error` the caller raises after the commit.
    """
    charged, refunded = item.charged_value, item.refunded_value
    with _following(source, item):
        result = transaction_events.report_event(item=item, type=type, psp_reference=psp_reference, **values)
    if not result.already_processed and result.error is None and source and source.order:
        _update_order(source.order, item, charged, refunded)
    if not result.already_processed and result.error is None:
        _note_refusal(source, result.event)
    granted_refunds.update_from_event(result.event)
    return result


def _note_refusal(source: SourceObject | None, event: TransactionEvent) -> None:
    """Say on the merchant's list that what was asked back of a checkout is still there."""
    if source and source.checkout and event.type in (T.REFUND_FAILURE, T.CANCEL_FAILURE):
        listed = Checkout.objects.filter(pk=source.checkout.pk).exclude(completion_problem="")
        listed.update(completion_problem=not_given_back(event.message))


def create(
    *,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
    currencies: dict[str, str] | None = None,
    event: dict[str, Any] | None = None,
    **values: Any,
) -> TransactionItem:
    """Store a transaction that staff or an app made elsewhere (transactionCreate).

    `currencies`: the currencies of its amounts by input field. Raises NotFound, or OperationError for a foreign
    currency.
    """
    with transaction.atomic(durable=True):
        source = lock_source(checkout_id=checkout_id, order_id=order_id)
        _check_currencies(currencies or {}, source.currency)
        ids = source.ids()
        transaction_sessions.check_limit(
            checkout_id=ids["checkout_id"], order_id=ids["order_id"], known=source.known_transactions
        )
        values |= ids
        with fully_paid_events.recording(source.loaded):
            item = transaction_events.create(currency=source.currency, event=event, **values)
        if source.order is not None:
            if event is not None:
                order_events.record(
                    order_events.build(
                        source.order,
                        "TRANSACTION_EVENT",
                        message=event.get("message") or "",
                        reference=event.get("psp_reference") or "",
                    )
                )
            _update_order(source.order, item, ZERO, ZERO)
    return item


def _check_currencies(currencies: dict[str, str], expected: str) -> None:
    for field, currency in currencies.items():
        if currency != expected:
            raise OperationError(
                f"Currency needs to be the same as for order: {expected}",
                field=field,
                code="INCORRECT_CURRENCY",
            )


def change(
    *,
    transaction_id: UUID,
    currencies: dict[str, str],
    check_permission: Callable[[TransactionItem], None],
    **values: Any,
) -> TransactionItem:
    """Change a transaction that was made elsewhere (transactionUpdate); `values` as for `transaction_events.change`.

    Raises NotFound, or OperationError for a foreign currency.
    """
    with transaction.atomic(durable=True):
        source, item = lock_transaction(transaction_id)
        check_permission(item)
        _check_currencies(currencies, item.currency)
        charged, refunded = item.charged_value, item.refunded_value
        with _following(source, item):
            transaction_events.change(item=item, **values)
        if source is not None and source.order is not None:
            _update_order(source.order, item, charged, refunded)
    return item


ORDER_EVENT_TYPES = {
    "CHARGE": "TRANSACTION_CHARGE_REQUESTED",
    "REFUND": "TRANSACTION_REFUND_REQUESTED",
    "CANCEL": "TRANSACTION_CANCEL_REQUESTED",
}


def request_action(
    *,
    transaction_id: UUID,
    action: str,
    amount: Decimal | None = None,
    message: str = "",
    reason_page_id: int | None = None,
    user_id: int | None = None,
    app_identifier: str | None = None,
    request_key: str | None = None,
    of_checkout: UUID | None = None,
) -> TransactionItem:
    """Request a charge, a refund or the cancellation of an authorization (transactionRequestAction).

    `message` and `reason_page_id` (of a catalog.Page) say why money goes back. With `of_checkout`, nothing is requested
    once that checkout has become an order: OperationError.

    With a `request_key` that was used before, nothing is requested again; a request that was refused does not use its
    key up. Raises NotFound, and OperationError if no gateway can be asked or it refuses at once; the failed request
    stays among the events.
    """
    for given, name in ((message, "refundReason"), (reason_page_id, "refundReasonReference")):
        if given and action != "REFUND":
            raise OperationError("Reason can be set only for REFUND action.", field=name, code="INVALID")
    with transaction.atomic(durable=True):
        source, item = lock_transaction(transaction_id)
        if request_keys.first_result(request_key, operation=action, target=item.pk) is not None:
            return item
        if of_checkout is not None and item.checkout_id != of_checkout:
            raise OperationError("The checkout has become an order.", field="id", code="INVALID")
        charged, refunded = item.charged_value, item.refunded_value
        with _following(source, item):
            event = transaction_events.request_action(
                item=item,
                action=action,
                amount=amount,
                message=message,
                reason_page_id=reason_page_id,
                user_id=user_id,
                app_identifier=app_identifier,
            )
        is_accepted = transaction_events.is_accepted(event)
        if is_accepted and source and source.checkout and action != "CHARGE":
            # read by completion and by the merchant
            Checkout.objects.filter(pk=source.checkout.pk).update(completion_problem=REFUND_REQUESTED)
        if event and source and source.order:
            order_events.record(
                order_events.build(
                    source.order,
                    ORDER_EVENT_TYPES[action],
                    amount=str(event.amount_value),
                    **({"message": message} if message else {}),
                )
            )
            _update_order(source.order, item, charged, refunded)
        if event and is_accepted:
            request_keys.record(request_key, operation=action, target=item.pk, result=[event.pk])
    transaction_events.require_accepted(event)
    return item


def handle_app_response(outbox_event: Event, response: Any) -> None:
    """Apply a payment app's response to a charge, refund or cancellation request; None when there was no response.

    Called for an event of the outbox inside the transaction that records the delivery attempt.
    """
    unlocked = TransactionEvent.objects.filter(pk=outbox_event.extra.get("request")).first()
    if unlocked is None:
        return
    source, item = lock_transaction(unlocked.transaction_id)
    request = item.events.get(pk=unlocked.pk)
    request.transaction = item
    charged, refunded = item.charged_value, item.refunded_value
    with _following(source, item):
        event = transaction_events.apply_response(
            item, request, transaction_events.parse_response(request, response)
        )
    granted_refunds.update_from_event(event)
    _note_refusal(source, event)
    if source and source.order:
        _update_order(source.order, item, charged, refunded)
