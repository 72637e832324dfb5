"""What a checkout must have before it can become an order.

Completion asks this, and so does every payment before it takes money, so that nothing is charged for an order that
would be refused. Only the payment itself is left to completion.
"""

from collections.abc import Iterator

from store.engine.accounts import address_validation
from store.engine.accounts.models import Address
from store.engine.checkout import delivery_options, queries, unavailable_lines
from store.engine.checkout.claimed_discounts import check_unclaimed
from store.engine.checkout.errors import CheckoutError
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.discounts import gift_cards
from store.engine.errors import OperationError, OperationErrors
from store.engine.stock.allocations import Demand, check_allocatable


def require_completable(loaded: LoadedCheckout) -> None:
    """Raises OperationError, OperationErrors (addresses) or CheckoutError for the first thing that completion refuses.

    Stock is not checked here: completion allocates it, and `require_ready_to_pay` checks it.
    """
    for error in _errors(loaded):
        raise error
    _check_addresses(loaded)
    if loaded.checkout.voucher_code and loaded.quote.voucher is None:
        raise OperationError("Voucher not applicable", field="voucherCode", code="VOUCHER_NOT_APPLICABLE")
    gift_cards.check_spendable(loaded.gift_cards, currency=loaded.checkout.currency)
    check_unclaimed(loaded)


def require_ready_to_pay(loaded: LoadedCheckout) -> None:
    """Raises what completion would raise if the checkout were paid now, InsufficientStock included."""
    require_completable(loaded)
    checkout = loaded.checkout
    check_allocatable(
        demand=[Demand(line.pk, line.variant_id, line.quantity) for line in loaded.lines],
        channel=checkout.channel,
        country=queries.country_of(checkout),
        collection_point=checkout.collection_point,
        ignoring_lines=[line.pk for line in loaded.lines],
    )


def address_field(errors: OperationErrors) -> str:
    """`billingAddress` or `shippingAddress`: the one that these errors of address validation are about."""
    return (
        "shippingAddress" if errors.errors[0].extras.get("address_type") == "SHIPPING" else "billingAddress"
    )


def _errors(loaded: LoadedCheckout) -> Iterator[OperationError]:
    checkout, lines = loaded.checkout, loaded.lines
    if not checkout.email:
        yield OperationError("Checkout email must be set.", field="email", code="EMAIL_NOT_SET")
    if unavailable := unavailable_lines.unavailable_error(checkout, lines):
        yield unavailable
    if not lines:
        yield CheckoutError("Cannot complete checkout without lines.", code="NO_LINES")
    if not checkout.channel.is_active:
        yield OperationError(
            "Cannot complete checkout with inactive channel.", field="channel", code="CHANNEL_INACTIVE"
        )
    if loaded.needs_shipping:
        yield from _delivery_errors(loaded)
    if checkout.billing_address is None:
        yield OperationError(
            "Billing address is not set", field="billingAddress", code="BILLING_ADDRESS_NOT_SET"
        )


def _delivery_errors(loaded: LoadedCheckout) -> Iterator[OperationError]:
    checkout = loaded.checkout
    if checkout.delivery is None and checkout.collection_point_id is None:
        yield OperationError(
            "Shipping method is not set", field="shippingMethod", code="SHIPPING_METHOD_NOT_SET"
        )
    if checkout.shipping_address is None:
        yield OperationError(
            "Shipping address is not set", field="shippingAddress", code="SHIPPING_ADDRESS_NOT_SET"
        )
    if checkout.delivery is not None and not delivery_options.is_chosen_delivery_valid(loaded):
        yield OperationError(
            "Delivery method is not valid for your shipping address",
            field="shippingMethod",
            code="INVALID_SHIPPING_METHOD",
        )
    if checkout.collection_point_id and not delivery_options.is_collection_point_valid(checkout):
        yield OperationError(
            "Orders can't be collected there any more.",
            field="shippingMethod",
            code="INVALID_SHIPPING_METHOD",
        )


def _check_addresses(loaded: LoadedCheckout) -> None:
    """Validate in full the addresses that were accepted with validation switched off."""
    kinds: list[tuple[str, Address | None]] = [("BILLING", loaded.checkout.billing_address)]
    if loaded.needs_shipping:
        kinds.append(("SHIPPING", loaded.checkout.shipping_address))
    for kind, address in kinds:
        if address is not None and address.validation_skipped:
            address_validation.clean_address(address.as_dict(), address_type=kind)
