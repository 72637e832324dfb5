"""Tells a customer that what they paid for a cart has gone back, since no order came of it in time.

The embedded shop says so when the payment provider has given the money back, of each payment; a Saleor elsewhere has no
event for it. `plan` is called in the transaction that records it.
"""

from decimal import Decimal

from django.utils import timezone

from store.mailer import enqueue, planning
from store.mailer.mail_classes import Kind
from store.mailer.models import OrderEvent

EVENT = "PaymentReturned"


def plan(*, key: str, email: str, language: str, currency: str, refunded: Decimal, released: Decimal) -> None:
    """Plan the mail once for a `key`, which names the payment and what went back. `language`: of the cart, such as
    "de" or "DE_AT".
    """
    if not email or not (refunded or released):
        return
    plan_key, now = f"payment-returned:{key}", timezone.now()
    payload = {"email": email, "currency": currency, "refunded": str(refunded), "released": str(released)}
    event, _ = OrderEvent.objects.get_or_create(
        dedupe_key=plan_key,
        defaults={
            "kind": EVENT,
            "source": "engine",
            "payload": payload,
            "occurred_at": now,
            "planned_at": now,
        },
    )
    if row := planning.plan_from_event(
        Kind.PAYMENT_RETURNED,
        key=plan_key,
        event=event,
        about="",
        recipient=email,
        lang=planning.mail_locale(language.replace("-", "_")),
    ):
        enqueue.enqueue_on_commit(row)
