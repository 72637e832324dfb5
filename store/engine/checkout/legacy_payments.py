"""Saleor's legacy payments of a checkout (checkoutPaymentCreate)."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine.checkout import loaded_checkout
from store.engine.checkout.completion_checks import address_field, require_ready_to_pay
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.errors import OperationError, OperationErrors
from store.engine.money import quantize
from store.engine.payments import legacy_payments
from store.engine.payments.models import Payment
from store.engine.stock.errors import InsufficientStock

# Completion's codes by the names that payments have for them; all others are INVALID.
CODES = {
    "EMAIL_NOT_SET": "CHECKOUT_EMAIL_NOT_SET",
    "NO_LINES": "NO_CHECKOUT_LINES",
    "UNAVAILABLE_VARIANT_IN_CHANNEL": "UNAVAILABLE_VARIANT_IN_CHANNEL",
    "CHANNEL_INACTIVE": "CHANNEL_INACTIVE",
    "SHIPPING_METHOD_NOT_SET": "SHIPPING_METHOD_NOT_SET",
    "SHIPPING_ADDRESS_NOT_SET": "SHIPPING_ADDRESS_NOT_SET",
    "INVALID_SHIPPING_METHOD": "INVALID_SHIPPING_METHOD",
    "BILLING_ADDRESS_NOT_SET": "BILLING_ADDRESS_NOT_SET",
}


def pay(
    *,
    checkout_id: UUID,
    gateway: str,
    token: str = "",
    amount: Decimal | None = None,
    return_url: str | None = None,
    metadata: Mapping[str, str] | None = None,
) -> tuple[LoadedCheckout, Payment]:
    """Create a payment for the whole total; it is carried out when the checkout is completed.

    Raises NotFound, and OperationError for an unavailable gateway, a partial amount or what completion would refuse.
    """
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock_for_payment(checkout_id)
        checkout = loaded.checkout
        if not legacy_payments.is_available(gateway):
            message = f"The gateway {gateway} is not available for this checkout."
            raise OperationError(message, field="gateway", code="NOT_SUPPORTED_GATEWAY")
        if loaded.transactions:
            raise OperationError(
                "This checkout is paid by transactions.", field="id", code="CHECKOUT_HAS_TRANSACTION"
            )
        _check_ready(loaded)
        total = loaded.quote.total.gross.amount
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
    return loaded.changed(), payment


def _check_ready(loaded: LoadedCheckout) -> None:
    """Raises OperationError, with a code of payments, for what completion would refuse."""
    try:
        require_ready_to_pay(loaded)
    except OperationError as error:
        code = CODES.get(error.code, "INVALID")
        raise OperationError(error.message, field=error.field, code=code, **error.extras) from error
    except OperationErrors as errors:
        raise OperationError(str(errors), field=address_field(errors), code="INVALID") from errors
    except InsufficientStock as shortage:
        raise OperationError(str(shortage), field="lines", code="INVALID") from shortage
