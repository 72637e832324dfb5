"""Payments of Saleor's older kind, with its dummy gateway: for development and for older clients.

No money moves. Gated like the dummy payment app by `settings.DUMMY_PAYMENTS`. A token that is a charge status
("not-charged", "fully-charged", "fully-refunded") chooses what happens, any other is charged.
"""

import uuid
from collections.abc import Mapping
from decimal import Decimal

from django.conf import settings

from store.engine.errors import Refusal
from store.engine.payments.models import Payment, PaymentStep

GATEWAY = "mirumee.payments.dummy"
ZERO = Decimal(0)


def is_open(gateway: str) -> bool:
    return gateway == GATEWAY and bool(settings.DUMMY_PAYMENTS)


def active_of(checkout_id: uuid.UUID) -> Payment | None:
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
    """A payment that waits for the checkout to be completed; it takes the place of an earlier one."""
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
    """At completion: authorize, and charge unless the token says otherwise."""
    if not is_open(payment.gateway):
        raise Refusal("This payment gateway is not open.", code="PAYMENT_ERROR")
    payment.psp_reference = str(uuid.uuid4())
    _step(payment, "AUTH", payment.total)
    payment.authorized_amount = payment.total
    if payment.token == "not-charged":  # noqa: S105 - a word of the dummy gateway, no secret
        payment.save()
        return
    _capture(payment, payment.total)
    if payment.token == "fully-refunded":  # noqa: S105
        _refund(payment, payment.total)
    payment.save()


def capture(payment: Payment, amount: Decimal | None) -> None:
    wanted = payment.authorized_amount if amount is None else amount
    if not payment.is_active or wanted <= 0 or wanted > payment.authorized_amount:
        raise Refusal("This payment cannot be captured.", field="payment", code="CAPTURE_INACTIVE_PAYMENT")
    _capture(payment, wanted)
    payment.save()


def refund(payment: Payment, amount: Decimal) -> None:
    if amount <= 0 or amount > payment.captured_amount:
        raise Refusal("Cannot refund more than captured.", field="amount", code="CANNOT_REFUND")
    _refund(payment, amount)
    payment.save()


def void(payment: Payment) -> None:
    if not payment.is_active:
        said = "Only pre-authorized payments can be voided"
        raise Refusal(said, field="payment", code="VOID_INACTIVE_PAYMENT")
    if payment.captured_amount or not payment.authorized_amount:
        raise Refusal("Nothing waits to be voided.", field="payment", code="PAYMENT_ERROR")
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
