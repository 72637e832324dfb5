"""Keeps which payments at a Saleor elsewhere need a person, for the desk: Saleor's Dashboard lists no checkouts.

The embedded shop's desk has the checkouts themselves.
"""

import logging
from collections.abc import Iterable

from django.conf import settings

from store.saleor.errors import SaleorError
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import earlier_payments
from store.storefront.checkout.earlier_payments import EarlierPayment, State
from store.storefront.models import PaymentWithoutResult

log = logging.getLogger(__name__)


def note(checkout: Checkout) -> bool:
    """Keep the silent payments of a checkout whose shopper has waited long enough. While Saleor is away nothing is
    kept, and nothing raised: the shopper is answered all the same.

    Whether a payment may still take money: False only where it is known that none was begun, or that each has a result.
    """
    try:
        unsettled = earlier_payments.unsettled(checkout.id)
    except SaleorError as error:
        log.warning("payments of checkout %s could not be read: %s", checkout.reference, error)
        return True
    if not settings.EMBEDDED:
        _forget_settled(checkout.id, unsettled)
        _keep(checkout, unsettled)
    return bool(unsettled) or earlier_payments.is_leased(checkout.id)


def _keep(checkout: Checkout, unsettled: Iterable[EarlierPayment]) -> None:
    PaymentWithoutResult.objects.bulk_create(
        [
            PaymentWithoutResult(
                transaction_id=one.transaction_id,
                checkout_id=checkout.id,
                reference=checkout.reference,
                email=checkout.email,
                payment_app=one.app_id,
                action=one.action,
                amount=one.begun_for.amount,
                currency=one.begun_for.currency,
            )
            for one in unsettled
            if one.state is State.SILENT and one.begun_for
        ],
        ignore_conflicts=True,  # it stands there since it was noticed first
    )


def _forget_settled(checkout_id: str, unsettled: Iterable[EarlierPayment]) -> None:
    silent = [one.transaction_id for one in unsettled if one.state is State.SILENT]
    PaymentWithoutResult.objects.filter(checkout_id=checkout_id).exclude(transaction_id__in=silent).delete()


def forget(checkout_id: str) -> None:
    """The checkout is an order."""
    if not settings.EMBEDDED:
        PaymentWithoutResult.objects.filter(checkout_id=checkout_id).delete()


def read_again() -> int:
    """Forget those that have a result meanwhile, or whose checkout is an order: a Saleor may make it by itself. While
    it is away they stay. How many checkouts still have some.
    """
    kept = PaymentWithoutResult.objects.order_by()
    for checkout_id in kept.values_list("checkout_id", flat=True).distinct():
        try:
            _forget_settled(checkout_id, earlier_payments.unsettled(checkout_id))
        except SaleorError as error:
            log.warning("payments without a result could not be read again: %s", error)
            break
    return kept.values("checkout_id").distinct().count()
