"""Keeps which payments at a Saleor elsewhere need a person, for the desk: Saleor's Dashboard lists no checkouts.

The embedded shop's desk has the checkouts themselves.
"""

import logging

from django.conf import settings

from store.saleor.errors import SaleorError
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import earlier_payments
from store.storefront.checkout.earlier_payments import State
from store.storefront.models import PaymentWithoutResult

log = logging.getLogger(__name__)


def note(checkout: Checkout) -> None:
    """Keep the silent payments of a checkout whose shopper is asked to write to the shop. While Saleor is away nothing
    is kept, and nothing raised: the shopper is answered all the same.
    """
    if settings.EMBEDDED:
        return
    try:
        unsettled = earlier_payments.unsettled(checkout.id)
    except SaleorError as error:
        log.warning("payments of checkout %s could not be read: %s", checkout.reference, error)
        return
    forget(checkout.id)
    PaymentWithoutResult.objects.bulk_create(
        [
            PaymentWithoutResult(
                transaction_id=one.transaction_id,
                checkout_id=checkout.id,
                reference=checkout.reference,
                email=checkout.email,
                payment_app=one.app_id,
                action=one.action,
                amount=checkout.open.amount,
                currency=checkout.open.currency,
            )
            for one in unsettled
            if one.state is State.SILENT
        ],
        ignore_conflicts=True,
    )


def forget(checkout_id: str) -> None:
    """They have a result: the checkout is an order, or its payments were read anew."""
    if not settings.EMBEDDED:
        PaymentWithoutResult.objects.filter(checkout_id=checkout_id).delete()
