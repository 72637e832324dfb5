"""Paying for a checkout or an order: the one door for everything that moves money.

Rows are locked from the top down (checkout or order, then transaction), so that a payment, a report of a payment
app and a completion never wait for each other in a circle.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from store.engine.channels.models import Channel
from store.engine.checkout import fully_paid_events, queries
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import quote
from store.engine.errors import NotFound, NotUnique, Refusal
from store.engine.events.models import Event
from store.engine.money import quantize
from store.engine.orders import charge_status, granted_refunds, order_events
from store.engine.orders import queries as order_loading
from store.engine.orders.models import Order
from store.engine.payments import gateways, transaction_events, transaction_sessions
from store.engine.payments.gateways import AUTHORIZATION, CHARGE, Response
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.payments.transaction_events import Report
from store.engine.payments.transaction_sessions import Outcome

ZERO = Decimal(0)


@dataclass(slots=True)
class Source:
    """What is paid for, with its row locked."""

    checkout: Checkout | None
    order: Order | None

    @property
    def channel(self) -> Channel:
        found: Channel = self.one.channel
        return found

    @property
    def currency(self) -> str:
        return str(self.one.currency)

    @property
    def one(self) -> Any:
        return self.checkout or self.order

    @property
    def total(self) -> Decimal:
        if self.order is not None:
            return self.order.total_gross_amount
        assert self.checkout is not None
        return quote(self.checkout).total.gross.amount

    def ids(self) -> dict[str, UUID | None]:
        return {
            "checkout_id": self.checkout.pk if self.checkout else None,
            "order_id": self.order.pk if self.order else None,
        }


def source(*, checkout_id: UUID | None = None, order_id: UUID | None = None) -> Source:
    try:
        if checkout_id is not None:
            return Source(queries.lock(checkout_id), None)
        assert order_id is not None
        return Source(None, order_loading.lock(order_id))
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
    """Open a payment. Without `amount` it is what is left to pay; without `action`, what the channel does."""
    try:
        with transaction.atomic(durable=True):
            if (done := _done_before(checkout_id, idempotency_key)) is not None:
                return done
            paid_for = source(checkout_id=checkout_id, order_id=order_id)
            asked = _noted(
                paid_for,
                transaction_sessions.gateway_of(gateway_id),
                action=action or flow_of(paid_for.channel),
                amount=None if amount is None else quantize(amount, paid_for.currency),
                key=idempotency_key,
                told={"source": paid_for.one, "data": data, "customer_ip_address": customer_ip_address},
            )
            if isinstance(asked, Outcome):
                return asked
            if not isinstance(asked.gateway, gateways.Far):
                return _settled(paid_for, asked.session.transaction, asked, asked.answer())
    except IntegrityError:  # the key was taken by another basket at the same moment
        raise NotUnique(
            "Different transaction with provided idempotency key already exists.", field="idempotencyKey"
        ) from None
    return _after_asking(asked)


def _noted(
    paid_for: Source,
    gateway: gateways.Gateway,
    *,
    action: str,
    amount: Decimal | None,
    key: str | None,
    told: dict[str, Any],
) -> transaction_sessions.Asked | Outcome:
    """The wish, noted now or before; its outcome where it has been granted before."""
    ids = paid_for.ids()
    before = key and transaction_sessions.answered(
        idempotency_key=key, gateway_id=gateway.id, action=action, amount=amount, **ids
    )
    if not before:
        return transaction_sessions.open_session(
            gateway=gateway,
            amount=left_to_pay(paid_for) if amount is None else amount,
            action=action,
            idempotency_key=transaction_sessions.key_of(key),
            checkout_id=ids["checkout_id"],
            order_id=ids["order_id"],
            **told,
        )
    if transaction_sessions.is_settled(before.transaction) or not isinstance(gateway, gateways.Far):
        return before
    # The app never answered, or its answer asked for a next step: it knows the wish by its key.
    return transaction_sessions.again(
        item=before.transaction, default_action=action, event_type=gateways.INITIALIZE, **told
    )


def _after_asking(asked: transaction_sessions.Asked) -> Outcome:
    """Ask the app with nothing locked; then lock, and write its word down."""
    answer = asked.answer()
    with transaction.atomic(durable=True):
        paid_for, item = _with_transaction(asked.session.transaction.pk)
        return _settled(paid_for, item, asked, answer)


def _settled(
    paid_for: Source | None, item: TransactionItem, asked: transaction_sessions.Asked, answer: Response | str
) -> Outcome:
    charged, refunded = item.charged_value, item.refunded_value
    with fully_paid_events.told(_basket(paid_for)):
        outcome = transaction_sessions.settle(item, asked.request, answer)
    if paid_for is not None and paid_for.order is not None:
        _moved(paid_for.order, item, charged, refunded)
    return outcome


def _done_before(checkout_id: UUID | None, key: str | None) -> Outcome | None:
    """A second click after the basket has become an order: the payment it asks for is there already."""
    if not key or checkout_id is None or Checkout.objects.filter(pk=checkout_id).exists():
        return None
    order = order_loading.of_checkout(checkout_id)
    item = TransactionItem.objects.filter(idempotency_key=key, order_id=order.pk).first() if order else None
    last = item.events.last() if item else None
    return Outcome(item, last, fresh=False) if item and last else None


def flow_of(channel: Channel) -> str:
    return CHARGE if channel.default_transaction_flow_strategy.upper() == CHARGE else AUTHORIZATION


def left_to_pay(paid_for: Source) -> Decimal:
    left = paid_for.total
    for item in TransactionItem.objects.filter(**paid_for.ids()):
        left -= max(item.authorized_value, item.charged_value)
        left -= item.authorize_pending_value + item.charge_pending_value
    return max(quantize(left, paid_for.currency), ZERO)


def process(*, transaction_id: UUID, data: Any = None, customer_ip_address: str | None = None) -> Outcome:
    """The next step of a payment that waits for one."""
    with transaction.atomic(durable=True):
        paid_for, item = _with_transaction(transaction_id)
        if (last := transaction_sessions.settled(item.events.all())) is not None:
            return Outcome(item, last, fresh=False)
        if paid_for is None:
            raise Refusal("Transaction doesn't have attached order or checkout.", field="id", code="INVALID")
        asked = transaction_sessions.again(
            item=item,
            source=paid_for.one,
            data=data,
            default_action=flow_of(paid_for.channel),
            customer_ip_address=customer_ip_address,
        )
        if not isinstance(asked.gateway, gateways.Far):
            return _settled(paid_for, item, asked, asked.answer())
    return _after_asking(asked)


def _with_transaction(token: UUID) -> tuple[Source | None, TransactionItem]:
    """The transaction, locked after what it pays for; if the checkout became an order meanwhile, that order."""
    for _ in range(3):
        seen = TransactionItem.objects.filter(pk=token).first()
        if seen is None:
            raise NotFound("Transaction not found.", field="id")
        paid_for = _source_of(seen)
        item = transaction_events.locked(token)
        if (item.checkout_id, item.order_id) == (seen.checkout_id, seen.order_id):
            return paid_for, item
    raise Refusal("This payment is being moved to its order. Try again.", field="id", code="INVALID")


def _source_of(item: TransactionItem) -> Source | None:
    if item.order_id is not None:
        return Source(None, order_loading.lock(item.order_id))
    if item.checkout_id is not None and Checkout.objects.filter(pk=item.checkout_id).exists():
        try:
            return Source(queries.lock(item.checkout_id), None)
        except NotFound:  # completed this moment; the caller looks again
            return None
    return None


def _basket(paid_for: Source | None) -> Checkout | None:
    return paid_for.checkout if paid_for else None


def _moved(order: Order, item: TransactionItem, charged_before: Decimal, refunded_before: Decimal) -> None:
    charge_status.after_transaction(
        order, charged_before=charged_before, refunded_before=refunded_before, item=item
    )


def report(
    *,
    transaction_id: UUID,
    type: str,
    psp_reference: str,
    may: Callable[[TransactionItem], None] = lambda _item: None,
    **told: Any,
) -> Report:
    """A payment app says what happened. What contradicts an earlier word is noted, then refused.

    `may` raises when the teller has no right to speak of this transaction.
    """
    with transaction.atomic(durable=True):
        paid_for, item = _with_transaction(transaction_id)
        may(item)
        charged, refunded = item.charged_value, item.refunded_value
        with fully_paid_events.told(_basket(paid_for)):
            result = transaction_events.report_event(
                item=item, type=type, psp_reference=psp_reference, **told
            )
        if not result.already_processed and result.refused is None and paid_for and paid_for.order:
            _moved(paid_for.order, item, charged, refunded)
        granted_refunds.heard(result.event)
    if result.refused is not None:
        raise result.refused
    return result


def create(
    *,
    checkout_id: UUID | None = None,
    order_id: UUID | None = None,
    currencies: dict[str, str] | None = None,
    event: dict[str, Any] | None = None,
    **told: Any,
) -> TransactionItem:
    """Staff or a payment app tells a whole transaction. `currencies`: those of its amounts, by field name."""
    with transaction.atomic(durable=True):
        paid_for = source(checkout_id=checkout_id, order_id=order_id)
        for field, currency in (currencies or {}).items():
            if currency != paid_for.currency:
                raise Refusal(
                    f"Currency needs to be the same as for order: {paid_for.currency}",
                    field=field,
                    code="INCORRECT_CURRENCY",
                )
        told |= paid_for.ids()
        with fully_paid_events.told(paid_for.checkout):
            item = transaction_events.create(currency=paid_for.currency, event=event, **told)
        if paid_for.order is not None:
            if event is not None:
                order_events.tell(
                    order_events.sentence(
                        paid_for.order,
                        "TRANSACTION_EVENT",
                        message=event.get("message") or "",
                        reference=event.get("psp_reference") or "",
                    )
                )
            _moved(paid_for.order, item, ZERO, ZERO)
    return item


WORDS = {
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
    user_id: int | None = None,
    app_identifier: str | None = None,
) -> TransactionItem:
    """Ask for a charge, a refund or a cancellation of what was authorized."""
    if message and action != "REFUND":
        raise Refusal("Reason can be set only for REFUND action.", field="refundReason", code="INVALID")
    with transaction.atomic(durable=True):
        paid_for, item = _with_transaction(transaction_id)
        charged, refunded = item.charged_value, item.refunded_value
        with fully_paid_events.told(_basket(paid_for)):
            event = transaction_events.request_action(
                item=item,
                action=action,
                amount=amount,
                message=message,
                user_id=user_id,
                app_identifier=app_identifier,
            )
        if event and paid_for and paid_for.order:
            order_events.tell(
                order_events.sentence(paid_for.order, WORDS[action], amount=str(event.amount_value))
            )
            _moved(paid_for.order, item, charged, refunded)
    if event is None:  # after the commit: that it was asked for in vain stays among the events
        raise Refusal(transaction_events.NOBODY, code="MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK")
    return item


def answered(fact: Event, answer: Any) -> None:
    """The payment app's word on a charge, refund or cancellation it was asked for; None when there was none.

    Called by the outbox inside the transaction that notes the attempt.
    """
    seen = TransactionEvent.objects.filter(pk=fact.extra.get("request")).first()
    if seen is None:
        return
    paid_for, item = _with_transaction(seen.transaction_id)
    request = item.events.get(pk=seen.pk)
    request.transaction = item
    charged, refunded = item.charged_value, item.refunded_value
    with fully_paid_events.told(_basket(paid_for)):
        event = transaction_events.settle_request(
            item, request, transaction_events.read_answer(request, answer)
        )
    granted_refunds.heard(event)
    if paid_for and paid_for.order:
        _moved(paid_for.order, item, charged, refunded)
