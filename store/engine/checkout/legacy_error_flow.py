"""Errors of steps before completion, in channels with `useLegacyErrorFlow`.

In others the step is done, and `Checkout.problems` tells of it.
"""

from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.unavailable_lines import unavailable_error
from store.engine.errors import OperationError


def is_used_by(loaded: LoadedCheckout) -> bool:
    return loaded.checkout.channel.use_legacy_error_flow


def require_available_lines(loaded: LoadedCheckout) -> None:
    """Raises CheckoutError UNAVAILABLE_VARIANT_IN_CHANNEL."""
    if not is_used_by(loaded):
        return
    if error := unavailable_error(loaded.checkout, loaded.lines):
        raise error


def require_shipping(loaded: LoadedCheckout) -> None:
    """Raises OperationError SHIPPING_NOT_REQUIRED."""
    if is_used_by(loaded) and not loaded.needs_shipping:
        message = "This checkout doesn't need shipping"
        raise OperationError(message, field="deliveryMethod", code="SHIPPING_NOT_REQUIRED")
