"""Saleor's legacy payments of a checkout (checkoutPaymentCreate)."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine.checkout import queries
from store.engine.checkout.models import Checkout
from store.engine.checkout.quote import quote
from store.engine.errors import OperationError
from store.engine.money import quantize
from store.engine.payments import legacy_payments
from store.engine.payments.models import Payment, TransactionItem


def pay(
    *,
    checkout_id: UUID,
    gateway: str,
    token: str = "",
    amount: Decimal | None = None,
    return_url: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> tuple[Checkout, Payment]:
    """Create a payment for the whole total; it is carried out when the checkout is completed.

    Raises NotFound, and OperationError for an unavailable gateway, an incomplete checkout or a partial amount.
    """
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        if not legacy_payments.is_available(gateway):
            message = f"The gateway {gateway} is not available for this checkout."
            raise OperationError(message, field="gateway", code="NOT_SUPPORTED_GATEWAY")
        lines = queries.lines_of(checkout)
        _check(checkout, needs_shipping=queries.needs_shipping(lines), has_lines=bool(lines))
        total = quote(checkout).total.gross.amount
        if amount is not None and quantize(amount, checkout.currency) != total:
            raise OperationError(
                "Partial payments are not allowed, amount should be equal checkout's total.",
                field="amount",
                code="PARTIAL_PAYMENT_NOT_ALLOWED",
            )
        payment = legacy_payments.create(
            gateway=gateway,
            token=token,
            amount=total,
            currency=checkout.currency,
            checkout_id=checkout.pk,
            return_url=return_url,
            metadata=metadata,
        )
    return checkout, payment


def _check(checkout: Checkout, *, needs_shipping: bool, has_lines: bool) -> None:
    if TransactionItem.objects.filter(checkout_id=checkout.pk).exists():
        raise OperationError(
            "This checkout is paid by transactions.", field="id", code="CHECKOUT_HAS_TRANSACTION"
        )
    if not checkout.email:
        raise OperationError("Checkout email must be set.", field="email", code="CHECKOUT_EMAIL_NOT_SET")
    if not has_lines:
        raise OperationError(
            "Cannot create payment for checkout without lines.", field="lines", code="NO_CHECKOUT_LINES"
        )
    if needs_shipping and checkout.delivery is None and checkout.collection_point is None:
        raise OperationError(
            "Shipping method is not set", field="shippingMethod", code="SHIPPING_METHOD_NOT_SET"
        )
    if needs_shipping and checkout.shipping_address is None:
        raise OperationError(
            "Shipping address is not set", field="shippingAddress", code="SHIPPING_ADDRESS_NOT_SET"
        )
    if checkout.billing_address is None:
        raise OperationError(
            "Billing address is not set", field="billingAddress", code="BILLING_ADDRESS_NOT_SET"
        )
