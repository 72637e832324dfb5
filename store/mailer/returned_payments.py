"""Tells a customer that what they paid for a cart has gone back, since no order came of it in time.

The embedded shop says so of each payment, when the payment provider has given the money back; a Saleor elsewhere has no
event for it. What goes back within TOGETHER is told in one mail with the sum. `plan` is called in the transaction that
records it.
"""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from store.mailer import planning
from store.mailer.mail_classes import Kind
from store.mailer.models import OPEN, MailPlan, OrderEvent

EVENT = "PaymentReturned"
TOGETHER = timedelta(minutes=5)  # a release asks for a cart's payments one after another


@transaction.atomic
def plan(
    *, cart: str, key: str, email: str, language: str, currency: str, refunded: Decimal, released: Decimal
) -> None:
    """Plan the mail of the cart, or add to the one that waits; once for a `key`, which names the payment and what went
    back. `language`: of the cart, such as "de" or "DE_AT".
    """
    if not email or not (refunded or released):
        return
    plan_key, now = f"payment-returned:{key}", timezone.now()
    payload = {"email": email, "currency": currency, "refunded": str(refunded), "released": str(released)}
    event, is_new = OrderEvent.objects.get_or_create(
        dedupe_key=plan_key,
        defaults={
            "kind": EVENT,
            "source": "engine",
            "payload": payload,
            "occurred_at": now,
            "planned_at": now,
        },
    )
    if is_new and not _added_to_waiting(cart, event):
        planning.plan_from_event(
            Kind.PAYMENT_RETURNED,
            key=plan_key,
            event=event,
            about=cart,
            recipient=email,
            lang=planning.mail_locale(language.replace("-", "_")),
            due_at=now + TOGETHER,
        )


def _added_to_waiting(cart: str, event: OrderEvent) -> bool:
    """Add the amounts to the mail of this cart that no worker has claimed; False if there is none.

    A worker reads them after it has claimed the row, so that what it tells is whole.
    """
    waiting = MailPlan.objects.filter(
        shop=event.shop,
        kind=Kind.PAYMENT_RETURNED,
        about=cart,
        state__in=OPEN,
        recipient=event.payload["email"],
        event__isnull=False,
    )
    row = waiting.select_for_update(of=("self",)).first()
    if row is None or row.event is None:
        return False
    told = row.event.payload
    for name in ("refunded", "released"):
        told[name] = str(Decimal(told[name]) + Decimal(event.payload[name]))
    row.event.save(update_fields=["payload"])
    return True
