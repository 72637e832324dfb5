"""Tells the customer of an expired cart of the money that has gone back: by mail, and on the pages of the cart.

Told is what the gateway says it has given back, never what it was only asked for: of each payment when that is known,
at once or days later, and in whatever way it is reported. The sum on the pages follows when a gateway takes it back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from store.engine import ports
from store.engine.checkout.models import Checkout
from store.engine.payments.models import TransactionItem

GIVEN_BACK_KEY = "payment-given-back"  # of the public metadata of a checkout: an amount and its currency


@contextmanager
def telling(checkout: Checkout | None, item: TransactionItem) -> Iterator[None]:
    """Wrap a change of a locked transaction of the locked checkout; tell of what has gone back by it, of a payment
    that a release has asked back; one that was made after the release is none of its.
    """
    refunded, released = item.refunded_value, item.canceled_value
    yield
    released_at = checkout and (checkout.funds_release_began_at or checkout.funds_released_at)
    if not checkout or not released_at or item.created_at > released_at:
        return
    _write_on_cart(checkout, released_at)
    refunded = max(item.refunded_value - refunded, Decimal(0))
    released = max(item.canceled_value - released, Decimal(0))
    if refunded or released:
        ports.connected().tell_returned_payment(
            cart=str(checkout.pk),
            key=f"{item.pk}:{item.refunded_value}:{item.canceled_value}",
            email=checkout.email or "",
            language=checkout.language_code,
            currency=checkout.currency,
            refunded=refunded,
            released=released,
        )


def _write_on_cart(checkout: Checkout, released_at: datetime) -> None:
    """The sum of all that has gone back so far of payments made until the release."""
    items = TransactionItem.objects.filter(checkout_id=checkout.pk, created_at__lte=released_at)
    total = sum((item.refunded_value + item.canceled_value for item in items), Decimal(0))
    told = {GIVEN_BACK_KEY: f"{total:f} {checkout.currency}"} if total > 0 else {}
    metadata = {key: value for key, value in checkout.metadata.items() if key != GIVEN_BACK_KEY} | told
    if metadata != checkout.metadata:
        checkout.metadata = metadata
        checkout.save(update_fields=["metadata"])
