"""Payments that an app was asked for and has not said the result of, settled by staff who looked at the provider.

Until then nothing else is charged for the same money. An app that is asked again, or reports by itself, settles them,
too.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from store.engine.checkout import payment
from store.engine.errors import OperationError, Required
from store.engine.orders.models import Order
from store.engine.payments import gateways, transaction_sessions
from store.engine.payments.models import EventType, TransactionEvent, TransactionItem

# A customer who has just paid is about to get to the last step.
GRACE = timedelta(minutes=15)
CLOSED = "Closed by staff: the payment provider shows no payment."
RECORDED = "Recorded by staff: the payment provider shows this payment."


def unanswered() -> QuerySet[TransactionItem]:
    """In no order."""
    return TransactionItem.objects.filter(awaits_result=True).order_by()


def orders() -> QuerySet[Order]:
    """Orders with a payment whose app has had GRACE to answer, by number."""
    waiting = unanswered().filter(order_id=OuterRef("pk"), created_at__lt=timezone.now() - GRACE)
    return Order.objects.filter(Exists(waiting)).order_by("number")


def amount_asked_for(item: TransactionItem) -> Decimal:
    """What the app was asked to charge or authorize, in the transaction's currency."""
    return transaction_sessions.requested_amount(item)


def close(*, transaction_id: UUID, user_id: int | None = None) -> None:
    """The provider shows no payment: the amount is open again, for this app and any other.

    Raises NotFound, and OperationError where its result came meanwhile or the app is being asked just now.
    """
    with transaction.atomic(durable=True):
        _source, item = payment.lock_transaction(transaction_id)
        request = _open_request(item)
        TransactionEvent.objects.create(
            transaction=item,
            type=request.type.replace("_REQUEST", "_FAILURE"),
            amount_value=request.amount_value,
            currency=item.currency,
            message=CLOSED,
            user_id=user_id,
        )
        transaction_sessions.end_without_payment(item)


def record_received(*, transaction_id: UUID, psp_reference: str, user_id: int | None = None) -> None:
    """The provider shows the payment under `psp_reference`: it counts as charged or authorized, as the app was asked.

    Raises NotFound, Required without a reference, and OperationError as `close` does.
    """
    if not psp_reference.strip():
        raise Required("Enter the reference that the provider shows.", field="pspReference")
    with transaction.atomic(durable=True):
        source, item = payment.lock_transaction(transaction_id)
        request = _open_request(item)
        received = EventType(request.type.replace("_REQUEST", "_SUCCESS"))
        report = payment.record_report(
            source,
            item,
            type=received,
            psp_reference=psp_reference.strip(),
            amount=request.amount_value,
            message=RECORDED,
            available_actions=gateways.ACTIONS_AFTER[received],
            user_id=user_id,
        )
    if report.error is not None:
        raise report.error


def _open_request(item: TransactionItem) -> TransactionEvent:
    """The request of a locked transaction whose result is not known. Raises OperationError."""
    request = transaction_sessions.open_request(item)
    if not item.awaits_result or request is None:
        raise OperationError("The result of this payment has come meanwhile.", field="id", code="INVALID")
    if transaction_sessions.is_being_called(item):
        raise OperationError(
            "The payment app is being asked just now. Wait a minute.", field="id", code="INVALID"
        )
    return request
