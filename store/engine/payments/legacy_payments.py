"""Saleor's legacy payments with its dummy gateway: for development and for older clients.

No money moves. Enabled, like the dummy payment app, by `settings.DUMMY_PAYMENTS`. A token that is a charge status
("not-charged", "fully-charged", "fully-refunded") decides what happens; with any other the payment is charged.
"""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings

from store.engine.errors import OperationError
from store.engine.payments.models import Payment, PaymentStep

GATEWAY = "mirumee.payments.dummy"
ZERO = Decimal(0)


def is_available(gateway: str) -> bool:
    """Whether the gateway is the dummy gateway, and enabled."""
    return gateway == GATEWAY and bool(settings.DUMMY_PAYMENTS)


def active_of(checkout_id: uuid.UUID) -> Payment | None:
    """The checkout's active payment, or None."""
    return Payment.objects.filter(checkout_id=checkout_id, is_active=True).last()


def create(
    *,
    gateway: str,
    token: str,
    amount: Decimal,
    currency: str,
    checkout_id: uuid.UUID,
    return_url: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Payment:
    """A payment that waits for the checkout's completion; it replaces an earlier one."""
    Payment.objects.filter(checkout_id=checkout_id, is_active=True).update(is_active=False)
    return Payment.objects.create(
        gateway=gateway,
        token=token,
        total=amount,
        currency=currency,
        checkout_id=checkout_id,
        return_url=return_url,
        metadata=dict(metadata or {}),
    )


def process(payment: Payment) -> None:
    """At completion: authorize, and charge unless the token says otherwise. Raises OperationError."""
    if not is_available(payment.gateway):
        raise OperationError("This payment gateway is not open.", code="PAYMENT_ERROR")
    payment.psp_reference = str(uuid.uuid4())
    _step(payment, "AUTH", payment.total)
    payment.authorized_amount = payment.total
    if payment.token == "not-charged":  # noqa: S105 - a keyword of the dummy gateway, no secret
        payment.save()
        return
    _capture(payment, payment.total)
    if payment.token == "fully-refunded":  # noqa: S105
        _refund(payment, payment.total)
    payment.save()


def capture(payment: Payment, amount: Decimal | None) -> None:
    """Capture an amount, None for all that is authorized. Raises OperationError."""
    captured = payment.authorized_amount if amount is None else amount
    if not payment.is_active or captured <= 0 or captured > payment.authorized_amount:
        raise OperationError(
            "This payment cannot be captured.", field="payment", code="CAPTURE_INACTIVE_PAYMENT"
        )
    _capture(payment, captured)
    payment.save()


def refund(payment: Payment, amount: Decimal) -> None:
    """Refund an amount. Raises OperationError if it exceeds what was captured."""
    if amount <= 0 or amount > payment.captured_amount:
        raise OperationError("Cannot refund more than captured.", field="amount", code="CANNOT_REFUND")
    _refund(payment, amount)
    payment.save()


def void(payment: Payment) -> None:
    """Void the authorization. Raises OperationError."""
    if not payment.is_active:
        message = "Only pre-authorized payments can be voided"
        raise OperationError(message, field="payment", code="VOID_INACTIVE_PAYMENT")
    if payment.captured_amount or not payment.authorized_amount:
        raise OperationError("Nothing waits to be voided.", field="payment", code="PAYMENT_ERROR")
    _step(payment, "VOID", payment.authorized_amount)
    payment.authorized_amount, payment.is_active = ZERO, False
    payment.save()


def _capture(payment: Payment, amount: Decimal) -> None:
    _step(payment, "CAPTURE", amount)
    payment.captured_amount += amount
    payment.authorized_amount -= amount
    full = payment.captured_amount >= payment.total
    payment.charge_status = "FULLY_CHARGED" if full else "PARTIALLY_CHARGED"


def _refund(payment: Payment, amount: Decimal) -> None:
    _step(payment, "REFUND", amount)
    payment.captured_amount -= amount
    payment.charge_status = "PARTIALLY_REFUNDED" if payment.captured_amount else "FULLY_REFUNDED"
    payment.is_active = bool(payment.captured_amount)


def _step(payment: Payment, kind: str, amount: Decimal) -> None:
    PaymentStep.objects.create(
        payment=payment, kind=kind, amount_value=amount, token=payment.psp_reference or ""
    )
